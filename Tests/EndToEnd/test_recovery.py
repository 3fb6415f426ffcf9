"""State comes back, whatever is lost, and what was given out is what folding once more gives."""

import json
import pathlib
import signal

import pytest
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, ResourceType

import conftest
from test_pipeline import backtest, values
from traffic import deliveries, records

FREQUENT = ("--set", "snapshots.interval_ms=100")


def in_directory(path: pathlib.Path) -> tuple[str, ...]:
    return (*FREQUENT, "--set", "snapshots.store=directory", "--set", f"snapshots.directory={path}")


def refolded(cluster, role: str, *settings: str) -> list[dict]:
    partitions = ["--set", "topics.deliveries.partitions=1"]
    result = conftest.run("refold", "--brokers", cluster.address, "--role", role, *cluster.settings, *partitions, *settings)
    assert result.returncode == 0, result.stderr.decode()
    return [json.loads(line) for line in result.stdout.splitlines()]


def assert_refolds(cluster, *settings: str) -> set[str]:
    """What every role has committed, folded once more, is what stands on the topics."""
    expected = [line for role in ("detect", "govern", "report") for line in refolded(cluster, role, *settings)]
    topics = {line["topic"] for line in expected}
    for topic in topics - {"healstream.dead-letters"}:
        wanted = [line["value"].encode() for line in expected if line["topic"] == topic]
        assert values(cluster.read(topic)) == b"\n".join(wanted).splitlines(), topic
    return topics


def log_of(process) -> list[dict]:
    return [json.loads(line) for line in process.log.read_text().splitlines() if line.startswith("{")]


def restored_from(process, partition: str = "deliveries[0]") -> str:
    return [line["snapshot"] for line in log_of(process) if line.get("partition") == partition and "snapshot" in line][0]


