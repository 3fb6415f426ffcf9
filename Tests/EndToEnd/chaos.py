"""Kills processes at random under load, and holds what they committed against what must stand there.

Three processors share the roles over one cluster. Processors, and the broker where it is ours, are ended with SIGKILL or
stopped with SIGSTOP; each comes back. When it is over, what every role has committed is folded once more, alone, by
`healstream refold`, and must equal what readers of committed records see: nothing lost, nothing doubled, nothing invented, the
order of each key kept.
"""

import argparse
import collections
import json
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient

import conftest

PARTITIONS = 6
ROLES = {
    "detect": ["deliveries"],
    "govern": ["healstream.signals", "action-outcomes", "commands"],
    "report": ["healstream.signals"],
}
INSTANCES = ["a", "b", "c"]


class Chaos:
    def __init__(self, options: argparse.Namespace, directory: pathlib.Path):
        self.options = options
        self.directory = directory
        self.chance = random.Random(options.seed)
        self.failures: list[str] = []
        self.broker = None
        self.histories = Histories()
        if not options.brokers:
            self.start_broker("127.0.0.1:0")
        self.address = options.brokers or self.broker.address
        self.processors = {}
        self.done = collections.Counter()

    # -- processes

    def start_broker(self, listen: str) -> None:
        self.broker = conftest.Broker(self.directory, "--data", str(self.directory / "broker"), listen=listen)

    def start(self, instance: str) -> None:
        settings = [
            "instance=" + instance,
            "lanes.idle_statement_ms=0",  # the clock on the wall cannot be folded again
            f"snapshots.interval_ms={self.options.snapshot_interval}",
            *self.options.set,
        ]
        arguments = [word for setting in settings for word in ("--set", setting)]
        self.processors[instance] = conftest.Process(self.directory, "run", "--brokers", self.address, *arguments)

    def set_up(self) -> None:
        admin = AdminClient({"bootstrap.servers": self.address})
        if "deliveries" in admin.list_topics(timeout=30).topics:
            sys.exit(f"{self.address} has a topic deliveries: name a cluster that holds nothing")
        made = conftest.run(
            "topics", "create", "--brokers", self.address, "--set", f"topics.deliveries.partitions={PARTITIONS}"
        )
        assert made.returncode == 0, made.stderr.decode()
        for instance in INSTANCES:
            self.start(instance)

    def disturb(self) -> None:
        """One kill or stop, of one of the processes."""
        victims = INSTANCES + (["broker"] if self.broker else [])
        victim = self.chance.choices(victims, [3] * 3 + [1] * (len(victims) - 3))[0]
        if self.chance.random() < 0.15:
            return self.pause(victim, self.chance.uniform(0.5, 4))
        self.kill(victim)

    def kill(self, victim: str) -> None:
        process = self.broker if victim == "broker" else self.processors[victim]
        process.popen.kill()
        process.popen.wait()
        self.done["kill " + ("broker" if victim == "broker" else "processor")] += 1
        time.sleep(self.chance.choice([0, 0, 0.2, 1]))
        if victim == "broker":
            self.start_broker(self.address)
        else:
            self.start(victim)

    def pause(self, victim: str, seconds: float) -> None:
        process = self.broker if victim == "broker" else self.processors[victim]
        process.popen.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        process.popen.send_signal(signal.SIGCONT)
        self.done["stop"] += 1
        self.done["longest stop, s"] = max(self.done["longest stop, s"], round(seconds))

    def supervise(self) -> None:
        """A processor that ended by itself is started again, and told of at the end."""
        for instance, process in list(self.processors.items()):
            code = process.popen.poll()
            if code is not None:
                last = process.log.read_text().splitlines()[-1:]
                self.failures.append(f"{instance} ended by itself with exit code {code}: {last}")
                self.start(instance)

    def run(self) -> None:
        feed = Feed(self.address, self.options.rate, self.options.seed, self.directory)
        started = time.monotonic()
        long_stop_at = self.options.kills // 2
        while (kills := self.kills()) < self.options.kills:
            time.sleep(self.chance.uniform(0.5, 1.5) * self.options.interval)
            if kills >= long_stop_at and self.options.long_stop:
                self.pause(self.chance.choice(INSTANCES), self.options.long_stop)
                long_stop_at = self.options.kills
            self.disturb()
            self.supervise()
            self.histories.collect(self.address, self.failures)
            self.report(started)
        self.produced = feed.stop()
        self.seconds = time.monotonic() - started

    def kills(self) -> int:
        return sum(count for what, count in self.done.items() if what.startswith("kill"))

    def report(self, started: float) -> None:
        if self.options.quiet:
            return
        line = ", ".join(f"{what}: {count}" for what, count in sorted(self.done.items()))
        print(f"{time.monotonic() - started:6.0f} s  {line}", file=sys.stderr)

    def settle(self) -> None:
        """Waits until everything is worked off, then ends all orderly."""
        deadline = time.monotonic() + self.options.patience
        quiet = 0
        while quiet < 3:
            assert time.monotonic() < deadline, "the backlog is not worked off: " + str(self.lags())
            time.sleep(1)
            self.supervise()
            quiet = quiet + 1 if not any(self.lags().values()) else 0
        for process in self.processors.values():
            if process.stop(timeout=30) != 0:
                self.failures.append(f"an orderly end failed: {process.log.read_text().splitlines()[-1:]}")
        self.histories.collect(self.address, self.failures)

    def lags(self) -> dict:
        entries = self.histories.collect(self.address, self.failures)
        assert entries, "the positions cannot be read"
        lags = {}
        for entry in entries:
            topic, partition = entry["partition"].rstrip("]").split("[")
            # Behind the last record there may be markers of transactions, which are no records.
            lags[entry["role"] + " " + entry["partition"]] = self.records_between(
                topic, int(partition), entry["offset"] or 0, entry["log_ends"]
            )
        return lags

    def records_between(self, topic: str, partition: int, start: int, end: int) -> int:
        if start >= end:
            return 0
        consumer = reader(self.address)
        try:
            consumer.assign([TopicPartition(topic, partition, start)])
            for message in consumer.consume(1, timeout=5):
                return 0 if message.error() else end - start
            return 0
        finally:
            consumer.close()

    # -- what must hold

    def check(self) -> None:
        entries = self.histories.collect(self.address, self.failures)
        stored = sum(entry["log_ends"] for entry in entries if entry["role"] == "detect")
        if stored != self.produced:
            self.failures.append(f"{self.produced} deliveries were acknowledged, {stored} are stored")
        history = self.directory / "histories.ndjson"
        history.write_text(self.histories.lines())
        actual = {}
        for role in ROLES:
            expected = self.refold(role, history)
            for topic in sorted({line["topic"] for line in expected}):
                if topic not in actual:
                    actual[topic] = list(read(self.address, topic))
            self.compare(role, expected, actual)

    def refold(self, role: str, history: pathlib.Path) -> list[dict]:
        output = self.directory / f"{role}.ndjson"
        arguments = ["refold", "--brokers", self.address, "--role", role, "--history", str(history)]
        arguments += ["--set", f"topics.deliveries.partitions={PARTITIONS}"]
        arguments += [word for setting in self.options.set for word in ("--set", setting)]
        with output.open("wb") as file:
            result = subprocess.run([conftest.program(), *arguments], stdout=file, stderr=subprocess.PIPE)
        assert result.returncode == 0, result.stderr.decode()
        with output.open() as file:
            return [json.loads(line) for line in file]

    def compare(self, role: str, expected: list[dict], actual: dict) -> None:
        """Per topic and key, the same records in the same order."""
        wanted, found = collections.defaultdict(list), collections.defaultdict(list)
        for line in expected:
            if line["topic"] == "healstream.dead-letters":
                wanted[line["topic"], line["input"]].append((line["offset"], line["code"]))
            else:
                wanted[line["topic"], line["key"]].append((line["id"], line["value"]))
        for topic in {topic for topic, _ in wanted}:
            for message in actual[topic]:
                headers = {name: (value or b"").decode() for name, value in message.headers() or []}
                if topic == "healstream.dead-letters":
                    prefix = "__healstream.errors."
                    place = f"{headers[prefix + 'topic']}[{headers[prefix + 'partition']}]"
                    if headers[prefix + "topic"] in ROLES[role]:
                        found[topic, place].append((int(headers[prefix + "offset"]), headers[prefix + "code"]))
                elif topic != "healstream.signals" or source(message) in ROLES[role]:
                    found[topic, (message.key() or b"").decode()].append((headers["ce_id"], message.value().decode()))
        for place in sorted(set(wanted) | set(found)):
            if wanted[place] != found[place]:
                self.failures.append(f"{role}, {place}: {difference(wanted[place], found[place])}")
        self.done[f"records of {role}"] = sum(map(len, wanted.values()))


