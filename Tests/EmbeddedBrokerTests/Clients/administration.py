"""Topics are created with their settings, described and deleted; refusals carry Kafka's codes."""

from common import ADMIN, create, equal, producer
from confluent_kafka import KafkaException
from confluent_kafka.admin import ConfigResource


def refused(call):
    try:
        call()
    except KafkaException as failure:
        return failure.args[0].name()
    return None


create("settings", 3, **{"retention.ms": "1000", "cleanup.policy": "compact", "max.message.bytes": "2000"})
equal(len(ADMIN.list_topics(timeout=10).topics["settings"].partitions), 3, "partitions")
equal(refused(lambda: create("settings")), "TOPIC_ALREADY_EXISTS", "a second time")
equal(refused(lambda: create("bad/name")), "TOPIC_EXCEPTION", "a slash in the name")
equal(refused(lambda: create("odd", **{"retention.ms": "soon"})), "INVALID_CONFIG", "a value that is no number")

resource = ConfigResource(ConfigResource.Type.TOPIC, "settings")
config = ADMIN.describe_configs([resource])[resource].result(10)
equal(config["retention.ms"].value, "1000", "retention")
equal(config["cleanup.policy"].value, "compact", "policy")
equal(config["cleanup.policy"].is_default, False, "set by the user")
equal(config["segment.ms"].is_default, True, "not set by the user")

errors = []


def report(error, _):
    errors.append(error and error.name())


sender = producer()
sender.produce("settings", "x" * 3000, on_delivery=report)
sender.flush(10)
sender.produce("settings", "x" * 1000, on_delivery=report)
sender.flush(10)
equal(errors, ["MSG_SIZE_TOO_LARGE", None], "a message over max.message.bytes")

ADMIN.delete_topics(["settings"])["settings"].result(10)
equal("settings" in ADMIN.list_topics(timeout=10).topics, False, "after deleting")
equal(refused(lambda: ADMIN.delete_topics(["settings"])["settings"].result(10)), "UNKNOWN_TOPIC_OR_PART", "twice")
