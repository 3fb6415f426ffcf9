"""Backtests of files, pipes and topics, as an engineer runs them before changing a policy."""

import datetime
import gzip
import json
import os
import pty
import subprocess

import pytest
from confluent_kafka import Consumer, Producer, TopicPartition
from traffic import START, at, deliveries, lines, records
from validation import strict, validator

import conftest

SCHEMAS = {
    name: json.loads((conftest.REPOSITORY / f"schemas/backtest/{name}.schema.json").read_text())
    for name in ("labels", "comparison")
}
GOLDEN = conftest.REPOSITORY / "Tests/Golden"
OUTPUTS = ["triage", "incidents", "heal-actions", "audit", "advice", "dead-letters"]


def backtest(out, *arguments, input: bytes | None = None) -> subprocess.CompletedProcess:
    result = conftest.run("backtest", "--out", str(out), *map(str, arguments), input=input)
    assert result.returncode == 0, result.stderr.decode()
    return result


def outputs(out) -> dict[str, bytes]:
    return {name: (out / f"{name}.ndjson").read_bytes() for name in OUTPUTS}


def write(path, events) -> str:
    path.write_bytes(b"\n".join(lines(events)) + b"\n")
    return str(path)


@pytest.fixture(scope="module")
def events():
    return deliveries(minutes=70, outage=(40, 55))


# Files and pipes


def test_a_pipe_gives_what_the_file_gives(tmp_path, events):
    source = write(tmp_path / "events.ndjson", events)
    backtest(tmp_path / "file", "--input", source)
    packed = tmp_path / "events.ndjson.gz"
    packed.write_bytes(gzip.compress((tmp_path / "events.ndjson").read_bytes()))
    pipe = f"zcat {packed} | {conftest.program()} backtest --input - --out {tmp_path / 'pipe'}"
    subprocess.run(["bash", "-o", "pipefail", "-c", pipe], check=True, timeout=120, stderr=subprocess.PIPE)
    assert outputs(tmp_path / "file") == outputs(tmp_path / "pipe")
    assert outputs(tmp_path / "file")["incidents"]


def test_a_compressed_file_is_refused_with_the_way_to_read_it(tmp_path, events):
    packed = tmp_path / "events.ndjson.gz"
    packed.write_bytes(gzip.compress(b"\n".join(lines(events))))
    for arguments, input in ((["--input", str(packed)], None), (["--input", "-"], packed.read_bytes())):
        result = conftest.run("backtest", *arguments, "--out", str(tmp_path / "out"), input=input)
        assert result.returncode == 1
        assert "compressed with gzip" in result.stderr.decode()
        assert "| healstream backtest --input -" in result.stderr.decode()


def test_times_choose_a_part_of_a_file(tmp_path, events):
    source = write(tmp_path / "events.ndjson", events)
    bounds = at(START + 600_000), at(START + 1_200_000)
    backtest(tmp_path / "out", "--input", source, "--from", bounds[0], "--to", bounds[1])
    expected = [event for event in events if bounds[0] <= event["occurred_at"] < bounds[1]]
    summary = json.loads((tmp_path / "out/summary.json").read_text())
    assert summary["deliveries"] == len(expected)
    assert summary["first_event_at"] == expected[0]["occurred_at"]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--input", "x", "--from", "17"], "an offset goes with --input topic"),
        (["--input", "x", "--from", "yesterday"], "expected an RFC 3339 time"),
        (["--input", "topic"], "--brokers is required"),
    ],
)
def test_misuse_is_told(tmp_path, arguments, words):
    result = conftest.run("backtest", *arguments, "--out", str(tmp_path / "out"))
    assert result.returncode == 2
    assert words in result.stderr.decode()


# Comparison and labels


def errors(name: str, value, strictly: bool = False) -> list[str]:
    schema = strict(SCHEMAS[name]) if strictly else SCHEMAS[name]
    return [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(value)]