class Histories:
    """All boundaries of epochs that were ever committed; beside an offset only the latest have room."""

    def __init__(self):
        self.known: dict[tuple[str, str], dict[int, list]] = collections.defaultdict(dict)
        self.skips: dict[tuple[str, str], set] = collections.defaultdict(set)
        self.offsets: dict[tuple[str, str], int] = {}

    def collect(self, address: str, failures: list[str]) -> list[dict]:
        """What every role has committed; empty while the broker is away."""
        result = conftest.run("epochs", "--brokers", address)
        if result.returncode != 0:
            return []
        entries = [json.loads(line) for line in result.stdout.splitlines()]
        for entry in entries:
            if entry["history"]:
                self.note((entry["role"], entry["partition"]), entry["offset"], json.loads(entry["history"]), failures)
        return entries

    def note(self, place: tuple[str, str], offset: int, history: dict, failures: list[str]) -> None:
        if offset < self.offsets.get(place, 0):
            failures.append(f"the committed offset of {place} fell to {offset}")
        self.offsets[place] = offset
        for index, boundary in enumerate(history["epochs"], history["first"]):
            before = self.known[place].setdefault(index, boundary)
            if before != boundary:
                failures.append(f"boundary {index} of {place} changed from {before} to {boundary}")
        self.skips[place] |= set(history.get("skips", []))

    def lines(self) -> str:
        lines = []
        for (role, partition), boundaries in self.known.items():
            if sorted(boundaries) != list(range(len(boundaries))):
                raise AssertionError(f"boundaries of {partition} were missed: {sorted(boundaries)}")
            history = {
                "first": 0,
                "whole": True,
                "epochs": [boundaries[index] for index in sorted(boundaries)],
                "skips": sorted(self.skips[role, partition]),
            }
            lines.append(json.dumps({"role": role, "partition": partition, "history": json.dumps(history)}))
        return "\n".join(lines) + "\n"


