"""Places, codes and tree columns of many units, written at once for the services.

The callers hold the edition's lock, an open ``recording`` and a plan that fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from manuals.history import write_selected
from manuals.models import Edition
from units.codes import Place
from units.models import Unit

_BATCH = 500
FAR = 10**9  # beyond every position
# What literals are taken for; no length, to which PostgreSQL would cut without a word.
_TYPES = {"id": "bigint", "parent": "bigint", "code": "varchar"}


def places_of(edition: Edition) -> list[Place]:
    """Where every unit of the edition stands, for units/planning.py; one query."""
    return [
        Place(*row)
        for row in Unit.objects.for_edition(edition).values_list(
            "pk", "parent_id", "position", "code"
        )
    ]


def park(ids: Iterable[int]) -> None:
    """Free the positions and codes of these units until they get others."""
    for batch in _batches(ids):
        Unit.objects.filter(pk__in=batch).update(
            # Each its own, in whatever family it waits.
            position=Value(-FAR) - F("pk"),
            # Not the code itself with a sign: it may fill the column already.
            code=Concat(Value("~"), Cast("pk", CharField())),
        )


def write_columns(names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Set columns of units, one statement per batch; each row begins with the id.

    bulk_update's CASE takes seconds where a move renumbers 3,000 units.
    """
    quote = connection.ops.quote_name
    table = quote(Unit._meta.db_table)
    values = [
        f"CAST(place.column{number} AS {_TYPES.get(name, 'integer')})"
        for number, name in enumerate(("id", *names), 1)
    ]
    columns = [quote(Unit._meta.get_field(name).column) for name in names]
    sets = ", ".join(
        f"{column} = {value}" for column, value in zip(columns, values[1:], strict=True)
    )
    one = f"({', '.join(['%s'] * len(values))})"
    for batch in _batches(rows):
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {sets}"  # noqa: S608 - our own names
                f" FROM (VALUES {', '.join([one] * len(batch))}) AS place"
                f" WHERE {table}.{quote('id')} = {values[0]}",
                [part for row in batch for part in row],
            )


def write_history(ids: Iterable[int], *, created: bool) -> None:
    """A record of each of these units as it is stored now."""
    for batch in _batches(ids):
        write_selected(Unit.objects.filter(pk__in=batch), created=created)


def _batches(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        yield batch
