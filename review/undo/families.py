"""Rows in order among siblings: which ones a save really moved, and the way back.

Of a family only those count as moved that changed places relative to the others; who
merely got another number follows from that.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from review.undo.order import joined, steady, surely_steady
from review.undo.tables import Row, Table

Family = Hashable  # as a record names it; families of today are named likewise


class Ordered(Table):
    """A table whose rows stand in families, by ``position``."""

    place_fields: tuple[str, ...] = ()  # attnames of what says the family

    def family(self, record) -> Family:
        """The family that a record, or a row of today, stands in."""
        raise NotImplementedError

    def family_now(self, family: Family) -> Family | None:
        """The same family of today; None if what it hung from is gone."""
        raise NotImplementedError

    def members(self, families: set[Family]):
        """Queryset of records of rows that have been in these families."""
        raise NotImplementedError

    def plan(self) -> None:
        self._plan_order()
        super().plan()

    def _plan_order(self) -> None:
        """Find what goes where; notes conflicts.

        ``orders`` is family of today -> ids as they shall stand, of those that change;
        ``moved`` are the ids of today that change their family or their order.
        """
        self.orders: dict[Family, list[int]] = {}
        self.moved: dict[int, Family] = {}
        self.families: dict[Family, list[int]] = {}
        for pk, row in sorted(self.live.items(), key=lambda one: one[1].position):
            self.families.setdefault(self.family(row), []).append(pk)
        involved = self._involved()
        if not involved:
            return
        self._before = self._families_before(involved)
        self._after = self._families_after()
        movers = self._movers()
        self._check(movers)
        self._settle(movers, involved)

    def _involved(self) -> set[Family]:
        found = set()
        for row in self.rows.values():
            old, new = row.before, row.after
            if old is not None and new is not None:
                there = self.family(old), self.family(new)
                if there[0] == there[1] and old.position == new.position:
                    continue
            found.update(self.family(one) for one in (old, new) if one is not None)
        return found

    def _families_before(self, involved: set[Family]) -> dict[Family, list[int]]:
        """The families right before the save, as ids of then."""
        ids = self.members(involved).filter(history_id__lt=self.first).values("id")
        names = ("id", "history_type", "position", *self.place_fields)
        states: dict[int, Any] = {}
        records = self.model.history.filter(id__in=ids, history_id__lt=self.first)
        for record in records.order_by("history_id").only("history_id", *names):
            states[record.id] = record
        found: dict[Family, list] = {}
        for record in states.values():
            if record.history_type != "-":
                found.setdefault(self.family(record), []).append(record)
        return {
            family: [one.id for one in sorted(ones, key=lambda one: one.position)]
            for family, ones in found.items()
        }

    def _families_after(self) -> dict[Family, list[int]]:
        places: dict[int, tuple[Family, int]] = {
            pk: (family, position)
            for family, ids in self._before.items()
            for position, pk in enumerate(ids, 1)
        }
        for pk, row in self.rows.items():
            if row.after is None:
                places.pop(pk, None)
            else:
                places[pk] = (self.family(row.after), row.after.position)
        found: dict[Family, list[int]] = {}
        for pk in sorted(places, key=lambda pk: places[pk][1]):
            found.setdefault(places[pk][0], []).append(pk)
        return found

    def _movers(self) -> dict[int, Row]:
        """The rows that the save created, deleted or put elsewhere, by id of then."""
        movers = {}
        for pk, row in self.rows.items():
            there = [self.family(one) for one in (row.before, row.after) if one]
            if len(there) == 1 or there[0] != there[1]:
                movers[pk] = row
        for family, before in self._before.items():
            after = self._after.get(family, [])
            stayed = [pk for pk in before if pk not in movers]
            kept = steady(stayed, after)
            for pk in stayed:
                if pk not in kept:
                    # One that it did not write has both its neighbours' moves around.
                    movers[pk] = self.rows.get(pk) or Row(pk, None, None, self.first)
        return movers

    def _check(self, movers: dict[int, Row]) -> None:
        """What the save put in a place must be there still."""
        for pk, row in movers.items():
            if row.after is None:
                continue
            now = self.now(pk)
            live = self.live.get(now)
            if live is None:
                if row.before is not None:
                    self.stands(row, (), "deleted")
                continue  # Table.leaving() tells of created ones
            family = self.family(row.after)
            here = self.family(live)
            if here != self.family_now(family):
                self.stands(row, self.place_fields, "moved")
                continue
            then = [self.now(one) for one in self._after[family]]
            if now not in surely_steady(then, self.families[here]):
                self.stands(row, ("position", *self.place_fields), "moved")

    def _settle(self, movers: dict[int, Row], involved: set[Family]) -> None:
        """Put each mover where it was, among those who are there now."""
        tokens = {self.now(pk) for pk in movers} - {None}
        found = {}
        for family in involved:
            now = self.family_now(family)
            wanted = [self.now(pk) for pk in self._before.get(family, [])]
            if now is None:
                self._tell_lost(
                    family, [pk for pk in movers if self._was_in(pk, family)]
                )
                continue
            found[now] = joined(
                self.families.get(now, []), [one for one in wanted if one], tokens
            )
        for family, order in found.items():
            if order != self.families.get(family, []):
                self.orders[family] = order
        for family, order in found.items():
            for pk in order:
                if pk in tokens:
                    self.moved[pk] = family

    def _was_in(self, pk: int, family: Family) -> bool:
        row = self.rows.get(pk)
        return (
            row is not None
            and row.before is not None
            and self.family(row.before) == family
        )

    def _tell_lost(self, family: Family, ids: list[int]) -> None:
        """Note that what these hung from is gone; if none did, nothing is lost."""
        if ids:
            self.tell_gone(family)

    def tell_gone(self, family: Family) -> None:
        """Note the conflict that what a family hung from was deleted."""
        raise NotImplementedError