class Feed:
    """Deliveries at a steady rate, from a process of its own."""

    def __init__(self, address: str, rate: int, seed: int, directory: pathlib.Path):
        command = [sys.executable, str(pathlib.Path(__file__).with_name("chaos_feed.py")), address, str(rate), str(seed)]
        self.popen = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(directory / "feed.log").open("wb")
        )

    def stop(self) -> int:
        """How many were acknowledged."""
        output, _ = self.popen.communicate(b"stop\n", timeout=300)
        assert self.popen.returncode == 0, "the feed failed"
        return int(output)


# -- Kafka


def reader(address: str, group: str = "chaos-reader") -> Consumer:
    return Consumer(
        {
            "bootstrap.servers": address,
            "group.id": group,
            "isolation.level": "read_committed",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "log_level": 0,
        }
    )


def read(address: str, topic: str):
    """Every committed record, partition by partition, in order."""
    consumer = reader(address)
    try:
        for partition in consumer.list_topics(topic, timeout=30).topics[topic].partitions:
            consumer.assign([TopicPartition(topic, partition, 0)])
            is_ended = False
            while not is_ended:
                for message in consumer.consume(10_000, timeout=0.2):
                    if message.error():
                        is_ended = True
                    else:
                        yield message
    finally:
        consumer.close()


def source(message) -> str:
    return json.loads(message.value())["source"]["topic"]


def difference(wanted: list, found: list) -> str:
    at = next((index for index, pair in enumerate(zip(wanted, found)) if pair[0] != pair[1]), min(len(wanted), len(found)))
    return (
        f"{len(wanted)} expected, {len(found)} found, the first difference at {at}: "
        f"{str(wanted[at : at + 1])[:600]} against {str(found[at : at + 1])[:600]}"
    )


def parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy/chaos", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="SIGKILLs before it ends; default 200")
    parser.add_argument("--brokers", help="another cluster, which must hold nothing; default: the embedded broker, killed too")
    parser.add_argument("--rate", type=int, default=20_000, help="deliveries per second; default 20000")
    parser.add_argument("--interval", type=float, default=3, help="mean seconds between disturbances; default 3")
    parser.add_argument("--long-stop", type=float, default=30, help="seconds of one SIGSTOP in the middle; default 30")
    parser.add_argument("--snapshot-interval", type=int, default=3000, help="milliseconds between snapshots; default 3000")
    parser.add_argument("--patience", type=float, default=600, help="seconds to work off what is left; default 600")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of what is done to whom")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="configuration of the processors")
    parser.add_argument("--directory", type=pathlib.Path, help="where logs and data go, and stay; default: a temporary one")
    parser.add_argument("--quiet", action="store_true", help="tell only the end")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    options = parse(words)
    directory = options.directory or pathlib.Path(tempfile.mkdtemp(prefix="healstream-chaos-"))
    directory.mkdir(parents=True, exist_ok=True)
    chaos = Chaos(options, directory)
    try:
        chaos.set_up()
        chaos.run()
        chaos.settle()
        chaos.check()
    finally:
        for process in [*chaos.processors.values(), *([chaos.broker] if chaos.broker else [])]:
            process.end()
    summary = {
        "seed": options.seed,
        "seconds": round(chaos.seconds),
        "deliveries": chaos.produced,
        "deliveries_per_second": round(chaos.produced / chaos.seconds),
        **{what.replace(" ", "_"): count for what, count in sorted(chaos.done.items())},
        "failures": chaos.failures[:20],
    }
    print(json.dumps(summary))
    if not options.directory and not chaos.failures:
        shutil.rmtree(directory)
    elif chaos.failures:
        print(f"logs and data are in {directory}", file=sys.stderr)
    return 1 if chaos.failures else 0


if __name__ == "__main__":
    sys.exit(main())
