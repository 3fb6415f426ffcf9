"""What operators ask for, from the command line to the audit."""

import json
import time
import uuid

import conftest
import pytest
from confluent_kafka import Consumer, Producer, TopicPartition
from conftest import run
from validation import SCHEMAS, assert_valid

COMMANDS = SCHEMAS["command.schema.json"]["properties"]["command"]["enum"]
TAKEN = {
    rule["if"]["properties"]["command"]["const"]: rule["then"]["properties"]["args"]["required"]
    for rule in SCHEMAS["command.schema.json"]["allOf"]
}
ADMINS = {"set-autoheal", "set-dry-run", "set-enforcement", "set-tenant-policy"}
LIVE = ("--set", "topics.timestamps=append")


# The command line


def test_help_lists_the_commands_of_the_schema():
    lines = run("command", "--help").stdout.decode().split("NAME is one of:\n")[1].split("\n\n")[0].splitlines()
    listed = {line.split()[0]: line.split()[1] for line in lines}
    assert listed == {name: "admin" if name in ADMINS else "operator" for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_shows_its_role_its_arguments_and_an_example(name):
    text = run("command", name, "--help").stdout.decode()
    assert f"Takes the role {'admin' if name in ADMINS else 'operator'}." in text
    required = {line.split()[0] for line in text.splitlines() if line.startswith("  --") and line.endswith("required.")}
    assert required == {"--brokers", "--operator", *("--" + taken.replace("_", "-") for taken in TAKEN.get(name, []))}
    assert f"healstream command {name} --brokers" in text.split("Example:")[1]


@pytest.mark.parametrize(
    "words",
    [
        ["set-enforcement", "--percent", "101"],
        ["set-enforcement"],
        ["silence", "--tenant-id", "t", "--minutes", "1441", "--reason", "r"],
        ["set-maintenance", "--tenant-id", "t", "--until", "tomorrow"],
        ["set-tenant-policy", "--tenant-id", "t", "--policy", "{"],
        ["set-tenant-policy", "--tenant-id", "t", "--policy", '{"max_replay": 1}'],
        ["replay"],
        ["resolve", "--incident-id", "i", "--endpoint", "e"],
    ],
    ids=" ".join,
)
def test_what_breaks_a_rule_is_misuse_and_is_not_sent(words):
    result = run("command", *words, "--operator", "alice", "--brokers", "127.0.0.1:1")
    assert result.returncode == 2
    assert result.stderr and not result.stdout


# A live cluster


@pytest.fixture
def live(tmp_path):
    """Its records are stamped by the broker, as in production."""
    broker = conftest.Broker(tmp_path)
    cluster = conftest.Cluster(broker.address, tmp_path, settings=LIVE)
    cluster.create_topics("--set", "topics.deliveries.partitions=1", "--set", "topics.outputs.partitions=1")
    yield cluster
    cluster.end()
    broker.end()


def ask(cluster, *words, operator="alice"):
    result = run("command", *words, "--brokers", cluster.address, "--operator", operator, "--json")
    answer = json.loads(result.stdout) if result.stdout else None
    assert answer, result.stderr.decode()
    assert_valid("audit", answer)
    assert result.returncode == (0 if answer["outcome"] == "accepted" else 1)
    return answer


def values(cluster, topic):
    return [json.loads(message.value()) for message in cluster.read(f"healstream.{topic}")]


def failing(
    tenants: int, healthy: int = 0, fault: dict = {"http_status": 503}, times: int = 8, apart_ms: int = 1000
) -> list[tuple[bytes, bytes]]:
    """So many tenants, each with an endpoint that worked and then fails so many times, beside others whose endpoints go on working."""
    now = int(time.time() * 1000)
    events = []
    for number in range(4 + times):
        for tenant in range(tenants + healthy):
            failed = number >= 4 and tenant < tenants
            event = {
                "delivery_id": f"dlv-{tenant}-{number}",
                "tenant_id": f"tenant-{tenant}",
                "endpoint": f"https://api{tenant}.example.com/hook",
                "status": "failed" if failed else "delivered",
                "occurred_at": now - max(30_000, (4 + times) * apart_ms) + number * apart_ms,
            }
            events.append((event["tenant_id"].encode(), json.dumps(event | (fault if failed else {})).encode()))
    return events


def test_every_command_is_answered_and_what_it_set_is_said(live):
    live.start()
    live.produce("deliveries", failing(1))
    live.wait(lambda: values(live, "incidents"), 60, "an incident opens")
    incident = values(live, "incidents")[0]["incident_id"]
    answers = [
        ask(live, "set-dry-run", "--enabled", "true"),
        ask(live, "set-enforcement", "--percent", "50"),
        ask(live, "set-tenant-policy", "--tenant-id", "tenant-0", "--policy", '{"max_replays": 50}'),
        ask(live, "set-maintenance", "--tenant-id", "tenant-*", "--until", "2099-01-01T00:00:00Z"),
        ask(live, "set-maintenance", "--tenant-id", "tenant-*", "--until", time.strftime("%Y-%m-%dT23:59:59.999Z", time.gmtime())),
        ask(live, "run-cycle", "--dry-run", "true"),
        ask(live, "silence", "--tenant-id", "tenant-0", "--minutes", "5", "--reason", "they are moving house"),
        ask(live, "end-maintenance", "--tenant-id", "tenant-*"),
        ask(live, "clear-cooldown", "--tenant-id", "tenant-0", "--endpoint", "https://api0.example.com/hook"),
        ask(live, "replay", "--delivery-ids", "nobody-knows-it"),
        ask(live, "replay-recommended", "--tenant-id", "nobody"),
        ask(live, "approve", "--action-id", "a", "--plan-hash", "h"),
        ask(live, "reject", "--action-id", "a", "--plan-hash", "h"),
        ask(live, "unsilence", "--tenant-id", "tenant-0"),
        ask(live, "acknowledge", "--incident-id", incident, "--known-issue", "true", operator="bob"),
        ask(live, "resolve", "--incident-id", incident, operator="bob"),
        ask(live, "set-autoheal", "--enabled", "false"),
    ]
    told = [(answer["meta"]["command"], answer["outcome"]) for answer in answers]
    rejected = {"replay", "replay-recommended", "approve", "reject", "unsilence", "silence"}
    assert [outcome for name, outcome in told if name in rejected] == ["rejected"] * len(rejected), told
    assert [outcome for name, outcome in told if name == "set-maintenance"] == ["rejected", "accepted"], answers[3]
    assert all(outcome == "accepted" for name, outcome in told if name not in rejected | {"set-maintenance"}), answers
    assert {name for name, _ in told} == set(COMMANDS)

    for topic in ("control", "audit", "incidents", "heal-actions"):
        for message in live.read(f"healstream.{topic}"):
            assert_valid(topic, json.loads(message.value()))
    control = {message.key().decode(): json.loads(message.value()) for message in live.read("healstream.control")}
    assert set(control) == {"switches", "maintenance tenant-*", "tenant_policy tenant-0"}
    assert not control["maintenance tenant-*"]["in_force"]
    switches = control["switches"]
    assert (switches["autoheal_enabled"], switches["dry_run"], switches["enforcement_percent"]) == (False, True, 50)
    last = [value for value in values(live, "incidents") if value["incident_id"] == incident][-1]
    assert (last["event"], last["resolution"], last["acknowledged_by"], last["known_issue"]) == ("resolved", "operator", "bob", True)
    assert not [value for value in values(live, "heal-actions") if value["event"] in ("issued", "canary") and not value["dry_run"] and value["strategy"] != "DEFER_AND_MONITOR"]

    verified = run("audit", "verify", "--brokers", live.address)
    assert verified.returncode == 0, verified.stdout.decode()
    assert verified.stdout.decode().endswith(": no gap, no repetition, in order\n")


def test_the_audit_counts_on_after_a_kill(live):
    soon = ("--set", "kafka.session.timeout.ms=6000")  # the cluster notices the kill
    process = live.start(*soon)
    live.produce("deliveries", failing(3))
    live.wait(lambda: values(live, "incidents"), 60, "an incident opens")
    assert ask(live, "set-enforcement", "--percent", "50")["outcome"] == "accepted"
    process.end()
    live.start(*soon)
    again = ["command", "set-enforcement", "--percent", "100", "--brokers", live.address, "--operator", "alice"]
    live.wait(lambda: run(*again).returncode == 0, 60, "it works again")
    found = run("audit", "verify", "--brokers", live.address, "--json")
    report = json.loads(found.stdout)
    assert found.returncode == 0 and report["whole"], report
    assert report["first"] == 0 and report["records"] == report["last"] + 1


# The audit


def audit_lines(count: int) -> list[bytes]:
    return [json.dumps({"audit_id": f"{number:032x}", "meta": {"sequence": number}}).encode() for number in range(count)]


@pytest.mark.parametrize(
    "spoil, said",
    [
        (lambda lines: lines, "9 records, 0 to 8: no gap, no repetition, in order"),
        (lambda lines: lines[3:], "6 records, 3 to 8: no gap, no repetition, in order"),
        (lambda lines: lines[:4] + lines[5:], "gap: 4"),
        (lambda lines: lines[:4] + lines[7:], "gap: 4 to 6"),
        (lambda lines: lines[:4] + lines[3:], "repeated: 3"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "out of order: 0 after 1 at line 2"),
        (lambda lines: [*lines, b"no json"], "no audit record: line 10"),
        (lambda lines: [], "no record"),
    ],
    ids=["whole", "a part", "a gap", "a long gap", "repeated", "disorder", "unreadable", "empty"],
)
def test_audit_verify_finds_what_is_wrong(tmp_path, spoil, said):
    file = tmp_path / "audit.ndjson"
    file.write_bytes(b"\n".join(spoil(audit_lines(9))))
    result = run("audit", "verify", "--input", str(file))
    text = result.stdout.decode()
    assert said in text.splitlines(), text
    assert result.returncode == (0 if "no gap" in text or text == "no record\n" else 1)
    report = json.loads(run("audit", "verify", "--input", str(file), "--json").stdout)
    assert report["whole"] == (result.returncode == 0)


# The kill switch


def backlog(count: int, tenants: int = 500, endpoints: int = 500, down: int = 3) -> list[tuple[bytes, bytes]]:
    """Five minutes of deliveries up to now; every third endpoint, or `down`-th, is down for the latter half."""
    now = int(time.time() * 1000)
    made = []
    for number in range(count):
        tenant, endpoint = number % tenants, number % endpoints
        failed = number > count // 2 and endpoint % down == 0
        made.append(
            (
                f"tenant-{tenant}".encode(),
                b'{"delivery_id":"dlv-%d","tenant_id":"tenant-%d","endpoint":"https://api%d.example.com/hook","status":"%s",'
                b'"http_status":%d,"occurred_at":%d}'
                % (
                    number, tenant, endpoint, b"failed" if failed else b"delivered", 503 if failed else 200,
                    now - 300_000 + number * 300_000 // count,
                ),
            )
        )
    return made


class Follower:
    """Follows a topic of one partition from its present end."""

    def __init__(self, address: str, topic: str):
        self.consumer = Consumer({"bootstrap.servers": address, "group.id": uuid.uuid4().hex, "fetch.wait.max.ms": 10})
        end = self.consumer.get_watermark_offsets(TopicPartition(topic, 0), timeout=10)[1]
        self.consumer.assign([TopicPartition(topic, 0, end)])

    def wait(self, found, timeout: float) -> float:
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            for message in self.consumer.consume(100, timeout=0.01):
                if not message.error() and found(json.loads(message.value())):
                    return time.monotonic()
        raise AssertionError("it was not said in time")


def test_the_kill_switch_stops_everything_within_a_second_also_in_a_backlog(live):
    count = 300_000
    live.produce("deliveries", backlog(count))
    live.start("--set", "roles=[\"govern\",\"report\"]", instance="governor")
    live.wait(lambda: live.read("healstream.control") or live.produce("commands", [(None, b"{}")]), 60, "the governor works")
    # Detection is slowed down by small transactions, or it would be done before anybody could type.
    live.start(
        "--set", "roles=[\"detect\"]", "--set", "lanes.max_records=250", "--set", "lanes.max_records_catching_up=250",
        instance="detector",
    )
    live.wait(lambda: live.committed("detect", "deliveries") > count // 4, 60, "detection works off its backlog")
    audit = Follower(live.address, "healstream.audit")
    taken = []
    for number, enabled in enumerate([False, True, False]):
        command = {
            "command_id": f"kill-{number}", "operator_id": "alice", "role": "admin", "command": "set-autoheal",
            "args": {"enabled": enabled}, "issued_at": int(time.time() * 1000),
        }
        started = time.monotonic()
        live.produce("commands", [(b"alice", json.dumps(command).encode())])
        said = audit.wait(
            lambda value: value["action"] == "control.switches" and value["meta"]["autoheal_enabled"] == enabled, 30
        )
        taken.append(said - started)
    behind = count - live.committed("detect", "deliveries")
    audit.consumer.close()
    print(f"kill switch after {[round(seconds, 3) for seconds in taken]} s, {behind} deliveries still to go")
    assert behind > 0, "the backlog was gone before the switch was thrown"
    assert max(taken) < 1, taken
    live.wait(lambda: live.committed("detect", "deliveries") == count, 120, "the backlog is worked off")
    trail = sorted(values(live, "audit"), key=lambda value: value["meta"]["sequence"])
    off = max(value["meta"]["sequence"] for value in trail if value["action"] == "control.switches")
    begun = [value for value in trail if value["action"] in ("heal.issued", "heal.canary", "heal.proposed")]
    assert not [value for value in begun if value["meta"]["sequence"] > off]


def test_the_kill_switch_is_in_force_within_a_second_where_one_saturated_process_plays_all_roles(tmp_path):
    """Twelve partitions, 2,000 failing endpoints, 1,500,000 deliveries waiting: the governor has a backlog of signals of its own."""
    count = 1_500_000
    broker = conftest.Broker(tmp_path)
    cluster = conftest.Cluster(broker.address, tmp_path, settings=LIVE)
    cluster.create_topics("--set", "topics.deliveries.partitions=12", "--set", "topics.outputs.partitions=1")
    producer = Producer({"bootstrap.servers": broker.address, "linger.ms": 20, "queue.buffering.max.messages": count})
    for key, value in backlog(count, endpoints=4_000, down=2):
        producer.produce("deliveries", key=key, value=value)
        producer.poll(0)
    assert producer.flush(60) == 0
    cluster.start()
    try:
        cluster.wait(lambda: cluster.read("healstream.incidents"), 60, "incidents open")
        control = Follower(broker.address, "healstream.control")
        taken, answered = [], []
        for number in range(7):
            enabled = number % 2 == 1
            command = {
                "command_id": f"kill-{number}", "operator_id": "alice", "role": "admin", "command": "set-autoheal",
                "args": {"enabled": enabled}, "issued_at": int(time.time() * 1000),
            }
            started = time.monotonic()
            cluster.produce("commands", [(b"alice", json.dumps(command).encode())])
            said = control.wait(lambda value: value.get("autoheal_enabled") == enabled, 30)
            (answered if enabled else taken).append(said - started)
        behind = count - sum(cluster.committed("detect", "deliveries", partition) for partition in range(12))
        control.consumer.close()
        print(f"off after {[round(s, 3) for s in taken]} s, on after {[round(s, 3) for s in answered]} s, {behind} to go")
        assert behind > 0, "the backlog was gone before the switch was thrown"
        assert max(taken) < 1, taken
    finally:
        cluster.end()
        broker.end()


def test_a_hundred_cycles_at_once_begin_at_most_five_heals(live):
    live.start()
    live.wait(lambda: live.read("healstream.control") or live.produce("commands", [(None, b"{}")]), 60, "the governor works")
    assert ask(live, "set-autoheal", "--enabled", "false")["outcome"] == "accepted"
    # Long enough that what has come since they opened is stated: silence needs five failures.
    fault = {"error": "it did not like this one"}
    live.produce("deliveries", failing(20, healthy=250, fault=fault, times=14, apart_ms=4000))
    live.wait(lambda: len({value["incident_id"] for value in values(live, "incidents")}) >= 20, 60, "the incidents open")
    assert ask(live, "set-autoheal", "--enabled", "true")["outcome"] == "accepted"
    orders = [
        {"command_id": f"cycle-{number}", "operator_id": "alice", "role": "operator", "command": "run-cycle", "args": {},
         "issued_at": int(time.time() * 1000)}
        for number in range(100)
    ]
    live.produce("commands", [(b"alice", json.dumps(order).encode()) for order in orders])

    def answers() -> dict:
        answered = [value for value in values(live, "audit") if value["resource_id"].startswith("cycle-")]
        return {value["resource_id"]: value for value in answered}

    live.wait(lambda: len(answers()) == 100, 30, "all are answered")
    assert all("5 heals at once, at most 5 (15)" in value["reason"] for value in answers().values()), answers()
    begun = [value for value in values(live, "heal-actions") if value["event"] == "issued"]
    assert [value["strategy"] for value in begun] == ["SILENCE_DUPES"] * 5


HEALS = {"REPLAY_RECENT", "RATE_LIMIT_SOURCE", "SILENCE_DUPES"}


def heals(cluster) -> set[str]:
    return {action["tenant_id"] for action in values(cluster, "heal-actions") if action["strategy"] in HEALS}


def test_nothing_is_healed_of_what_happened_while_detection_was_down_for_three_hours(live):
    """Deliveries of three hours ago fail as those of now do, of other tenants: only these are healed."""
    live.start()
    live.wait_until_live()
    now = failing(3, healthy=60, fault={"error": "it did not like this one"}, times=16)
    late = []
    for key, value in now:
        event = json.loads(value)
        event |= {"tenant_id": "late-" + event["tenant_id"], "occurred_at": event["occurred_at"] - 3 * 3_600_000}
        late.append((event["tenant_id"].encode(), json.dumps(event).encode()))
    live.produce("deliveries", late)
    live.wait(lambda: len({value["incident_id"] for value in values(live, "incidents")}) >= 3, 60, "the late ones open")
    assert all(incident["evidence_stale"] for incident in values(live, "incidents"))
    live.produce("deliveries", now)
    live.wait(lambda: heals(live), 60, "a heal")
    assert not [tenant for tenant in heals(live) if tenant.startswith("late-")]
    refused = [value["reason"] for value in values(live, "audit") if value["action"] == "heal.refused"]
    assert any("stale" in reason for reason in refused), refused
