"""The command line, as a person meets it."""

import json
import subprocess

import pytest
from conftest import REPOSITORY, program, run
from traffic import deliveries, lines
from validation import assert_valid

COMMANDS = [
    "demo", "run", "broker", "backtest", "detectability", "triage", "tail", "command", "audit", "topics", "config",
    "version", "help",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_the_options_and_an_example(command):
    result = run(command, "--help")
    assert result.returncode == 0
    text = result.stdout.decode()
    assert f"Usage: healstream {command}" in text
    assert f"healstream {command}" in text.split("Example:")[1]


def test_help_lists_every_command():
    text = run("help").stdout.decode()
    assert all(f"\n  {command} " in text for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments", [["no-such-command"], ["run"], ["run", "--no-such-option"], ["broker", "--listen", "nowhere"], []]
)
def test_misuse_is_told_and_exits_with_2(arguments):
    result = run(*arguments)
    assert result.returncode == 2
    assert result.stderr and not result.stdout


def test_a_wrong_configuration_is_told_by_its_key(tmp_path):
    file = tmp_path / "wrong.json5"
    file.write_text("{lanes: {max_record: 10}}")
    result = run("config", "check", "--config", str(file))
    assert result.returncode == 1
    assert "lanes.max_record" in result.stderr.decode()
    assert "did you mean lanes.max_records?" in result.stderr.decode()


def test_the_configuration_reference_is_the_one_in_the_documentation():
    assert run("config", "reference").stdout.decode() == (REPOSITORY / "docs/configuration.md").read_text()


def test_triage_gives_one_verdict_a_failed_delivery_and_names_bad_lines():
    events = deliveries(minutes=30, outage=(5, 10))
    good = lines(events)
    bad = good[:10] + [b"{broken", b"", b'{"delivery_id":"d"}'] + good[10:]
    result = run("triage", input=b"\n".join(bad) + b"\n")
    assert result.returncode == 0
    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    failed = [event for event in events if event["status"] == "failed"]
    assert [verdict["delivery_id"] for verdict in verdicts] == [event["delivery_id"] for event in failed]
    for verdict in verdicts:
        assert_valid("triage", verdict)
    complaints = result.stderr.decode().splitlines()
    assert complaints[0].startswith("line 11: ") and complaints[1].startswith("line 13: ")


@pytest.mark.parametrize("options", [[], ["--explain"], ["--explain", "--json"]])
def test_triage_ends_quietly_when_nobody_reads_on(options, tmp_path):
    source = tmp_path / "events.ndjson"
    source.write_bytes(b"".join(line + b"\n" for line in lines(deliveries(minutes=30, outage=(0, 30))) * 20))
    with source.open("rb") as events:
        process = subprocess.Popen([program(), "triage", *options], stdin=events, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == 0


def test_backtest_reads_what_kcat_prints(tmp_path):
    source = tmp_path / "kcat.ndjson"
    events = deliveries(minutes=30, outage=(5, 10))
    with source.open("w") as file:
        for offset, line in enumerate(lines(events)):
            envelope = {"topic": "deliveries", "partition": offset % 2, "offset": offset // 2, "tstype": "create", "ts": 1772100000000,
                        "key": events[offset]["tenant_id"], "payload": line.decode()}
            file.write(json.dumps(envelope) + "\n")
    result = run("backtest", "--input", str(source), "--out", str(tmp_path / "out"))
    assert result.returncode == 0, result.stderr.decode()
    summary = json.loads((tmp_path / "out/summary.json").read_text())
    assert summary["deliveries"] == len(events)
    assert summary["failures"] == sum(event["status"] == "failed" for event in events)


def test_detectability_tells_of_each_endpoint_what_would_be_seen(tmp_path):
    source = tmp_path / "events.ndjson"
    events = deliveries(minutes=30, outage=(5, 5))
    source.write_bytes(b"\n".join(lines(events)) + b"\n")
    result = run("detectability", "--input", str(source), "--json")
    assert result.returncode == 0, result.stderr.decode()
    *endpoints, summary = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(endpoints) == summary["endpoints"] == len({(event["tenant_id"], event["endpoint"]) for event in events})
    for endpoint in endpoints:
        assert endpoint["blind"] == ["no_clean_hour"] and endpoint["flood_multiple"] is None
        full, most, some = [outage["seconds"] for outage in endpoint["outages"]]
        assert 0 < full < most < some
    table = run("detectability", "--input", str(source)).stdout.decode().splitlines()
    assert table[0].split()[:2] == ["tenant", "endpoint"] and len(table) == len(endpoints) + 5


def test_topics_are_made_once_and_verified(cluster):
    first = run("topics", "verify", "--brokers", cluster.address, *cluster.settings)
    assert first.returncode == 0, first.stderr.decode()
    again = run("topics", "create", "--brokers", cluster.address, *cluster.settings)
    assert again.returncode == 0 and b"made" not in again.stdout
    differing = run("topics", "verify", "--brokers", cluster.address)
    assert differing.returncode == 1
    assert "healstream.signals: expected message.timestamp.type=LogAppendTime" in differing.stderr.decode()


def test_tail_prints_a_topic_raw_or_readable(cluster):
    cluster.produce("healstream.incidents", [(b"k", b'{"event":"opened","incident_id":"i1","message":"words"}')])
    raw = run("tail", "incidents", "--brokers", cluster.address, "--from-beginning", "--exit-at-end", "--json")
    assert raw.stdout == b'{"event":"opened","incident_id":"i1","message":"words"}\n'
    readable = run("tail", "incidents", "--brokers", cluster.address, "--from-beginning", "--exit-at-end").stdout.decode()
    assert "opened" in readable and "words" in readable and "\x1b" not in readable


def test_the_demo_heals_what_can_be_healed():
    result = run("demo", "--duration", "20", "--json", timeout=90)
    assert result.returncode == 0, result.stderr.decode()
    summary = json.loads(result.stdout.splitlines()[-1])
    for name in ("deliveries", "failures", "incidents_opened", "incidents_resolved", "replays", "replays_succeeded"):
        assert summary[name] > 0, (name, summary)
    assert len(summary["heal_actions"]) >= 3
    assert set(summary["triage"]) == {"transient_endpoint_down", "permanent_4xx", "rate_limited", "unknown"}


def test_an_operator_switches_healing_off_and_is_answered(cluster):
    process = cluster.start()
    cluster.produce("commands", [(None, b"{}")])
    cluster.wait(lambda: cluster.read("healstream.control"), 60, "the switches are said")

    def command(*words):
        return run("command", *words, "--brokers", cluster.address, "--operator", "alice", *cluster.settings)

    off = command("set-autoheal", "--enabled", "false")
    assert off.returncode == 0, off.stderr.decode()
    assert off.stdout.decode() == "accepted: healing is off: switched off by alice\n"
    refused = command("set-autoheal", "--enabled", "true", "--role", "operator")
    assert refused.returncode == 1
    assert refused.stdout.decode() == "rejected: set-autoheal takes the role admin\n"
    assert process.stop() == 0, cluster.logs()
    switches = json.loads(cluster.read("healstream.control")[-1].value())
    assert (switches["autoheal_enabled"], switches["reason"]) == (False, "switched off by alice")


@pytest.mark.parametrize(
    "words", [[], ["set-fire"], ["set-autoheal"], ["set-autoheal", "--operator", "alice", "--enabled", "maybe"]]
)
def test_a_command_that_cannot_be_sent_is_misuse(words):
    result = run("command", *words, "--brokers", "127.0.0.1:1")
    assert result.returncode == 2
    assert result.stderr and not result.stdout
