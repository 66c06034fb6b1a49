"""Rearranging rows of an indented list that is kept flat, in reading order. Pure.

``levels`` are the rows' levels from 0. A row moves with its block: the deeper rows that
follow it. Functions that move return the new order as indices into the old list, those
that indent the new levels; what makes no sense changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence


def block_end(levels: Sequence[int], index: int) -> int:
    """The index after the row's block."""
    end = index + 1
    while end < len(levels) and levels[end] > levels[index]:
        end += 1
    return end


def moved_up(levels: Sequence[int], index: int) -> list[int]:
    """The row's block before the sibling above it.

    The first row below another moves over it and so becomes the last below the one
    before; where nothing is there to hang from, the order stays as it is.
    """
    order = list(range(len(levels)))
    above = index - 1
    while above >= 0 and levels[above] > levels[index]:
        above -= 1
    if above < 0 or not _may_follow(levels, above - 1, levels[index]):
        return order
    end = block_end(levels, index)
    return order[:above] + order[index:end] + order[above:index] + order[end:]


def moved_down(levels: Sequence[int], index: int) -> list[int]:
    """The row's block after the sibling below it.

    The last row below another moves into the next one, as its first; where that would
    leave it without anything to hang from, the order stays as it is.
    """
    order = list(range(len(levels)))
    end = block_end(levels, index)
    if end == len(levels):
        return order
    if levels[end] == levels[index]:
        after = block_end(levels, end)
    elif levels[end] == levels[index] - 1:
        after = end + 1
    else:
        return order
    return order[:index] + order[end:after] + order[index:end] + order[after:]


def indented(levels: Sequence[int], index: int, deepest: int) -> list[int]:
    """The row's block one level deeper, below the row before it."""
    end = block_end(levels, index)
    first = index == 0 or levels[index - 1] < levels[index]
    if first or max(levels[index:end]) >= deepest:
        return list(levels)
    return [level + (index <= at < end) for at, level in enumerate(levels)]


def outdented(levels: Sequence[int], index: int) -> list[int]:
    """The row's block one level up; the siblings after it hang from it then."""
    end = block_end(levels, index)
    if levels[index] == 0:
        return list(levels)
    return [level - (index <= at < end) for at, level in enumerate(levels)]


def joined(
    levels: Sequence[int], index: int, following: int, deepest: int
) -> tuple[list[int], list[int]] | None:
    """The row at ``following`` dissolved into the one at ``index``: (order, levels).

    What hung from it hangs from the row that it joins; the dissolved row itself comes
    after what hung from it, so that nothing does any more. None where that would be
    deeper than ``deepest``. The levels are those of the new order.
    """
    end = block_end(levels, following)
    shift = levels[index] - levels[following]
    below = [levels[at] + shift for at in range(following + 1, end)]
    if below and max(below) > deepest:
        return None
    order = [*range(following), *range(following + 1, end), following]
    new = [*levels[:following], *below, levels[following]]
    return [*order, *range(end, len(levels))], [*new, *levels[end:]]


def _may_follow(levels: Sequence[int], before: int, level: int) -> bool:
    """Whether a row of this level may stand right after the row at ``before``."""
    return level == 0 if before < 0 else levels[before] >= level - 1
