"""What one request reads of an edition: each thing once, kept where it is closed."""

from __future__ import annotations

from functools import cached_property

from functions.models import Function
from functions.querysets import Node, nest
from functions.search.stems import fold
from manual_org.api.v1 import queries, reading, representations
from manuals import cache
from manuals.models import Edition
from units.outline import Outline, OutlineUnit, outline_of
from units.querysets import Row

FUNCTIONS_PER_WEIGHT = 2000


class Functions:
    """All functions of an edition: ``by_unit`` in order, with their items."""

    def __init__(self, by_unit: dict[int, list[Node]]):
        self.by_unit = by_unit

    @property
    def cache_weight(self) -> int:
        return 1 + sum(map(len, self.by_unit.values())) // FUNCTIONS_PER_WEIGHT

    @cached_property
    def folded(self) -> dict[str, str]:
        """Key -> what a function and its items say, without case and accents."""
        return {
            node.key: fold("\n".join(texts_of(node)))
            for nodes in self.by_unit.values()
            for node in nodes
        }


def texts_of(node: Node) -> list[str]:
    """The texts of a function and of its items, in reading order."""
    texts = [node.text]
    for item in node.items:
        texts += texts_of(item)
    return texts


class Content:
    """An edition's units and functions, read when they are first asked for."""

    def __init__(self, edition: Edition):
        self.edition = edition

    @cached_property
    def outline(self) -> Outline:
        return outline_of(self.edition)

    @cached_property
    def rows(self) -> dict[int, Row]:
        """The stored rows of all units, by id."""
        return reading.all_unit_rows(self.edition)

    @cached_property
    def functions(self) -> Functions:
        return cache.for_edition(
            self.edition,
            "api.functions",
            lambda: Functions(nest(queries.functions_in(self.edition.pk))),
        )

    @cached_property
    def counts(self) -> dict[int, int]:
        """Unit id -> number of its functions, items not counted."""
        if "functions" in vars(self):
            return {pk: len(nodes) for pk, nodes in self.functions.by_unit.items()}
        return cache.for_edition(
            self.edition,
            "functions.counts",
            lambda: Function.objects.for_edition(self.edition).counts_by_unit(),
        )

    def rows_of(self, units: list[OutlineUnit]) -> list[Row]:
        """The rows of these units; without those just deleted from a draft."""
        if "rows" not in vars(self):
            return reading.unit_rows(self.edition, units)
        return [self.rows[unit.id] for unit in units if unit.id in self.rows]

    def functions_of(self, unit_ids: list[int]) -> dict[int, list[Node]]:
        """Unit id -> its functions; reads only these units, unless all are known."""
        if "functions" in vars(self) or len(unit_ids) > queries.MOST_UNITS:
            return self.functions.by_unit
        return nest(queries.functions_of(unit_ids))


def key_of(node: Node) -> str:
    return representations.key_text(node.key)
