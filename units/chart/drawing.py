"""A chart as SVG: for a page, or as a file that stands alone.

On a page, colours come from the style sheet by class, every box is a link, and what
can be folded has a link that does it. A file carries its own colours, title and legend.
Neither has a style attribute or element, which the policy for pages refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from units.chart.extent import Node
from units.chart.layout import (
    CODE_HEIGHT,
    CODE_SIZE,
    LINE_HEIGHT,
    MARGIN,
    NAME_SIZE,
    PADDING,
    Box,
    Layout,
)
from units.chart.looks import BORDER, LINE, LOOKS, PAPER, QUIET
from units.chart.text import FAMILY, width, wrap

MARK_WIDTH, MARK_HEIGHT = 40, 24
MARK_RISE = 8  # how far it stands in the box
TARGET_HEIGHT = 32  # of the mark on a page, for fingers, when drawn at 80 %
SWATCH_WIDTH, SWATCH_HEIGHT = 34, 20
TITLE_SIZE, NOTE_SIZE = 20, 12
LEAST_WIDTH = 560  # of a file, for its title
WIDE = 900  # from here on a chart takes the whole width of a sheet of paper
CUT = 9


@dataclass(frozen=True)
class Links:
    """Addresses on a page: of a unit, and of the chart with a unit folded or not."""

    unit: Callable[[Node], str]
    toggle: Callable[[Node], str]


class _PagePaint:
    """Colours by class."""

    def line(self):
        return ' class="chart-lines"'

    def border(self, look):
        return f' class="chart-box chart-look-{look}"'

    def frame(self, look):
        return ' class="chart-frame"'

    def ink(self, look, part):
        return f' class="chart-{part} chart-ink-{look}"'

    def mark(self):
        return ' class="chart-mark"'

    def mark_text(self):
        return ' class="chart-mark-text"'


class _FilePaint:
    """Colours by attribute."""

    def line(self):
        return f' stroke="{LINE}"'

    def border(self, look):
        return f' fill="{LOOKS[look].paper}" stroke="{BORDER}"'

    def frame(self, look):
        return f' stroke="{LOOKS[look].ink}"'

    def ink(self, look, part):
        ink = LOOKS[look].ink
        quiet = part == "code" and ink != PAPER
        return f' fill="{QUIET if quiet else ink}"'

    def mark(self):
        return f' fill="{PAPER}" stroke="{BORDER}"'

    def mark_text(self):
        return f' fill="{BORDER}"'


def page_svg(layout: Layout, looks: dict[str, int], links: Links, title: str) -> str:
    """The chart to stand inside a page; ``title`` names it to screen readers."""
    paint = _PagePaint()
    form = "chart chart-wide" if layout.width > WIDE else "chart"
    parts = [
        f'<svg class="{form}" role="group" aria-label="{escape(title)}"'
        f"{_size(layout.width, layout.height)}{_font()}>",
        _lines(layout, paint),
    ]
    for box in layout.boxes:
        parts.append(
            f'<a href="{escape(links.unit(box.node))}">{_box(box, looks, paint)}</a>'
        )
        if box.unit.children:
            parts.append(_toggle(box, links, paint))
        parts.append("\n")
    parts.append("</svg>")
    return "".join(parts)


def file_svg(
    layout: Layout, looks: dict[str, int], title: str, notes: Sequence[str]
) -> tuple[str, float, float]:
    """The chart as a document of its own, with its width and height.

    ``notes`` are said below the title: of which manual it is, since when it holds.
    """
    paint = _FilePaint()
    wide = max(layout.width, LEAST_WIDTH)
    room = wide - 2 * MARGIN
    y = MARGIN + TITLE_SIZE
    head = []
    for line in wrap(title, TITLE_SIZE, room, lines=3, bold=True):
        head.append(_text(line, MARGIN, y, TITLE_SIZE, ' font-weight="bold"'))
        y += TITLE_SIZE * 1.25
    for note in notes:
        for line in wrap(note, NOTE_SIZE, room, lines=3):
            head.append(_text(line, MARGIN, y, NOTE_SIZE, ""))
            y += NOTE_SIZE * 1.4
    kinds = {box.unit.kind for box in layout.boxes}
    shown = {kind: look for kind, look in looks.items() if kind in kinds}
    has_folded = any(box.node.hidden for box in layout.boxes)
    legend, legend_height = _legend(shown, room, has_folded, paint)
    high = y + layout.height + legend_height + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img"{_size(wide, high)}'
        f'{_font()} fill="{LOOKS[-1].ink}"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *head,
        f'<g transform="translate({_n((wide - layout.width) / 2)} {_n(y)})">',
        _lines(layout, paint),
    ]
    for box in layout.boxes:
        parts.append(f"<g>{_box(box, looks, paint)}</g>")
        if box.node.hidden:
            parts.append(_mark(box, f"+{box.node.hidden:,}", paint))
        parts.append("\n")
    parts.append(
        f'</g><g transform="translate({MARGIN} {_n(y + layout.height)})">{legend}</g>'
        "</svg>\n"
    )
    return "".join(parts), wide, high


def swatch(look: int) -> str:
    """A small sample of a look, for the legend of a page."""
    wide, high = SWATCH_WIDTH, SWATCH_HEIGHT
    return (
        f'<svg class="chart-swatch" aria-hidden="true" width="{wide}" height="{high}"'
        f' viewBox="0 0 {wide} {high}">'
        f"{_border(2, 2, wide - 4, high - 4, look, _PagePaint())}</svg>"
    )


def _size(wide, high):
    return (
        f' width="{_n(wide)}" height="{_n(high)}" viewBox="0 0 {_n(wide)} {_n(high)}"'
    )


def _font():
    return f' font-family="{FAMILY}" font-size="{NAME_SIZE}"'


def _n(value: float) -> str:
    """A number without more digits than a pixel needs."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _lines(layout, paint):
    path = "".join(
        "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in line) for line in layout.lines
    )
    return f'<path fill="none" stroke-width="1.5" d="{path}"{paint.line()}/>\n'