def test_what_a_comparison_writes_and_what_labels_say_is_described(tmp_path):
    backtest(
        tmp_path, "--input", GOLDEN / "hour.ndjson", "--labels", GOLDEN / "faults.json", "--compare", GOLDEN / "strict.json5"
    )
    comparison = json.loads((tmp_path / "comparison.json").read_text())
    assert errors("comparison", comparison, strictly=True) == []
    assert comparison["incidents"]["changed"]["entries"] and comparison["verdicts"]["by_rule"]
    faults = json.loads((GOLDEN / "faults.json").read_text())
    assert errors("labels", faults, strictly=True) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"from": "2026-03-01T10:00:00Z", "to": "2026-03-01T10:05:00Z"},
        {"from": "2026-03-01T10:00:00Z", "to": "soon", "kind": "outage"},
        {"endpoint": "https://a.example", "from": 1, "to": 2, "kind": "outage"},
        {"tenant": 7, "from": 1, "to": 2, "kind": "outage"},
    ],
)
def test_the_schema_of_labels_and_the_program_refuse_the_same(tmp_path, fault):
    assert errors("labels", {"faults": [fault]})
    labels = tmp_path / "labels.json"
    labels.write_text(json.dumps({"faults": [fault]}))
    result = conftest.run("backtest", "--input", str(GOLDEN / "hour.ndjson"), "--labels", str(labels), "--out", str(tmp_path))
    assert result.returncode == 1 and "faults[0]" in result.stderr.decode()


def test_two_configurations_are_compared_over_one_input(tmp_path, events):
    source = write(tmp_path / "events.ndjson", events)
    other = tmp_path / "passive.json5"
    other.write_text("{detection: {passive: true}}")
    result = backtest(tmp_path / "both", "--input", source, "--compare", other)
    backtest(tmp_path / "a", "--input", source)
    backtest(tmp_path / "b", "--input", source, "--config", other)
    assert outputs(tmp_path / "both/a") == outputs(tmp_path / "a")
    assert outputs(tmp_path / "both/b") == outputs(tmp_path / "b")
    comparison = json.loads((tmp_path / "both/comparison.json").read_text())
    assert comparison["incidents"]["only_in_a"]["count"] == 1
    assert "only in A: " in result.stdout.decode()
    assert comparison["balance"]["b"]["incidents"] == 0


def test_labelled_faults_are_found_or_missed(tmp_path, events):
    source = write(tmp_path / "events.ndjson", events)
    down = {"tenant": "tenant-0", "endpoint": "https://api0.example.com/hooks/0", "kind": "outage"}
    faults = [
        down | {"from": at(START + 40 * 60_000), "to": at(START + 55 * 60_000)},
        {"tenant": "tenant-3", "from": at(START + 60_000), "to": at(START + 120_000), "kind": "imagined"},
    ]
    labels = tmp_path / "faults.json"
    labels.write_text(json.dumps({"faults": faults}))
    result = backtest(tmp_path / "out", "--input", source, "--labels", labels)
    score = json.loads((tmp_path / "out/summary.json").read_text())["labels"]
    assert (score["faults"], score["found"], score["recall"], score["precision"]) == (2, 1, 0.5, 1)
    assert 0 < score["time_to_detect_ms"]["median"] < 15 * 60_000
    assert [fault["kind"] for fault in score["missed"]] == ["imagined"]
    assert "1 of 2 found, recall 50 %" in result.stdout.decode()


def test_wrong_labels_are_told_by_their_place(tmp_path, events):
    source = write(tmp_path / "events.ndjson", events[:10])
    labels = tmp_path / "faults.json"
    labels.write_text('{"faults":[{"tenant":"t","from":"2026-03-01T10:00:00Z","kind":"outage"}]}')
    result = conftest.run("backtest", "--input", source, "--labels", str(labels), "--out", str(tmp_path / "out"))
    assert result.returncode == 1
    assert "faults[0]: to: expected an RFC 3339 time" in result.stderr.decode()


# Progress


def on_a_terminal(arguments: list[str], feed: bytes | None = None) -> str:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [conftest.program(), *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=follower
    )
    os.close(follower)
    process.stdin.write(feed or b"")
    process.stdin.close()
    said = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        said += piece
    os.close(leader)
    assert process.wait(60) == 0, said
    return said.decode()


