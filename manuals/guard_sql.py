"""Guards in the SQL of each engine."""

# ruff: noqa: S608 - names come from the models, never from a person

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import models

PREFIX = "guard_"
CLOSED_MESSAGE = "closed edition: its content cannot change"
TRUNCATE_MESSAGE = "guarded table: it cannot be truncated"
APPEND_ONLY_MESSAGE = "append-only table: its rows cannot change"


@dataclass(frozen=True)
class Guard:
    """One trigger: its name, its table and the statements that make and drop it."""

    name: str
    table: str
    create: tuple[str, ...]
    drop: tuple[str, ...]


def column(model: type[models.Model], field: str) -> str:
    return model._meta.get_field(field).column


def columns(model: type[models.Model], ignoring: Sequence[str] = ()) -> list[str]:
    return [
        field.column
        for field in model._meta.concrete_fields
        if field.name not in ignoring
    ]


def edition_of(model: type[models.Model], path: str, row: str) -> str:
    """SQL for the id of the edition that ``row`` (OLD or NEW) belongs to."""
    first, *rest = path.split("__")
    expression = f'{row}."{column(model, first)}"'
    current = model._meta.get_field(first).related_model
    for name in rest:
        field = current._meta.get_field(name)
        expression = (
            f'(SELECT "{field.column}" FROM "{current._meta.db_table}"'
            f' WHERE "id" = {expression})'
        )
        current = field.related_model
    return expression


def _unique_columns(model, beside: Sequence[str]) -> Iterator[list[str]]:
    """The sets of columns that are unique, without those that hold a field beside."""
    for field in model._meta.concrete_fields:
        if field.unique and field.name not in beside:
            yield [field.column]
    for constraint in model._meta.total_unique_constraints:
        if not set(constraint.fields) & set(beside):
            yield [column(model, name) for name in constraint.fields]


def dialect_for(vendor: str):
    """The dialect of a database engine; NotImplementedError for any but ours."""
    try:
        return {"sqlite": SQLite(), "postgresql": PostgreSQL()}[vendor]
    except KeyError:
        raise NotImplementedError(
            f"manual_org runs on SQLite and PostgreSQL, not on {vendor}."
        ) from None


class Dialect:
    """What both engines share: which triggers a table gets."""

    distinct: str

    def trigger(self, model, operation, condition, message, *, lock="") -> Guard:
        """A row-level BEFORE trigger that refuses when ``condition`` holds."""
        raise NotImplementedError

    def content_guards(self, model, paths, ignoring, statuses) -> list[Guard]:
        """Guards that close rows with the editions at the end of ``paths``.

        Refused are an insertion or deletion there, and an update of any column but
        those ``ignoring`` names, there or from there to elsewhere.
        """
        raise NotImplementedError

    def changed(self, names: Sequence[str]) -> str:
        """SQL: one of these columns gets another value."""
        return (
            "("
            + " OR ".join(
                f'OLD."{name}" {self.distinct} NEW."{name}"' for name in names
            )
            + ")"
        )

    def closed(self, edition: str, statuses: Sequence[str]) -> str:
        """SQL: the edition with this id is closed."""
        listed = ", ".join(f"'{status}'" for status in statuses)
        return (
            f'EXISTS (SELECT 1 FROM "manuals_edition" WHERE "id" = {edition}'
            f' AND "status" IN ({listed}))'
        )

    def lock(self, edition: str) -> str:
        """A statement that keeps an edition's state until the commit.

        ``edition`` is SQL for its id, or a query for the ids of several.
        """
        return ""

    def clash(self, model, protected, *, beside=(), but="") -> str:
        """SQL: NEW has the id or unique values of a row that ``protected`` holds for.

        ``protected`` names that row clash; ``beside`` are fields whose uniqueness needs
        no look, ``but`` a further condition. Only SQLite needs this: its REPLACE
        deletes the rows in its way without asking the triggers of deletion.
        """
        return "1 = 0"

    def append_only_guards(self, model, clearing) -> list[Guard]:
        cleared = "".join(
            f' OR (NEW."{column(model, name)}" IS NOT NULL'
            f" AND {self.changed([column(model, name)])})"
            for name in clearing
        )
        return [
            *self.insert_guards(model, APPEND_ONLY_MESSAGE),
            self.trigger(
                model,
                "UPDATE",
                self.changed(columns(model, clearing)) + cleared,
                APPEND_ONLY_MESSAGE,
            ),
            self.trigger(model, "DELETE", "1 = 1", APPEND_ONLY_MESSAGE),
            *self.truncate_guards(model),
        ]

    def log_guards(self, model, path, statuses) -> list[Guard]:
        return [
            *self.insert_guards(model, APPEND_ONLY_MESSAGE),
            self.trigger(
                model, "UPDATE", self.changed(columns(model)), APPEND_ONLY_MESSAGE
            ),
            self.trigger(
                model,
                "DELETE",
                self.closed(edition_of(model, path, "OLD"), statuses),
                CLOSED_MESSAGE,
            ),
            *self.truncate_guards(model),
        ]

    def insert_guards(self, model, message) -> list[Guard]:
        """Guards against an INSERT that puts a row in another's place."""
        return []

    def truncate_guards(self, model) -> list[Guard]:
        return []

    def name(self, model, operation) -> str:
        return f"{PREFIX}{model._meta.db_table}_{operation.lower()}"


