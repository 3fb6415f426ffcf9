"""Produces deliveries at a steady rate until a line comes on standard input; then prints how many were acknowledged.

Usage: chaos_feed.py HOST:PORT RATE SEED
"""

import datetime
import random
import select
import sys
import time

from confluent_kafka import Producer

TENANTS = 40
ENDPOINTS = 5
TICK = 0.02
VALUE = (
    '{"delivery_id":"dlv_%09d","tenant_id":"%s","endpoint":"https://%s.example.com/hooks/%d","event_type":"order.created",'
    '"status":"%s","attempt":1,"http_status":%d,"latency_ms":%d,"error":%s,"occurred_at":"%s"}'
)
GARBAGE = '{"delivery_id":"dlv_%09d","status":"teleported"}'


class Faults:
    """Every ten seconds another endpoint is down for eight."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.down = None
        self.until = 0.0
        self.next = 10.0

    def pass_to(self, seconds: float) -> None:
        if seconds >= self.next:
            self.down = (self.chance.randrange(TENANTS), self.chance.randrange(ENDPOINTS))
            self.until = seconds + 8
            self.next = seconds + 10
        if seconds >= self.until:
            self.down = None


def main() -> None:
    address, rate, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    faults = Faults(chance)
    acknowledged, failed, number = 0, 0, 0

    def delivered(error, _) -> None:
        nonlocal acknowledged, failed
        if error is None:
            acknowledged += 1
        else:
            failed += 1

    producer = Producer(
        {
            "bootstrap.servers": address,
            "enable.idempotence": True,
            "linger.ms": 20,
            "partitioner": "murmur2_random",
            "queue.buffering.max.messages": 2_000_000,
            "reconnect.backoff.max.ms": 1000,
            "log_level": 0,
        },
        on_delivery=delivered,
    )
    started = time.monotonic()
    while not select.select([sys.stdin], [], [], 0)[0]:
        seconds = time.monotonic() - started
        faults.pass_to(seconds)
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        while number < seconds * rate:
            number += 1
            tenant, endpoint = int(TENANTS * chance.random() ** 2), int(ENDPOINTS * chance.random())
            is_failed = (tenant, endpoint) == faults.down or chance.random() < 0.002
            name = "tenant-%02d" % tenant
            outcome = ("failed", 503) if is_failed else ("delivered", 200)
            error = '"Service Unavailable"' if is_failed else "null"
            value = VALUE % (number, name, name, endpoint, *outcome, number % 300, error, now)
            if number % 5000 == 0:
                value = GARBAGE % number
            try:
                producer.produce("deliveries", key=name, value=value)
            except BufferError:
                producer.poll(0.1)
                number -= 1
        producer.poll(0)
        time.sleep(TICK)
    producer.flush(240)
    assert failed == 0, f"{failed} deliveries were not acknowledged"
    print(acknowledged)


if __name__ == "__main__":
    main()
