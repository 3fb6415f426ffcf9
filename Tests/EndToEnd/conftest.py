"""The built program in processes of its own, with foreign Kafka clients on the other side.

HEALSTREAM names the program; without it the release build is used.
"""

import os
import pathlib
import signal
import subprocess
import time
import uuid

import pytest
from confluent_kafka import Consumer, Producer, TopicPartition

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def program() -> str:
    path = os.environ.get("HEALSTREAM") or str(REPOSITORY / ".build/release/healstream")
    if not os.access(path, os.X_OK):
        pytest.exit(f"{path} is not there: build it first, or name it with HEALSTREAM", returncode=2)
    return path


def run(*arguments: str, input: bytes | None = None, timeout: float = 60) -> subprocess.CompletedProcess:
    """Runs a subcommand to its end."""
    return subprocess.run([program(), *arguments], input=input, capture_output=True, timeout=timeout)


class Process:
    """A subcommand that runs until it is stopped; its standard error goes to a file, which a failed wait shows."""

    def __init__(self, directory: pathlib.Path, *arguments: str):
        self.log = directory / f"{arguments[0]}-{uuid.uuid4().hex[:8]}.log"
        self.popen = subprocess.Popen(
            [program(), *arguments], stdout=subprocess.PIPE, stderr=self.log.open("wb"), stdin=subprocess.DEVNULL
        )

    def stop(self, signum: int = signal.SIGTERM, timeout: float = 10) -> int:
        if self.popen.poll() is None:
            self.popen.send_signal(signum)
        return self.popen.wait(timeout)

    def end(self) -> None:
        if self.popen.poll() is None:
            self.popen.kill()
            self.popen.wait()
        self.popen.stdout.close()


class Broker(Process):
    def __init__(self, directory: pathlib.Path, *arguments: str, listen: str = "127.0.0.1:0"):
        super().__init__(directory, "broker", "--listen", listen, *arguments)
        line = self.popen.stdout.readline().decode()
        assert line.startswith("listening on "), f"the broker said {line!r}: {self.log.read_text()}"
        self.address = line.split()[2].rstrip(";")


class Cluster:
    """A broker's address, and what a test does there."""

    # Faster than real time: event times are the records' timestamps, and nothing is said because time passes.
    RECORDED = ("--set", "topics.timestamps=create", "--set", "lanes.idle_statement_ms=0")

    def __init__(self, address: str, directory: pathlib.Path, settings=RECORDED):
        self.address = address
        self.directory = directory
        self.settings = list(settings)
        self.processes: list[Process] = []

    def create_topics(self, *settings: str) -> None:
        result = run("topics", "create", "--brokers", self.address, *self.settings, *settings)
        assert result.returncode == 0, result.stderr.decode()

    def start(self, *settings: str, instance: str = "test") -> Process:
        """`healstream run`; the caller stops it, or the fixture does."""
        arguments = ["--brokers", self.address, "--set", f"instance={instance}", *self.settings, *settings]
        process = Process(self.directory, "run", *arguments)
        self.processes.append(process)
        return process

    def produce(
        self, topic: str, records: list[tuple[bytes | None, bytes]], timestamp: int = 0, partition: int = 0, **settings
    ) -> None:
        producer = Producer({"bootstrap.servers": self.address, "linger.ms": 5, **settings})
        for key, value in records:
            while True:
                try:
                    producer.produce(topic, key=key, value=value, timestamp=timestamp, partition=partition)
                    break
                except BufferError:
                    producer.poll(0.1)
        assert producer.flush(60) == 0, "the producer could not deliver"

    def read(self, topic: str, isolation: str = "read_committed") -> list:
        """Everything in the topic up to its present end, sorted by partition and offset."""
        consumer = Consumer(
            {
                "bootstrap.servers": self.address,
                "group.id": uuid.uuid4().hex,
                "isolation.level": isolation,
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
            }
        )
        try:
            partitions = list(consumer.list_topics(topic, timeout=10).topics[topic].partitions)
            consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
            messages, ended = [], set()
            while len(ended) < len(partitions):
                for message in consumer.consume(1000, timeout=0.2):
                    if message.error():
                        ended.add(message.partition())
                    else:
                        messages.append(message)
            return sorted(messages, key=lambda message: (message.partition(), message.offset()))
        finally:
            consumer.close()

    def committed(self, role: str, topic: str, partition: int = 0) -> int:
        # Where a transaction is about to commit, the answer is asked for again after the back-off; a busy lane hardly ever stands still.
        settings = {"bootstrap.servers": self.address, "group.id": f"healstream.{role}", "retry.backoff.ms": 10}
        consumer = Consumer(settings)
        try:
            return consumer.committed([TopicPartition(topic, partition)], timeout=10)[0].offset
        finally:
            consumer.close()

    def wait_until_live(self) -> None:
        """Until governing waits for what comes: what it finds at its start it takes for old news, and heals nothing of it."""
        self.wait(lambda: self.committed("govern", "healstream.signals") >= 0, 30, "governing is live")

    def wait_until_worked_off(self, count: int, timeout: float = 60) -> None:
        """Until detection has committed `count` deliveries of partition 0, and governing everything that came of them."""
        self.wait(lambda: self.committed("detect", "deliveries") >= count, timeout, "deliveries are committed")
        last = self.read("healstream.signals")[-1:]
        if last:
            end = last[0].offset() + 1
            for role in ("govern", "report"):
                self.wait(
                    lambda role=role: self.committed(role, "healstream.signals") >= end, timeout, f"{role} has read {end}"
                )

    def wait(self, condition, timeout: float, what: str) -> None:
        deadline = time.monotonic() + timeout
        while not condition():
            assert time.monotonic() < deadline, f"after {timeout} s not yet: {what}\n{self.logs()}"
            time.sleep(0.1)

    def logs(self) -> str:
        return "\n".join(f"--- {process.log.name}\n{process.log.read_text()[-4000:]}" for process in self.processes)

    def end(self) -> None:
        for process in self.processes:
            process.end()


@pytest.fixture
def cluster(tmp_path):
    """A broker of the test's own, its topics made with one partition of deliveries."""
    broker = Broker(tmp_path)
    cluster = Cluster(broker.address, tmp_path)
    cluster.broker = broker
    cluster.create_topics("--set", "topics.deliveries.partitions=1", "--set", "topics.outputs.partitions=1")
    yield cluster
    cluster.end()
    broker.end()
