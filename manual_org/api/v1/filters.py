"""The parameters of each kind of address; anything else in a query string is 400."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from functions.search import Kind
from manual_org.api.errors import InvalidQuery
from manual_org.api.fields import Day, Query
from manual_org.api.pagination import PageQuery
from units.outline import Outline, OutlineUnit


class EditionQuery(Query):
    on = Day(
        required=False,
        help_text="With the edition `current`: the one in force that day.",
    )


class EditionPageQuery(PageQuery, EditionQuery):
    pass


class ReadinessQuery(EditionQuery):
    effective_from = Day(
        required=False,
        help_text="A day to authorise from; the edition's own, else today, unless "
        "given. Not once it is authorised.",
    )


class UnitQuery(EditionPageQuery):
    kind = serializers.CharField(
        required=False, max_length=100, help_text="Only units of this level."
    )
    under = serializers.CharField(
        required=False,
        max_length=255,
        help_text="Only the unit with this code and all below it.",
    )


class FunctionQuery(EditionPageQuery):
    unit = serializers.CharField(
        required=False,
        max_length=255,
        help_text="Only functions of the unit with this code.",
    )
    under = serializers.CharField(
        required=False,
        max_length=255,
        help_text="Only functions of the unit with this code and of all below it.",
    )


class SearchQuery(PageQuery):
    q = serializers.CharField(
        help_text='Words, a `"phrase"`, `-word` to exclude it, or a code, '
        "`8.4.3.2 f12`. Accents, case and inflections do not matter."
    )
    manual = serializers.CharField(
        required=False, max_length=80, help_text="Only this manual, by its slug."
    )
    edition = serializers.CharField(
        required=False,
        max_length=40,
        help_text="With `manual`: only the edition of this label, or `current`.",
    )
    on = Day(
        required=False,
        help_text="The editions in force that day; today unless given.",
    )
    editions = serializers.ChoiceField(
        choices=[
            ("in_force", "those in force"),
            ("all", "every published one; what several say is listed once"),
        ],
        default="in_force",
        help_text="Of several editions, which are searched.",
    )
    under = serializers.CharField(
        required=False,
        max_length=255,
        help_text="Only the unit with this code and all below it: of the edition "
        "searched, where it is one. Or a unit's key, of any number of editions.",
    )
    kind = serializers.ChoiceField(
        choices=[(kind.value, kind.value) for kind in Kind],
        required=False,
        help_text="Only hits of this kind; the facets count all kinds.",
    )
    branch = serializers.UUIDField(
        required=False,
        help_text="Only hits of this branch, by the key that its facet gives.",
    )
    typing = serializers.BooleanField(
        default=False, help_text="The last word may be unfinished."
    )
    who = serializers.BooleanField(
        default=False, help_text="Fill `responsible`: the units that do this."
    )


class ReasonQuery(Query):
    reason = serializers.CharField(
        max_length=1000, help_text="Why it is deleted; kept in its history."
    )


class KeyQuery(Query):
    edition = serializers.CharField(
        required=False,
        max_length=40,
        help_text="The edition's label, or `current`; the one in force today, else "
        "the last that had the key, unless given.",
    )
    on = Day(required=False, help_text="The edition in force that day.")
    manual = serializers.CharField(
        required=False,
        max_length=80,
        help_text="The manual's slug, where several manuals have the key.",
    )


class KeyWriteQuery(Query):
    edition = serializers.CharField(max_length=40, help_text="The draft's label.")
    manual = serializers.CharField(
        required=False,
        max_length=80,
        help_text="The manual's slug, where several manuals have the key.",
    )


class KeyDeleteQuery(KeyWriteQuery, ReasonQuery):
    pass


def units_of(outline: Outline, query: dict) -> list[OutlineUnit]:
    """The units that ``unit``, ``under`` and ``kind`` leave, in reading order.

    Raises InvalidQuery for a code that the edition does not have.
    """
    units = outline.units
    if "under" in query:
        units = list(_named(outline, query, "under").branch())
    if "unit" in query:
        one = _named(outline, query, "unit")
        units = [unit for unit in units if unit is one]
    if "kind" in query:
        units = [unit for unit in units if unit.kind == query["kind"]]
    return units


def _named(outline: Outline, query: dict, parameter: str) -> OutlineUnit:
    unit = outline.by_code.get(query[parameter])
    if unit is None:
        raise InvalidQuery(
            {
                parameter: [
                    ErrorDetail(
                        _("La edición no tiene una unidad con este código."),
                        code="unknown_unit",
                    )
                ]
            }
        )
    return unit
