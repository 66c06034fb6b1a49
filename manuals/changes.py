"""What happened, told to other systems in one order: the change feed.

Every write leaves rows of history; at the end of each change they are read once and
told as rows of ``Change``, in the same transaction: a change that is rolled back was
never told. What a history says is told, whatever road the write took.

Cursors are given afterwards, see manuals/cursors.py. Each app says in ``ready()`` which
of its models are parts of a draft (:func:`follow`); who must do something in the same
transaction subscribes with :func:`on_change`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import OuterRef, Q, Subquery

from manuals import cursors
from manuals.models import Change, Edition, Manual
from manuals.prepared import PreparedQuery

Kind = Change.Kind

LISTED = 200  # keys of one change; where more changed, it says "whole"
_READ = 500  # rows of history of one model and change
_CLOSED = (Edition.Status.AUTHORISED, Edition.Status.WITHDRAWN)
_STATUS_KINDS = {
    Edition.Status.DRAFT: Kind.EDITION_SENT_BACK,
    Edition.Status.REVIEW: Kind.EDITION_SUBMITTED,
    Edition.Status.AUTHORISED: Kind.EDITION_AUTHORISED,
    Edition.Status.WITHDRAWN: Kind.EDITION_WITHDRAWN,
}


@dataclass(frozen=True)
class Followed:
    """How the rows of a model are told as a part of a draft.

    ``keys`` are the fields that name an item outside (lists of names, too); a row with
    other values of ``place`` was moved, with other values of ``order`` alone
    renumbered.
    """

    part: str
    keys: tuple[str, ...]
    edition: str = "edition"
    place: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


class _Reading:
    """The rows of history of a followed model, read as cheaply as every save needs."""

    def __init__(self, model: type[models.Model], how: Followed):
        self.model, self.how = model, how
        self.names = [one.attname for one in model.history.model.tracked_fields]
        self._columns = ["history_id", "history_type", *self.names, "told_edition"]
        history = model.history.order_by("history_id")
        read = (*self._columns[:-1], f"{how.edition}_id")
        earlier = model.history.filter(
            id=OuterRef("id"), history_id__lt=OuterRef("history_id")
        ).order_by("-history_id")
        self._rows = PreparedQuery(
            lambda at: history.filter(history_date=at).values_list(*read)[: _READ + 1]
        )
        self._rows_before = PreparedQuery(
            lambda at: history.filter(
                history_id__in=model.history.filter(history_date=at)
                .order_by()
                .values_list(Subquery(earlier.values("history_id")[:1]))
            ).values_list(*read)
        )

    def rows(self, at: datetime) -> list[dict]:
        """Those of a moment, in their order; one more than _READ where there are."""
        return self._named(self._rows, at)

    def rows_before(self, at: datetime) -> list[dict]:
        """Those that stood before each row of a moment; some are of the moment, too."""
        return self._named(self._rows_before, at)

    def _named(self, prepared: PreparedQuery, at: datetime) -> list[dict]:
        moment = connection.ops.adapt_datetimefield_value(at)
        return [dict(zip(self._columns, row, strict=True)) for row in prepared(moment)]


_followed: dict[type[models.Model], _Reading] = {}
_listeners: list[Callable[[Change], None]] = []


def follow(model: type[models.Model], **how) -> None:
    """Tell what happens to a model's rows, as ``Followed`` says (from ``ready()``)."""
    _followed[model] = _Reading(model, Followed(**how))


