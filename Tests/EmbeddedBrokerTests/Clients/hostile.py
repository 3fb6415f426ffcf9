"""Bytes that are no request close their own connection alone; a client that reads late gets every answer, in order."""

import random
import socket
import struct
import sys
import threading

HOST, PORT = sys.argv[1].split(":")


def connect():
    made = socket.create_connection((HOST, int(PORT)), 10)
    made.settimeout(10)
    return made


def request(key, version, correlation, body=b""):
    frame = struct.pack(">hhih", key, version, correlation, -1) + body
    return struct.pack(">i", len(frame)) + frame


def exactly(connection, count):
    found = b""
    while len(found) < count:
        more = connection.recv(count - len(found))
        assert more, "the broker closed the connection"
        found += more
    return found


def answer(connection):
    (length,) = struct.unpack(">i", exactly(connection, 4))
    frame = exactly(connection, length)
    return struct.unpack(">i", frame[:4])[0]


def is_closed(connection):
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


well_behaved = connect()


def still_serves(correlation):
    well_behaved.sendall(request(18, 0, correlation))
    assert answer(well_behaved) == correlation


still_serves(1)
for hostile in [
    struct.pack(">i", 0x7FFFFFFF),  # two gigabytes to come
    struct.pack(">i", -1),
    struct.pack(">i", 0),  # not even a header
    request(999, 0, 1),
    request(1, 99, 1),
    request(3, 4, 1, struct.pack(">i", 0x7FFFFFFF)),  # two thousand million topics
    b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
]:
    with connect() as client:
        client.sendall(hostile)
        assert is_closed(client), hostile
still_serves(2)

random.seed(7)
for _ in range(300):
    with connect() as client:
        noise = random.randbytes(random.randint(0, 200))
        client.sendall(struct.pack(">i", len(noise)) + noise if random.random() < 0.8 else noise)
still_serves(3)

late = connect()
count = 20_000
sender = threading.Thread(target=lambda: [late.sendall(request(18, 0, i)) for i in range(count)])
sender.start()
sender.join(0.5)
still_serves(4)
for expected in range(count):
    assert answer(late) == expected
sender.join()
still_serves(5)
