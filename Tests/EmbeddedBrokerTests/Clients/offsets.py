"""Offsets sent to a transaction count when it commits, and not when it aborts or its sender's generation is over."""

from common import committed, consumer, create, equal, producer, transactional
from confluent_kafka import KafkaException, TopicPartition

create("input")
create("output")
feed = producer()
for index in range(10):
    feed.produce("input", str(index))
equal(feed.flush(10), 0, "left in the queue")

reader = consumer("mover")
reader.subscribe(["input"])
while reader.poll(0.1) is None:
    pass
writer = transactional("mover")


def move(offset, end):
    writer.begin_transaction()
    writer.produce("output", str(offset))
    writer.send_offsets_to_transaction(
        [TopicPartition("input", 0, offset, f"up to {offset}")], reader.consumer_group_metadata(), 10
    )
    end(10)


move(4, writer.commit_transaction)
equal(committed("mover", "input"), 4, "after a commit")
move(9, writer.abort_transaction)
equal(committed("mover", "input"), 4, "after an abort")
found = reader.committed([TopicPartition("input", 0)], 10)[0]
equal(found.metadata, "up to 4", "the metadata kept beside the offset")

stale = reader.consumer_group_metadata()
reader.close()
writer.begin_transaction()
writer.produce("output", "stale")
try:
    writer.send_offsets_to_transaction([TopicPartition("input", 0, 7)], stale, 10)
    raise AssertionError("offsets of a member that has left were taken")
except KafkaException as refused:
    equal(refused.args[0].txn_requires_abort(), True, "a stale member must abort")
writer.abort_transaction(10)
equal(committed("mover", "input"), 4, "after the refusal")
