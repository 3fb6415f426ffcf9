"""The schemas, as a consumer would use them."""

import json

import jsonschema
from conftest import REPOSITORY
from referencing import Registry, Resource

SCHEMAS = {path.name: json.loads(path.read_text()) for path in sorted((REPOSITORY / "schemas").glob("*.schema.json"))}


def registry(schemas: dict[str, dict]) -> Registry:
    return Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in schemas.items())


def strict(schema):
    """The same schema, but no object may have a member that is not declared: what the program itself must keep to."""
    if isinstance(schema, list):
        return [strict(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    tightened = {name: strict(value) for name, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        tightened.setdefault("additionalProperties", False)
    return tightened


STRICT = {name: strict(schema) for name, schema in SCHEMAS.items()}
REGISTRY, STRICT_REGISTRY = registry(SCHEMAS), registry(STRICT)
OF_TOPIC = {
    "deliveries": "delivery.schema.json",
    "action-outcomes": "action-outcome.schema.json",
    "commands": "command.schema.json",
    "triage": "verdict.schema.json",
    "signals": "signal.schema.json",
    "incidents": "incident.schema.json",
    "heal-actions": "heal-action.schema.json",
    "audit": "audit.schema.json",
    "control": "control.schema.json",
    "advice": "advice.schema.json",
    "epochs": "epoch.schema.json",
}


def validator(schema: dict, registry: Registry = REGISTRY) -> jsonschema.protocols.Validator:
    return jsonschema.Draft7Validator(
        schema, registry=registry, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )


def errors(topic: str, value, strictly: bool = False) -> list[str]:
    schemas, known = (STRICT, STRICT_REGISTRY) if strictly else (SCHEMAS, REGISTRY)
    return [error.message for error in validator(schemas[OF_TOPIC[topic]], known).iter_errors(value)]


def assert_valid(topic: str, value) -> None:
    """What the program wrote: valid, and without a field that its schema does not declare."""
    found = errors(topic, value, strictly=True)
    assert not found, f"{topic}: {found[:3]} in {json.dumps(value)[:2000]}"
