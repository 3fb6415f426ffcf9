"""The broker is killed with -9 again and again: what it acknowledged is there, once, and nothing aborted is seen."""

import random
import signal
import threading
import time

import pytest
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

import conftest

FAST = {"reconnect.backoff.max.ms": 200, "retry.backoff.ms": 50, "linger.ms": 1}


class KilledBroker:
    """A broker with data, on one port for all its lives."""

    def __init__(self, directory, *arguments: str):
        self.directory = directory
        self.arguments = ("--data", str(directory / "data"), *arguments)
        self.process = conftest.Broker(directory, *self.arguments)
        self.address = self.process.address
        self.kills = 0

    def kill(self) -> None:
        assert self.process.stop(signal.SIGKILL) == -signal.SIGKILL
        self.process.end()
        self.kills += 1

    def start(self) -> None:
        self.process = conftest.Broker(self.directory, "--listen", self.address, *self.arguments)

    def create(self, topic: str, **config) -> None:
        new = NewTopic(topic, 1, 1, config=config)
        admin = AdminClient({"bootstrap.servers": self.address})
        admin.create_topics([new])[topic].result(10)

    def values(self, topic: str, isolation: str = "read_committed") -> list[str]:
        cluster = conftest.Cluster(self.address, self.directory)
        return [message.value().decode() for message in cluster.read(topic, isolation)]

    def producer(self, **settings) -> Producer:
        return Producer({"bootstrap.servers": self.address, **FAST, **settings})

    def transactional(self, name: str, **settings) -> Producer:
        made = self.producer(**{"transactional.id": name, **settings})
        made.init_transactions(30)
        return made

    def committed(self, group: str, topic: str) -> int:
        consumer = Consumer({"bootstrap.servers": self.address, "group.id": group})
        try:
            return consumer.committed([TopicPartition(topic, 0)], timeout=10)[0].offset
        finally:
            consumer.close()


@pytest.fixture
def broker(tmp_path):
    broker = KilledBroker(tmp_path)
    yield broker
    broker.process.end()


def kill_repeatedly(broker, count: int, seed: int) -> threading.Thread:
    """Kills and restarts in a thread, at random moments."""
    chance = random.Random(seed)

    def run():
        for _ in range(count):
            time.sleep(chance.uniform(0.1, 0.6))
            broker.kill()
            time.sleep(chance.uniform(0, 0.2))
            broker.start()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_idempotent_records_are_there_once_and_in_order(broker):
    broker.create("numbers", **{"segment.bytes": "20000"})
    producer = broker.producer(**{"enable.idempotence": True})
    acknowledged, errors = [], []

    def report(error, message):
        (errors.append(error) if error else acknowledged.append(message.value().decode()))

    killer = kill_repeatedly(broker, 10, seed=1)
    sent = []
    while killer.is_alive():
        for _ in range(20):
            sent.append(str(len(sent)))
            producer.produce("numbers", sent[-1], on_delivery=report)
        producer.poll(0.005)
    assert producer.flush(30) == 0
    assert not errors and broker.kills == 10
    assert acknowledged == sent
    assert broker.values("numbers") == sent


def test_a_transaction_is_there_with_its_offsets_wholly_or_not_at_all(broker):
    broker.create("out")
    broker.create("in")
    producer = broker.transactional("mover")
    group = Consumer({"bootstrap.servers": broker.address, "group.id": "mover"}).consumer_group_metadata()
    expected, last = [], None
    killer = kill_repeatedly(broker, 10, seed=2)
    for number in range(100_000):
        if not killer.is_alive():
            break
        values = [f"{number}.{part}" for part in range(5)]
        offset = TopicPartition("in", 0, number + 1)
        is_committed = number % 4 != 3
        while not moved(producer, values, offset, group, is_committed):
            producer = broker.transactional("mover")  # which ends what the other has begun
        if is_committed:
            expected, last = expected + values, number + 1
    killer.join()
    assert broker.kills == 10 and len(expected) > 50
    assert broker.values("out") == expected
    assert broker.committed("mover", "in") == last


def moved(producer, values, offset, group, is_committed: bool) -> bool:
    """One transaction, committed or aborted; `False` where it must be begun anew: librdkafka says so, or it loses its request for
    offsets and waits for ever, as 2.x may."""
    producer.begin_transaction()
    for value in values:
        producer.produce("out", value)
    refusals = []

    def send_offsets() -> None:
        try:
            retried(lambda: producer.send_offsets_to_transaction([offset], group, 5))
        except KafkaException as refused:
            refusals.append(refused)

    offsets = threading.Thread(target=send_offsets, daemon=True)
    offsets.start()
    offsets.join(20)
    if offsets.is_alive():
        return False
    try:
        for refused in refusals:
            raise refused
        retried(lambda: producer.commit_transaction(30) if is_committed else producer.abort_transaction(30))
    except KafkaException as refused:
        if not refused.args[0].txn_requires_abort():
            raise
        return False
    return True


def retried(call) -> None:
    """The same call again where librdkafka says that this is right."""
    while True:
        try:
            return call()
        except KafkaException as refused:
            if not refused.args[0].retriable():
                raise


@pytest.mark.parametrize("outcome", ["committed", "fenced", "timed out"])
def test_a_transaction_that_is_open_at_the_kill_stays_open(broker, outcome):
    broker.create("out")
    timeout = {"transaction.timeout.ms": 2000} if outcome == "timed out" else {}
    producer = broker.transactional("owner", **timeout)
    producer.begin_transaction()
    producer.produce("out", "before")
    assert producer.flush(10) == 0
    broker.kill()
    broker.start()
    assert broker.values("out") == []
    assert broker.values("out", "read_uncommitted") == ["before"]
    if outcome == "committed":
        producer.produce("out", "after")
        retried(lambda: producer.commit_transaction(30))
        assert broker.values("out") == ["before", "after"]
        return
    if outcome == "fenced":
        new = broker.transactional("owner")
        new.begin_transaction()
    else:
        new = broker.transactional("other")
        time.sleep(2.5)
        new.begin_transaction()
    new.produce("out", "of the new")
    new.commit_transaction(10)
    assert broker.values("out") == ["of the new"]
    with pytest.raises(KafkaException):
        producer.produce("out", "too late")
        producer.commit_transaction(10)
    assert broker.values("out") == ["of the new"]


def test_a_second_broker_on_the_data_is_refused(broker):
    result = conftest.run("broker", "--listen", "127.0.0.1:0", *broker.arguments)
    assert result.returncode != 0
    assert "in use by another broker" in result.stderr.decode()


@pytest.mark.parametrize("fault", ["Produce:lose-answer@0.3", "EndTxn:cut@0.3", "*:delay:20@0.3", "Produce:error:NOT_LEADER_OR_FOLLOWER@0.3"])
def test_clients_get_over_faults(tmp_path, fault):
    broker = KilledBroker(tmp_path, "--fault", fault, "--fault-seed", "7")
    try:
        broker.create("out")
        producer = broker.transactional("sender")
        expected = []
        for number in range(20):
            producer.begin_transaction()
            producer.produce("out", str(number))
            retried(lambda: producer.commit_transaction(30))
            expected.append(str(number))
        assert broker.values("out") == expected
    finally:
        broker.process.end()


def test_a_fault_that_cannot_be_read_is_refused_with_words():
    result = conftest.run("broker", "--fault", "Produce:explode@1")
    assert result.returncode == 2
    assert "expected delay:MILLIS" in result.stderr.decode()