def test_progress_is_shown_on_a_terminal_only(tmp_path, events):
    source = write(tmp_path / "events.ndjson", events * 3)
    arguments = ["backtest", "--input", source, "--out", str(tmp_path / "out")]
    said = on_a_terminal(arguments)
    assert "100 %" in said and "records" in said and "/s" in said
    assert said.rindex("\x1b[K") < said.rindex("deliveries"), "the bar is gone when the sum is told"
    arguments[2] = "-"
    said = on_a_terminal(arguments, feed=b"\n".join(lines(events)))
    assert "records" in said and "%" not in said.split("deliveries")[0]
    assert "\x1b" not in backtest(tmp_path / "out", "--input", source).stderr.decode()


# Topics


def committed(cluster) -> dict:
    """What every consumer group of the cluster has committed for the inputs."""
    offsets = {}
    for role in ("detect", "govern", "report"):
        consumer = Consumer({"bootstrap.servers": cluster.address, "group.id": f"healstream.{role}"})
        partitions = [TopicPartition(topic, 0) for topic in ("deliveries", "healstream.signals")]
        for partition in consumer.committed(partitions, timeout=10):
            offsets[role, partition.topic] = partition.offset
        consumer.close()
    return offsets


def test_a_topic_gives_what_its_recording_gives_and_no_group_is_touched(cluster, tmp_path, events):
    cluster.produce("deliveries", [*records(events), (None, b"no delivery")])
    process = cluster.start()
    cluster.wait_until_worked_off(len(events) + 1)
    before = committed(cluster)
    assert before["detect", "deliveries"] >= len(events)
    assignments = process.log.read_text().count("partition_restoring")
    assert assignments > 0

    backtest(tmp_path / "topic", "--input", "topic", "--brokers", cluster.address)
    assert committed(cluster) == before
    assert process.log.read_text().count("partition_restoring") == assignments, "the live group has rebalanced"
    assert process.stop() == 0, cluster.logs()
    assert committed(cluster) == before

    (tmp_path / "file.ndjson").write_bytes(b"\n".join([*lines(events), b"no delivery"]))
    backtest(tmp_path / "file", "--input", tmp_path / "file.ndjson")
    assert outputs(tmp_path / "topic") == outputs(tmp_path / "file")


def test_a_part_of_a_topic_is_chosen_by_offset_or_by_time(cluster, tmp_path, events):
    cluster.produce("deliveries", records(events[:100]), timestamp=START)
    cluster.produce("deliveries", records(events[100:]), timestamp=START + 3_600_000)

    def count(*bounds) -> int:
        backtest(tmp_path / "out", "--input", "topic:deliveries", "--brokers", cluster.address, *bounds)
        return json.loads((tmp_path / "out/summary.json").read_text())["deliveries"]

    assert count("--from", "10", "--to", "30") == 20
    assert count("--from", at(START + 1)) == len(events) - 100
    assert count("--to", at(START + 1)) == 100
    assert count("--from", "1000000") == 0
    unknown = conftest.run("backtest", "--input", "topic:nothing", "--brokers", cluster.address, "--out", str(tmp_path))
    assert unknown.returncode == 1 and "there is no topic nothing" in unknown.stderr.decode()


def produce_partitioned(cluster, events) -> None:
    """By tenant into three partitions, one after the other: what arrives first is not what happened first."""
    producer = Producer({"bootstrap.servers": cluster.address})
    for partition in (2, 0, 1):
        for event, (key, value) in zip(events, records(events)):
            if int(event["tenant_id"][-1]) % 3 == partition:
                happened = datetime.datetime.fromisoformat(event["occurred_at"])
                producer.produce("deliveries", key=key, value=value, partition=partition, timestamp=int(happened.timestamp() * 1000))
        assert producer.flush(60) == 0


def test_partitions_are_merged_in_one_order_however_they_arrive(tmp_path, events):
    broker = conftest.Broker(tmp_path)
    cluster = conftest.Cluster(broker.address, tmp_path)
    try:
        cluster.create_topics("--set", "topics.deliveries.partitions=3", "--set", "topics.outputs.partitions=1")
        produce_partitioned(cluster, events)
        for name in ("first", "second"):
            backtest(tmp_path / name, "--input", "topic", "--brokers", cluster.address)
        assert outputs(tmp_path / "first") == outputs(tmp_path / "second")
        verdicts = [json.loads(line)["occurred_at"] for line in outputs(tmp_path / "first")["triage"].splitlines()]
        assert verdicts and verdicts == sorted(verdicts)
    finally:
        broker.end()
