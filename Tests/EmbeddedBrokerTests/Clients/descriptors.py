"""A broker whose process may open no more files leaves a new client waiting, at rest, and serves it when it may again."""

import os
import resource
import socket
import struct
import sys
import time

HOST, PORT = sys.argv[1].split(":")
BROKER = int(sys.argv[2])


def cpu_seconds():
    fields = open(f"/proc/{BROKER}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


before = resource.prlimit(BROKER, resource.RLIMIT_NOFILE)
open_files = [int(name) for name in os.listdir(f"/proc/{BROKER}/fd")]
lowest_free = min(set(range(len(open_files) + 1)) - set(open_files))
resource.prlimit(BROKER, resource.RLIMIT_NOFILE, (lowest_free, before[1]))
client = socket.create_connection((HOST, int(PORT)), 10)
request = struct.pack(">hhih", 18, 0, 7, -1)
client.sendall(struct.pack(">i", len(request)) + request)
client.settimeout(1)
start = cpu_seconds()
try:
    raise AssertionError(f"the broker answered: {client.recv(4)!r}")
except TimeoutError:
    pass
spent = cpu_seconds() - start
assert spent < 0.2, f"{spent} s of processor time in a second of waiting"
resource.prlimit(BROKER, resource.RLIMIT_NOFILE, before)
client.settimeout(10)
answer = client.recv(8)
assert answer[4:] == struct.pack(">i", 7), answer
