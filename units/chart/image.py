"""A chart's SVG as PNG, of a bounded size."""

from __future__ import annotations

import math
from threading import Lock

import resvg_py

from units.chart.text import BOLD, REGULAR

SCALE = 2  # for sharp letters on screens and paper
MOST_PIXELS = 7_000_000

# One at a time: an image takes some 50 MB while it is made.
_turn = Lock()


def png(svg: str, width: float, height: float) -> bytes:
    """The image at twice the size in pixels, smaller where that would be too large."""
    scale = min(SCALE, math.sqrt(MOST_PIXELS / (width * height)))
    with _turn:
        image = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=int(width * scale),
            height=int(height * scale),
            skip_system_fonts=True,
            font_files=[str(REGULAR), str(BOLD)],
            sans_serif_family="Liberation Sans",
            font_family="Liberation Sans",
        )
    return bytes(image)
