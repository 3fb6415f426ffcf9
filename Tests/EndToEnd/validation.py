"""The schemas, as a consumer would use them."""

import json

import jsonschema
from conftest import REPOSITORY
from referencing import Registry, Resource

SCHEMAS = {path.name: json.loads(path.read_text()) for path in (REPOSITORY / "schemas").glob("*.schema.json")}
REGISTRY = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items())
OF_TOPIC = {
    "deliveries": "delivery.schema.json",
    "action-outcomes": "action-outcome.schema.json",
    "triage": "verdict.schema.json",
    "signals": "signal.schema.json",
    "incidents": "incident.schema.json",
    "heal-actions": "heal-action.schema.json",
    "audit": "audit.schema.json",
    "control": "control.schema.json",
    "advice": "advice.schema.json",
}


def validator(schema: dict) -> jsonschema.protocols.Validator:
    return jsonschema.Draft7Validator(
        schema, registry=REGISTRY, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )


def assert_valid(topic: str, value) -> None:
    errors = [error.message for error in validator(SCHEMAS[OF_TOPIC[topic]]).iter_errors(value)]
    assert not errors, f"{topic}: {errors[:3]} in {json.dumps(value)[:2000]}"
