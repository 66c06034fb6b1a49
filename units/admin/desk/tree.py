"""The structure of an edition as nested lists, one escaped string.

Without a script the lists fold and each unit links to its actions; structure.js makes
a tree of them. Joined here, not by templates: a page may have thousands of units.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from units.outline import Outline, OutlineUnit

OPEN_UNITS = 300  # with more of them, only two levels are open at first
OPEN_DEPTH = 2


@dataclass(frozen=True)
class Rights:
    """What the person may do with each unit of an edition, by ids."""

    editable: Set[int] = frozenset()

    def of(self, unit: OutlineUnit) -> str:
        """``e``: change it and add below; ``p``: change its place, add beside it."""
        edit = "e" if unit.id in self.editable else ""
        place = "p" if unit.parent and unit.parent.id in self.editable else ""
        return edit + place


def nested_lists(
    outline: Outline,
    rights: Rights,
    counts: Mapping[int, int],
    change_url: str,
    shown_id: int | None = None,
    actions: str = "",
) -> SafeString:
    """The whole tree; ``change_url`` is a unit's address with ``0`` for its id.

    The unit ``shown_id`` has the ``actions``, which are escaped already, below it.
    """
    before, after = change_url.split("0", 1)
    words = {
        "actions": escape(_("Acciones de")),
        "fold": escape(_("Unidades que dependen de")),
    }
    is_all_open = len(outline) <= OPEN_UNITS
    path = outline.by_id[shown_id].chain() if shown_id in outline.by_id else ()
    opened = {unit.id for unit in path}
    parts = ['<ul class="desk-tree" id="desk-tree">']
    for unit in outline:
        count = counts.get(unit.id, 0)
        may = rights.of(unit)
        code = escape(unit.code)
        functions = ngettext("función", "funciones", count)
        parts.append(
            f'<li id="u{unit.id}" data-unit="{unit.id}" data-may="{may}">'
            f'<div class="line"><a class="name" href="{before}{unit.id}{after}">'
            f'<span class="code">{code}</span> {escape(unit.name)}</a>'
            f' <span class="kind">{escape(unit.kind)}</span>'
            f' <span class="count" title="{count:,} {functions}">{count:,}'
            f'<span class="visually-hidden"> {functions}</span></span>'
        )
        if may:
            parts.append(
                f'<a class="more" href="?unidad={unit.id}#u{unit.id}">'
                f'<span class="visually-hidden">{words["actions"]} {code}</span></a>'
            )
        parts.append("</div>")
        if unit.id == shown_id:
            parts.append(actions)
        if unit.children:
            is_open = is_all_open or unit.depth < OPEN_DEPTH or unit.id in opened
            parts.append(
                f"<details{' open' if is_open else ''}><summary>"
                f'<span class="visually-hidden">{words["fold"]} {code}</span>'
                "</summary><ul>"
            )
        else:
            following_depth = unit.next.depth if unit.next else 0
            parts.append("</li>\n")
            parts.append("</ul></details></li>\n" * (unit.depth - following_depth))
    parts.append("</ul>")
    return SafeString("".join(parts))
