"""Queries whose SQL is compiled once, for the few reads that every page makes.

The ORM takes ten times as long to build and compile such a query as SQLite takes to
answer it. What is asked stays a queryset; only its text is kept, in each thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from threading import local

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, Value


@dataclass(frozen=True)
class _Gap:
    """Stands in the compiled query where an argument goes."""

    name: str


class PreparedQuery:
    """The rows of ``build(*arguments).values_list(...)``, as a list of tuples.

    ``build`` is called once in each thread, with placeholders: it may pass its
    arguments to ``filter()`` and nowhere else, for exact lookups of text and numbers.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self._build = build
        self._names = tuple(signature(build).parameters)
        self._compiled = local()

    def __call__(self, *arguments) -> list[tuple]:
        connection = connections[DEFAULT_DB_ALIAS]
        compiler, converters, sql, parameters = self._compile(connection)
        values = dict(zip(self._names, arguments, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(
                sql,
                [
                    values[given.name] if isinstance(given, _Gap) else given
                    for given in parameters
                ],
            )
            rows = cursor.fetchall()
        if converters:
            rows = compiler.apply_converters(rows, converters)
        return [tuple(row) for row in rows]

    def _compile(self, connection):
        kept = getattr(self._compiled, "query", None)
        if kept is None or kept[0].connection is not connection:
            queryset = self._build(*(Value(_Gap(name)) for name in self._names))
            compiler = queryset.query.get_compiler(connection=connection)
            sql = compiler.as_sql()
            columns = [column for column, *_ in compiler.select[: compiler.col_count]]
            converters = compiler.get_converters(columns)
            kept = self._compiled.query = (compiler, converters, *sql)
        return kept
