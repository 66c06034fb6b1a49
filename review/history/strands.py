"""How records of one model are found for a page of saves, and told.

A save may have written thousands of rows. Of each kind and movement at most LISTED are
read, those that say more than another number first; the database counts the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.formats import date_format
from django.utils.text import capfirst

from review.history.changes import ACTIONS, CHANGED, CREATED, DELETED, Change, Fact
from review.history.scope import Scope, previous

LISTED = 25

MOVEMENTS = {"+": CREATED, "-": DELETED, "~": CHANGED}


@dataclass(frozen=True)
class Found:
    """A record of row ``id`` to be told, and the one before it.

    ``total`` counts the records of its save, kind and movement.
    """

    history_id: int
    id: int
    moment: tuple[datetime, int | None]
    movement: str
    reason: str
    total: int
    before_id: int | None


class Strand:
    """The records of one model. A subclass says how they are found and told."""

    kind = ""
    model = None
    # Where only fields beside these changed, the row was merely renumbered.
    telling: tuple[str, ...] = ()
    # What the records of a group are listed by, after that.
    first: tuple = ()
    unread: frozenset[str] = frozenset()  # fields that nobody asks about

    def records(self, scope: Scope) -> QuerySet:
        raise NotImplementedError

    def found(self, scope: Scope, moments: Collection[tuple]) -> list[Found]:
        """The records of these saves that are listed, at most LISTED of a group."""
        group = [F("history_date"), F("history_user_id"), F("history_type")]
        rows = (
            self.records(scope)
            .filter(history_date__in={at for at, _user in moments})
            .alias(
                **{
                    f"{name}_before": Subquery(previous(self.model).values(name)[:1])
                    for name in self.telling
                }
            )
            .annotate(
                before_id=Subquery(previous(self.model).values("history_id")[:1]),
                group_place=Window(
                    RowNumber(),
                    partition_by=group,
                    order_by=[self._is_renumbering(), *self.first, "history_id"],
                ),
                group_size=Window(Count("*"), partition_by=group),
            )
            .filter(group_place__lte=LISTED)
            .order_by("history_date", "history_id")
            .values_list(
                *("history_id", "id", "history_date", "history_user_id"),
                *("history_type", "history_change_reason", "group_size", "before_id"),
            )
        )
        return [
            Found(history_id, pk, (at, user), movement, reason or "", total, before_id)
            for history_id, pk, at, user, movement, reason, total, before_id in rows
            if (at, user) in moments
        ]

    def _is_renumbering(self):
        """1 for a record that says no more than another number, else 0."""
        same = Q(history_type="~")
        for name in self.telling:
            before = f"{name}_before"
            nothing = Q(**{f"{name}__isnull": True, f"{before}__isnull": True})
            same &= Q(**{name: F(before)}) | nothing
        return Case(When(same, then=1), default=0) if self.telling else Value(0)

    def told(self, found: list[Found]) -> list[tuple[Found, Change]]:
        """What became of every row in each save, where there is something to say."""
        if not found:
            return []
        found = joined(found)
        ids = {one.history_id for one in found}
        ids |= {one.before_id for one in found if one.before_id and one.movement == "~"}
        records = self.details(ids)
        told = []
        for one in found:
            before = records.get(one.before_id) if one.movement == "~" else None
            change = self.change(records[one.history_id], before, one.movement)
            if change.actions:
                told.append((one, change))
        return told

    def details(self, history_ids: Iterable[int]) -> dict:
        """The records by their id, with what it takes to name their rows."""
        records = self.model.history.filter(history_id__in=history_ids)
        return {one.history_id: one for one in self.with_names(records)}

    def with_names(self, records: QuerySet) -> QuerySet:
        return records

    def change(self, record, before, movement: str) -> Change:
        change = Change(self.kind, (), record.id, record.history_id)
        self.name(change, record)
        if before is not None:
            done = self.compare(change, record, before)
            change.actions = tuple(action for action in ACTIONS if action in done)
        else:
            change.actions = (MOVEMENTS[movement],)
            self.whole(change, record)
        return change

    def name(self, change: Change, record) -> None:
        """Say which row it was: code, label and name as at that time."""
        raise NotImplementedError

    def whole(self, change: Change, record) -> None:
        """Say what came or went with the row."""

    def compare(self, change: Change, record, before) -> set[str]:
        """Say what differs; returns the actions, none where nothing does."""
        change.facts = self.facts(record, before)
        return {CHANGED} if change.facts else set()

    def facts(self, record, before, *without: str) -> list[Fact]:
        """Every other field that differs, in words."""
        return [
            Fact(
                self.title(tracked),
                self.words(tracked, before),
                self.words(tracked, record),
            )
            for tracked in record.tracked_fields
            if tracked.name not in self.unread
            and tracked.name not in without
            and not tracked.primary_key
            and getattr(record, tracked.attname) != getattr(before, tracked.attname)
        ]

    def title(self, tracked) -> str:
        return capfirst(self.model._meta.get_field(tracked.name).verbose_name)

    def words(self, tracked, record) -> str:
        """A value as people read it; empty for none."""
        value = getattr(record, tracked.attname)
        if value in (None, "", []):
            return ""
        if tracked.choices:
            return str(dict(tracked.flatchoices).get(value, value))
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if isinstance(value, date):
            return date_format(value, "DATE_FORMAT").lower()
        return str(value)


def joined(found: list[Found]) -> list[Found]:
    """The records of one row in one save as one: from before the first to the last.

    A service may write a row more than once; what is between nobody saw.
    """
    rows: dict[tuple, list[Found]] = {}
    for one in found:
        rows.setdefault((one.moment, one.id), []).append(one)
    return [
        replace(
            records[-1],
            before_id=records[0].before_id,
            movement="+"
            if records[0].movement == "+" and records[-1].movement == "~"
            else records[-1].movement,
        )
        for records in rows.values()
    ]


def at_moment(model, reference: str, name: str, lookup: str = "lte") -> Subquery:
    """A field of another row as it was at the record's moment (``lt``: before it)."""
    return Subquery(
        model.history.filter(
            **{
                "id": OuterRef(reference),
                f"history_date__{lookup}": OuterRef("history_date"),
            }
        )
        .order_by("-history_date", "-history_id")
        .values(name)[:1]
    )
