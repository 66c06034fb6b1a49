"""What one save did to the rows of a model, and what became of these rows since.

A row that was deleted and came back is another one in the database, with the same key;
one that a person matched anew has another key. Both are followed: :meth:`Table.now`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery

from manuals.models import Edition
from review.history.scope import previous
from review.undo.standing import did


@dataclass(frozen=True)
class Row:
    """A row as it was before the save and after it; None where there was none.

    ``last`` is the id of the save's last record of it.
    """

    id: int
    before: Any
    after: Any
    last: int


@dataclass(frozen=True)
class Conflict:
    """Something that stands in the way: what a later change did to a row.

    ``ids`` are those that the row has had since the record ``last``; ``fields`` are
    those whose change after it is in the way, none where it is a coming or going.
    ``did`` says it in words, such as ``cambió «8.2 Coordinación»``.
    """

    table: Table
    ids: tuple[int, ...]
    last: int
    fields: tuple[str, ...]
    did: str


class Table:
    """The rows of ``model`` that a save wrote; ``records`` are those of the save."""

    model: Any = None
    fields: tuple[str, ...] = ()  # attnames that are brought back as they were
    silent: tuple[str, ...] = ()  # likewise, but never in the way
    identity = "key"  # attname that a row has again when it comes back
    unique = True  # in the edition

    def __init__(self, edition: Edition, records: QuerySet):
        self.edition = edition
        self.rows: dict[int, Row] = {}
        self.conflicts: list[Conflict] = []
        self._read(records)
        self._chains: dict[int, tuple[int, ...]] = {}
        self._now: dict[int, int | None] = {}
        self.follow(self.rows)
        self.live: dict[int, Any] = {}
        self.find_live()

    def _read(self, records: QuerySet) -> None:
        before_id = Subquery(previous(self.model).values("history_id")[:1])
        groups: dict[int, list] = {}
        for record in records.annotate(before_id=before_id).order_by("history_id"):
            groups.setdefault(record.id, []).append(record)
        firsts = [group[0] for group in groups.values()]
        ids = [one.before_id for one in firsts if one.history_type != "+"]
        found = self.model.history.filter(history_id__in=ids)
        before = {record.history_id: record for record in found}
        self.first = min((one.history_id for one in firsts), default=0)
        for pk, group in groups.items():
            first, last = group[0], group[-1]
            old = None if first.history_type == "+" else before.get(first.before_id)
            new = None if last.history_type == "-" else last
            if old is not None or new is not None:
                self.rows[pk] = Row(pk, old, new, last.history_id)

    # Rows today

    def records(self) -> QuerySet:
        """The history of the model in this edition."""
        return self.model.history.filter(edition=self.edition)

    def all_live(self) -> QuerySet:
        return self.model.objects.filter(edition=self.edition)

    def live_rows(self) -> QuerySet:
        """The rows of today that the undo may have to do with."""
        return self.all_live()

    def find_live(self) -> None:
        self.live = self.live_rows().in_bulk() if self.rows else {}

    def follow(self, ids: Iterable[int]) -> None:
        """Find out which row of today each of these is."""
        waiting = {pk: (pk,) for pk in set(ids) - self._now.keys()}
        while waiting:
            live = set(self._among(pk=[chain[-1] for chain in waiting.values()]))
            for pk, chain in list(waiting.items()):
                if chain[-1] in live:
                    self._now[pk] = chain[-1]
                    self._chains[pk] = chain
                    del waiting[pk]
            heirs = self._heirs({chain[-1] for chain in waiting.values()})
            for pk, chain in list(waiting.items()):
                if chain[-1] in heirs:
                    waiting[pk] = (*chain, heirs[chain[-1]])
                else:
                    self._now[pk] = None
                    self._chains[pk] = chain
                    del waiting[pk]

    def _among(self, pk) -> QuerySet:
        rows = self.model.objects.filter(pk__in=pk).order_by()
        return rows.values_list("pk", flat=True)

    def _heirs(self, ids: set[int]) -> dict[int, int]:
        """For rows that are gone the one that came back with the same key, if any."""
        if not ids:
            return {}
        ends: dict[int, tuple[int, list]] = {}
        records = self.model.history.filter(id__in=ids).order_by("history_id")
        for pk, at, key in records.values_list("id", "history_id", self.identity):
            _end, keys = ends.get(pk, (0, []))
            ends[pk] = (at, [key, *keys])  # the last first: it may have got others
        wanted = {
            f"{self.identity}__in": {key for _at, ks in ends.values() for key in ks}
        }
        births: dict[Any, list[tuple[int, int]]] = {}
        for key, at, pk in (
            self.records()
            .filter(**wanted, history_type="+")
            .order_by("history_id")
            .values_list(self.identity, "history_id", "id")
        ):
            births.setdefault(key, []).append((at, pk))
        heirs = {}
        for pk, (end, keys) in ends.items():
            later = (one for key in keys for at, one in births.get(key, ()) if at > end)
            if (heir := next(later, None)) is not None:
                heirs[pk] = heir
        return heirs

    def now(self, pk: int | None) -> int | None:
        """The row of today; ``-pk`` for one that the undo brings back; None if gone."""
        if pk is None:
            return None
        if pk not in self._now:
            self.follow([pk])
        found = self._now[pk]
        return -pk if found is None and self.was_deleted(pk) else found

    def ids_of(self, pk: int) -> tuple[int, ...]:
        """What the row has been called since, itself included."""
        if pk not in self._chains:
            self.follow([pk])
        return self._chains[pk]

    def was_created(self, pk: int) -> bool:
        row = self.rows.get(pk)
        return row is not None and row.before is None

    def was_deleted(self, pk: int) -> bool:
        row = self.rows.get(pk)
        return row is not None and row.after is None

    # What differs

    def plan(self) -> None:
        """Find what is to be changed back, to go and to come back; notes conflicts."""
        self.values = self.returning()
        self.removed = self.leaving()
        self.new = self.coming_back()
        self.check_identities(self.values, self.removed, self.new)

    def is_nothing(self) -> bool:
        return not (self.values or self.removed or self.new)

    def changed(self, row: Row) -> list[str]:
        """The fields that the save changed in a row that was there before and after."""
        if row.before is None or row.after is None:
            return []
        return [
            name
            for name in (*self.fields, *self.silent)
            if getattr(row.before, name) != getattr(row.after, name)
        ]

    def returning(self) -> dict[int, dict[str, Any]]:
        """id of today -> the values that its fields take again; notes conflicts."""
        found: dict[int, dict[str, Any]] = {}
        for row in self.rows.values():
            names = self.changed(row)
            live = self.live.get(self.now(row.id))
            if not names:
                continue
            if live is None:
                self.stands(row, (), "deleted")
                continue
            values = {
                name: getattr(row.before, name)
                for name in names
                if getattr(live, name) != getattr(row.before, name)
            }
            later = [
                name
                for name in values
                if getattr(live, name) != getattr(row.after, name)
            ]
            if told := [name for name in later if name not in self.silent]:
                self.stands(row, tuple(told), "changed")
            values = {name: values[name] for name in values if name not in later}
            if values:
                found[live.pk] = values
        return found

    def leaving(self) -> list[int]:
        """The ids of today of what the save created; notes conflicts."""
        found = []
        for row in self.rows.values():
            if row.before is not None:
                continue
            live = self.live.get(self.now(row.id))
            if live is None:
                self.stands(row, (), "deleted")
                continue
            later = tuple(
                name
                for name in self.fields
                if getattr(live, name) != getattr(row.after, name)
            )
            if later:
                self.stands(row, later, "changed")
            found.append(live.pk)
        return found

    def coming_back(self) -> dict[int, Any]:
        """``-id`` -> what it was, of what the save deleted; notes conflicts."""
        found = {}
        for row in self.rows.values():
            if row.after is not None:
                continue
            if (pk := self.now(row.id)) is not None and pk > 0:
                self.stands(row, (), "returned")
            else:
                found[-row.id] = row.before
        return found

    def check_identities(self, values, removed, new) -> None:
        """Note conflicts where something else has what comes back, such as a key."""
        if not self.unique:
            return
        wanted = {getattr(record, self.identity): pk for pk, record in new.items()}
        for pk, fields in values.items():
            if self.identity in fields:
                wanted[fields[self.identity]] = pk
        if not wanted:
            return
        holders = self.all_live().filter(**{f"{self.identity}__in": list(wanted)})
        for holder in holders.order_by():
            leaves = holder.pk in removed or self.identity in values.get(holder.pk, {})
            if not leaves:
                self.live.setdefault(holder.pk, holder)
                self.stands_live(holder.pk, (self.identity,), "changed")

    # What stands in the way

    def stands(self, row: Row, fields: tuple[str, ...], verb: str) -> None:
        live = self.live.get(self.now(row.id))
        name = self.name(live or row.after or row.before)
        ids = self.ids_of(row.id)
        self.conflicts.append(Conflict(self, ids, row.last, fields, did(verb, name)))

    def stands_live(self, pk: int, fields: tuple[str, ...], verb: str) -> None:
        """A row of today that the save did not write."""
        last = max((row.last for row in self.rows.values()), default=0)
        name = self.name(self.live[pk])
        self.conflicts.append(Conflict(self, (pk,), last, fields, did(verb, name)))

    def conflict_at(self, record, verb: str) -> None:
        """What a record of today's last state of a row says: that it was deleted."""
        told = did(verb, self.name(record))
        ids, last = (record.id,), record.history_id - 1
        self.conflicts.append(Conflict(self, ids, last, (), told))

    def name(self, row) -> str:
        """A row, or a record of one, as people call it."""
        return str(row)
