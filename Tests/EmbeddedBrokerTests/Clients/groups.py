"""Two consumers of a group share its partitions, and the one that stays takes over those of the one that leaves."""

import time

from common import consumer, create, equal, producer

create("work", 4)
feed = producer()
for index in range(400):
    feed.produce("work", str(index), partition=index % 4)
equal(feed.flush(10), 0, "left in the queue")

QUICK = {"session.timeout.ms": 6000, "heartbeat.interval.ms": 100}
first = consumer("team", **QUICK)
second = consumer("team", **QUICK)
first.subscribe(["work"])
seen = []


def poll_until(done, what):
    deadline = time.time() + 15
    while not done():
        for member in (first, second):
            message = member.poll(0.001)
            if message is not None and message.error() is None:
                seen.append((message.partition(), message.offset()))
                member.commit(message, asynchronous=False)
        if time.time() > deadline:
            raise AssertionError(f"{what}: not within 15 s: {len(first.assignment())}, {len(second.assignment())}")


poll_until(lambda: len(first.assignment()) == 4, "the first consumer gets all")
started = time.time()
second.subscribe(["work"])
poll_until(lambda: len(first.assignment()) == 2 and len(second.assignment()) == 2, "the two share")
print(f"shared after {time.time() - started:.2f} s")

second.close()
second = consumer("team", **QUICK)
poll_until(lambda: len(first.assignment()) == 4, "the first consumer takes over")
poll_until(lambda: len(set(seen)) == 400, "all is read")
first.close()
second.close()
