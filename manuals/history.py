"""Who changed a row, when and why: one way of saying it for every write.

Services open :func:`recording` around their writes; every history row written inside,
also those of a cascade, carries its user, its reason and one moment: by the moment the
rows of one change are known to belong together. (django-simple-history's own means
reach only the instance at hand.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connections, models
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

_BATCH = 500


class Moment:
    """When a change was made: the time of the first of its rows.

    Not of its beginning: a change that waited for another one's lock comes after it.
    """

    @cached_property
    def time(self) -> datetime:
        return timezone.now()

    @property
    def has_come(self) -> bool:
        """Whether a row was written."""
        return "time" in vars(self)


class Written:
    """What a change wrote: ids by model, and querysets that select what was written.

    ``models`` are those of all its rows of history, also of what it deleted.
    """

    def __init__(self):
        self.ids: dict[type[models.Model], set[Any]] = {}
        self.selected: list[models.QuerySet] = []
        self.models: set[type[models.Model]] = set()

    def add(self, model: type[models.Model], ids: Iterable[Any]) -> None:
        self.ids.setdefault(model, set()).update(ids)

    def announce(self, at: datetime) -> None:
        """Tell the listeners of a change whose rows of history bear this moment."""
        for model, ids in self.ids.items():
            ordered = sorted(ids)
            for start in range(0, len(ordered), _BATCH):
                batch = ordered[start : start + _BATCH]
                _tell(model._base_manager.filter(pk__in=batch))
        for rows in self.selected:
            _tell(rows)
        if self.models:
            for listener in _recorders:
                listener(frozenset(self.models), at)


@dataclass(frozen=True)
class Authorship:
    """Who is writing, and why; ``user`` is None for a command at the server."""

    user: Any
    reason: str
    moment: Moment = field(default_factory=Moment)
    written: Written = field(default_factory=Written)


_current: ContextVar[Authorship | None] = ContextVar("authorship", default=None)
_listeners: list[Callable[[type[models.Model], models.QuerySet], None]] = []
_recorders: list[Callable[[frozenset[type[models.Model]], datetime], None]] = []


def on_written(listener: Callable[[type[models.Model], models.QuerySet], None]) -> None:
    """Call ``listener(model, rows)`` with the rows that each change wrote.

    At the end of the change, in its transaction; not with rows that it deleted. For
    what a higher app derives from content and keeps.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def on_recorded(
    listener: Callable[[frozenset[type[models.Model]], datetime], None],
) -> None:
    """Call ``listener(models, moment)`` once at the end of each change that wrote.

    In its transaction, after the listeners of :func:`on_written`. The change's rows of
    history, deletions too, are those of ``models`` at ``moment``.
    """
    if listener not in _recorders:
        _recorders.append(listener)


def _tell(rows: models.QuerySet) -> None:
    for listener in _listeners:
        listener(rows.model, rows)


@contextmanager
def recording(*, user, reason: str) -> Iterator[Authorship]:
    """Every history row written inside says ``user`` and ``reason``.

    Opened inside another, it is part of the same change: the moment is the outer one's.
    """
    person = user if getattr(user, "pk", None) else None
    outer = _current.get()
    if outer:
        authorship = Authorship(person, str(reason), outer.moment, outer.written)
    else:
        authorship = Authorship(person, str(reason))
    token = _current.set(authorship)
    try:
        yield authorship
    finally:
        _current.reset(token)
    if not outer and authorship.moment.has_come:
        authorship.written.announce(authorship.moment.time)


def moment() -> datetime:
    """The moment of the change being recorded; now, outside of any."""
    authorship = _current.get()
    return authorship.moment.time if authorship else timezone.now()


@contextmanager
def _written(model: type[models.Model], at: datetime) -> Iterator[Written]:
    """Where the change at hand notes its rows; outside of any they are told at once."""
    authorship = _current.get()
    written = authorship.written if authorship else Written()
    written.models.add(model)
    yield written
    if not authorship:
        written.announce(at)


class History(HistoricalRecords):
    """HistoricalRecords that take user, reason and moment from :func:`recording`."""

    def __init__(self, **options):
        options.setdefault(
            "history_change_reason_field", models.TextField(blank=True, null=True)
        )
        super().__init__(**options)

    def create_historical_record(self, instance, history_type, using=None):
        at = instance._history_date = moment()
        try:
            super().create_historical_record(instance, history_type, using)
        finally:
            del instance._history_date
        with _written(type(instance), at) as written:
            if history_type != "-":
                written.add(type(instance), [instance.pk])

    def get_history_user(self, instance):
        authorship = _current.get()
        return authorship.user if authorship else super().get_history_user(instance)

    def get_change_reason_for_object(self, instance, history_type, using):
        authorship = _current.get()
        if authorship:
            return authorship.reason
        return super().get_change_reason_for_object(instance, history_type, using)


def write_in_bulk(objects: Iterable[models.Model], *, created: bool) -> None:
    """Write the history rows of a bulk write, inside :func:`recording`.

    ``objects`` are instances of one model as they now stand in the database.
    """
    objects = list(objects)
    if not objects:
        return
    authorship = _current.get() or Authorship(None, "")
    model = objects[0]._meta.model
    model.history.bulk_history_create(
        objects,
        batch_size=500,
        update=not created,
        default_user=authorship.user,
        default_change_reason=authorship.reason,
        default_date=authorship.moment.time,
    )
    with _written(model, authorship.moment.time) as written:
        written.add(model, [one.pk for one in objects])


def write_selected(rows: models.QuerySet, *, created: bool) -> None:
    """Write the history rows of a bulk write in one statement.

    ``rows`` selects exactly what was just created or changed, inside
    :func:`recording`. Without instances, which thousands of rows make felt.
    """
    history = rows.model.history.model
    tracked = history.tracked_fields
    authorship = _current.get() or Authorship(None, "")
    connection = connections[rows.db]
    said = {
        "history_date": connection.ops.adapt_datetimefield_value(
            authorship.moment.time
        ),
        "history_user": authorship.user.pk if authorship.user else None,
        "history_change_reason": authorship.reason,
        "history_type": "+" if created else "~",
    }
    columns = [field.column for field in tracked]
    columns += [history._meta.get_field(name).column for name in said]
    selected, parameters = (
        rows.order_by("pk")
        .values_list(*(field.attname for field in tracked))
        .query.sql_with_params()
    )
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(history._meta.db_table)}"  # noqa: S608 - our names
            f" ({', '.join(map(quote, columns))})"
            f" SELECT created.*{', %s' * len(said)} FROM ({selected}) AS created",
            [*said.values(), *parameters],
        )
    with _written(rows.model, authorship.moment.time) as written:
        written.selected.append(rows)
