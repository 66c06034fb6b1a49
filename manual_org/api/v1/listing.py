"""The page of a list of units or functions that is asked for, by number or by cursor.

A cursor is a place in the edition, not in what the filters leave of it. The place of a
unit is remembered with the ends of the branches that it lies in, since a unit is
deleted with all below it; that of a function with its neighbours in its unit.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from django.utils.translation import gettext as _

from functions.querysets import Node
from manual_org.api import cursors
from manual_org.api.errors import InvalidQuery
from manual_org.api.pagination import CursorPage, Page, found, page_of, places_of
from manual_org.api.v1 import choosing, differences
from manual_org.api.v1.choosing import Entry
from manual_org.api.v1.content import Content, key_of
from units.outline import OutlineUnit


def units_page(
    content: Content, units: list[OutlineUnit], query: dict
) -> tuple[Page | CursorPage, list[OutlineUnit]]:
    """The page of these units, which stand in the order asked."""
    if "cursor" not in query:
        page = page_of(query, len(units))
        return page, units[page.slice]
    order = query["order"]
    everything = choosing.in_order(content, content.outline.units, order)
    keys = [str(unit.key) for unit in everything]
    name = f"units {content.edition.key} {order}"
    start = 0
    if query["cursor"]:
        (place,) = places_of(query["cursor"], name)
        seen = {unit.id for unit in everything[: found(place, keys)]}
        start = sum(unit.id in seen for unit in units)
    page = CursorPage(start, query["page_size"], len(units))
    shown = units[page.slice]
    if page.is_last:
        return page, shown
    index = {unit.id: index for index, unit in enumerate(everything)}
    ends = _ends(shown[-1], index) if order == "code" else ()
    place = cursors.place_at(index[shown[-1].id] + 1, keys, ends)
    return replace(page, cursor=cursors.write(name, [place])), shown


def functions_page(
    content: Content, query: dict, changes: differences.Changes | None
) -> tuple[Page | CursorPage, list[Entry]]:
    """The page of an edition's functions, of which only its units are read, if it can.

    Raises InvalidQuery for a cursor in another order than that of reading.
    """
    units = choosing.units_with_functions(content, query)
    if "cursor" in query and query["order"] != "code":
        text = _("Solo sigue el orden «code».")
        raise InvalidQuery.of("cursor", text, "only_by_code")
    if query["order"] != "code" or not choosing.OF_FUNCTIONS.isdisjoint(query):
        entries = choosing.entries_of(content, units, query, changes)
        if "cursor" not in query:
            page = page_of(query, len(entries))
            return page, entries[page.slice]
        seen = _seen(content, query["cursor"])
        start = sum(seen.holds(entry) for entry in entries)
        page = CursorPage(start, query["page_size"], len(entries))
        shown = entries[page.slice]
        return _ending(page, shown, content, content.functions.by_unit), shown
    counts = [content.counts.get(unit.id, 0) for unit in units]
    if "cursor" not in query:
        page = page_of(query, sum(counts))
        return page, _read(content, units, counts, page.slice)[0]
    start = _seen(content, query["cursor"]).count(units, counts)
    page = CursorPage(start, query["page_size"], sum(counts))
    shown, by_unit = _read(content, units, counts, page.slice)
    return _ending(page, shown, content, by_unit), shown


class _Seen:
    """What stands before a place: the functions of ``units``, and some of the last."""

    def __init__(self, units: list[OutlineUnit], last: list[str], unit=None):
        self.whole = {unit.id for unit in units}
        self.last = set(last)
        self.unit = unit

    def holds(self, entry: Entry) -> bool:
        return entry.unit.id in self.whole or (
            entry.unit is self.unit and key_of(entry.node) in self.last
        )

    def count(self, units: list[OutlineUnit], counts: list[int]) -> int:
        """How many of the functions of these units it holds; so many each has."""
        total = 0
        for unit, number in zip(units, counts, strict=True):
            if unit.id in self.whole:
                total += number
            elif unit is self.unit:
                total += len(self.last)
        return total


def _seen(content: Content, cursor: str) -> _Seen:
    if not cursor:
        return _Seen([], [])
    of_units, of_functions, of_unit = places_of(cursor, _functions(content))
    units = content.outline.units
    cut = found(of_units, [str(unit.key) for unit in units])
    if not cut or cursors.find(of_unit, [str(units[cut - 1].key)]) is None:
        return _Seen(units[:cut], [])  # the unit is gone, all of these were read
    unit = units[cut - 1]
    keys = [key_of(node) for node in content.functions_of([unit.id]).get(unit.id, [])]
    # Without a neighbour left the unit is read again: better twice than never.
    known = keys[: cursors.find(of_functions, keys) or 0]
    return _Seen(units[: cut - 1], known, unit)


def _ending(
    page: CursorPage, shown: list[Entry], content: Content, by_unit: dict
) -> CursorPage:
    """The page with the cursor of its end."""
    if page.is_last or not shown:
        return page
    unit, node = shown[-1]
    units = content.outline.units
    index = {unit.id: index for index, unit in enumerate(units)}
    keys = [key_of(one) for one in by_unit[unit.id]]
    places = [
        cursors.place_at(
            index[unit.id] + 1, [str(one.key) for one in units], _ends(unit, index)
        ),
        cursors.place_at(keys.index(key_of(node)) + 1, keys),
        cursors.place_at(1, [str(unit.key)]),
    ]
    return replace(page, cursor=cursors.write(_functions(content), places))


def _read(
    content: Content, units: list[OutlineUnit], counts: list[int], wanted: slice
) -> tuple[list[Entry], dict[int, list[Node]]]:
    """The functions of one page, in reading order of the units and their lists.

    And all of the units that the page touches, by unit: only these are read.
    """
    begin, end = wanted.start, wanted.stop
    ends = list(accumulate(counts))
    touched = []
    for index in range(bisect_right(ends, begin), len(units)):
        start = ends[index] - counts[index]
        if start >= end:
            break
        if counts[index]:
            touched.append((units[index], start))
    by_unit = content.functions_of([unit.id for unit, _start in touched])
    return [
        Entry(unit, node)
        for unit, start in touched
        for node in by_unit.get(unit.id, [])[max(0, begin - start) : end - start]
    ], by_unit


def _functions(content: Content) -> str:
    return f"functions {content.edition.key}"


def _ends(unit: OutlineUnit, index: dict[int, int]) -> list[int]:
    """Where the branches begin and end that a unit lies in, its own among them."""
    ends = []
    for one in (unit, *unit.chain()):
        ends += (index[one.id], index[one.id] + one.descendants + 1)
    return ends
