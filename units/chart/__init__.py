"""Organisation charts, drawn from the outline of an edition.

Pages, files and documents draw the same chart: :func:`draw` chooses what is shown and
lays it out, :func:`page_svg` and :func:`file_svg` draw it, :func:`png` makes an image.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from units.chart.drawing import Links, file_svg, page_svg, swatch
from units.chart.extent import (
    MOST_BOXES,
    Extent,
    Node,
    boxes_by_levels,
    extent_of,
    most_levels,
    nodes_of,
    readable_levels,
)
from units.chart.image import png
from units.chart.layout import Layout, lay_out
from units.chart.looks import levels_of, looks_of
from units.outline import Outline, OutlineUnit

__all__ = [
    "MOST_BOXES",
    "Chart",
    "Extent",
    "Links",
    "Node",
    "boxes_by_levels",
    "draw",
    "file_svg",
    "most_levels",
    "page_svg",
    "png",
    "readable_levels",
    "swatch",
]


@dataclass(frozen=True)
class Chart:
    """A unit and what is drawn below it.

    ``looks``: the number of the look of each level of the whole edition, highest first.
    ``is_limited``: more was asked for than a chart can show.
    """

    top: OutlineUnit
    extent: Extent
    root: Node
    layout: Layout
    looks: dict[str, int]
    is_limited: bool

    def levels_shown(self) -> dict[str, int]:
        """The looks of the levels that the chart draws."""
        drawn = {box.unit.kind for box in self.layout.boxes}
        return {level: look for level, look in self.looks.items() if level in drawn}


def draw(
    outline: Outline,
    top: OutlineUnit,
    levels: int | None = None,
    folded: Collection[str] = (),
    unfolded: Collection[str] = (),
) -> Chart:
    """The chart of a unit of the outline; without ``levels``, as many as one can read.

    ``folded`` and ``unfolded`` are codes of units that differ from what the levels say.
    """
    extent = extent_of(top, levels, folded, unfolded)
    root, lacking = nodes_of(top, extent)
    return Chart(
        top,
        extent,
        root,
        lay_out(root),
        looks_of(levels_of(outline)),
        extent.refused or lacking,
    )
