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

    def trigger(
        self, model, operation, condition, message, *, lock="", only_if="1 = 1"
    ) -> Guard:
        """A row-level BEFORE trigger that refuses when ``condition`` holds.

        Rows for which ``only_if`` (OLD and NEW, no queries) is false do not trigger it
        at all: a move writes the tree columns of thousands.
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

    def content_guards(self, model, paths, ignoring, statuses) -> list[Guard]:
        def any_closed(row):
            return " OR ".join(
                self.closed(edition_of(model, path, row), statuses) for path in paths
            )

        # What is unique in an edition or below a row clashes with what is closed there.
        steps = {path.partition("__")[0] for path in paths}
        clash = self.clash(model, any_closed("clash"), beside=steps)

        def locks(*rows):
            return "".join(
                self.lock(edition_of(model, path, row))
                for row in rows
                for path in paths
            )

        return [
            self.trigger(
                model,
                "INSERT",
                f"{any_closed('NEW')} OR {clash}",
                CLOSED_MESSAGE,
                lock=locks("NEW"),
            ),
            self.trigger(
                model,
                "UPDATE",
                f"{any_closed('OLD')} OR {any_closed('NEW')} OR {clash}",
                CLOSED_MESSAGE,
                lock=locks("OLD", "NEW"),
                only_if=self.changed(columns(model, ignoring)),
            ),
            self.trigger(
                model, "DELETE", any_closed("OLD"), CLOSED_MESSAGE, lock=locks("OLD")
            ),
            *self.truncate_guards(model),
        ]

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

    def trigger(
        self, model, operation, condition, message, *, lock="", only_if="1 = 1"
    ) -> Guard:
        name, table = self.name(model, operation), model._meta.db_table
        return Guard(
            name,
            table,
            (
                f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}"'
                f" FOR EACH ROW WHEN {only_if} AND ({condition})"
                f" BEGIN SELECT RAISE(ABORT, '{message}'); END",
            ),
            (f'DROP TRIGGER IF EXISTS "{name}"',),
        )

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


class PostgreSQL(Dialect):
    distinct = "IS DISTINCT FROM"

    def lock(self, edition: str) -> str:
        return f' PERFORM 1 FROM "manuals_edition" WHERE "id" IN ({edition}) FOR SHARE;'

    def trigger(
        self, model, operation, condition, message, *, lock="", only_if="1 = 1"
    ) -> Guard:
        name, table = self.name(model, operation), model._meta.db_table
        result = "OLD" if operation == "DELETE" else "NEW"
        body = (
            f"{lock} IF {condition} THEN RAISE EXCEPTION '{message}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" RETURN {result};"
        )
        level = f"ROW WHEN ({only_if})"
        return self._guard(name, table, f"BEFORE {operation}", level, body)

    def truncate_guards(self, model) -> list[Guard]:
        name = self.name(model, "TRUNCATE")
        table = model._meta.db_table
        body = (
            f" RAISE EXCEPTION '{TRUNCATE_MESSAGE}'"
            " USING ERRCODE = 'integrity_constraint_violation';"
        )
        return [self._guard(name, table, "BEFORE TRUNCATE", "STATEMENT", body)]

    def _guard(self, name, table, event, level, body) -> Guard:
        return Guard(
            name,
            table,
            (
                f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql'
                f" AS $guard$ BEGIN{body} END $guard$",
                f'CREATE TRIGGER "{name}" {event} ON "{table}"'
                f' FOR EACH {level} EXECUTE FUNCTION "{name}"()',
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
