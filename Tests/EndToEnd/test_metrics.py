"""What can be asked of a running process, read as its operators' tools would read it."""

import json
import re
import socket
import urllib.error
import urllib.request

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from traffic import deliveries, records

import conftest

ALERTS = yaml.safe_load((conftest.REPOSITORY / "deploy/alerts.yml").read_text())
DOCUMENTED = re.findall(
    r"^\| `((?:healstream|autoheal|process)_\w+)` \| (\w+) \|", (conftest.REPOSITORY / "docs/operating.md").read_text(), re.MULTILINE
)
DETECT = {"role": "detect", "topic": "deliveries", "partition": "0"}


class Pages:
    """The pages of a process, which says in its log where they are."""

    def __init__(self, cluster, process):
        def listening():
            return re.search(r'"http_listening","address":"([^"]+)"', process.log.read_text())

        cluster.wait(listening, 20, "the pages are served")
        self.address = listening().group(1)

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://{self.address}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def families(self) -> dict:
        status, text = self.get("/metrics")
        assert status == 200
        return {family.name: family for family in text_string_to_metric_families(text)}

    def value(self, sample: str, labels: dict[str, str]) -> float | None:
        """Of the sample with these labels, and maybe others."""
        for family in self.families().values():
            for found in family.samples:
                if found.name == sample and labels.items() <= found.labels.items():
                    return found.value
        return None


@pytest.fixture
def pages(cluster):
    def start(*settings):
        process = cluster.start("--set", "http.listen=127.0.0.1:0", *settings)
        return process, Pages(cluster, process)

    return start


def test_metrics_count_what_was_produced_and_given_out(cluster, pages):
    events = deliveries(minutes=90)
    garbage = [(b"k", b"{"), (b"k", b"[]"), (b"k", b"{")]
    cluster.produce("deliveries", records(events) + garbage)
    process, page = pages()
    cluster.wait_until_worked_off(len(events) + len(garbage))

    def are_folded():
        return page.value("healstream_records_total", DETECT | {"outcome": "folded"}) == len(events)

    cluster.wait(are_folded, 10, "the records are counted")
    assert page.value("healstream_records_total", DETECT | {"outcome": "rejected"}) == len(garbage)
    assert page.value("healstream_dead_letters_total", DETECT | {"code": "malformed_json"}) == 2
    assert page.value("healstream_dead_letters_total", DETECT | {"code": "not_an_object"}) == 1
    assert page.value("healstream_committed_offset", DETECT) == len(events) + len(garbage)
    assert page.value("healstream_lag_records", DETECT) == 0
    failed = sum(event["status"] == "failed" for event in events)
    assert page.value("healstream_outputs_total", DETECT | {"output": "triage"}) == failed
    govern = {"role": "govern", "topic": "healstream.signals", "partition": "0"}
    cluster.wait(lambda: page.value("healstream_lag_records", govern) == 0, 10, "signals are worked off")
    incidents = cluster.read("healstream.incidents")
    assert page.value("healstream_outputs_total", govern | {"output": "incidents"}) == len(incidents) > 0
    detected = page.value("autoheal_incidents_detected_total", govern)
    if detected is not None:
        assert detected == sum(json.loads(message.value())["event"] == "opened" for message in incidents)
    for role in ("detect", "govern", "report"):
        assert page.value("healstream_bursts_total", {"role": role, "outcome": "committed"}) > 0
        assert page.value("healstream_bursts_total", {"role": role, "outcome": "aborted"}) == 0
        assert page.value("healstream_commit_seconds_count", {"role": role}) > 0
    assert page.value("process_resident_memory_bytes", {}) > 1 << 20
    assert process.stop() == 0


def test_lag_is_known_while_a_backlog_is_worked_off(cluster, pages):
    cluster.produce("deliveries", records(deliveries(minutes=600)))
    _, page = pages("--set", "lanes.max_records=50", "--set", "lanes.max_records_catching_up=50")
    cluster.wait(lambda: (page.value("healstream_lag_records", DETECT) or 0) > 100, 30, "there is lag")
    cluster.wait(lambda: page.value("healstream_lag_records", DETECT) == 0, 60, "it is worked off")


def test_every_metric_is_documented_with_its_type(cluster, pages):
    cluster.produce("deliveries", records(deliveries(minutes=70)) + [(b"k", b"{")])
    _, page = pages()
    cluster.wait(lambda: page.value("healstream_dead_letters_total", DETECT), 30, "records are counted")
    found = set()
    for family in page.families().values():
        # The parser takes a counter's ending off its name.
        found.add((family.name + ("_total" if family.type == "counter" else ""), family.type))
        assert family.documentation
    assert found <= set(DOCUMENTED)
    assert {name for name, _ in DOCUMENTED if name.startswith("process_")} <= {name for name, _ in found}


def test_readiness_tells_what_is_missing(tmp_path):
    """No cluster: alive, not ready. A cluster: ready. A second process that has nothing to do: ready, too."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = "127.0.0.1:%d" % free.getsockname()[1]
    waiting = conftest.Cluster(nobody, tmp_path)
    broker = conftest.Broker(tmp_path)
    cluster = conftest.Cluster(broker.address, tmp_path)
    listen = ["--set", "http.listen=127.0.0.1:0"]
    try:
        page = Pages(waiting, waiting.start(*listen))
        assert page.get("/healthz") == (200, "alive\n")
        assert page.get("/readyz") == (503, "waits for the cluster\n")
        assert page.get("/metrics")[0] == 200

        cluster.create_topics("--set", "topics.deliveries.partitions=1")
        first = Pages(cluster, cluster.start(*listen))
        cluster.wait(lambda: first.get("/readyz") == (200, "ready\n"), 30, "the first process is ready")
        second = Pages(cluster, cluster.start(*listen, instance="other"))
        cluster.wait(lambda: first.get("/readyz")[0] == second.get("/readyz")[0] == 200, 30, "both are ready")
        owned = [page.value("healstream_partitions_owned", {"role": "detect"}) for page in (first, second)]
        assert sorted(owned) == [0, 1]
        assert first.get("/")[0] == 404
    finally:
        waiting.end()
        cluster.end()
        broker.end()


def test_a_port_that_is_taken_is_told(cluster):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = "127.0.0.1:%d" % taken.getsockname()[1]
        result = conftest.run("run", "--brokers", cluster.address, "--set", f"http.listen={address}")
    assert result.returncode == 1
    assert f"http.listen: cannot listen on {address}: Address already in use" in result.stderr.decode()


def test_alerts_ask_for_metrics_that_are_there():
    known = {name for name, _ in DOCUMENTED} | {name + "_bucket" for name, kind in DOCUMENTED if kind == "histogram"}
    rules = [rule for group in ALERTS["groups"] for rule in group["rules"]]
    assert rules
    for rule in rules:
        asked = set(re.findall(r"\b(?:healstream|autoheal|process)_\w+", rule["expr"]))
        assert asked <= known, rule["alert"]
        assert rule["labels"]["severity"] in ("warning", "critical")
        assert rule["annotations"]["summary"].endswith(".")


def test_every_alert_has_a_remedy():
    text = (conftest.REPOSITORY / "docs/operating.md").read_text()
    for group in ALERTS["groups"]:
        for rule in group["rules"]:
            assert f"`{rule['alert']}`" in text
