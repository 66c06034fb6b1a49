"""Database guards: triggers that keep closed editions and histories as they are.

Services refuse first and say why; the guards hold the same rules against every other
road (raw SQL, the shell, another program). They are generated from the models, lifted
before a migration and created after it. An app registers its tables in ``ready()``:

* :func:`guard_content`: rows that belong to an edition; closed once it is authorised;
* :func:`guard_history`: append-only tables, except the person's foreign key, which the
  database clears when an account is deleted;
* :func:`guard_log`: rows that may be added at any time and never change.

The edition's own row and the catalogue's names have rules of their own in
guard_rules.py. On PostgreSQL the edition is read FOR SHARE: otherwise a function
inserted by an open transaction lands in an edition authorised meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, models

from manuals.guard_sql import Guard, dialect_for

CLOSED_STATUSES = ("authorised", "withdrawn")


@dataclass(frozen=True)
class _Entry:
    model: type[models.Model]
    build: object  # callable(dialect, model) -> list[Guard]


_registry: dict[str, _Entry] = {}


def register(model: type[models.Model], build) -> None:
    """Guard a model's table; ``build(dialect, model)`` returns its guards."""
    _registry[model._meta.label] = _Entry(model, build)


def guard_content(
    model: type[models.Model],
    *,
    paths: Sequence[str],
    ignoring: Sequence[str] = (),
) -> None:
    """Close a model's rows with their edition.

    ``paths`` are the ways from a row to its edition, such as ``"edition"`` and
    ``"unit__edition"``; columns of the fields named in ``ignoring`` may change.
    """

    def build(dialect, model):
        return dialect.content_guards(model, paths, ignoring, CLOSED_STATUSES)

    register(model, build)


def guard_history(model: type[models.Model]) -> None:
    """Make the history table of a model append-only."""

    def build(dialect, historical):
        return dialect.append_only_guards(historical, clearing=("history_user",))

    register(model.history.model, build)


def guard_log(model: type[models.Model]) -> None:
    """Rows of this table never change; they go only with a draft edition."""

    def build(dialect, model):
        return dialect.log_guards(model, "edition", CLOSED_STATUSES)

    register(model, build)


def guards_for(using: str = DEFAULT_DB_ALIAS) -> Iterator[Guard]:
    """Every guard that the database should have."""
    dialect = dialect_for(connections[using].vendor)
    for entry in _registry.values():
        yield from entry.build(dialect, entry.model)


def create(using: str = DEFAULT_DB_ALIAS) -> None:
    """Create every guard whose table exists, replacing older forms of it."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards_for(using):
            if guard.table in tables:
                for statement in (*guard.drop, *guard.create):
                    cursor.execute(statement)


def lift(using: str = DEFAULT_DB_ALIAS) -> None:
    """Remove every guard, also those whose model is gone."""
    connection = connections[using]
    dialect = dialect_for(connection.vendor)
    with connection.cursor() as cursor:
        for statement in dialect.drop_statements(cursor):
            cursor.execute(statement)


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS):
    """Without guards inside; for ``flush`` only."""
    lift(using)
    try:
        yield
    finally:
        create(using)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of guards that the database lacks though their table exists."""
    connection = connections[using]
    dialect = dialect_for(connection.vendor)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        present = set(dialect.present(cursor))
    return [
        guard.name
        for guard in guards_for(using)
        if guard.table in tables and guard.name not in present
    ]


def lift_before_migrating(sender, using, **kwargs) -> None:
    lift(using)


def create_after_migrating(sender, using, **kwargs) -> None:
    create(using)


def check_guards(app_configs, databases, **kwargs):
    """Report guards that a database lacks (``check --database``, ``migrate``)."""
    errors = []
    for alias in databases or []:
        # An empty database gets its guards from the migration that follows.
        absent = missing(alias)
        if absent:
            errors.append(
                # No error: that would stop the very migration that creates them.
                checks.Warning(
                    f"{len(absent)} database guards are missing: {', '.join(absent)}.",
                    hint="Run manage.py migrate; it creates them.",
                    id="manuals.W001",
                )
            )
    return errors
