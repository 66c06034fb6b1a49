"""Which later save stands in the way of an undo, and what it did, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from manuals.models import Edition
from review.models import Undoing


@dataclass(frozen=True)
class Later:
    """A later save: when, by whom (empty for a command), why, and what it did."""

    at: datetime
    person: str
    reason: str
    did: str

    def __str__(self):
        return _("%(person)s, el %(date)s (motivo: %(reason)s), %(did)s.") % {
            "person": self.person or _("Quien administra el servidor"),
            "date": said_date(self.at),
            "reason": self.reason or "—",
            "did": self.did,
        }


def said_date(at: datetime) -> str:
    return date_format(
        localtime(at), _("j \\d\\e F \\d\\e Y \\a \\l\\a\\s H:i:s")
    ).lower()


def did(verb: str, name: str) -> str:
    """What somebody did to a row, as the end of a sentence about that person."""
    sentences = {
        "changed": _("cambió «%(row)s»"),
        "deleted": _("eliminó «%(row)s»"),
        "moved": _("movió «%(row)s»"),
        "returned": _("restauró «%(row)s»"),
        "put": _("puso «%(row)s» dentro de lo que se eliminaría"),
    }
    return sentences[verb] % {"row": name}


class Undone:
    """Which saves of an edition are undone, and by which save."""

    def __init__(self, edition: Edition):
        self._by: dict[datetime, list[datetime]] = {}
        self._undoes: dict[datetime, datetime] = {}
        rows = Undoing.objects.filter(edition=edition).order_by("at")
        for undone, at in rows.values_list("undone", "at"):
            self._by.setdefault(undone, []).append(at)
            self._undoes[at] = undone

    def by(self, at: datetime) -> datetime | None:
        """The undo that holds; None if there is none or it was undone itself."""
        undos = self._by.get(at, ())
        return next((one for one in undos if self.by(one) is None), None)

    def undoes(self, at: datetime) -> datetime | None:
        """The save that this one undid."""
        return self._undoes.get(at)

    def is_settled(self, at: datetime, since: datetime) -> bool:
        """Whether a save left nothing after ``since``: it is undone, or is such an
        undo.
        """
        if self.by(at) is not None:
            return True
        undone = self._undoes.get(at)
        return undone is not None and undone > since


def later_saves(conflicts: Iterable, undone: Undone, since: datetime) -> list[Later]:
    """The saves that stand in the way, the latest first: it is undone before others."""
    found: dict[datetime, Later] = {}
    for conflict in conflicts:
        later = _later(conflict, undone, since)
        if later is not None and later.at not in found:
            found[later.at] = later
    return [found[at] for at in sorted(found, reverse=True)]


def _later(conflict, undone: Undone, since: datetime) -> Later | None:
    """The latest save that did what is in the way and still holds."""
    history = conflict.table.model.history.filter(id__in=conflict.ids)
    earlier = history.filter(history_id__lte=conflict.last)
    before = earlier.order_by("-history_id").first()
    records = (
        history.filter(history_id__gt=conflict.last)
        .select_related("history_user")
        .order_by("history_id")
    )
    saves = []
    for record in records:
        if _did_it(record, before, conflict.fields):
            saves.append(record)
        before = record
    holding = [one for one in saves if not undone.is_settled(one.history_date, since)]
    record = (holding or saves or [None])[-1]
    if record is None:
        return None
    return Later(
        record.history_date,
        _person(record.history_user),
        record.history_change_reason or "",
        conflict.did,
    )


def _did_it(record, before, fields: Collection[str]) -> bool:
    if record.history_type != "~" or before is None:
        return True
    return any(getattr(record, name) != getattr(before, name) for name in fields)


def _person(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""
