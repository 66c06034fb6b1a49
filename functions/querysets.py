"""Named reads of functions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Count

from functions.labels import anchor, label, printed_label


class Row(NamedTuple):
    """One stored function or item, as plain values: the cheap way to read many."""

    id: int
    unit_id: int
    parent_id: int | None
    position: int
    key: UUID
    text: str


@dataclass(slots=True)
class Node:
    """A function or item in its place, with its items below it."""

    key: UUID
    unit_id: int
    level: int
    position: int
    text: str
    positions: tuple[int, ...]  # from the function down to this item
    items: list[Node] = field(default_factory=list)

    @property
    def label(self) -> str:
        return label(self.level, self.position)

    @property
    def printed_label(self) -> str:
        return printed_label(self.level, self.position)

    @property
    def anchor(self) -> str:
        return anchor(*self.positions)


class FunctionQuerySet(models.QuerySet):
    def for_edition(self, edition):
        return self.filter(edition=edition)

    def top_level(self):
        """Functions proper, without their items."""
        return self.filter(parent__isnull=True)

    def of_units_under(self, unit):
        """The functions of a unit and of everything below it."""
        return self.filter(unit__in=type(unit).objects.under(unit).values("pk"))

    def rows(self) -> list[Row]:
        """Plain rows, unordered; see :func:`nest`."""
        return [
            Row(*values)
            for values in self.order_by().values_list(
                "pk", "unit_id", "parent_id", "position", "key", "text"
            )
        ]

    def counts_by_unit(self) -> dict[int, int]:
        """Unit id -> number of its functions, items not counted."""
        return dict(
            self.top_level()
            .order_by()
            .values_list("unit_id")
            .annotate(number=Count("pk"))
        )


def nest(rows: list[Row]) -> dict[int, list[Node]]:
    """Unit id -> its functions in order, each with its items; unknown units absent."""
    families: dict[int, list[Row]] = defaultdict(list)
    functions: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.parent_id is None:
            functions[row.unit_id].append(row)
        else:
            families[row.parent_id].append(row)

    def build(siblings, level, above):
        siblings.sort(key=lambda row: row.position)
        return [
            Node(
                row.key,
                row.unit_id,
                level,
                row.position,
                row.text,
                (*above, row.position),
                build(families[row.id], level + 1, (*above, row.position))
                if row.id in families
                else [],
            )
            for row in siblings
        ]

    return {unit_id: build(found, 0, ()) for unit_id, found in functions.items()}