class SQLite(Dialect):
    distinct = "IS NOT"

    def trigger(self, model, operation, condition, message, *, lock="") -> Guard:
        name, table = self.name(model, operation), model._meta.db_table
        return Guard(
            name,
            table,
            (
                f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}"'
                f" FOR EACH ROW WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{message}'); END",
            ),
            (f'DROP TRIGGER IF EXISTS "{name}"',),
        )

    def content_guards(self, model, paths, ignoring, statuses) -> list[Guard]:
        def any_closed(row):
            return " OR ".join(
                self.closed(edition_of(model, path, row), statuses) for path in paths
            )

        # What is unique in an edition or below a row clashes with what is closed there.
        steps = {path.partition("__")[0] for path in paths}
        clash = self.clash(model, any_closed("clash"), beside=steps)
        changed = self.changed(columns(model, ignoring))
        refused = f"{any_closed('OLD')} OR {any_closed('NEW')} OR {clash}"
        return [
            self.trigger(
                model, "INSERT", f"{any_closed('NEW')} OR {clash}", CLOSED_MESSAGE
            ),
            self.trigger(model, "UPDATE", f"{changed} AND ({refused})", CLOSED_MESSAGE),
            self.trigger(model, "DELETE", any_closed("OLD"), CLOSED_MESSAGE),
        ]

    def clash(self, model, protected, *, beside=(), but="") -> str:
        unique = " OR ".join(
            "(" + " AND ".join(f'clash."{name}" = NEW."{name}"' for name in names) + ")"
            for names in _unique_columns(model, beside)
        )
        return (
            f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" clash'
            f" WHERE ({unique}) AND ({protected}){but})"
        )

    def insert_guards(self, model, message) -> list[Guard]:
        return [
            self.trigger(model, "INSERT", self.clash(model, "1 = 1"), message),
        ]

    def present(self, cursor) -> list[str]:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            f" AND substr(name, 1, {len(PREFIX)}) = '{PREFIX}'"
        )
        return [name for (name,) in cursor.fetchall()]

    def drop_statements(self, cursor) -> list[str]:
        return [f'DROP TRIGGER IF EXISTS "{name}"' for name in self.present(cursor)]


def _editions(model, paths: Sequence[str], relations: Sequence[str]) -> str:
    """A query for the ids of the editions that the rows of relations belong to.

    ``= ANY (ARRAY(...))`` looks ids up in an index whatever the number of rows: the
    plan is kept from the first call, for one row or for thousands.
    """

    def query(path, rows):
        first, *rest = path.split("__")
        ids = f'SELECT DISTINCT "{column(model, first)}" FROM {rows}'
        current = model._meta.get_field(first).related_model
        for name in rest:
            field = current._meta.get_field(name)
            ids = (
                f'SELECT "{field.column}" FROM "{current._meta.db_table}"'
                f' WHERE "id" = ANY (ARRAY({ids}))'
            )
            current = field.related_model
        return ids

    return " UNION ".join(query(path, rows) for path in paths for rows in relations)


def _raise(message: str) -> str:
    return (
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
    )


