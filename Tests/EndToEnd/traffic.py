"""Deliveries with a fault in them, the same for the same seed."""

import datetime
import json
import random

START = 1_772_000_000_000  # 2026-02-25T06:13:20Z


def at(millis: int) -> str:
    seconds, rest = divmod(millis, 1000)
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{rest:03d}Z"


def deliveries(seed: int = 1, minutes: int = 120, tenants: int = 4, outage=(60, 75)) -> list[dict]:
    """About 24 a minute; the first endpoint of `tenant-0` is down during `outage`, in minutes, and every failure is retried once."""
    chance = random.Random(seed)
    events, number = [], 0
    for second in range(0, minutes * 60, 10):
        for tenant in range(tenants):
            number += 1
            millis = START + second * 1000 + chance.randrange(10_000)
            endpoint = f"https://api{tenant}.example.com/hooks/{chance.randrange(3)}"
            event = {
                "delivery_id": f"dlv_{number:08d}",
                "tenant_id": f"tenant-{tenant}",
                "endpoint": endpoint,
                "event_type": "order.created",
                "status": "delivered",
                "attempt": 1,
                "http_status": 200,
                "latency_ms": chance.randrange(20, 200),
                "occurred_at": at(millis),
                "sort": millis,
            }
            is_down = tenant == 0 and endpoint.endswith("/0") and outage[0] * 60 <= second < outage[1] * 60
            if is_down or chance.random() < 0.005:
                event |= {"status": "failed", "http_status": 503, "error": "Service Unavailable"}
                events.append(event | {"attempt": 2, "occurred_at": at(millis + 300_000), "sort": millis + 300_000})
            events.append(event)
    events.sort(key=lambda event: (event.pop("sort"), event["delivery_id"]))
    return events


def lines(events: list[dict]) -> list[bytes]:
    return [json.dumps(event).encode() for event in events]


def records(events: list[dict]) -> list[tuple[bytes, bytes]]:
    return [(event["tenant_id"].encode(), line) for event, line in zip(events, lines(events))]
