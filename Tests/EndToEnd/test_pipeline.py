"""Deliveries in from a foreign producer; verdicts, incidents and heal actions out to foreign consumers."""

import json
import subprocess
import time

import pytest
from traffic import deliveries, lines, records
from validation import assert_valid

import conftest

OUTPUTS = ["triage", "incidents", "heal-actions", "audit", "advice"]


def values(messages) -> list[bytes]:
    return [message.value() for message in messages]


def headers(message) -> dict[str, bytes]:
    return dict(message.headers() or [])


def process(cluster, events, *settings) -> dict[str, list]:
    """Runs the processor over the events and returns every output topic."""
    process = cluster.start(*settings)
    cluster.wait_until_live()
    cluster.produce("deliveries", records(events))
    cluster.wait_until_worked_off(len(events))
    assert process.stop() == 0, cluster.logs()
    return {topic: cluster.read(f"healstream.{topic}") for topic in OUTPUTS}


def backtest(tmp_path, name, events) -> dict[str, bytes]:
    source, out = tmp_path / f"{name}-input" / "events.ndjson", tmp_path / name
    source.parent.mkdir()
    source.write_bytes(b"\n".join(lines(events)) + b"\n")
    result = conftest.run("backtest", "--input", str(source), "--out", str(out))
    assert result.returncode == 0, result.stderr.decode()
    return {file.name: file.read_bytes() for file in sorted(out.iterdir())}


def test_an_outage_is_noticed_judged_and_healed(cluster):
    events = deliveries()
    outputs = process(cluster, events)

    failed = [event for event in events if event["status"] == "failed"]
    verdicts = [json.loads(value) for value in values(outputs["triage"])]
    assert [verdict["delivery_id"] for verdict in verdicts] == [event["delivery_id"] for event in failed]
    assert {verdict["category"] for verdict in verdicts} == {"transient_endpoint_down"}

    incidents = [json.loads(value) for value in values(outputs["incidents"])]
    opened = [incident for incident in incidents if incident["event"] == "opened"]
    assert [incident["endpoint"] for incident in opened] == ["https://api0.example.com/hooks/0"]
    assert any(incident["event"] == "resolved" for incident in incidents)
    assert outputs["heal-actions"], "nothing was done about the outage"

    for topic, messages in outputs.items():
        for message in messages:
            assert_valid(topic, json.loads(message.value()))
            assert headers(message)["ce_specversion"] == b"1.0"
            assert headers(message)["ce_type"].startswith(b"healstream.")
            assert headers(message)["content-type"] == b"application/json"
    for topic, key in {"triage": "tenant_id", "incidents": "incident_id"}.items():
        for message in outputs[topic]:
            assert message.key().decode() == json.loads(message.value())[key]


def test_kcat_reads_what_is_committed(cluster):
    outputs = process(cluster, deliveries())
    read = subprocess.run(
        ["kcat", "-b", cluster.address, "-X", "isolation.level=read_committed", "-C", "-e", "-q", "-t", "healstream.incidents"],
        capture_output=True, timeout=30, check=True,
    )
    assert read.stdout.splitlines() == values(outputs["incidents"])


def test_the_same_input_gives_the_same_bytes_in_two_backtests(tmp_path):
    events = deliveries(seed=3)
    first, second = backtest(tmp_path, "first", events), backtest(tmp_path, "second", events)
    assert first == second
    assert first["incidents.ndjson"] and first["triage.ndjson"]


@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_the_size_of_a_batch_changes_no_byte(cluster, tmp_path, size):
    events = deliveries(seed=4, minutes=90, tenants=3)
    limits = [f"lanes.max_records={size}", f"lanes.max_records_catching_up={size}"]
    outputs = process(cluster, events, *[word for limit in limits for word in ("--set", limit)])
    expected = backtest(tmp_path, "expected", events)
    for topic in OUTPUTS:
        assert values(outputs[topic]) == expected[f"{topic}.ndjson"].splitlines(), topic


