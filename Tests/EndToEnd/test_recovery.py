"""State comes back, and what was given out is what folding once more gives."""

import json

import conftest
from traffic import deliveries, records


def refolded(cluster, role: str) -> list[dict]:
    result = conftest.run(
        "refold", "--brokers", cluster.address, "--role", role, *cluster.settings, "--set", "topics.deliveries.partitions=1"
    )
    assert result.returncode == 0, result.stderr.decode()
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_folding_once_more_gives_what_stands_on_the_topics(cluster):
    events = deliveries(seed=11)
    cluster.produce("deliveries", records(events) + [(b"t", b"no delivery")])
    process = cluster.start()
    cluster.wait_until_worked_off(len(events) + 1)
    assert process.stop() == 0, cluster.logs()
    expected = [line for role in ("detect", "govern", "report") for line in refolded(cluster, role)]
    topics = {line["topic"] for line in expected}
    assert topics >= {"healstream." + name for name in ("triage", "signals", "incidents", "audit", "advice", "dead-letters")}
    for topic in topics - {"healstream.dead-letters"}:
        wanted = [line["value"].encode() for line in expected if line["topic"] == topic]
        assert [message.value() for message in cluster.read(topic)] == wanted, topic
    letters = [(line["offset"], line["code"]) for line in expected if line["topic"] == "healstream.dead-letters"]
    assert letters == [(len(events), "malformed_json")]