def on_change(listener: Callable[[Change], None]) -> None:
    """Call ``listener(change)`` with each row, in the transaction that writes it.

    It has no cursor yet. From ``ready()``; a listener that raises undoes the write.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def record_change(**fields) -> Change:
    """Write a row of the feed; it gets its cursor when the transaction is committed."""
    change = Change(**fields)
    change.save(force_insert=True)
    for listener in _listeners:
        listener(change)
    return change


def tell(written: Collection[type[models.Model]], at: datetime) -> None:
    """Tell the change whose rows of history are those of these models at a moment."""
    told: list[dict[str, Any]] = []
    whole: set[int] = set()  # editions told as a whole, their content is not listed
    if Manual in written:
        told += _of_manuals(at)
    if Edition in written:
        for edition_id, row in _of_editions(at):
            # Who learns of a new draft reads its data as they are in the end.
            if edition_id not in whole or row["kind"] != Kind.EDITION_CHANGED:
                told.append(row)
            if row["kind"] in (Kind.EDITION_CREATED, Kind.EDITION_DISCARDED):
                whole.add(edition_id)
    told += _of_content([one for one in _followed if one in written], at, whole)
    if not told:
        return
    with transaction.atomic():
        for row in told:
            record_change(at=at, **row)
        transaction.on_commit(cursors.give, robust=True)


def _steps(
    model: type[models.Model], at: datetime
) -> Iterator[tuple[Any, Any, frozenset[str]]]:
    """(before, after, fields that differ) for each row of history of the change."""
    rows = model.history.filter(history_date=at).order_by("history_id")
    names = [one.attname for one in model.history.model.tracked_fields]
    latest: dict[int, Any] = {}
    for row in rows:
        before = latest.get(row.id)
        if before is None and row.history_type != "+":
            earlier = model.history.filter(id=row.id, history_id__lt=row.history_id)
            before = earlier.order_by("-history_id").first()
        latest[row.id] = row
        differing = (
            frozenset()
            if before is None
            else frozenset(
                name for name in names if getattr(before, name) != getattr(row, name)
            )
        )
        yield before, row, differing


def _of_manuals(at: datetime) -> Iterator[dict]:
    for before, row, differing in _steps(Manual, at):
        if row.history_type == "+":
            kind, details = Kind.MANUAL_CREATED, {}
        elif row.history_type == "~" and differing:
            kind, details = Kind.MANUAL_CHANGED, _data(differing)
            if "slug" in differing:
                details["renamed_from"] = before.slug
        else:
            continue
        yield {
            "kind": kind,
            "manual_id": row.id,
            "manual_slug": row.slug,
            "details": details,
            "public": Edition.objects.published().filter(manual=row.id).exists(),
        }


def _of_editions(at: datetime) -> Iterator[tuple[int, dict]]:
    slugs: dict[int, str] = {}
    for before, row, differing in _steps(Edition, at):
        if row.manual_id not in slugs:
            slug = Manual.objects.values_list("slug", flat=True).get(pk=row.manual_id)
            slugs[row.manual_id] = slug
        gone = row.history_type == "-"
        common = {
            "manual_id": row.manual_id,
            "manual_slug": slugs[row.manual_id],
            "edition_id": None if gone else row.id,
            "edition_label": row.label,
        }
        for kind, details in _told_of(before, row, differing):
            yield (
                row.id,
                common
                | {
                    "kind": kind,
                    "details": details,
                    "public": row.status in _CLOSED,
                },
            )


def _told_of(before, row, differing) -> Iterator[tuple[str, dict]]:
    if row.history_type == "-":
        yield Kind.EDITION_DISCARDED, {}
    elif row.history_type == "+":
        yield Kind.EDITION_CREATED, {"base": _label(Edition.objects, row.base_id)}
    elif "status" in differing:
        kind = _STATUS_KINDS[row.status]
        details = {}
        if kind == Kind.EDITION_AUTHORISED:
            details = {
                # A draft that others start from is nobody's to know of.
                "base": _label(Edition.objects.published(), row.base_id),
                "previous": _previous_label(row),
                "effective_from": row.effective_from.isoformat(),
            }
        elif kind == Kind.EDITION_WITHDRAWN:
            details = {"withdrawn_on": row.withdrawn_on.isoformat()}
        yield kind, details
    elif before is not None and row.status in _CLOSED and "effective_to" in differing:
        yield Kind.EDITION_ENDED, {"effective_to": row.effective_to.isoformat()}
    elif differing:
        details = _data(differing)
        if "label" in differing:
            details["renamed_from"] = before.label
        yield Kind.EDITION_CHANGED, details


def _data(attnames: Iterable[str]) -> dict[str, Any]:
    return {"fields": sorted(name.removesuffix("_id") for name in attnames)}


def _label(editions: models.QuerySet, edition_id: int | None) -> str | None:
    """The label of that one of these editions; None where it is none of them."""
    if edition_id is None:
        return None
    return editions.filter(pk=edition_id).values_list("label", flat=True).first()


def _previous_label(edition) -> str | None:
    """The edition whose last day in force is the one before this one's first."""
    first = edition.effective_from
    ended = Q(effective_to=first - timedelta(days=1)) | Q(withdrawn_on=first)
    return (
        Edition.objects.published()
        .filter(ended, manual=edition.manual_id, effective_from__lt=first)
        .values_list("label", flat=True)
        .first()
    )


