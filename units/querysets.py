"""Named reads of the tree."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db import models
from mptt.managers import TreeManager
from mptt.querysets import TreeQuerySet


class Row(NamedTuple):
    """One stored unit as plain values: the cheap way to read many."""

    id: int
    key: UUID
    code: str
    printed_code: str
    printed_page: int | None
    name: str
    kind: str
    positions: list[str]
    parent_code: str | None
    objective: str


class UnitKindQuerySet(models.QuerySet):
    def names(self) -> list[tuple[str, str]]:
        """(singular, plural) of every level, for reading names of units."""
        return list(self.values_list("name", "plural"))


class UnitQuerySet(TreeQuerySet):
    def for_edition(self, edition):
        return self.filter(edition=edition)

    def in_reading_order(self):
        return self.order_by("edition", "lft")

    def under(self, unit):
        """The unit and everything below it."""
        return self.filter(tree_id=unit.tree_id, lft__gte=unit.lft, rght__lte=unit.rght)

    def above(self, unit):
        """The chain of command from the root to the unit's parent."""
        return self.filter(
            tree_id=unit.tree_id, lft__lt=unit.lft, rght__gt=unit.rght
        ).order_by("lft")

    def of_kind(self, name: str):
        return self.filter(kind__name=name)

    def row_values(self):
        """The values of :class:`Row`, as a queryset still."""
        return self.values_list(
            "pk",
            "key",
            "code",
            "printed_code",
            "printed_page",
            "name",
            "kind__name",
            "positions",
            "parent__code",
            "objective",
        )

    def rows(self) -> list[Row]:
        """Plain rows in the order of the queryset."""
        return [Row(*values) for values in self.row_values()]

    def with_kind(self):
        return self.select_related("kind")

    def with_edition(self):
        return self.select_related("edition__manual")


class UnitManager(TreeManager.from_queryset(UnitQuerySet)):
    pass
