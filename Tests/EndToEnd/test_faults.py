"""The broker stalls, connections break, the processor is killed: nothing is lost and nothing doubled."""

import json
import os
import signal
import threading
import time

from proxy import Proxy
from test_pipeline import OUTPUTS, backtest, values
from test_recovery import assert_refolds
from traffic import deliveries, records

import conftest


def assert_as_undisturbed(cluster, tmp_path, events) -> None:
    expected = backtest(tmp_path, "expected", events)
    for topic in OUTPUTS:
        assert values(cluster.read(f"healstream.{topic}")) == expected[f"{topic}.ndjson"].splitlines(), topic


def in_parts(cluster, events, parts: int, between) -> None:
    """Produces the events in parts and disturbs between them."""
    everything = records(events)
    size = len(everything) // parts + 1
    for start in range(0, len(everything), size):
        cluster.produce("deliveries", everything[start : start + size])
        between()


def test_a_broker_that_stalls_for_ten_seconds_is_waited_for(cluster, tmp_path):
    events = deliveries(seed=6)
    process = cluster.start("--set", "lanes.max_records=50")
    cluster.wait_until_live()
    pid = cluster.broker.popen.pid
    stall = threading.Timer(1.5, lambda: (os.kill(pid, signal.SIGSTOP), time.sleep(10), os.kill(pid, signal.SIGCONT)))
    stall.start()
    in_parts(cluster, events, 20, lambda: time.sleep(0.2))
    stall.join()
    cluster.wait_until_worked_off(len(events))
    assert process.stop() == 0, cluster.logs()
    assert_as_undisturbed(cluster, tmp_path, events)


def test_cut_connections_are_made_anew(tmp_path):
    with Proxy() as proxy:
        broker = conftest.Broker(tmp_path, "--advertise", proxy.address)
        proxy.forward_to(broker.address)
        cluster = conftest.Cluster(proxy.address, tmp_path)
        try:
            cluster.create_topics("--set", "topics.deliveries.partitions=1", "--set", "topics.outputs.partitions=1")
            events = deliveries(seed=7)
            process = cluster.start("--set", "lanes.max_records=50")
            cluster.wait_until_live()
            in_parts(cluster, events, 20, lambda: (time.sleep(0.2), proxy.cut()))
            cluster.wait_until_worked_off(len(events))
            assert proxy.cuts > 20
            assert process.stop() == 0, cluster.logs()
            assert_as_undisturbed(cluster, tmp_path, events)
        finally:
            cluster.end()
            broker.end()


def test_a_killed_processor_goes_on_where_it_was(cluster, tmp_path):
    events = deliveries(seed=8)
    process = cluster.start("--set", "lanes.max_records=20")

    def kill_and_restart():
        nonlocal process
        time.sleep(0.7)
        process.stop(signal.SIGKILL)
        process = cluster.start("--set", "lanes.max_records=20")

    in_parts(cluster, events, 4, kill_and_restart)
    cluster.wait_until_worked_off(len(events))
    assert process.stop() == 0, cluster.logs()
    expected = backtest(tmp_path, "expected", events)
    assert values(cluster.read("healstream.triage")) == expected["triage.ndjson"].splitlines()
    assert_refolds(cluster)  # a governor that comes up with a backlog decides nothing on it, unlike an undisturbed one


def test_sigterm_ends_with_a_commit_within_five_seconds(cluster):
    events = deliveries(seed=9, minutes=20)
    cluster.produce("deliveries", records(events))
    process = cluster.start("--set", "lanes.max_delay_ms=10000", "--set", "lanes.offset_commit_ms=60000")
    cluster.wait(lambda: "partition_restoring" in process.log.read_text(), 20, "an assignment")
    time.sleep(1)
    started = time.monotonic()
    assert process.stop() == 0, cluster.logs()
    assert time.monotonic() - started < 5
    assert cluster.committed("detect", "deliveries") == len(events)


def test_sigterm_ends_within_five_seconds_while_the_broker_is_gone(cluster):
    process = cluster.start()
    cluster.wait(lambda: "partition_restoring" in process.log.read_text(), 20, "an assignment")
    cluster.broker.end()
    time.sleep(1)
    started = time.monotonic()
    process.stop()
    assert time.monotonic() - started < 5.5


def test_a_second_process_of_the_same_name_fences_the_first(cluster):
    events = deliveries(seed=10, minutes=60)
    half = len(events) // 2
    cluster.produce("deliveries", records(events[:half]))
    first = cluster.start()
    cluster.wait_until_worked_off(half)
    second = cluster.start()
    cluster.produce("deliveries", records(events[half:]))
    cluster.wait(lambda: first.popen.poll() is not None, 60, "the first ends")
    assert first.popen.returncode == 1
    assert "give each its own instance" in first.log.read_text()
    cluster.wait_until_worked_off(len(events))
    assert second.stop() == 0, cluster.logs()
    failed = [event["delivery_id"] for event in events if event["status"] == "failed"]
    assert [json.loads(value)["delivery_id"] for value in values(cluster.read("healstream.triage"))] == failed
