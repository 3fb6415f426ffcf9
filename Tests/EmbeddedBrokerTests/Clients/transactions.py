"""Aborted records are hidden from read_committed alone, and a second producer fences the first."""

from common import create, equal, transactional, values
from confluent_kafka import KafkaException

create("orders")
first = transactional("shop")

first.begin_transaction()
for index in range(3):
    first.produce("orders", f"aborted {index}")
first.flush(10)
equal(values("orders"), [], "an open transaction, read committed")
equal(values("orders", "read_uncommitted"), [f"aborted {i}" for i in range(3)], "an open transaction, uncommitted")
first.abort_transaction(10)
equal(values("orders"), [], "an aborted transaction, read committed")
equal(len(values("orders", "read_uncommitted")), 3, "an aborted transaction, uncommitted")

first.begin_transaction()
first.produce("orders", "kept")
first.commit_transaction(10)
equal(values("orders"), ["kept"], "a committed transaction")

first.begin_transaction()
first.produce("orders", "left open")
first.flush(10)
second = transactional("shop")
second.begin_transaction()
second.produce("orders", "of the second")
second.commit_transaction(10)
try:
    first.produce("orders", "too late")
    first.commit_transaction(10)
    raise AssertionError("the first producer committed although it was fenced")
except KafkaException as refused:
    equal(refused.args[0].name(), "_FENCED", "the error of the fenced producer")
equal(values("orders"), ["kept", "of the second"], "after the fencing")