def test_lanes_share_the_partitions_and_lose_and_double_nothing(tmp_path):
    broker = conftest.Broker(tmp_path)
    cluster = conftest.Cluster(broker.address, tmp_path)
    events = deliveries(seed=3)
    parts = [[event for event in events if event["tenant_id"] == f"tenant-{number}"] for number in range(4)]

    def worked_off(share: float):
        ends = [int(len(part) * share) for part in parts]
        return lambda: [cluster.committed("detect", "deliveries", number) for number in range(4)] == ends

    def lanes_of(process) -> set[str]:
        lines = [json.loads(line) for line in process.log.read_text().splitlines() if line.startswith("{")]
        return {line["lane"] for line in lines if line["event"] == "partition_restoring" and "detect" in line["lane"]}

    try:
        cluster.create_topics("--set", "topics.deliveries.partitions=4", "--set", "topics.outputs.partitions=1")
        for share, count in ((0.5, 2), (1, 3)):  # begun with two, gone on with three
            process = cluster.start("--set", f"lanes.count={count}")
            cluster.wait(lambda: len(lanes_of(process)) == count, 30, f"{count} lanes have partitions")
            for number, part in enumerate(parts):
                start = int(len(part) * (share - 0.5))
                cluster.produce("deliveries", records(part[start : int(len(part) * share)]), partition=number)
            cluster.wait(worked_off(share), 60, f"{share} of the deliveries are committed")
            assert process.stop() == 0, cluster.logs()
        verdicts = [json.loads(value) for value in values(cluster.read("healstream.triage"))]
        for part in parts:
            failed = [event["delivery_id"] for event in part if event["status"] == "failed"]
            tenant = part[0]["tenant_id"]
            assert [verdict["delivery_id"] for verdict in verdicts if verdict["tenant_id"] == tenant] == failed
    finally:
        cluster.end()
        broker.end()


def test_garbage_among_good_records_costs_no_good_one(cluster):
    garbage = [b"", b"{", b"null", b"[1]", b'{"delivery_id":1}', b"\xff\xfe", b'{"a":"\\ud800"}', b"{}" * 2, b"\x00" * 40]
    events = deliveries(seed=5, minutes=30)
    wanted = records(events)
    mixed = list(wanted)
    for number in range(len(wanted) // 100):
        mixed.insert(number * 101, (b"tenant-0", garbage[number % len(garbage)]))
    cluster.produce("deliveries", mixed)
    process = cluster.start()
    cluster.wait_until_worked_off(len(mixed))
    assert process.stop() == 0

    verdicts = [json.loads(value)["delivery_id"] for value in values(cluster.read("healstream.triage"))]
    assert verdicts == [event["delivery_id"] for event in events if event["status"] == "failed"]
    letters = cluster.read("healstream.dead-letters")
    assert sorted(values(letters)) == sorted(value for _, value in mixed if value not in {v for _, v in wanted})
    for letter in letters:
        found = headers(letter)
        assert letter.key() == b"tenant-0"
        assert found["__healstream.errors.topic"] == b"deliveries"
        assert mixed[int(found["__healstream.errors.offset"])][1] == letter.value()
        for name in ("partition", "stage", "code", "message", "byte"):
            assert found[f"__healstream.errors.{name}"]


def test_a_dead_letter_keeps_key_value_timestamp_and_headers(cluster):
    from confluent_kafka import Producer

    producer = Producer({"bootstrap.servers": cluster.address})
    producer.produce("deliveries", key=b"k", value=b"not json", timestamp=1_700_000_000_123, headers=[("trace", b"\x00\x01"), ("empty", None)])
    assert producer.flush(10) == 0
    process = cluster.start()
    cluster.wait_until_worked_off(1)
    assert process.stop() == 0
    [letter] = cluster.read("healstream.dead-letters")
    assert (letter.key(), letter.value(), letter.timestamp()[1]) == (b"k", b"not json", 1_700_000_000_123)
    assert letter.headers()[:2] == [("trace", b"\x00\x01"), ("empty", None)]


def test_time_goes_on_where_nothing_is_delivered(tmp_path):
    """The broker's clock and idle statements: a canary goes out although no delivery comes any more."""
    broker = conftest.Broker(tmp_path)
    cluster = conftest.Cluster(broker.address, tmp_path, settings=[])
    try:
        cluster.create_topics("--set", "topics.deliveries.partitions=1")
        brisk = ["lanes.idle_statement_ms=500", "healing.cycle_ms=1000", "healing.replay.back_off_ms=15000"]
        cluster.start(*[word for setting in brisk for word in ("--set", setting)])
        now = int(time.time() * 1000)
        events = [
            {"delivery_id": f"d{number}", "tenant_id": "t", "endpoint": "https://a.example/hook", "status": "failed",
             "http_status": 503, "attempt": 1, "occurred_at": now - 12_000 + number * 2000}
            for number in range(6)
        ]
        cluster.produce("deliveries", records(events))
        cluster.wait_until_worked_off(len(events))

        def canaries():
            actions = [json.loads(message.value()) for message in cluster.read("healstream.heal-actions")]
            return [action for action in actions if action["event"] == "canary"]

        assert not canaries(), canaries()
        cluster.wait(canaries, 60, "a canary")
        assert canaries()[0]["plan"]["deliveries"] == ["d0"]
    finally:
        cluster.end()
        broker.end()
