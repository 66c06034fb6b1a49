"""How the boxes of each level look.

Levels are told apart by the form of the border and by the level's name in the box;
colour only helps. Which look a level has follows from where it stands in the edition,
highest first: names and the number of levels are free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from units.outline import OutlineUnit


@dataclass(frozen=True)
class Look:
    """A border: ``form`` is "plain", "double", "round", "bar" or "cut"."""

    form: str
    stroke: float
    dash: str
    paper: str
    ink: str


INK, QUIET, LINE, PAPER = "#1c2321", "#46504c", "#5d6965", "#ffffff"
BORDER = "#12584a"
LOOKS = (
    Look("double", 2, "", "#12584a", "#ffffff"),
    Look("plain", 3, "", "#d9ebe6", INK),
    Look("round", 2, "", "#eef6f4", INK),
    Look("bar", 1.25, "", PAPER, INK),
    Look("plain", 1.25, "5 3", PAPER, INK),
    Look("cut", 1.25, "", PAPER, INK),
    Look("round", 1.25, "2 3", PAPER, INK),
)


def levels_of(units: Iterable[OutlineUnit]) -> list[str]:
    """The levels that occur among the units, from the highest to the lowest.

    By the depth at which their units stand on average; levels that stand equally deep
    keep the order in which they appear.
    """
    depths: dict[str, list[int]] = defaultdict(list)
    for unit in units:
        depths[unit.kind].append(unit.depth)
    return sorted(depths, key=lambda kind: sum(depths[kind]) / len(depths[kind]))


def looks_of(levels: list[str]) -> dict[str, int]:
    """Level -> the number of its look; from some number on all look like the last."""
    return {level: min(place, len(LOOKS) - 1) for place, level in enumerate(levels)}