class PostgreSQL(Dialect):
    distinct = "IS DISTINCT FROM"

    def lock(self, edition: str) -> str:
        return f' PERFORM 1 FROM "manuals_edition" WHERE "id" IN ({edition}) FOR SHARE;'

    def trigger(self, model, operation, condition, message, *, lock="") -> Guard:
        name, table = self.name(model, operation), model._meta.db_table
        result = "OLD" if operation == "DELETE" else "NEW"
        body = (
            f" BEGIN{lock} IF {condition} THEN {_raise(message)} END IF;"
            f" RETURN {result}; END"
        )
        return self._guard(name, table, f"BEFORE {operation}", "FOR EACH ROW", body)

    def content_guards(self, model, paths, ignoring, statuses) -> list[Guard]:
        """Triggers per statement: they read each edition once for all its rows.

        A move writes thousands of rows of one edition, and a trigger per row costs more
        than the write. The rows are known only after the statement; where it fails
        then, it leaves nothing behind.
        """
        kept = ", ".join(f'"{name}"' for name in columns(model, ignoring))

        def beyond(rows, others):
            # Rows without their equal: rows of a statement are not paired, but ids
            # are unique, so that a row that stays as it is has exactly one.
            return (
                f"(SELECT {kept} FROM {rows} EXCEPT SELECT {kept} FROM {others})"
                " AS changed"
            )

        def guard(operation, rows, changed=None):
            touched = _editions(model, paths, rows)
            refusal = _raise(CLOSED_MESSAGE)
            if changed is not None:
                closed = self._any_closed(_editions(model, paths, changed), statuses)
                refusal = f"IF {closed} THEN {refusal} END IF;"
            # The editions are looked up again after the lock, which may have waited
            # for somebody who put a row elsewhere.
            body = (
                f" DECLARE touched bigint[] := ARRAY({touched}); BEGIN"
                ' PERFORM 1 FROM "manuals_edition" WHERE "id" = ANY (touched)'
                ' ORDER BY "id" FOR SHARE;'
                f" IF {self._any_closed(touched, statuses)} THEN {refusal} END IF;"
                " RETURN NULL; END"
            )
            referencing = " ".join(f"{name[:3]} TABLE AS {name}" for name in rows)
            return self._guard(
                self.name(model, operation),
                model._meta.db_table,
                f"AFTER {operation}",
                f"REFERENCING {referencing} FOR EACH STATEMENT",
                body,
            )

        old, new = "old_rows", "new_rows"
        return [
            guard("INSERT", [new]),
            guard("UPDATE", [old, new], [beyond(old, new), beyond(new, old)]),
            guard("DELETE", [old]),
            *self.truncate_guards(model),
        ]

    def _any_closed(self, editions: str, statuses: Sequence[str]) -> str:
        """SQL: one of the editions whose ids this query selects is closed."""
        listed = ", ".join(f"'{status}'" for status in statuses)
        return (
            'EXISTS (SELECT 1 FROM "manuals_edition"'
            f' WHERE "id" = ANY (ARRAY({editions})) AND "status" IN ({listed}))'
        )

    def truncate_guards(self, model) -> list[Guard]:
        name = self.name(model, "TRUNCATE")
        table = model._meta.db_table
        body = f" BEGIN {_raise(TRUNCATE_MESSAGE)} END"
        level = "FOR EACH STATEMENT"
        return [self._guard(name, table, "BEFORE TRUNCATE", level, body)]

    def _guard(self, name, table, event, level, body) -> Guard:
        return Guard(
            name,
            table,
            (
                f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql'
                f" AS $guard${body} $guard$",
                f'CREATE TRIGGER "{name}" {event} ON "{table}"'
                f' {level} EXECUTE FUNCTION "{name}"()',
            ),
            (
                f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
                f'DROP FUNCTION IF EXISTS "{name}"()',
            ),
        )

    def present(self, cursor) -> list[str]:
        cursor.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE NOT tgisinternal AND tgenabled <> 'D'"
            " AND nspname = current_schema()"
            f" AND left(tgname, {len(PREFIX)}) = '{PREFIX}'"
        )
        return [name for (name,) in cursor.fetchall()]

    def drop_statements(self, cursor) -> list[str]:
        cursor.execute(
            "SELECT tgname, relname FROM pg_trigger"
            " JOIN pg_class ON pg_class.oid = tgrelid"
            " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE NOT tgisinternal AND nspname = current_schema()"
            f" AND left(tgname, {len(PREFIX)}) = '{PREFIX}'"
        )
        return [
            statement
            for name, table in cursor.fetchall()
            for statement in (
                f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
                f'DROP FUNCTION IF EXISTS "{name}"()',
            )
        ]
