"""Undoing what a save did to the functions of units."""

from __future__ import annotations

from django.db.models import Q
from django.utils.text import Truncator

from functions.models import MAX_DEPTH, Function
from functions.rewriting import Rewriting
from manuals.models import Source
from review.undo.families import Ordered
from review.undo.units import Units

UNIT, PARENT = "unit", "parent"


class Functions(Ordered):
    """Families are ("unit", id) and, of items, ("parent", id)."""

    model = Function
    fields = ("text", "key")
    silent = ("source_id", "source_line")
    place_fields = ("unit_id", "parent_id")

    def __init__(self, edition, records, units: Units):
        self.units = units
        super().__init__(edition, records)

    def family(self, record):
        if record.parent_id:
            return (PARENT, record.parent_id)
        return (UNIT, record.unit_id)

    def family_now(self, family):
        kind, pk = family
        now = self.units.now(pk) if kind == UNIT else self.now(pk)
        return None if now is None else (kind, now)

    def members(self, families):
        tops = [pk for kind, pk in families if kind == UNIT]
        parents = [pk for kind, pk in families if kind == PARENT]
        return Function.history.filter(
            Q(unit_id__in=tops, parent_id=None) | Q(parent_id__in=parents),
            edition=self.edition,
        )

    def live_rows(self):
        """Of every unit that the save touched in more than words, all functions."""
        placed = [
            record
            for row in self.rows.values()
            for record in (row.before, row.after)
            if record is not None and not self._only_reworded(row)
        ]
        units = {self.units.now(record.unit_id) for record in placed}
        units |= self.units.created_now()
        parents = {record.parent_id for record in placed} - {None}
        self.follow(parents)
        own = {self.now(pk) for pk in (*parents, *self.rows)} - {None}
        elsewhere = self.all_live().filter(pk__in=own).values_list("unit_id", flat=True)
        if placed:
            units.update(elsewhere)
        return self.all_live().filter(Q(unit_id__in=units - {None}) | Q(pk__in=own))

    def find_live(self):
        if self.rows or self.units.created_now():
            self.live = self.live_rows().in_bulk()

    def _only_reworded(self, row) -> bool:
        return (
            row.before is not None
            and row.after is not None
            and self.family(row.before) == self.family(row.after)
            and row.before.position == row.after.position
            and row.before.unit_id == row.after.unit_id
        )

    def name(self, row):
        return Truncator(row.text).chars(60)

    def tell_gone(self, family):
        kind, pk = family
        if kind == UNIT:
            self.units.tell_gone(pk)
            self.conflicts += self.units.conflicts[-1:]
            return
        last = Function.history.filter(id=self.ids_of(pk)[-1]).latest("history_id")
        self.conflict_at(last, "deleted")

    def plan(self):
        super().plan()
        gone = set(self.removed)
        for pk in self.removed:
            family = (PARENT, pk)
            for item in self.orders.get(family, self.families.get(family, [])):
                if item not in gone:
                    self.stands_live(item, ("parent_id",), "put")
        for unit in self.units.removed:
            family = (UNIT, unit)
            for one in self.orders.get(family, self.families.get(family, [])):
                if one not in gone:
                    self.stands_live(one, ("unit_id",), "put")
        self._place()

    def _place(self) -> None:
        """``places``: id -> (unit, parent, position) of what gets another one."""
        gone = set(self.removed)
        family_of = {pk: self.family(live) for pk, live in self.live.items()}
        position_of = {pk: live.position for pk, live in self.live.items()}
        for family, order in self.orders.items():
            for position, pk in enumerate(order, 1):
                family_of[pk], position_of[pk] = family, position
        self.places: dict[int, tuple[int, int | None, int]] = {}
        for pk in family_of:
            if pk in gone:
                continue
            unit, path = self._unit_of(pk, family_of)
            if unit is None:
                continue  # below something that is gone: noted already
            if len(path) > MAX_DEPTH:
                for one in path:
                    if one in self.live:
                        self.stands_live(one, ("parent_id",), "moved")
            kind, above = family_of[pk]
            parent = above if kind == PARENT else None
            live = self.live.get(pk)
            place = (unit, parent, position_of[pk])
            if live is None or place != (live.unit_id, live.parent_id, live.position):
                self.places[pk] = place

    @staticmethod
    def _unit_of(pk: int, family_of) -> tuple[int | None, list[int]]:
        """The unit that a function will stand in, and the way up to it."""
        path: list[int] = []
        while pk not in path:
            path.append(pk)
            kind, above = family_of.get(pk, (UNIT, None))
            if kind == UNIT:
                return above, path
            pk = above
        return None, path  # below itself

    def is_nothing(self) -> bool:
        return not (self.places or self.removed or self.new or self.values)

    def rewriting(self) -> Rewriting:
        return Rewriting(
            new={pk: self._function(record) for pk, record in self.new.items()},
            removed=self.removed,
            places=self.places,
            fields=self.values,
        )

    def _function(self, record) -> Function:
        names = (*self.fields, *self.silent)
        function = Function(**{name: getattr(record, name) for name in names})
        sources = self._sources()
        if function.source_id not in sources:
            function.source_id = None
        return function

    def _sources(self) -> set[int]:
        if not hasattr(self, "_known_sources"):
            ids = {record.source_id for record in self.new.values()} - {None}
            found = Source.objects.filter(pk__in=ids).values_list("pk", flat=True)
            self._known_sources = set(found)
        return self._known_sources

    def units_touched(self) -> set[int]:
        """The units, as today and as wanted, whose lists or words change."""
        found = set()
        for pk in (*self.removed, *self.values, *self.places):
            if pk in self.live:
                found.add(self.live[pk].unit_id)
        found.update(unit for unit, _parent, _position in self.places.values())
        return found
