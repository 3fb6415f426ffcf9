"""Records, groups and settings go on request, and what retention has deleted is out of range."""

import time

from common import ADMIN, committed, consumer, create, equal, producer, values
from confluent_kafka import KafkaException, TopicPartition
from confluent_kafka.admin import AlterConfigOpType, ConfigEntry, ConfigResource

create("cut", **{"segment.bytes": "1000"})
sender = producer()
for index in range(100):
    sender.produce("cut", str(index))
    sender.flush(10)
place = TopicPartition("cut", 0, 40)
equal(ADMIN.delete_records([place])[place].result(10).low_watermark, 40, "low watermark")
reader = consumer()
equal(reader.get_watermark_offsets(TopicPartition("cut", 0), 10), (40, 100), "watermarks")
equal(values("cut"), [str(index) for index in range(40, 100)], "what is left")


def error_from(offset):
    strict = consumer(**{"auto.offset.reset": "error"})
    strict.assign([TopicPartition("cut", 0, offset)])
    message = strict.poll(10)
    strict.close()
    return message.error() and message.error().name()


equal(error_from(39), "_AUTO_OFFSET_RESET", "below the start")
equal(error_from(40), None, "at the start")
try:
    far = TopicPartition("cut", 0, 101)
    ADMIN.delete_records([far])[far].result(10)
    raise AssertionError("a cut beyond the end was taken")
except KafkaException as refused:
    equal(refused.args[0].name(), "OFFSET_OUT_OF_RANGE", "beyond the end")

reader.commit(offsets=[TopicPartition("cut", 0, 50)], asynchronous=False)
reader.close()
equal(committed("reader", "cut"), 50, "before deleting the group")
ADMIN.delete_consumer_groups(["reader"])["reader"].result(10)
equal(committed("reader", "cut"), -1001, "after deleting the group")
member = consumer("busy")
member.subscribe(["cut"])
while member.poll(0.1) is None:
    pass
for group, name in [("busy", "NON_EMPTY_GROUP"), ("nobody", "GROUP_ID_NOT_FOUND")]:
    try:
        ADMIN.delete_consumer_groups([group])[group].result(10)
        raise AssertionError(f"{group} was deleted")
    except KafkaException as refused:
        equal(refused.args[0].name(), name, group)
member.close()


def alter(name, value, kind):
    entry = ConfigEntry(name, value, incremental_operation=kind)
    asked = ConfigResource(ConfigResource.Type.TOPIC, "cut", incremental_configs=[entry])
    ADMIN.incremental_alter_configs([asked])[asked].result(10)


asked = ConfigResource(ConfigResource.Type.TOPIC, "cut")
alter("retention.ms", "1", AlterConfigOpType.SET)
equal(ADMIN.describe_configs([asked])[asked].result(10)["retention.ms"].value, "1", "after altering")
deadline = time.time() + 10
reader = consumer()
while reader.get_watermark_offsets(TopicPartition("cut", 0), 10) != (100, 100):  # the next cleaning
    assert time.time() < deadline, "retention deleted nothing within 10 s"
    time.sleep(0.05)
equal(error_from(99), "_AUTO_OFFSET_RESET", "what retention has deleted")
alter("retention.ms", None, AlterConfigOpType.DELETE)
equal(ADMIN.describe_configs([asked])[asked].result(10)["retention.ms"].is_default, True, "after going back")

create("table", **{"cleanup.policy": "compact", "segment.ms": "1", "segment.bytes": "500"})
sender = producer(**{"enable.idempotence": True})
for index in range(200):
    sender.produce("table", str(index), f"key {index % 10}")
    sender.flush(10)
deadline = time.time() + 10
while len(found := values("table")) > 20:
    assert time.time() < deadline, f"after 10 s {len(found)} records are left"
    time.sleep(0.1)
equal(found[-10:], [str(index) for index in range(190, 200)], "the last values")
