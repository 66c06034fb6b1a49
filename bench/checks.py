"""Time of all checks on a whole edition; at most 2 s on the real manual."""

from __future__ import annotations

import sys
import time

from bench.compare import KINDS
from bench.support import source
from exchange.importers.text import read_bytes
from review.checks import all_rules, check, shipped
from review.checks.subject import Subject

ROUNDS = 5
ALLOWED = 2.0  # seconds of processor, in the best round


def main() -> None:
    path = source()
    document = read_bytes(
        path.read_bytes(), source_name=path.name, kinds=KINDS
    ).document
    functions = sum(len(unit.functions) for unit in document.units)
    print(f"source {path.name}: {len(document.units)} units, {functions} functions")
    started = time.perf_counter()
    rules, catalogues = all_rules(), shipped()
    print(f"reading the catalogues: {_since(started):.0f} ms, once per process")
    walls, processors = [], []
    for _round in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        found = check(document, catalogues)
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    print(
        f"{len(rules)} rules, {len(found)} findings: {min(walls) * 1000:.0f} ms "
        f"({min(processors) * 1000:.0f} ms of processor)"
    )
    _slowest(document, catalogues)
    if min(processors) > ALLOWED:
        sys.exit(f"more than {ALLOWED:.0f} s")


def _slowest(document, catalogues) -> None:
    """The dearest rules; the first to ask pays for what several share."""
    subject = Subject(document, catalogues)
    times = {}
    for name, rule in all_rules().items():
        started = time.process_time()
        count = sum(1 for _finding in rule.check(subject))
        times[name] = (time.process_time() - started) * 1000, count
    for name, (spent, count) in sorted(times.items(), key=lambda one: -one[1][0])[:8]:
        print(f"  {name}: {spent:.0f} ms, {count} findings")


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
