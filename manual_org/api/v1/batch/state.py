"""What a draft says before the first operation of a batch, or after the last.

A few queries, however many operations there are.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from functions.models import Function
from functions.querysets import Node, nest
from manual_org.api.v1 import queries, reading, representations
from manual_org.api.v1.representations import Links, key_text
from manuals.models import Edition
from units.models import Unit
from units.querysets import Row

_BATCH = 500


class Thing(NamedTuple):
    """What an operation is about, or what it made.

    ``aspect`` is what of it the operation's ETag is of: the ``unit`` itself, its
    ``functions`` or its ``children``; or a ``function``. ``pk`` is the row's.
    """

    aspect: str
    key: UUID
    pk: int


class State:
    """The units of a draft, and the functions of those that are asked about."""

    def __init__(self, edition: Edition, links: Links, function_keys: Collection[UUID]):
        self.edition, self._links = edition, links
        rows = Unit.objects.for_edition(edition).order_by("position").rows()
        self._units = {row.id: row for row in rows}
        self.ids_by_key = {row.key: row.id for row in rows}
        self.ids_by_code = {row.code: row.id for row in rows}
        self._children: dict[str | None, list[Row]] = {}
        for row in rows:
            self._children.setdefault(row.parent_code, []).append(row)
        self.functions = self._places(function_keys)

    def _places(self, keys: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
        """Key -> ids of the function and of its unit, of those that are there."""
        found, wanted = {}, sorted(keys)
        for start in range(0, len(wanted), _BATCH):
            rows = Function.objects.for_edition(self.edition).filter(
                key__in=wanted[start : start + _BATCH]
            )
            for key, pk, unit in rows.order_by().values_list("key", "pk", "unit_id"):
                found[key] = pk, unit
        return found

    def read_functions(self, things: Collection[Thing]) -> None:
        """Read what :meth:`representation` needs of these."""
        units = {thing.pk for thing in things if thing.aspect in ("unit", "functions")}
        units |= {
            self.functions[thing.key][1]
            for thing in things
            if thing.aspect == "function" and thing.key in self.functions
        }
        if len(units) > queries.MOST_UNITS:
            rows = queries.functions_in(self.edition.pk)
        else:
            rows = queries.functions_of(sorted(units))
        self._nodes = nest(rows)

    def key_of(self, unit_id: int) -> UUID:
        return self._units[unit_id].key

    def code_of(self, thing: Thing) -> str | None:
        """That of the unit, or of the function's unit; None if it is not there."""
        pk = thing.pk
        if thing.aspect == "function":
            pk = self.functions.get(thing.key, (None, None))[1]
        row = self._units.get(pk)
        return row.code if row else None

    def representation(self, thing: Thing) -> dict | None:
        """As the single address answers; None if it is not there."""
        if thing.aspect == "function":
            return self._function(thing)
        row = self._units.get(thing.pk)
        if row is None:
            return None
        if thing.aspect == "children":
            return reading.children_of(
                row, self._children.get(row.code, ()), self._links
            )
        nodes = self._nodes.get(thing.pk, ())
        shown = {
            "unit": representations.unit_detail,
            "functions": representations.unit_functions,
        }[thing.aspect]
        return shown(row, nodes, self.edition, self._links)

    def _function(self, thing: Thing) -> dict | None:
        found = self._nodes_by_key.get(str(thing.key))
        if found is None:
            return None
        node, parent = found
        row = self._units[node.unit_id]
        place = representations.place(row.key, row.code, self._links)
        return reading.function_detail(node, parent, place, self._links)

    @cached_property
    def _nodes_by_key(self) -> dict[str, tuple[Node, Node | None]]:
        return {
            key_text(node.key): (node, parent)
            for nodes in self._nodes.values()
            for node, parent in reading.walk(nodes)
        }
