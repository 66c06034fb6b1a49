"""A chart's SVG as PNG, of a bounded size."""

from __future__ import annotations

import math

import resvg_py

from units.chart.text import BOLD, REGULAR

SCALE = 2  # for sharp letters on screens and paper
# Half a second of a processor: the renderer lets nothing else of the process run.
MOST_PIXELS = 5_000_000


def png(svg: str, width: float, height: float) -> bytes:
    """The image at twice the size in pixels, smaller where that would be too large."""
    scale = min(SCALE, math.sqrt(MOST_PIXELS / (width * height)))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=int(width * scale),  # and as high as it takes
            skip_system_fonts=True,
            font_files=[str(REGULAR), str(BOLD)],
            sans_serif_family="Liberation Sans",
            font_family="Liberation Sans",
        )
    )
