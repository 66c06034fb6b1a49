"""Which units of a branch a chart draws, and which it leaves folded.

A chart shows so many levels below its top; single units may be unfolded or folded
besides. It never draws more than ``MOST_BOXES``: what would not be readable is left
folded, and the extent says so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import accumulate

from units.outline import OutlineUnit

MOST_BOXES = 400
READABLE_BOXES = 40  # what one sees at a glance
MOST_NAMED = 100  # units that an address may fold or unfold one by one


@dataclass(frozen=True)
class Extent:
    """``levels`` below the top, without ``folded`` codes and with ``unfolded`` ones.

    ``refused``: more was asked for than a chart can show.
    """

    levels: int
    folded: frozenset[str] = frozenset()
    unfolded: frozenset[str] = frozenset()
    refused: bool = False

    def toggled(self, unit: OutlineUnit, depth: int, *, is_open: bool) -> Extent:
        """The extent after somebody folds an open unit or unfolds a folded one."""
        code = {unit.code}
        inside = depth < self.levels
        if is_open:
            folded = self.folded | code if inside else self.folded
            return replace(self, folded=folded, unfolded=self.unfolded - code)
        unfolded = self.unfolded if inside else self.unfolded | code
        return replace(self, folded=self.folded - code, unfolded=unfolded)


@dataclass(eq=False, slots=True)
class Node:
    """A unit that is drawn; ``depth`` is counted from the top of the chart."""

    unit: OutlineUnit
    depth: int
    children: list[Node]

    @property
    def hidden(self) -> int:
        """How many units hang from it that are not drawn."""
        return 0 if self.children else self.unit.descendants

    def branch(self) -> list[Node]:
        """The node and all that is drawn below it, in reading order."""
        found, stack = [], [self]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(reversed(node.children))
        return found


def boxes_by_levels(top: OutlineUnit) -> list[int]:
    """How many units a chart of 0, 1, 2 ... levels below the top draws."""
    counts: list[int] = []
    for unit in top.branch():
        depth = unit.depth - top.depth
        if depth == len(counts):
            counts.append(0)
        counts[depth] += 1
    return list(accumulate(counts))


def most_levels(top: OutlineUnit, boxes: int = MOST_BOXES) -> int:
    """The most levels with which a chart has at most so many boxes."""
    return sum(count <= boxes for count in boxes_by_levels(top)) - 1


def readable_levels(top: OutlineUnit) -> int:
    """How many levels are shown where nobody chose: one at least, if it can be."""
    return max(most_levels(top, READABLE_BOXES), min(1, most_levels(top)))


def extent_of(
    top: OutlineUnit,
    levels: int | None = None,
    folded: Collection[str] = (),
    unfolded: Collection[str] = (),
) -> Extent:
    """The extent that is asked for, within what can be shown.

    Codes of units that are not below the top, or lead nobody, fall away.
    """
    most = most_levels(top)
    deepest = len(boxes_by_levels(top)) - 1
    wanted = readable_levels(top) if levels is None else min(levels, deepest)
    leading: frozenset[str] = frozenset()
    if folded or unfolded:
        leading = frozenset(unit.code for unit in top.branch() if unit.children)
    return Extent(
        levels=min(wanted, most),
        folded=leading.intersection(list(folded)[:MOST_NAMED]),
        unfolded=leading.intersection(list(unfolded)[:MOST_NAMED]),
        refused=wanted > most,
    )


def nodes_of(top: OutlineUnit, extent: Extent) -> tuple[Node, bool]:
    """The tree to draw, and whether a unit had to stay folded for lack of room.

    Level by level: of what does not fit, the lowest stays folded.
    """
    root = Node(top, 0, [])
    count, lacking = 1, False
    row = [root]
    while row:
        following = []
        for node in row:
            if not node.unit.children or not _is_open(node, extent):
                continue
            if count + len(node.unit.children) > MOST_BOXES:
                lacking = True
                continue
            count += len(node.unit.children)
            node.children = [
                Node(child, node.depth + 1, []) for child in node.unit.children
            ]
            following += node.children
        row = following
    return root, lacking


def _is_open(node: Node, extent: Extent) -> bool:
    code = node.unit.code
    if node.depth < extent.levels:
        return code not in extent.folded
    return code in extent.unfolded
