"""Undoing what a save did to the tree of units."""

from __future__ import annotations

from django.db.models import Q

from manuals.models import Source
from review.undo.families import Ordered
from units.models import Unit, UnitKind
from units.rearranging import Arrangement

ROOT = 0  # the family of the root, which hangs from nothing


class Units(Ordered):
    model = Unit
    fields = (
        *("name", "kind_id", "objective", "positions"),
        *("printed_page", "printed_code", "key"),
    )
    silent = ("source_id", "source_line")
    place_fields = ("parent_id",)

    def family(self, record):
        return record.parent_id or ROOT

    def family_now(self, family):
        return ROOT if family == ROOT else self.now(family)

    def members(self, families):
        within = Q(parent_id__in=families - {ROOT})
        if ROOT in families:
            within |= Q(parent_id=None)
        return Unit.history.filter(within, edition=self.edition)

    def name(self, row):
        return f"{row.code} {row.name}"

    def tell_gone(self, family):
        self.follow([family])
        record = Unit.history.filter(id=self.ids_of(family)[-1]).latest("history_id")
        self.conflict_at(record, "deleted")

    def created_now(self) -> set[int]:
        """The ids of today of the units that the save created."""
        return {self.now(pk) for pk in self.rows if self.was_created(pk)} - {None}

    def plan(self):
        super().plan()
        self.keys = {
            pk: values.pop("key")
            for pk, values in self.values.items()
            if "key" in values
        }
        self.values = {pk: values for pk, values in self.values.items() if values}
        gone = set(self.removed)
        for pk in self.removed:
            for child in self.orders.get(pk, self.families.get(pk, [])):
                if child not in gone:
                    self.stands_live(child, ("parent_id",), "put")
        self.parents = {pk: family or None for pk, family in self.moved.items()}
        self._demand_a_tree()

    def _demand_a_tree(self) -> None:
        """No unit may come to hang from itself: somebody moved its parent since."""
        parents = {pk: unit.parent_id for pk, unit in self.live.items()} | self.parents
        for pk in self.parents:
            above, path = parents[pk], []
            while above is not None and above != pk and above not in path:
                path.append(above)
                above = parents.get(above)
            if above is not None:
                for one in path:
                    if one > 0 and one not in self.parents:
                        self.stands_live(one, ("parent_id",), "moved")

    def in_anothers_way(self) -> list[int]:
        """Units that get another key, and whose own another one takes again."""
        wanted = {record.key for record in self.new.values()} | {*self.keys.values()}
        return [pk for pk in self.keys if self.live[pk].key in wanted]

    def touches_structure(self) -> bool:
        return bool(self.orders or self.removed or self.new)

    def is_nothing(self) -> bool:
        return not (
            self.touches_structure()
            or self.values
            or self.keys
            or self.gives_codes_alone()
        )

    # What is written

    def arrangement(self) -> Arrangement:
        removed = set(self.removed)
        orders = {
            family: order
            for family, order in self.orders.items()
            if family not in removed
        }
        arrangement = Arrangement(
            new={pk: self._unit(record) for pk, record in self.new.items()},
            removed=self.removed,
            parents=self.parents,
            orders=orders,
            fields=self.values,
        )
        arrangement.codes = self._codes(arrangement)
        if arrangement.codes is None:
            arrangement.root_code = self._root_code()
        return arrangement

    def _unit(self, record) -> Unit:
        names = (*self.fields, *self.silent, "code")
        unit = Unit(**{name: getattr(record, name) for name in names})
        if unit.source_id and not Source.objects.filter(pk=unit.source_id).exists():
            unit.source_id = None
        return unit

    def missing_kinds(self) -> bool:
        """Whether a level that returns is no more in the catalogue."""
        ids = {record.kind_id for record in self.new.values()}
        ids |= {one["kind_id"] for one in self.values.values() if "kind_id" in one}
        return UnitKind.objects.filter(pk__in=ids).count() < len(ids)

    def _recorded(self) -> dict[int, str]:
        """id of today -> the code before the save, of what has the one it gave."""
        found = {}
        for row in self.rows.values():
            now = self.now(row.id)
            live = self.live.get(now)
            if row.after is None:
                found[-row.id] = row.before.code
            elif (
                row.before is not None
                and live is not None
                and live.code == row.after.code
            ):
                found[now] = row.before.code
        return found

    def _codes(self, arrangement: Arrangement) -> dict[int, str] | None:
        """Every code as it was, where nothing came between; else None.

        Sources may have printed codes that the rule would not give.
        """
        recorded = self._recorded()
        removed = set(self.removed)
        touched = {pk for pk, live in self.live.items() if pk not in removed}
        wanted = {pk: recorded.get(pk, self.live[pk].code) for pk in touched}
        wanted |= {pk: recorded[pk] for pk in self.new}
        if len(set(wanted.values())) < len(wanted):
            return None
        if not self._orders_are_those_before(arrangement):
            return None
        for row in self.rows.values():  # given another code since
            if row.after is None or row.before is None:
                continue
            now, other = self.now(row.id), row.before.code != row.after.code
            if other and now in touched and now not in recorded:
                return None
        parents = {pk: self.live[pk].parent_id for pk in touched} | self.parents
        for pk, parent in parents.items():
            follows = parent in recorded and (
                parent not in self.live or recorded[parent] != self.live[parent].code
            )
            if follows and pk not in recorded:
                return None  # it came below since, and follows its parent
        return {
            pk: code
            for pk, code in recorded.items()
            if pk not in removed and (pk < 0 or code != self.live[pk].code)
        }

    def _orders_are_those_before(self, arrangement: Arrangement) -> bool:
        before = getattr(self, "_before", {})
        then = {
            self.family_now(family): [self.now(pk) for pk in ids]
            for family, ids in before.items()
        }
        return all(
            list(order) == then.get(family, [])
            for family, order in arrangement.orders.items()
        )

    def _root_code(self) -> str | None:
        """The root's former code, where the save gave it another."""
        for row in self.rows.values():
            if row.before is None or row.after is None or row.after.parent_id:
                continue
            live = self.live.get(self.now(row.id))
            if row.before.code != row.after.code and live is not None:
                return row.before.code if live.code == row.after.code else None
        return None

    def gives_codes_alone(self) -> bool:
        """Whether the save gave codes anew without moving anything."""
        return not self.touches_structure() and any(
            row.before is not None
            and row.after is not None
            and row.before.code != row.after.code
            and self.now(row.id) in self.live
            and self.live[self.now(row.id)].code != row.before.code
            for row in self.rows.values()
        )

    def touched(self) -> set[int]:
        """The units whose own data or whose families change, as today."""
        removed = set(self.removed)
        found = {*self.values, *self.keys}
        for pk in (*self.removed, *self.moved):
            if pk in self.live:
                found.add(self.live[pk].parent_id or pk)
        for pk, parent in self.parents.items():
            found.add(parent if parent is not None else pk)
        return found - removed

    def check_codes(self) -> None:
        """Where nothing but codes changed, who gave them anew since is in the way."""
        if not self.gives_codes_alone() or self._root_code() is not None:
            return
        if self._codes(Arrangement()) is not None:
            return
        for row in self.rows.values():
            live = self.live.get(self.now(row.id))
            if row.after is None or live is None or live.code == row.after.code:
                continue
            self.stands(row, ("code", "parent_id"), "moved")
