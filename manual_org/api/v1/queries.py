"""The queries of the read path, their SQL compiled once."""

from __future__ import annotations

from functools import reduce
from inspect import Parameter, Signature
from operator import or_

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from functions.models import Function
from functions.querysets import Row as FunctionRow
from manual_org.api.pagination import MAX_PAGE_SIZE
from manuals.models import Chapter, Chart, Source, Transition
from manuals.prepared import PreparedQuery
from units.models import Unit

# From an edition's id: (name, sha256) and (number, title, kind).
sources = PreparedQuery(
    lambda edition: (
        Source.objects.filter(edition=edition)
        .order_by("pk")
        .values_list("name", "sha256")
    )
)
# The moment of the last step in its life.
last_step = PreparedQuery(
    lambda edition: (
        Transition.objects.filter(edition=edition)
        .order_by("-at", "-pk")
        .values_list("at")[:1]
    )
)
chapters = PreparedQuery(
    lambda edition: (
        Chapter.objects.filter(edition=edition)
        .order_by("number")
        .values_list("number", "title", "kind")
    )
)
chapter = PreparedQuery(
    lambda edition, number: (
        Chapter.objects.filter(edition=edition, number=number)
        .order_by()
        .values_list("number", "title", "kind", "body")
    )
)
charts = PreparedQuery(
    lambda edition, number: (
        Chart.objects.filter(chapter__edition=edition, chapter__number=number)
        .order_by("position")
        .values_list("number", "title", "unit_key", "effective_from")
    )
)

# From an edition's id: (number of the chapter, and the four of a chart).
charts_in = PreparedQuery(
    lambda edition: (
        Chart.objects.filter(chapter__edition=edition)
        .order_by("chapter__number", "position")
        .values_list("chapter__number", "number", "title", "unit_key", "effective_from")
    )
)


def _units_by(lookup: str) -> PreparedQuery:
    return PreparedQuery(
        lambda edition, value: (
            Unit.objects.filter(edition=edition, **{lookup: value})
            .order_by()
            .row_values()
        )
    )


# From an edition's id and a code, an id, or a key in hexadecimal.
units = {lookup: _units_by(lookup) for lookup in ("pk", "code", "key")}

function_places = PreparedQuery(
    lambda edition, key: (
        Function.objects.filter(edition=edition, key=key)
        .order_by()
        .values_list("unit_id", "unit__key", "unit__code")
    )
)


def _function_values(functions) -> QuerySet:
    """Keys come as the database's own text: making UUIDs of them, to be written as text
    again, would be a fifth of the time of a long list.
    """
    fields = dict.fromkeys(FunctionRow._fields) | {"key": Cast("key", TextField())}
    return functions.order_by().values_list(
        *(given or name for name, given in fields.items())
    )


def _functions_of(size: int) -> PreparedQuery:
    """The rows of as many units; equal conditions, since no list can be prepared."""

    def build(*units):
        chosen = reduce(or_, (Q(unit=unit) for unit in units))
        return _function_values(Function.objects.filter(chosen))

    build.__signature__ = Signature(
        [Parameter(f"unit{n}", Parameter.POSITIONAL_ONLY) for n in range(size)]
    )
    return PreparedQuery(build)


# A page touches at most as many units as it has functions.
MOST_UNITS = MAX_PAGE_SIZE
_functions = {size: _functions_of(size) for size in (1, 4, 20, MOST_UNITS)}
_functions_in = PreparedQuery(
    lambda edition: _function_values(Function.objects.filter(edition=edition))
)


def functions_in(edition_id: int) -> list[FunctionRow]:
    """Functions and items of an edition, with keys as text; see key_text()."""
    return [FunctionRow(*values) for values in _functions_in(edition_id)]


def functions_of(unit_ids: list[int]) -> list[FunctionRow]:
    """Functions and items of these units, with keys as text; see key_text()."""
    if not unit_ids:
        return []
    size = next(size for size in _functions if size >= len(unit_ids))
    padded = unit_ids + unit_ids[-1:] * (size - len(unit_ids))
    return [FunctionRow(*values) for values in _functions[size](*padded)]
