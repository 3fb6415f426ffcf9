"""Measures everything that docs/performance.md tells of, and prints it in tables of Markdown.

Benches first, each in a process of its own; then the same lines of one file through healstream and through C++ programs with
simdjson, turn by turn, so that what else the machine does falls on both. deploy/performance builds what is needed.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
import zlib

HEALSTREAM = os.environ["HEALSTREAM"]
PROGRAMS = pathlib.Path(os.environ["PROGRAMS"])
PARTS = ["memory", "simdjson", "growth"]
BENCHES = ["scan", "triage", "windows", "fold", "snapshot", "restore", "kafka"]


def run(*words, cores=None, **settings) -> tuple[float, float, str]:
    """Runs a program on so many cores: seconds of the processor, seconds on the clock, standard output."""
    words = [str(word) for word in words]
    if cores:
        words = ["taskset", "--cpu-list", ",".join(map(str, sorted(os.sched_getaffinity(0))[:cores])), *words]
    started = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, **settings)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, output


def spread(values) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def table(head, rows) -> None:
    for row in [head, ["---"] * len(head), *rows]:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


def shown(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"


def bench(name: str, *options: str) -> None:
    environment = dict(os.environ)
    if name == "fold":
        environment["LD_PRELOAD"] = str(PROGRAMS.resolve() / "malloc_count.so")
    _, _, output = run(HEALSTREAM, "bench", name, "--json", *options, env=environment)
    rows = json.loads(output)["rows"]
    names = list(dict.fromkeys(name for row in rows for name in row))
    print(f"### {name}\n")
    table(["figure"] + [""] * len(rows), [[name] + [shown(row[name]) if name in row else "" for row in rows] for name in names])


def scan(file, rounds: int) -> list:
    """Nanoseconds of the processor for each delivery; each process does five rounds, the first of which counts for nothing."""
    ours, theirs = [], []
    for _ in range(rounds):
        _, _, output = run(HEALSTREAM, "bench", "scan", "--input", file, "--rounds", 5, "--json", cores=1)
        ours.append(json.loads(output)["rows"][0]["ns_per_event"])
        _, _, output = run(PROGRAMS / "simdjson_scan", file, 6, cores=1)
        theirs.append(statistics.median(float(line.split()[0]) for line in output.splitlines()[1:]))
    ratios = [their / our for our, their in zip(ours, theirs)]
    return ["scan, ns an event", spread(ours), spread(theirs), spread(ratios), "≥ 0.95"]


def envelopes(file, path, partitions: int) -> None:
    """The same deliveries as `kcat -J` writes them, a tenant's all in one of so many partitions."""
    offsets = [0] * partitions
    with open(file) as lines, open(path, "w") as output:
        for line in lines:
            delivery = json.loads(line)
            tenant = delivery["tenant_id"]
            millis = int(datetime.datetime.fromisoformat(delivery["occurred_at"]).timestamp() * 1000)
            partition = zlib.crc32(tenant.encode()) % partitions
            record = {"topic": "deliveries", "partition": partition, "offset": offsets[partition], "tstype": "create"}
            record |= {"ts": millis, "key": tenant, "payload": line.rstrip("\n")}
            offsets[partition] += 1
            output.write(json.dumps(record, separators=(",", ":"), ensure_ascii=False) + "\n")


