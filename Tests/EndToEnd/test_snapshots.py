"""`healstream snapshots`, on what `healstream run` leaves behind."""

import json
import re

import pytest
from traffic import deliveries, records
from validation import assert_valid

import conftest


def work_off(cluster, *settings: str, instance: str = "test") -> None:
    """Every partition up to its end, then an orderly end."""
    process = cluster.start(*settings, instance=instance)
    # deliveries; signals, action-outcomes and commands; signals again, to report
    cluster.wait(lambda: process.log.read_text().count('"event":"partition_restoring"') == 5, 30, "all are restored")
    cluster.wait_until_worked_off(cluster.produced)
    assert process.stop() == 0, cluster.logs()


def snapshots(cluster, *arguments: str):
    return conftest.run("snapshots", *arguments, "--brokers", cluster.address)


def rows(result) -> dict[str, list[str]]:
    assert result.returncode == 0, result.stderr.decode()
    table = [line.split() for line in result.stdout.decode().splitlines()]
    assert table[0] == ["SNAPSHOT", "OFFSET", "BOUNDARIES", "BYTES", "AGE"]
    return {row[0]: row[1:] for row in table[1:]}


@pytest.fixture
def fed(cluster):
    events = records(deliveries(seed=11, minutes=30))
    cluster.produce("deliveries", events)
    cluster.produced = len(events)
    return cluster


STORES = {"topic": lambda path: (), "directory": lambda path: ("snapshots.store=directory", f"snapshots.directory={path}")}


@pytest.fixture(params=STORES)
def settings(request, tmp_path):
    return [word for setting in STORES[request.param](tmp_path / "snapshots") for word in ("--set", setting)]


def test_an_orderly_end_leaves_a_snapshot_of_every_partition_at_its_committed_offset(fed, settings):
    work_off(fed, *settings)
    listed = rows(snapshots(fed, "list", *settings))
    name = f"detect/deliveries[0]@{fed.produced}#1"
    assert listed[name][:2] == [str(fed.produced), "1"] and int(listed[name][2]) > 1000
    signals = fed.committed("govern", "healstream.signals")
    assert f"govern/healstream.signals[0]@{signals}#1" in listed
    assert list(rows(snapshots(fed, "list", "--role", "detect", "--partition", "deliveries[0]", *settings))) == [name]

    verified = snapshots(fed, "verify", *settings)
    assert verified.returncode == 0, verified.stderr.decode()
    assert verified.stdout.decode().count(": good, ") == len(listed)
    inspected = snapshots(fed, "inspect", name, *settings).stdout.decode()
    assert re.search(r"^  epoch +[0-9a-f]{16}$", inspected, re.MULTILINE)
    assert re.search(r"^  endpoints +12$", inspected, re.MULTILINE), inspected


def test_another_process_goes_on_from_there_without_folding_anything(fed, settings):
    work_off(fed, *settings)
    work_off(fed, *settings, instance="another")
    line = next(line for line in fed.processes[1].log.read_text().splitlines() if '"partition":"deliveries[0]"' in line)
    assert f'"snapshot":"{fed.produced}","from":"{fed.produced}","until":"{fed.produced}"' in line


def test_what_is_deleted_is_gone_and_only_what_is_meant(fed, settings):
    work_off(fed, *settings)
    listed = rows(snapshots(fed, "list", *settings))
    for refused in (["delete"], ["delete", "--all"], ["delete", "--role", "detect"]):
        assert snapshots(fed, *refused, *settings).returncode == 2
    assert rows(snapshots(fed, "list", *settings)).keys() == listed.keys()
    missing = snapshots(fed, "delete", "detect/deliveries[7]@1#1", *settings)
    assert missing.returncode == 1 and b"there is no snapshot detect/deliveries[7]@1#1" in missing.stderr
    name = next(name for name in listed if name.startswith("detect/"))
    assert snapshots(fed, "delete", name, *settings).returncode == 0
    assert rows(snapshots(fed, "list", *settings)).keys() == listed.keys() - {name}
    assert snapshots(fed, "delete", "--all", "--yes", *settings).returncode == 0
    assert not rows(snapshots(fed, "list", *settings))


def test_damage_is_found_said_and_survived(fed, tmp_path):
    settings = [word for setting in STORES["directory"](tmp_path / "snapshots") for word in ("--set", setting)]
    work_off(fed, *settings)
    (file,) = (tmp_path / "snapshots/detect/deliveries-0").glob("*.snapshot")
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file.write_bytes(damaged)
    verified = snapshots(fed, "verify", *settings)
    assert verified.returncode == 1
    assert b": bad: expected the checksum of what stands before it" in verified.stderr
    assert verified.stderr.count(b"\n") == 1, "the others are good"
    work_off(fed, *settings)
    log = fed.processes[1].log.read_text()
    assert '"event":"snapshot_rejected"' in log and '"snapshot":"none","from":"0"' in log


def test_epochs_are_on_the_cluster_whatever_the_store_is(fed):
    work_off(fed, "--set", "snapshots.store=none", "--set", "detection.passive=true")
    work_off(fed, "--set", "snapshots.store=none", "--set", "detection.passive=true")
    (record,) = fed.read("healstream.epochs")
    value = json.loads(record.value())
    assert_valid("epochs", value)
    assert record.key().decode() == value["epoch"] and value["settings"]["detection.passive"] is True
    refused = snapshots(fed, "list", "--set", "snapshots.store=none")
    assert refused.returncode == 1 and b'snapshots.store is "none"' in refused.stderr


@pytest.mark.parametrize(
    "settings, words",
    [
        (["snapshots.store=directory"], b"snapshots.directory does not say which"),
        (["snapshots.directory=/tmp/x"], b"set snapshots.store to"),
        (["snapshots.store=disk"], b'one of "topic", "directory", "none"'),
    ],
)
def test_settings_that_do_not_hold_together_are_refused(settings, words):
    result = conftest.run("config", "check", *[word for setting in settings for word in ("--set", setting)])
    assert result.returncode == 1 and words in result.stderr


def test_a_directory_that_cannot_be_used_ends_the_process_with_words(cluster):
    process = cluster.start("--set", "snapshots.store=directory", "--set", "snapshots.directory=/dev/null/here")
    assert process.popen.wait(20) == 1
    assert "cannot make the directory /dev/null: File exists" in process.log.read_text()
