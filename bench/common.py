"""Time of the common functions of a whole edition; at most 1 s on the real manual."""

from __future__ import annotations

import sys
import time

from bench.compare import KINDS
from bench.support import source
from exchange.importers.text import read_bytes
from review.common.grouping import (
    Member,
    Surroundings,
    similar_groups,
    verbatim_groups,
)

ROUNDS = 3
ALLOWED = 1.0  # seconds of processor for both kinds of groups, in the best round


def main() -> None:
    path = source()
    document = read_bytes(
        path.read_bytes(), source_name=path.name, kinds=KINDS
    ).document
    members = [
        Member(id(function), unit_order, (unit_order, at), function.text)
        for unit_order, unit in enumerate(document.units)
        for at, function in enumerate(unit.functions)
    ]
    print(f"source {path.name}: {len(document.units)} units, {len(members)} functions")
    total = 0.0
    for made in (verbatim_groups, similar_groups):
        spent, groups = _best(made, members)
        total += spent
        functions = sum(map(len, groups))
        print(
            f"{made.__name__}: {len(groups)} groups, {functions} functions, "
            f"{spent * 1000:.0f} ms of processor"
        )
    text = groups[0][0].text
    spent, group = _best(lambda some: Surroundings(some).of(text), members)
    print(
        f"the group around a text of the largest ({len(group)}): {spent * 1000:.0f} ms"
    )
    if total > ALLOWED:
        sys.exit(f"more than {ALLOWED:.0f} s")


def _best(made, members) -> tuple[float, list]:
    """The least time that it took, and what it gave."""
    times = []
    for _round in range(ROUNDS):
        started = time.process_time()
        found = made(members)
        times.append(time.process_time() - started)
    return min(times), found


if __name__ == "__main__":
    main()
