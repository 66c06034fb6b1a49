"""The things of an edition, found and represented; at most two queries each.

Reading and the comparison with If-Match use the same functions, so that the ETag of an
answer is the one that a change of it expects.
"""

from __future__ import annotations

from itertools import accumulate
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from functions.models import Function
from functions.querysets import Node, nest
from manual_org.api.pagination import Page
from manual_org.api.v1 import representations
from manual_org.api.v1.representations import Links
from manuals import cache
from manuals.models import Edition
from units.models import Unit
from units.outline import OutlineUnit
from units.querysets import Row


def unit_row(edition: Edition, lookup: dict) -> Row:
    """The unit with this code, key or id; NotFound when the edition has none."""
    rows = Unit.objects.for_edition(edition).filter(**lookup).order_by().rows()
    if not rows:
        raise NotFound(_("La edición no tiene esta unidad."))
    return rows[0]


def functions_of(edition: Edition, unit_id: int) -> list[Node]:
    rows = Function.objects.for_edition(edition).filter(unit=unit_id).rows()
    return nest(rows).get(unit_id, [])


def unit(edition: Edition, lookup: dict, links: Links) -> dict:
    row = unit_row(edition, lookup)
    return representations.unit_detail(
        row, functions_of(edition, row.id), edition, links
    )


def unit_functions(edition: Edition, lookup: dict, links: Links) -> dict:
    row = unit_row(edition, lookup)
    return representations.unit_functions(
        row, functions_of(edition, row.id), edition, links
    )


def function(edition: Edition, key: UUID, links: Links) -> dict:
    """A function or item of any level; NotFound when the edition has none."""
    place = (
        Function.objects.for_edition(edition)
        .filter(key=key)
        .values_list("unit_id", "unit__key", "unit__code")
        .first()
    )
    if place is None:
        raise NotFound(_("La edición no tiene esta función."))
    unit_id, unit_key, unit_code = place
    for node, parent in _walk(functions_of(edition, unit_id)):
        if node.key == key:
            return {
                "edition": representations.stamp(edition),
                **representations.function(
                    node, unit_key, unit_code, links, parent.key if parent else None
                ),
            }
    raise NotFound(_("La edición no tiene esta función."))  # deleted in between


def count_functions(edition: Edition, units: list[OutlineUnit]) -> list[int]:
    """How many functions each unit has, items not counted."""
    counts = cache.for_edition(
        edition,
        "functions.counts",
        lambda: Function.objects.for_edition(edition).counts_by_unit(),
    )
    return [counts.get(unit.id, 0) for unit in units]


def functions_page(
    edition: Edition,
    units: list[OutlineUnit],
    counts: list[int],
    page: Page,
    links: Links,
) -> list[dict]:
    """The functions of one page, in reading order of the units and their lists.

    Only the units that the page touches are read.
    """
    touched = [
        (unit, end - count)
        for unit, count, end in zip(units, counts, accumulate(counts), strict=True)
        if count and end > page.slice.start and end - count < page.slice.stop
    ]
    nested = nest(
        Function.objects.for_edition(edition)
        .filter(unit__in=[unit.id for unit, _start in touched])
        .rows()
    )
    return [
        representations.function(node, unit.key, unit.code, links)
        for unit, start in touched
        for number, node in enumerate(nested.get(unit.id, ()), start)
        if page.slice.start <= number < page.slice.stop
    ]


def _walk(nodes: list[Node], parent: Node | None = None):
    """Every node with the one it belongs to."""
    for node in nodes:
        yield node, parent
        yield from _walk(node.items, node)
