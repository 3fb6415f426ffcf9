"""A short run of what `deploy/chaos` does for hours."""

import chaos


def test_kills_at_random_lose_double_and_invent_nothing(tmp_path, capsys):
    words = ["--kills", "12", "--rate", "2000", "--interval", "1", "--long-stop", "0", "--snapshot-interval", "500"]
    code = chaos.main([*words, "--directory", str(tmp_path), "--quiet"])
    assert code == 0, capsys.readouterr().out
