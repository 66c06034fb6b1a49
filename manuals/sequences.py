"""What kept its order while other things moved: the longest rising run. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indices, in order, of a longest run of distinct values that rises."""
    if all(one < other for one, other in zip(values, values[1:], strict=False)):
        return list(range(len(values)))
    tails: list[int] = []  # the smallest end of a run of each length
    ends: list[int] = []  # the index that has it
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [at]
    run: list[int] = []
    last = ends[-1]
    while last is not None:
        run.append(last)
        last = before[last]
    return run[::-1]
