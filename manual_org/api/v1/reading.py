"""The things of an edition, found and represented; at most two queries each.

Reading and the comparison with If-Match use the same functions, so that the ETag of an
answer is the one that a change of it expects.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from functions.querysets import Node, nest
from manual_org.api.v1 import queries, representations
from manual_org.api.v1.representations import Links
from manuals import cache
from manuals.models import Edition
from units.models import Unit
from units.outline import OutlineUnit
from units.querysets import Row


def edition(edition: Edition, links: Links) -> dict:
    # Of an open edition: one submitted again is not the version that was sent back.
    steps = [] if edition.is_closed else queries.last_step(edition.pk)
    return representations.edition_detail(
        edition,
        status_since=steps[0][0] if steps else None,
        sources=queries.sources(edition.pk),
        chapters=chapter_rows(edition),
        links=links,
    )


def chapter_rows(edition: Edition) -> list[tuple]:
    """(number, title, kind) of the chapters."""
    return queries.chapters(edition.pk)


def chapter(edition: Edition, number: int, links: Links) -> dict:
    """One chapter with its blocks and charts; NotFound when there is none."""
    for row in queries.chapter(edition.pk, number):
        charts = queries.charts(edition.pk, number)
        return representations.chapter_detail(row, charts, edition, links)
    raise NotFound(_("La edición no tiene este capítulo."))


def unit_row(edition: Edition, lookup: dict) -> Row:
    """The unit with this code, key or id; NotFound when the edition has none."""
    ((name, value),) = lookup.items()
    if edition.is_closed:
        row = _kept_units(edition)[name].get(value)
    else:
        given = value.hex if name == "key" else value
        found = queries.units[name](edition.pk, given)
        row = Row(*found[0]) if found else None
    if row is None:
        raise NotFound(_("La edición no tiene esta unidad."))
    return row


def unit_rows(edition: Edition, units: list[OutlineUnit]) -> list[Row]:
    """The stored rows of these units; without those just deleted from a draft."""
    if edition.is_closed:
        found = _kept_units(edition)["pk"]
    else:
        chosen = Unit.objects.filter(pk__in=[unit.id for unit in units]).order_by()
        found = {row.id: row for row in chosen.rows()}
    return [found[unit.id] for unit in units if unit.id in found]


def all_unit_rows(edition: Edition) -> dict[int, Row]:
    """The stored rows of all units of an edition, by id."""
    if edition.is_closed:
        return _kept_units(edition)["pk"]
    return {row.id: row for row in Unit.objects.for_edition(edition).order_by().rows()}


def _kept_units(edition: Edition) -> dict[str, dict]:
    """The rows of a closed edition's units by id, code and key."""

    def read():
        rows = Unit.objects.for_edition(edition).order_by().rows()
        return {
            "pk": {row.id: row for row in rows},
            "code": {row.code: row for row in rows},
            "key": {row.key: row for row in rows},
        }

    return cache.for_edition(edition, "api.units", read)


def functions_of(unit_id: int) -> list[Node]:
    return nest(queries.functions_of([unit_id])).get(unit_id, [])


def unit(edition: Edition, lookup: dict, links: Links) -> dict:
    row = unit_row(edition, lookup)
    return representations.unit_detail(row, functions_of(row.id), edition, links)


def unit_functions(edition: Edition, lookup: dict, links: Links) -> dict:
    row = unit_row(edition, lookup)
    return representations.unit_functions(row, functions_of(row.id), edition, links)


def function(edition: Edition, key: UUID, links: Links) -> dict:
    """A function or item of any level; NotFound when the edition has none."""
    for unit_id, unit_key, unit_code in queries.function_places(edition.pk, key.hex):
        place = representations.place(unit_key, unit_code, links)
        for node, parent in walk(functions_of(unit_id)):
            if representations.key_text(node.key) == str(key):
                return function_detail(node, parent, place, links)
    raise NotFound(_("La edición no tiene esta función."))


def function_detail(
    node: Node, parent: Node | None, place: representations.Place, links: Links
) -> dict:
    return {
        "edition": links.stamp,
        **representations.function(node, place, parent.key if parent else None),
    }


def unit_children(edition: Edition, lookup: dict, links: Links) -> dict:
    """The units right below one, in order."""
    row = unit_row(edition, lookup)
    below = Unit.objects.filter(parent=row.id).order_by("position").rows()
    return children_of(row, below, links)


def children_of(row: Row, below: Iterable[Row], links: Links) -> dict:
    return {
        "edition": links.stamp,
        "unit_key": str(row.key),
        "unit_code": row.code,
        "children": [representations.unit_reference(one, links) for one in below],
        "url": f"{links.unit(row.code)}children/",
    }


def walk(nodes: list[Node], parent: Node | None = None):
    """Every node with the one it belongs to."""
    for node in nodes:
        yield node, parent
        yield from walk(node.items, node)