def backtests(file, directory, rounds: int) -> list[list]:
    """Whole processes, from the file to the written report."""
    enveloped = directory / "envelopes.ndjson"
    envelopes(file, enveloped, partitions=4)

    def backtest(input):
        return [HEALSTREAM, "backtest", "--input", input, "--out", directory / "report"]

    programs = {
        "one": (backtest(file), 1),
        "count": ([PROGRAMS / "simdjson_count", file], 1),
        "two": (backtest(file), 2),
        "envelopes, one": (backtest(enveloped), 1),
        "envelopes, two": (backtest(enveloped), 2),
    }
    times = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (words, cores) in programs.items():
            shutil.rmtree(directory / "report", ignore_errors=True)
            times[name].append(run(*words, cores=cores)[:2])

    def row(text, ours, theirs, kind, bar=""):
        ours, theirs = [time[kind] for time in times[ours]], [time[kind] for time in times[theirs]]
        return [text, spread(ours), spread(theirs), spread([their / our for our, their in zip(ours, theirs)]), bar]

    return [
        row("backtest on one core against simdjson_count, s of the processor", "one", "count", 0, "≥ 0.5"),
        row("the same, s on the clock", "one", "count", 1),
        row("backtest on two cores against one, s on the clock", "two", "one", 1, "≥ 1.6"),
        row("the same, s of the processor", "two", "one", 0),
        row("the same of what kcat -J writes, four partitions, s on the clock", "envelopes, two", "envelopes, one", 1, "≥ 1.6"),
        row("the same, s of the processor", "envelopes, two", "envelopes, one", 0),
    ]


def growth(file, directory, most: int) -> None:
    """What a backtest occupies, however long its input: the same endpoints go on and on."""
    rows = []
    for events in (most // 100, most // 10, most):
        recording = subprocess.Popen([str(PROGRAMS / "repeat"), str(file), str(events)], stdout=subprocess.PIPE)
        words = [HEALSTREAM, "backtest", "--input", "-", "--out", str(directory / "report")]
        started = time.monotonic()
        process = subprocess.Popen(words, stdin=recording.stdout, stdout=subprocess.DEVNULL)
        recording.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        if status or recording.wait():
            raise SystemExit("the backtest of a long recording failed")
        rows.append([f"{events:,}", f"{usage.ru_maxrss / 1024:.0f}", f"{time.monotonic() - started:.0f}"])
    print("### growth\n")
    table(["deliveries", "most that the process occupied, MiB", "s on the clock"], rows)


def memory(rounds: int) -> None:
    """The least of the rounds: whatever else the machine does only makes memory slower."""
    runs = [[line.split() for line in run(PROGRAMS / "memory")[2].splitlines()] for _ in range(rounds)]
    rows = []
    for pages in zip(*runs):
        in_order, dependent, ahead = (list(map(float, column)) for column in list(zip(*pages))[1:])
        rows.append([pages[0][0], max(in_order), min(dependent), min(ahead)])
    print("### memory\n")
    table(["pages", "in order, GB/s", "a line after the other, ns", "lines known ahead, ns"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help=f"{', '.join(BENCHES + PARTS)}; all of it by default")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each; default 7")
    parser.add_argument("--events", type=int, default=500_000, help="deliveries in the file; default 500000")
    parser.add_argument("--keys", type=int, default=10_000, help="endpoints in the file; default 10000")
    parser.add_argument("--growth", type=int, default=100_000_000, help="deliveries of the longest recording; default 100000000")
    options = parser.parse_args()
    what = options.what or BENCHES + PARTS
    if unknown := set(what) - set(BENCHES + PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    print(f"{datetime.date.today()}, {len(os.sched_getaffinity(0))} cores, {platform.machine()}, ", end="")
    print(f"load {os.getloadavg()[0]:.1f} at the start\n", flush=True)
    for name in [name for name in BENCHES if name in what]:
        bench(name, "--rounds", str(options.rounds))
    if "memory" in what:
        memory(options.rounds)
    if not {"simdjson", "growth"} & set(what):
        return
    with tempfile.TemporaryDirectory() as temporary:
        directory = pathlib.Path(temporary)
        file = directory / "deliveries.ndjson"
        run(HEALSTREAM, "bench", "scan", "--write", file, "--events", options.events, "--keys", options.keys)
        if "simdjson" in what:
            print("### simdjson\n")
            rows = [scan(file, options.rounds), *backtests(file, directory, options.rounds)]
            table(["", "ours", "theirs", "times as fast", "bar"], rows)
        if "growth" in what:
            growth(file, directory, options.growth)


if __name__ == "__main__":
    main()