@dataclass
class _Draft:
    """What happened to the content of one edition."""

    fields: dict
    parts: dict[str, dict[str, list]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    def note(self, part: str, what: str, keys: Iterable) -> None:
        listed = self.parts.setdefault(part, {}).setdefault(what, [])
        listed += [key for key in keys if key not in listed]

    def told(self) -> dict | None:
        """The row of the feed; None where nothing is otherwise than before."""
        for lists in self.parts.values():
            _mend(lists)
        self.parts = {part: lists for part, lists in self.parts.items() if lists}
        names = sorted({*self.parts, *self.whole})
        if not names:
            return None
        count = sum(len(keys) for one in self.parts.values() for keys in one.values())
        if self.whole or count > LISTED:
            details: dict[str, Any] = {"whole": True, "parts": names}
        else:
            details = {"whole": False, **self.parts}
        return {**self.fields, "kind": Kind.CONTENT_CHANGED, "details": details}


def _mend(lists: dict[str, list]) -> None:
    """What was deleted and came back under its key was changed."""
    back = [key for key in lists.get("deleted", ()) if key in lists.get("created", ())]
    if back:
        changed = lists.setdefault("changed", [])
        changed += [key for key in back if key not in changed]
        for what in ("created", "deleted"):
            lists[what] = [key for key in lists[what] if key not in back]
    for what in [what for what, keys in lists.items() if not keys]:
        del lists[what]


def _of_content(
    written: Iterable[type[models.Model]], at: datetime, whole: set[int]
) -> Iterator[dict]:
    drafts: dict[int, _Draft] = {}
    for model in written:
        _note_content(_followed[model], at, whole, drafts)
    for draft in drafts.values():
        row = draft.told()
        if row is not None:
            yield row


def _note_content(followed: _Reading, at, whole, drafts) -> None:
    rows = [row for row in followed.rows(at) if row["told_edition"] not in whole]
    for edition_id in {row["told_edition"] for row in rows} - drafts.keys():
        # Without the rows of an edition that is gone with them.
        for label, manual_id, slug in _edition_named(edition_id):
            drafts[edition_id] = _Draft(
                {
                    "manual_id": manual_id,
                    "manual_slug": slug,
                    "edition_id": edition_id,
                    "edition_label": label,
                }
            )
    rows = [row for row in rows if row["told_edition"] in drafts]
    if len(rows) > _READ:
        for edition_id in {row["told_edition"] for row in rows}:
            drafts[edition_id].whole.add(followed.how.part)
        return
    first: dict[int, dict] = {}
    for row in rows:
        first.setdefault(row["id"], row)
    before = {}
    if any(row["history_type"] != "+" for row in first.values()):
        for row in followed.rows_before(at):
            now = first.get(row["id"])
            if now is not None and row["history_id"] < now["history_id"]:
                before[row["id"]] = row
    for row in {row["id"]: row for row in rows}.values():
        new = first[row["id"]]["history_type"] == "+"
        was = None if new else before.get(row["id"], row)
        now = None if row["history_type"] == "-" else row
        for what, keys in _happened(followed, was, now):
            drafts[row["told_edition"]].note(followed.how.part, what, keys)


_edition_named = PreparedQuery(
    lambda pk: (
        Edition.objects.filter(pk=pk)
        .order_by()
        .values_list("label", "manual_id", "manual__slug")
    )
)


def _happened(followed: _Reading, was, now) -> Iterator[tuple[str, list]]:
    """What to say of a row as it was and as it is; None where there was or is none."""
    how = followed.how
    old = _keys(how, was) if was else []
    new = _keys(how, now) if now else []
    kept = [key for key in new if key in old]
    yield "deleted", [key for key in old if key not in new]
    yield "created", [key for key in new if key not in old]
    if was and now:
        differing = {name for name in followed.names if was[name] != now[name]}
        if differing & set(how.place):
            yield "moved", kept
        elif differing and differing <= set(how.order):
            yield "renumbered", kept
        if differing - set(how.place) - set(how.order):
            yield "changed", kept


def _keys(how: Followed, row: dict) -> list:
    keys: list = []
    for name in how.keys:
        value = row[name]
        for key in value if isinstance(value, list) else [value]:
            keys.append(str(key) if isinstance(key, UUID) else key)
    return keys
