"""Records come back as they were sent under every codec, with their timestamps, keys and headers, and can be found by time."""

import time

from common import consumer, create, equal, producer, values
from confluent_kafka import TIMESTAMP_CREATE_TIME, TIMESTAMP_LOG_APPEND_TIME, TopicPartition

for codec in ["none", "gzip", "snappy", "lz4", "zstd"]:
    create(codec)
    sender = producer(**{"compression.type": codec, "enable.idempotence": True})
    sent = [f"{index} of many, and much the same as the next" for index in range(2000)]
    for value in sent:
        sender.produce(codec, value)
    equal(sender.flush(10), 0, "left in the queue")
    equal(values(codec), sent, codec)


def only(topic):
    reader = consumer()
    reader.assign([TopicPartition(topic, 0, 0)])
    while (message := reader.poll(0.1)) is None or message.error():
        pass
    return message


create("created")
create("appended", **{"message.timestamp.type": "LogAppendTime"})
for topic in ["created", "appended"]:
    sender = producer()
    sender.produce(topic, "value", "key", timestamp=1000, headers=[("name", b"content"), ("none", None)])
    equal(sender.flush(10), 0, "left in the queue")
    message = only(topic)
    equal((message.key(), message.headers()), (b"key", [("name", b"content"), ("none", None)]), "key and headers")
    kind, millis = message.timestamp()
    if topic == "created":
        equal((kind, millis), (TIMESTAMP_CREATE_TIME, 1000), "the producer's time")
    else:
        equal((kind, abs(millis / 1000 - time.time()) < 60), (TIMESTAMP_LOG_APPEND_TIME, True), "the broker's time")

create("timed")
sender = producer()
for millis in range(1000, 2000, 10):
    sender.produce("timed", str(millis), timestamp=millis)
sender.flush(10)
reader = consumer()
for asked, expected in [(0, 0), (1000, 0), (1001, 1), (1500, 50), (1990, 99), (1991, -1)]:
    equal(reader.offsets_for_times([TopicPartition("timed", 0, asked)], 10)[0].offset, expected, f"at {asked}")
equal(reader.get_watermark_offsets(TopicPartition("timed", 0), 10), (0, 100), "watermarks")
