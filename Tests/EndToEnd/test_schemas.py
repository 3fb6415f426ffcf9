"""The schemas, their examples and the AsyncAPI document, held against each other and against what the program really does."""

import copy
import json
import pathlib

import jsonschema
import pytest
import yaml
from confluent_kafka.admin import AdminClient, ConfigResource, ResourceType
from traffic import START, at, lines, records
from validation import OF_TOPIC, REGISTRY, SCHEMAS, assert_valid, errors, validator

import conftest

DIRECTORY = conftest.REPOSITORY / "schemas"
TOPIC_OF = {name.removesuffix(".schema.json"): topic for topic, name in OF_TOPIC.items()}
EXAMPLES = {path.stem: json.loads(path.read_text()) for path in sorted((DIRECTORY / "examples").glob("*.json"))}
DOCUMENT = yaml.safe_load((DIRECTORY / "asyncapi.yaml").read_text())
INPUTS = {"delivery", "action-outcome", "command"}


# The schemas and their examples


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one_of_draft_07(name):
    schema = SCHEMAS[name]
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["$id"] == name
    jsonschema.Draft7Validator.check_schema(schema)


def test_every_event_has_a_schema_and_examples():
    assert {name.removesuffix(".schema.json") for name in SCHEMAS} - {"definitions"} == set(TOPIC_OF) == set(EXAMPLES)
    assert all(EXAMPLES.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_valid(name):
    for example in EXAMPLES[name]:
        assert_valid(TOPIC_OF[name], example)


@pytest.mark.parametrize(
    "name, field, values",
    [
        ("incident", "event", {"opened", "updated", "resolved", "reopened", "flapping", "stale"}),
        ("heal-action", "event", {"proposed", "canary", "issued", "settled", "expired", "lifted", "cancelled"}),
        ("signal", "statement", {"level", "failures", "replay_outcome", "action_outcome", "command", "progress"}),
        ("verdict", "category", {"transient_endpoint_down", "permanent_4xx", "rate_limited", "unknown"}),
        ("delivery", "status", {"pending", "delivered", "failed", "dead_letter"}),
    ],
)
def test_the_examples_show_every_kind(name, field, values):
    assert {example[field] for example in EXAMPLES[name]} == values


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_missing_field_is_invalid(name):
    example = EXAMPLES[name][0]
    schema = SCHEMAS[f"{name}.schema.json"]
    assert schema["required"]
    for field in schema["required"]:
        assert errors(TOPIC_OF[name], {key: value for key, value in example.items() if key != field}), field


@pytest.mark.parametrize(
    "name, path, value",
    [
        ("delivery", ["status"], "lost"),
        ("delivery", ["attempt"], 0),
        ("delivery", ["occurred_at"], "yesterday"),
        ("action-outcome", ["outcome"], "perhaps"),
        ("command", ["role"], "king"),
        ("command", ["args"], {}),
        ("command", ["command_id"], ""),
        ("verdict", ["category"], "transient"),
        ("verdict", ["recommended_action"], "review"),
        ("verdict", ["score"], 101),
        ("verdict", ["occurred_at"], "2026-02-30T00:00:00.000Z"),
        ("signal", ["statement"], "rumour"),
        ("signal", ["source", "topic"], "service-metrics"),
        ("incident", ["type"], "bad_day"),
        ("incident", ["status"], "resolved"),
        ("incident", ["endpoint"], None),
        ("incident", ["triage_distribution", "unknown"], -1),
        ("heal-action", ["strategy"], "RESTART"),
        ("heal-action", ["plan", "step"], 0),
        ("heal-action", ["plan"], None),
        ("heal-action", ["trace", 0, "verdict"], "maybe"),
        ("audit", ["action"], "heal.attempted"),
        ("audit", ["resource_type"], "cycle"),
        ("audit", ["meta", "severity"], "mild"),
        ("control", ["enforcement_percent"], 101),
        ("advice", ["confidence"], "certain"),
        ("advice", ["as_of"], "2026-02-25 06:13:20Z"),
    ],
)
def test_a_wrong_value_is_invalid(name, path, value):
    example = copy.deepcopy(EXAMPLES[name][0])
    place = example
    for step in path[:-1]:
        place = place[step]
    assert place[path[-1]] != value
    place[path[-1]] = value
    assert errors(TOPIC_OF[name], example)


@pytest.mark.parametrize("name", EXAMPLES)
def test_consumers_may_ignore_a_new_field_but_the_program_may_not_write_one(name):
    extended = EXAMPLES[name][0] | {"no_such_field": 1}
    assert not errors(TOPIC_OF[name], extended)
    assert errors(TOPIC_OF[name], extended, strictly=True)


@pytest.mark.parametrize("event", EXAMPLES["delivery"], ids=lambda event: event["delivery_id"])
def test_the_program_takes_the_examples_of_deliveries(event):
    result = conftest.run("triage", input=json.dumps(event).encode() + b"\n")
    assert result.returncode == 0 and not result.stderr, result.stderr.decode()
    assert bool(result.stdout) == (event["status"] in ("failed", "dead_letter"))


# The AsyncAPI document


def references(node):
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for element in node:
            yield from references(element)


def resolve(reference: str):
    file, _, pointer = reference.partition("#")
    node = DOCUMENT if not file else json.loads((DIRECTORY / file).read_text())
    for step in filter(None, pointer.split("/")):
        node = node[step.replace("~1", "/").replace("~0", "~")]
    return node


def test_every_reference_of_the_document_resolves():
    found = list(references(DOCUMENT))
    assert len(found) > 30
    for reference in found:
        assert resolve(reference), reference


def test_every_schema_is_the_payload_of_a_message():
    files = {pathlib.PurePath(reference).name for reference in references(DOCUMENT) if ".schema.json" in reference}
    assert files == set(SCHEMAS) - {"definitions.schema.json"}


def test_every_message_is_sent_or_received():
    operations = DOCUMENT["operations"].values()
    for name, channel in DOCUMENT["channels"].items():
        used = [operation for operation in operations if operation["channel"]["$ref"] == f"#/channels/{name}"]
        assert bool(used) == bool(channel.get("messages")), name
        for operation in used:
            assert {resolve(reference["$ref"])["$ref"] for reference in operation["messages"]} == {
                message["$ref"] for message in channel["messages"].values()
            }


def test_the_version_of_the_document_is_the_programs():
    assert conftest.run("version").stdout.decode().split()[1] == DOCUMENT["info"]["version"]


@pytest.fixture
def broker(tmp_path):
    broker = conftest.Broker(tmp_path)
    yield broker
    broker.end()


def test_the_channels_are_the_topics_that_are_made(broker):
    assert conftest.run("topics", "create", "--brokers", broker.address).returncode == 0
    admin = AdminClient({"bootstrap.servers": broker.address})
    partitions = {
        name: len(topic.partitions)
        for name, topic in admin.list_topics(timeout=10).topics.items()
        if not name.startswith("__")
    }
    described = admin.describe_configs([ConfigResource(ResourceType.TOPIC, name) for name in partitions])
    made = {resource.name: future.result(10) for resource, future in described.items()}

    channels = {channel["address"]: channel["bindings"]["kafka"] for channel in DOCUMENT["channels"].values()}
    assert {name: binding["partitions"] for name, binding in channels.items()} == partitions
    for name, binding in channels.items():
        assert binding["topic"] == name
        expected = {
            key: ",".join(value) if isinstance(value, list) else str(value)
            for key, value in binding["topicConfiguration"].items()
        }
        assert expected == {key: entry.value for key, entry in made[name].items() if not entry.is_default}, name


# What the program writes


def faults() -> list[dict]:
    """Endpoints that come back, flap, fall silent and lose their credentials, and two deliveries that a replay caused."""

    def fault(tenant: int, minute: float) -> int | None:
        match tenant:
            case 0 if 60 <= minute < 65 or 85 <= minute < 90:
                return 503
            case 1 if 100 <= minute < 150 and minute // 4 % 2 == 0:
                return 500
            case 2 if 70 <= minute <= 75:
                return 429
            case 3 if 120 <= minute < 135:
                return 401
        return None

    events = []
    for second in range(0, 240 * 60, 10):
        for tenant in range(5):
            minute = second / 60
            if tenant == 2 and minute > 75:
                continue
            status = fault(tenant, minute)
            events.append(
                {
                    "delivery_id": f"dlv-{tenant}-{second}",
                    "tenant_id": f"tenant-{tenant}",
                    "endpoint": f"https://api{tenant}.example.com/hook?token=secret",
                    "status": "failed" if status else "delivered",
                    "http_status": status or 200,
                    "occurred_at": at(START + (second + tenant) * 1000),
                }
            )
    for number, event in enumerate(events[-2:]):
        event |= {"replay_of": f"dlv-0-{3600 + number}", "heal_action_id": "an-action"}
    return events


def test_everything_that_a_backtest_writes_is_valid(tmp_path):
    source, out = tmp_path / "faults.ndjson", tmp_path / "out"
    source.write_bytes(b"\n".join(lines(faults())) + b"\n")
    result = conftest.run("backtest", "--input", str(source), "--out", str(out))
    assert result.returncode == 0, result.stderr.decode()
    written = {topic: out / f"{topic}.ndjson" for topic in ("triage", "incidents", "heal-actions", "audit", "advice")}
    for topic, file in written.items():
        values = [json.loads(line) for line in file.read_bytes().splitlines()]
        assert values, topic
        for value in values:
            assert_valid(topic, value)
    events = {json.loads(line)["event"] for line in written["incidents"].read_bytes().splitlines()}
    assert events >= {"opened", "updated", "resolved", "reopened", "flapping", "stale"}


def message_of(topic: str) -> dict:
    [channel] = [channel for channel in DOCUMENT["channels"].values() if channel["address"] == topic]
    [message] = channel["messages"].values()
    return resolve(message["$ref"])


def assert_headers_valid(message, topic: str) -> None:
    schema = {**message_of(topic)["headers"], "components": DOCUMENT["components"]}
    headers = {name: value.decode() for name, value in message.headers()}
    found = [error.message for error in validator(schema, REGISTRY).iter_errors(headers)]
    assert not found, f"{topic}: {found[:3]} in {headers}"


def test_every_record_on_kafka_is_valid_with_its_key_and_headers(cluster):
    events = faults()
    outcome = {"action_id": "another", "outcome": "done", "detail": "done by hand", "occurred_at": START + 10_000}
    process = cluster.start()
    cluster.wait_until_live()
    cluster.produce("action-outcomes", [(b"tenant-0", json.dumps(outcome).encode())])
    off, on = EXAMPLES["command"][:2]
    orders = [off | {"role": "viewer"}, off | {"expires_at": START - 1}, on]
    cluster.produce("commands", [(b"alice", json.dumps(order).encode()) for order in orders], timestamp=START)
    cluster.produce("deliveries", [*records(events), (b"tenant-0", b"not json")])
    cluster.wait_until_worked_off(len(events) + 1, timeout=120)
    cluster.wait(lambda: cluster.committed("govern", "action-outcomes") == 1, 30, "the outcome is carried over")
    assert process.stop() == 0, cluster.logs()

    keys = {
        "triage": lambda value: value["tenant_id"],
        "incidents": lambda value: value["incident_id"],
        "heal-actions": lambda value: value["tenant_id"] or "",
        "control": lambda value: value["kind"],
        "audit": lambda value: value["resource_id"],
        "advice": lambda value: value["tenant_id"],
        "signals": lambda value: next(
            (value[name] for name in ("tenant_id", "action_id", "operator_id") if value.get(name)), "deliveries-0"
        ),
    }
    for topic, key in keys.items():
        messages = cluster.read(f"healstream.{topic}")
        assert messages, topic
        for message in messages:
            value = json.loads(message.value())
            assert_valid(topic, value)
            assert message.key().decode() == key(value)
            assert_headers_valid(message, f"healstream.{topic}")
    statements = {json.loads(message.value())["statement"] for message in cluster.read("healstream.signals")}
    assert statements == {"level", "failures", "replay_outcome", "action_outcome", "command", "progress"}
    answers = [json.loads(message.value()) for message in cluster.read("healstream.audit")]
    answers = [answer["outcome"] for answer in answers if answer["resource_type"] == "command"]
    assert answers == ["rejected", "rejected", "accepted"], "for its role, for its time"
    [letter] = cluster.read("healstream.dead-letters")
    assert_headers_valid(letter, "healstream.dead-letters")
