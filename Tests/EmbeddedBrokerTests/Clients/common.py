"""What the client scripts share. Each script takes the broker's address, and fails by an exception."""

import sys
import time

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

BROKERS = sys.argv[1]
ADMIN = AdminClient({"bootstrap.servers": BROKERS})


def create(name, partitions=1, **config):
    for future in ADMIN.create_topics([NewTopic(name, partitions, 1, config=config)]).values():
        future.result(10)


def producer(**config):
    return Producer({"bootstrap.servers": BROKERS, "linger.ms": 1, **config})


def transactional(name, **config):
    made = producer(**{"transactional.id": name, **config})
    made.init_transactions(10)
    return made


def consumer(group="reader", **config):
    return Consumer(
        {
            "bootstrap.servers": BROKERS,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "fetch.wait.max.ms": 20,
            **config,
        }
    )


def values(topic, isolation="read_committed", partition=0):
    """All values from the start to the end that the isolation level shows."""
    reader = consumer(**{"isolation.level": isolation})
    reader.assign([TopicPartition(topic, partition, 0)])
    found = []
    deadline = time.time() + 10
    while time.time() < deadline:
        message = reader.poll(0.1)
        if message is None:
            continue
        if message.error() is None:
            found.append(message.value().decode())
        else:  # the end of the partition
            reader.close()
            return found
    raise AssertionError(f"no end of {topic} within 10 s, after {found}")


def committed(group, topic, partition=0):
    reader = consumer(group)
    offset = reader.committed([TopicPartition(topic, partition)], 10)[0].offset
    reader.close()
    return offset


def equal(found, expected, what):
    if found != expected:
        raise AssertionError(f"{what}: found {found!r}, expected {expected!r}")