def _box(box: Box, looks, paint) -> str:
    """A box with its texts; each line ends in a blank, for who has them read aloud."""
    look = looks[box.unit.kind]
    x = box.x + PADDING
    y = box.y + PADDING + CODE_SIZE - 1
    parts = [
        _border(box.x, box.y, box.width, box.height, look, paint),
        _text(f"{box.caption} ", x, y, CODE_SIZE, paint.ink(look, "code")),
    ]
    y += CODE_HEIGHT
    bold = "" if box.node.depth else ' font-weight="bold"'
    parts.append(f"<text{bold}{paint.ink(look, 'name')}>")
    for line in box.name:
        parts.append(f'<tspan x="{_n(x)}" y="{_n(y)}">{escape(line)} </tspan>')
        y += LINE_HEIGHT
    parts.append("</text>")
    return "".join(parts)


def _border(x, y, wide, high, number, paint) -> str:
    look = LOOKS[number]
    stroke = f' stroke-width="{look.stroke}"'
    if look.dash:
        stroke += f' stroke-dasharray="{look.dash}"'
    paper = paint.border(number)
    if look.form == "cut":
        cut = min(CUT, high / 3)
        corners = (
            f"M{_n(x + cut)} {_n(y)}H{_n(x + wide - cut)}l{cut:g} {cut:g}"
            f"V{_n(y + high - cut)}l-{cut:g} {cut:g}H{_n(x + cut)}l-{cut:g} -{cut:g}"
            f"V{_n(y + cut)}z"
        )
        return f'<path d="{corners}"{stroke}{paper}/>'
    radius = f' rx="{min(12, high / 2.5):g}"' if look.form == "round" else ""
    drawn = _rect(x, y, wide, high, f"{radius}{stroke}{paper}")
    if look.form == "double":
        gap = min(4, high / 5)
        inner = f' fill="none" stroke-width="1"{paint.frame(number)}'
        return drawn + _rect(x + gap, y + gap, wide - 2 * gap, high - 2 * gap, inner)
    if look.form == "bar":
        bar = f"M{_n(x + 3)} {_n(y)}v{_n(high)}"
        return f'{drawn}<path d="{bar}" stroke-width="6"{paper}/>'
    return drawn


def _rect(x, y, wide, high, more):
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}"{more}/>'
    )


def _text(text, x, y, size, more):
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}"{more}>{escape(text)}</text>'
    )


def _toggle(box, links, paint):
    """The link that folds or unfolds what hangs from a unit."""
    count = len(box.unit.children)
    if box.node.children:
        sign, words = (
            "−",
            ngettext(
                "Plegar %(count)s unidad que depende de %(code)s",
                "Plegar %(count)s unidades que dependen de %(code)s",
                count,
            ),
        )
    else:
        sign, words = (
            f"+{box.node.hidden:,}",
            ngettext(
                "Mostrar %(count)s unidad que depende de %(code)s",
                "Mostrar %(count)s unidades que dependen de %(code)s",
                count,
            ),
        )
    label = escape(words % {"count": f"{count:,}", "code": box.unit.code})
    return (
        f'<a class="chart-toggle" href="{escape(links.toggle(box.node))}"'
        f' aria-label="{label}" aria-expanded="{str(bool(box.node.children)).lower()}"'
        f' data-code="{escape(box.unit.code)}">{_target(box)}'
        f"{_mark(box, sign, paint)}</a>"
    )


def _target(box):
    """An unseen plate around the mark, so that it is large enough to be met."""
    x = box.x + box.width - MARK_WIDTH - PADDING
    y = box.bottom - MARK_RISE - (TARGET_HEIGHT - MARK_HEIGHT) / 2
    return _rect(x, y, MARK_WIDTH, TARGET_HEIGHT, ' fill="none" pointer-events="all"')


def _mark(box, sign, paint):
    """A plate on the lower edge of a box, with how much is folded."""
    wide = max(MARK_WIDTH, width(sign, NAME_SIZE) + 16)
    x = box.x + box.width - wide - PADDING
    y = box.bottom - MARK_RISE
    plate = f' rx="{MARK_HEIGHT / 2:g}" stroke-width="1.25"{paint.mark()}'
    return _rect(x, y, wide, MARK_HEIGHT, plate) + _text(
        sign,
        x + wide / 2,
        y + MARK_HEIGHT / 2 + 4.5,
        NAME_SIZE,
        f' text-anchor="middle"{paint.mark_text()}',
    )


def _legend(looks, room, has_folded, paint):
    """What each look means, in as many rows as it takes; and the height."""
    parts, x, y = [], 0.0, 0.0
    for kind, look in looks.items():
        taken = SWATCH_WIDTH + 8 + width(kind, NOTE_SIZE) + 24
        if x and x + taken > room:
            x, y = 0.0, y + 28
        parts.append(
            _border(x + 2, y + 2, SWATCH_WIDTH - 4, SWATCH_HEIGHT - 4, look, paint)
        )
        parts.append(_text(kind, x + SWATCH_WIDTH + 8, y + 14, NOTE_SIZE, ""))
        x += taken
    y += 28
    if has_folded:
        said = _("+ y un número: unidades que dependen de esa y no se muestran.")
        for line in wrap(said, NOTE_SIZE, room, lines=3):
            parts.append(_text(line, 0, y + 14, NOTE_SIZE, ""))
            y += 18
    return "".join(parts), y
