"""The history of an edition as one stream of saves, latest first.

A save is what one person wrote at one moment for one reason; an import of thousands of
rows is one. Only the saves of a page are read, and of each only what is listed: the
number of queries and of rows read does not depend on the size of the edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from manuals.models import Transition
from review.history.changes import DELETED, Change, Save, Step, Tally
from review.history.kinds import STRANDS
from review.history.scope import Scope
from review.history.strands import LISTED, MOVEMENTS, Found

Moment = tuple[datetime, int | None]

NOBODY = 0  # as a person: whoever has no account, such as a command at the server


@dataclass(frozen=True)
class Filters:
    """Which saves: of a person (NOBODY for those without), from, and until before."""

    person: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def on(self, rows: QuerySet, at: str, user: str) -> QuerySet:
        if self.person == NOBODY:
            rows = rows.filter(**{f"{user}__isnull": True})
        elif self.person is not None:
            rows = rows.filter(**{user: self.person})
        if self.since is not None:
            rows = rows.filter(**{f"{at}__gte": self.since})
        if self.until is not None:
            rows = rows.filter(**{f"{at}__lt": self.until})
        return rows


def moments(scope: Scope, filters: Filters | None = None) -> QuerySet:
    """(time, id of the person) of every save, latest first; to be cut into pages."""
    rows = _union(scope, filters or Filters(), with_time=True)
    return rows.order_by("-history_date", "history_user_id")


def people(scope: Scope) -> list[tuple[int, str]]:
    """Everybody who saved something, as (id, name) by name; NOBODY comes last."""
    ids = {user for (user,) in _union(scope, Filters(), with_time=False)}
    names = sorted(_names(ids - {None}).items(), key=lambda pair: pair[1].casefold())
    return [*names, (NOBODY, "")] if None in ids else names


def saves(scope: Scope, page: Sequence[Moment]) -> list[Save]:
    """What was saved at these moments, in their order."""
    by_moment = {moment: Save(*moment) for moment in page}
    steps = Transition.objects.filter(edition=scope.edition)
    for step in steps.filter(at__in={at for at, _user in page}):
        save = by_moment.get((step.at, step.user_id))
        if save is not None:
            save.steps.append(Step(step.step, step.comment))
            save.reason = save.reason or step.comment
    for strand in STRANDS:
        found = strand.found(scope, by_moment)
        _tell(strand, found, by_moment)
    names = _names({save.user_id for save in by_moment.values()} - {None})
    for save in by_moment.values():
        if save.reason in {Transition.Step(step.step).label for step in save.steps}:
            save.reason = ""  # nobody said why: the service wrote the step's name
        save.person = names.get(save.user_id, "")
        save.changes.sort(key=_place)
        save.renumberings.sort(key=_place)
    return list(by_moment.values())


def _place(change: Change) -> tuple:
    """In reading order; what was deleted before what took its place."""
    return change.order, change.action != DELETED


def _tell(strand, found: list[Found], by_moment: dict[Moment, Save]) -> None:
    listed = []
    for one in found:
        save = by_moment[one.moment]
        save.reason = one.reason or save.reason
        if one.movement == "+" and (one.total > LISTED or save.is_beginning):
            continue  # an import or a duplicate: its rows say nothing one by one
        listed.append(one)
    for one, change in strand.told(listed):
        save = by_moment[one.moment]
        (save.renumberings if change.is_renumbering else save.changes).append(change)
    totals = {(one.moment, one.movement): one.total for one in found}
    told = Counter((one.moment, one.movement) for one in listed)
    for (moment, movement), total in totals.items():
        left = total - told[moment, movement]
        if left and strand.kind != "edition":
            tally = Tally(strand.kind, MOVEMENTS[movement], left)
            by_moment[moment].tallies.append(tally)


def _union(scope: Scope, filters: Filters, *, with_time: bool) -> QuerySet:
    """The distinct moments, or the people alone, of the records of every kind."""

    def rows(records, at, user):
        columns = [at, user] if with_time else [user]
        return filters.on(records, at, user).order_by().values_list(*columns)

    first, *others = (
        rows(strand.records(scope), "history_date", "history_user_id")
        for strand in STRANDS
    )
    return first.union(*others, rows(scope.transitions(), "at", "user_id"))


def _names(ids: set[int]) -> dict[int, str]:
    users = get_user_model().objects.in_bulk(ids) if ids else {}
    return {
        pk: user.get_full_name() or user.get_username() for pk, user in users.items()
    }