def kill_in_the_middle(cluster, events, *settings: str) -> None:
    """Half of the events are worked off when the process is killed, and snapshots were made."""
    half = len(events) // 2
    process = cluster.start("--set", "log.level=debug", *settings)
    for start in range(0, half, half // 4 + 1):
        cluster.produce("deliveries", records(events[start : min(start + half // 4 + 1, half)]))
        cluster.wait_until_worked_off(min(start + half // 4 + 1, half))
    cluster.wait(
        lambda: sum(line["event"] == "snapshot_written" for line in log_of(process)) >= 6, 20, "snapshots are written"
    )
    process.stop(signal.SIGKILL)
    cluster.produce("deliveries", records(events[half:]))


def test_folding_once_more_gives_what_stands_on_the_topics(cluster):
    events = deliveries(seed=11)
    cluster.produce("deliveries", records(events) + [(b"t", b"no delivery")])
    process = cluster.start()
    cluster.wait_until_worked_off(len(events) + 1)
    assert process.stop() == 0, cluster.logs()
    topics = assert_refolds(cluster)
    assert topics >= {"healstream." + name for name in ("triage", "signals", "incidents", "audit", "advice", "dead-letters")}
    letters = [line for line in refolded(cluster, "detect") if line["topic"] == "healstream.dead-letters"]
    assert [(line["offset"], line["code"]) for line in letters] == [(len(events), "malformed_json")]


@pytest.mark.parametrize("loss", ["nothing", "directory", "newest", "machine"])
def test_a_restart_gives_the_same_whatever_is_left_of_the_snapshots(cluster, tmp_path, loss):
    events = deliveries(seed=12)
    first, second = in_directory(tmp_path / "disk"), in_directory(tmp_path / "disk")
    if loss == "machine":
        first = second = FREQUENT
    kill_in_the_middle(cluster, events, *first)
    files = sorted((tmp_path / "disk").rglob("detect/deliveries-0/*"))
    if loss == "directory":
        second = in_directory(tmp_path / "another disk")
    if loss == "newest":
        damaged = bytearray(files[-1].read_bytes())
        damaged[len(damaged) // 2] ^= 0x40
        files[-1].write_bytes(damaged)
    process = cluster.start(*second, instance="elsewhere" if loss == "machine" else "test")
    cluster.wait_until_worked_off(len(events))
    assert process.stop() == 0, cluster.logs()
    assert ("snapshot_rejected" in process.log.read_text()) == (loss == "newest")
    assert (restored_from(process) == "none") == (loss == "directory")
    assert_refolds(cluster)
    expected = backtest(tmp_path, "expected", events)
    assert values(cluster.read("healstream.triage")) == expected["triage.ndjson"].splitlines()


def test_settings_change_at_one_offset_and_are_found_again_without_any_snapshot(cluster):
    events = deliveries(seed=13)
    third = len(events) // 3
    none = ("--set", "snapshots.store=none")
    for part, ratio in enumerate(["1.5", "3", "1.5"]):
        cluster.produce("deliveries", records(events[part * third : (part + 1) * third]))
        process = cluster.start(*none, "--set", f"detection.failure_burst_ratio={ratio}")
        cluster.wait_until_worked_off((part + 1) * third)
        process.stop(signal.SIGKILL)
    process = cluster.start(*none)
    cluster.wait(lambda: process.log.read_text().count("partition_restoring") >= 3, 30, "everything is restored")
    assert process.stop() == 0, cluster.logs()
    entries = conftest.run("epochs", "--brokers", cluster.address, "--role", "detect").stdout.splitlines()
    boundaries = json.loads(json.loads(entries[0])["history"])["epochs"]
    assert [offset for offset, *_ in boundaries[:3]] == [0, third, 2 * third]
    assert boundaries[0][1] == boundaries[2][1] != boundaries[1][1]
    assert_refolds(cluster)


def test_a_log_too_short_is_refused_with_words_and_a_loss_is_accepted_with_healing_off(cluster):
    events = deliveries(seed=14)
    none = ("--set", "snapshots.store=none")
    kept = len(events) // 2
    cluster.produce("deliveries", records(events[:kept]))
    process = cluster.start(*none)
    cluster.wait_until_worked_off(kept)
    process.stop(signal.SIGKILL)
    admin = AdminClient({"bootstrap.servers": cluster.address})
    for future in admin.delete_records([TopicPartition("deliveries", 0, kept - 100)]).values():
        future.result(10)
    refused = cluster.start(*none)
    assert refused.popen.wait(30) == 1
    words = refused.log.read_text()
    assert f"offset {kept} is committed and the newest usable state is at 0, but the log begins at {kept - 100}" in words
    assert "--accept-loss" in words
    cluster.produce("deliveries", records(events[kept:]))
    process = cluster.start(*none, "--accept-loss")
    cluster.wait_until_worked_off(len(events))
    assert process.stop() == 0, cluster.logs()
    assert "loss_accepted" in process.log.read_text()
    switches = [json.loads(message.value()) for message in cluster.read("healstream.control")]
    assert switches[-1]["autoheal_enabled"] is False
    before = [json.loads(line) for line in values(cluster.read("healstream.triage"))]
    assert len(before) == sum(event["status"] == "failed" for event in events)


def test_a_record_too_large_is_cut_among_the_dead_letters_and_says_so(cluster):
    admin = AdminClient({"bootstrap.servers": cluster.address})
    larger = ConfigEntry("max.message.bytes", "5000000", incremental_operation=AlterConfigOpType.SET)
    topic = ConfigResource(ResourceType.TOPIC, "deliveries", incremental_configs=[larger])
    for future in admin.incremental_alter_configs([topic]).values():
        future.result(10)
    huge = b'{"delivery_id":"' + b"x" * 3_000_000 + b'"}'
    cluster.produce("deliveries", [(b"t", huge), *records(deliveries(seed=15, minutes=1))], **{"message.max.bytes": 5_000_000})
    process = cluster.start()
    cluster.wait_until_worked_off(1 + len(deliveries(seed=15, minutes=1)))
    assert process.stop() == 0, cluster.logs()
    (letter,) = cluster.read("healstream.dead-letters")
    headers = dict(letter.headers())
    assert headers["__healstream.errors.code"] == b"record_too_large"
    assert headers["__healstream.errors.cut_from_bytes"] == str(len(huge) + 1).encode()
    assert len(letter.value()) < 1_000_000 and huge.startswith(letter.value())
