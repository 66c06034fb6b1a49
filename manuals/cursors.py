"""Cursors of the change feed: given after the commit, in one order for all readers.

Ids are given before the commit and become visible in another order, so that a reader
who remembers the last id misses what was committed later under an earlier one. A cursor
is given to committed rows only, one giver at a time: whoever sees a cursor has seen, or
can see, every smaller one. Whoever writes gives them after the commit, and whoever
reads the feed gives those that a killed process left without.

A cursor is the time in microseconds, or the last one and one where the clock stands or
goes back: after an older copy of the database was restored new cursors are still
greater than those that readers remember, and theirs is known to be of no row.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from manuals.models import Change

logger = logging.getLogger(__name__)

_GIVING = 0x637572736F72  # names the lock; any number that nobody else takes
_PATIENCE = 2_000  # milliseconds to wait for another giver


def give(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Give a cursor to every committed change without one; whether that worked.

    Where it does not (another writer for long, a database that only reads) the next one
    who writes or reads does it: nothing is lost, it is only told later.
    """
    try:
        if not Change.objects.using(using).without_cursor().exists():
            return True
        with _patience(using), transaction.atomic(using=using):
            _give(connections[using])
    except DatabaseError:
        logger.warning("changes wait for their cursors", exc_info=True)
        return False
    return True


def _give(connection) -> None:
    table = connection.ops.quote_name(Change._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A statement of its own: the next one sees what was committed meanwhile.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_GIVING])
        greatest = "GREATEST" if connection.vendor == "postgresql" else "MAX"
        cursor.execute(
            f"UPDATE {table} SET cursor = last.cursor + waiting.place"  # noqa: S608
            " FROM (SELECT id, row_number() OVER (ORDER BY id) AS place"
            f" FROM {table} WHERE cursor IS NULL) AS waiting,"
            f" (SELECT {greatest}(COALESCE(MAX(cursor), 0), %s) AS cursor FROM {table})"
            f" AS last WHERE {table}.id = waiting.id",
            [time.time_ns() // 1_000],
        )


@contextmanager
def _patience(using: str) -> Iterator[None]:
    """Wait for a while only: people and readers wait for whoever is inside."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            (usual,) = cursor.fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")
        return
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {_PATIENCE}")
        yield
