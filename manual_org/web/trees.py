"""The structure as HTML and data: the whole tree, a unit's branch, what hangs from it.

Functions take plain values and return one escaped string. A page holds only the branch
of its unit, a window of each level, so that it does not grow with the manual; the whole
tree is the edition's home, and one address of data for the script of the pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manual_org.web.words import function_count, number
from units.outline import Outline, OutlineUnit

OPEN_DEPTH = 2  # levels of the whole tree whose children are in view at first
OPEN_UNITS = 300  # with more of them in view, only the root's children are
SIBLINGS_SHOWN = 12  # of each level of a branch
CHILDREN_SHOWN = 60  # in the list on a unit's own page


def tree(
    outline: Outline,
    function_counts: Mapping[int, int],
    edition_url: str,
    open_depth: int | None = None,
) -> SafeString:
    """The whole structure as nested lists that fold without JavaScript.

    ``open_depth`` levels show their children; unless said, as many as are easily read.
    """
    if open_depth is None:
        in_view = sum(unit.depth <= OPEN_DEPTH for unit in outline)
        open_depth = OPEN_DEPTH if in_view <= OPEN_UNITS else 1
    fold = escape(_("Unidades que dependen de"))
    parts = ['<div class="tree"><ul>']
    for unit in outline:
        count = function_counts.get(unit.id, 0)
        functions = escape(ngettext("función", "funciones", count))
        parts.append(
            f'<li><div class="node">{_link(unit, edition_url)}'
            f'<span class="count">{number(count)}'
            f'<span class="visually-hidden"> {functions}</span></span></div>'
        )
        if unit.children:
            is_open = " open" if unit.depth < open_depth else ""
            parts.append(
                f'<details{is_open}><summary><span class="visually-hidden">'
                f"{fold} {escape(unit.code)}</span></summary><ul>"
            )
        else:
            parts.append("</li>\n")
            following_depth = unit.next.depth if unit.next else 0
            parts.append("</ul></details></li>\n" * (unit.depth - following_depth))
    parts.append("</ul></div>")
    return SafeString("".join(parts))


def branch(
    outline: Outline, edition_url: str, unit: OutlineUnit | None = None
) -> SafeString:
    """The lists from the root to the unit and its children, all of them links.

    Each level shows a window of the units beside the one that leads on. Without a unit:
    the root and its children. Empty when there are no units.
    """
    if outline.root is None:
        return SafeString()
    path = [*unit.chain(), unit] if unit else [outline.root]
    parts = ['<div class="tree">']
    _append_level(parts, [outline.root], path, edition_url, unit)
    parts.append("</div>")
    return SafeString("".join(parts))


def _append_level(parts, units, path, edition_url, current):
    here = path[0] if path else None
    shown = _window(units, here.position - 1 if here else 0)
    parts.append("<ul>")
    for unit in shown:
        mark = ' aria-current="page"' if unit is current else ""
        parts.append(f'<li><div class="node">{_link(unit, edition_url, mark)}</div>')
        if unit is here and unit.children:
            _append_level(parts, unit.children, path[1:], edition_url, current)
        parts.append("</li>\n")
    if len(shown) < len(units):
        parent = units[0].parent
        everything = _("Ver las %(count)s unidades que dependen de %(code)s") % {
            "count": number(len(units)),
            "code": parent.code,
        }
        parts.append(
            f'<li class="more"><a href="{_href(edition_url, parent)}#dependen">'
            f"{escape(everything)}</a></li>"
        )
    parts.append("</ul>")


def _window(units: Sequence[OutlineUnit], place: int) -> Sequence[OutlineUnit]:
    """At most so many of them, the one at the place among them."""
    first = min(place - SIBLINGS_SHOWN // 2, len(units) - SIBLINGS_SHOWN)
    first = max(0, first)
    return units[first : first + SIBLINGS_SHOWN]


def children(
    unit: OutlineUnit, function_counts: Mapping[int, int], edition_url: str
) -> SafeString:
    """The units that hang from one, with how much each does and how many it leads."""
    if not unit.children:
        return SafeString()
    parts = ['<ul class="units">']
    for child in unit.children[:CHILDREN_SHOWN]:
        said = [function_count(function_counts.get(child.id, 0))]
        if child.descendants:
            said.append(
                ngettext(
                    "%(count)s unidad a su cargo",
                    "%(count)s unidades a su cargo",
                    child.descendants,
                )
                % {"count": number(child.descendants)}
            )
        parts.append(
            f"<li>{_link(child, edition_url)}"
            f"<small>{escape(' · '.join(said))}</small></li>\n"
        )
    parts.append("</ul>")
    if len(unit.children) > CHILDREN_SHOWN:
        everything = _("Ver las %(count)s unidades en la estructura completa") % {
            "count": number(len(unit.children))
        }
        parts.append(
            f'<p><a href="{edition_url}#estructura">{escape(everything)}</a></p>'
        )
    return SafeString("".join(parts))


def data(outline: Outline) -> bytes:
    """The whole tree as JSON: depth, code and name of each unit in reading order."""
    return json.dumps(
        {"units": [[unit.depth, unit.code, unit.name] for unit in outline]},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _link(unit, edition_url, mark=""):
    return (
        f'<a href="{_href(edition_url, unit)}"{mark}>'
        f'<span class="code">{escape(unit.code)}</span> {escape(unit.name)}</a>'
    )


def _href(edition_url, unit):
    return f"{edition_url}{quote(unit.code, safe='')}/"
