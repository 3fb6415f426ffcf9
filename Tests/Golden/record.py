#!/usr/bin/env python3
"""Makes the recorded hour: the same bytes each time, from a seed.

    Tests/Golden/record.py            writes hour.ndjson and faults.json beside itself

Eight tenants with two or three endpoints each, about 37 first attempts a minute, a background of failures of every kind, retries
by the sender after one and five minutes, and the faults of FAULTS. Three lines cannot be read.
"""

import datetime
import json
import pathlib
import random

START = 1_772_359_200_000  # 2026-03-01T10:00:00Z
MINUTES = 60
RETRIES = (60_000, 300_000)

# tenant: endpoint and its first attempts a minute
FLEET = {
    "acme": {"orders": 3.0, "invoices": 1.6, "refunds": 1.2},
    "globex": {"shipments": 3.2, "customs": 1.8},
    "initech": {"reports": 2.0, "payroll": 1.5, "badges": 1.0},
    "umbrella": {"lab-results": 2.4, "alerts": 1.6},
    "hooli": {"search-index": 3.0, "storage": 1.8, "billing": 1.4},
    "stark": {"telemetry": 3.4, "parts": 1.2},
    "wayne": {"donations": 1.8, "payments": 2.4},
    "tyrell": {"nexus": 1.6, "owls": 1.1},
}

# tenant, endpoint (None: all of them), minutes from and to, kind
FAULTS = [
    ("acme", "orders", 14, 23, "outage"),
    ("globex", "shipments", 20, 28, "rate_limit"),
    ("initech", None, 30, 39, "outage"),
    ("umbrella", "lab-results", 34, 52, "credential"),
    ("hooli", "search-index", 41, 49, "brownout"),
    ("wayne", "donations", 45, 47, "outage"),
]

ANSWERS = {
    "outage": (503, "Service Unavailable", {"Retry-After": "120"}, "<html><h1>503 Service Temporarily Unavailable</h1></html>"),
    "rate_limit": (429, "Too Many Requests", {"Retry-After": "30", "X-RateLimit-Remaining": "0"}, '{"error":"rate limit exceeded"}'),
    "credential": (401, "Unauthorized", {}, '{"error":"invalid signature"}'),
    "brownout": (None, "connection timed out after 10000 ms", {}, None),
}
BACKGROUND = [
    (500, "Internal Server Error", {}, "oops"),
    (502, "Bad Gateway", {}, None),
    (404, "Not Found", {}, '{"message":"no such hook"}'),
    (422, "Unprocessable Entity", {}, '{"errors":[{"field":"currency","code":"invalid"}]}'),
    (None, "connection reset by peer", {}, None),
    (418, "I'm a teapot", {}, "0x9f3a77c1"),
]


def at(millis: int) -> str:
    moment = datetime.datetime.fromtimestamp(millis // 1000, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{millis % 1000:03d}Z"


def answer(chance: random.Random, tenant: str, endpoint: str, millis: int):
    minute = (millis - START) / 60_000
    for faulty, place, begin, end, kind in FAULTS:
        if faulty == tenant and place in (None, endpoint) and begin <= minute < end:
            if kind != "brownout" or chance.random() < 0.6:
                return ANSWERS[kind]
    return chance.choice(BACKGROUND) if chance.random() < 0.006 else None


def attempts(chance: random.Random):
    """(time, sequence, event) of every attempt of the hour."""
    number = 0
    for tenant, endpoints in FLEET.items():
        for endpoint, rate in endpoints.items():
            millis = START
            while True:
                millis += int(chance.expovariate(rate / 60_000)) + 1
                if millis >= START + MINUTES * 60_000:
                    break
                number += 1
                yield from delivery(chance, tenant, endpoint, millis, number)


def delivery(chance: random.Random, tenant: str, endpoint: str, millis: int, number: int):
    for attempt, delay in enumerate((0, *RETRIES), start=1):
        millis += delay
        if millis >= START + MINUTES * 60_000:
            return
        event = {
            "delivery_id": f"dlv_{number:05d}",
            "tenant_id": tenant,
            "endpoint": f"https://hooks.{tenant}.example/{endpoint}",
            "status": "delivered",
            "attempt": attempt,
            "occurred_at": at(millis),
        }
        failure = answer(chance, tenant, endpoint, millis)
        if failure is None:
            yield millis, number, event | {"http_status": chance.choice([200, 200, 202, 204]), "latency_ms": chance.randrange(20, 400)}
            return
        status, error, headers, body = failure
        event |= {"status": "dead_letter" if attempt == 1 + len(RETRIES) else "failed", "http_status": status, "error": error}
        if headers:
            event["response_headers"] = headers
        if body:
            event["response_body"] = body
        yield millis, number, event


def main() -> None:
    here = pathlib.Path(__file__).parent
    events = sorted(attempts(random.Random(20260301)), key=lambda entry: entry[:2])
    lines = [json.dumps(event, separators=(",", ":")) for _, _, event in events]
    lines[100:100] = ['{"delivery_id":"cut short","tenant_id":"acme","endpoi']
    lines[900:900] = ['{"delivery_id":"dlv_x","tenant_id":"acme","endpoint":"https://hooks.acme.example/orders","status":"perhaps"}']
    lines[1500:1500] = ["[]"]
    (here / "hour.ndjson").write_text("\n".join(lines) + "\n")
    faults = [
        {
            "tenant": tenant,
            **({"endpoint": f"https://hooks.{tenant}.example/{endpoint}"} if endpoint else {}),
            "from": at(START + begin * 60_000),
            "to": at(START + end * 60_000),
            "kind": kind,
        }
        for tenant, endpoint, begin, end, kind in FAULTS
    ]
    (here / "faults.json").write_text(json.dumps({"faults": faults}, indent=2) + "\n")


if __name__ == "__main__":
    main()
