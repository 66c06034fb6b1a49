"""What pages and files of organisation charts share: addresses, words, the list.

What a chart shows stands in its address, so that it can be linked and printed:
``niveles`` below its top, and the codes of single units to fold (``cerrar``) or to
unfold (``abrir``).
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote, urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manual_org.web.words import number, unit_count
from units import chart as charts
from units.chart import Chart, Extent, Node
from units.outline import Outline, OutlineUnit

LEVELS, FOLD, UNFOLD = "niveles", "cerrar", "abrir"


def asked_chart(
    outline: Outline, top: OutlineUnit, parameters: Mapping[str, str]
) -> Chart:
    """The chart of a unit as the parameters of an address ask for it.

    What is no number of levels or no code of a unit falls away.
    """
    levels = parameters.get(LEVELS, "")
    return charts.draw(
        outline,
        top,
        int(levels)
        if levels.isascii() and levels.isdigit() and len(levels) < 4
        else None,
        folded=_codes(parameters, FOLD),
        unfolded=_codes(parameters, UNFOLD),
    )


def _codes(parameters, name):
    return [code for code in parameters.get(name, "").split(",") if code]


def query_of(top: OutlineUnit, extent: Extent) -> str:
    """The parameters that ask for an extent, with their question mark; or nothing."""
    fields = {}
    if extent.levels != charts.readable_levels(top) or extent.folded or extent.unfolded:
        fields[LEVELS] = str(extent.levels)
    for name, codes in ((FOLD, extent.folded), (UNFOLD, extent.unfolded)):
        if codes:
            fields[name] = ",".join(sorted(codes))
    return f"?{urlencode(fields, safe=',')}" if fields else ""


def page_drawing(chart: Chart, edition_url: str, title: str) -> SafeString:
    """The chart for a page: boxes lead to units, marks fold what hangs from them."""

    def toggle(node: Node) -> str:
        extent = chart.extent.toggled(
            node.unit, node.depth, is_open=bool(node.children)
        )
        return query_of(chart.top, extent) or "./"

    links = charts.Links(lambda node: unit_url(edition_url, node.unit), toggle)
    return SafeString(charts.page_svg(chart.layout, chart.looks, links, title))


def title_of(unit: OutlineUnit) -> str:
    return _("Organigrama: %(unit)s") % {"unit": unit.name}


def file_drawing(chart: Chart, edition) -> tuple[str, float, float]:
    """The chart as an SVG that says of which edition it is; its width and height."""
    notes = [
        edition.manual.institution,
        edition.manual.title,
        _("Edición %(label)s") % {"label": edition.label},
    ]
    if not edition.is_closed:
        notes.append(_("Borrador: no está autorizado y no debe citarse."))
    return charts.file_svg(
        chart.layout, chart.looks, title_of(chart.top), [note for note in notes if note]
    )


def picture(outline: Outline, unit: OutlineUnit, edition) -> dict:
    """What a page says of the file of a unit's chart, to show it as an image."""
    chart = charts.draw(outline, unit)
    _svg, width, height = file_drawing(chart, edition)
    return {
        "description": f"{title_of(unit)}. {shown_count(chart)}",
        "width": round(width),
        "height": round(height),
    }


def unit_url(edition_url: str, unit: OutlineUnit) -> str:
    return f"{edition_url}{quote(unit.code, safe='')}/"


def legend(chart: Chart) -> SafeString:
    """What the borders of the boxes mean."""
    items = "".join(
        f"<li>{charts.swatch(look)} {escape(level)}</li>"
        for level, look in chart.levels_shown().items()
    )
    return SafeString(f'<ul class="chart-legend">{items}</ul>')


def nested_list(chart: Chart, edition_url: str) -> SafeString:
    """The units of the chart as lists in lists, all of them links."""
    parts: list[str] = ["<ul>"]
    _append_item(parts, chart.root, edition_url)
    parts.append("</ul>")
    return SafeString("".join(parts))


def _append_item(parts, node, edition_url):
    unit = node.unit
    url = unit_url(edition_url, unit)
    parts.append(
        f'<li><a href="{url}"><span class="code">{escape(unit.code)}</span> '
        f"{escape(unit.name)}</a>"
    )
    if node.hidden:
        said = ngettext(
            "y %(count)s unidad que depende de ella",
            "y %(count)s unidades que dependen de ella",
            node.hidden,
        ) % {"count": number(node.hidden)}
        parts.append(f' <a class="more" href="{url}organigrama/">{escape(said)}</a>')
    if node.children:
        parts.append("<ul>")
        for child in node.children:
            _append_item(parts, child, edition_url)
        parts.append("</ul>")
    parts.append("</li>\n")


def levels_to_choose(chart: Chart) -> list[dict]:
    """How many levels below its top the chart may show, each with its address."""
    counts = charts.boxes_by_levels(chart.top)
    deepest = len(counts) - 1
    choices = []
    for levels in range(1, charts.most_levels(chart.top) + 1):
        query = query_of(chart.top, Extent(levels))
        choices.append(
            {
                "levels": levels,
                "is_all": levels == deepest,
                "units": unit_count(counts[levels]),
                "url": query or "./",
                "is_current": query_of(chart.top, chart.extent) == query,
            }
        )
    return choices


def shown_count(chart: Chart) -> str:
    """How much of the branch is on the chart, in one sentence."""
    shown, all_units = len(chart.layout.boxes), chart.top.descendants + 1
    if all_units == 1:
        return _("Ninguna unidad depende de esta.")
    if shown == all_units:
        return _("%(units)s, todas a la vista.") % {"units": unit_count(all_units)}
    return _("A la vista: %(shown)s de %(units)s.") % {
        "shown": number(shown),
        "units": unit_count(all_units),
    }


def limit_sentence(chart: Chart) -> str:
    """Why not all levels can be shown at once; nothing where they can."""
    counts = charts.boxes_by_levels(chart.top)
    if counts[-1] <= charts.MOST_BOXES and not chart.is_limited:
        return ""
    return _(
        "Un organigrama muestra %(most)s unidades como máximo, para que se pueda leer. "
        "Para ver más niveles, abra el organigrama de una unidad."
    ) % {"most": number(charts.MOST_BOXES)}
