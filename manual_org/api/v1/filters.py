"""The parameters of each kind of address; anything else in a query string is 400."""

from __future__ import annotations

from collections.abc import Collection

from rest_framework import serializers as rest

from functions.search import Kind
from manual_org.api.fields import Counted, Day, Query
from manual_org.api.pagination import CursorQuery, PageQuery
from manual_org.api.selecting import Several, expansions, fields_of
from manual_org.api.v1 import serializers
from manual_org.api.v1.edition_shapes import EditionDetail
from manual_org.api.v1.serializers import FUNCTION_CHANGES, RENUMBERED, UNIT_CHANGES
from manuals.models import Chapter, Edition

UNITS_AROUND = {
    "parent": "the unit that it hangs from",
    "chain": "the chain of command, from the root to the parent",
    "children": "the units that hang from it, in order",
}
UNIT_OF_FUNCTION = expansions(unit="the unit whose function it is")


def order_of(default: str, **others: str) -> rest.ChoiceField:
    """The parameter ``order``: by its default or by another of these names.

    Ties stand in the order of the default; ``-`` before a name turns it round.
    """
    names = {default.lstrip("-"): None, **others}
    told = "".join(f"; `{name}`: {what}" for name, what in others.items())
    return rest.ChoiceField(
        choices=[sign + name for name in names for sign in ("", "-")],
        default=default,
        help_text=f"`{default}` unless given{told}. `-` turns it round.",
    )


def unit_code(told: str) -> rest.CharField:
    return rest.CharField(required=False, max_length=255, help_text=told)


def words(told: str) -> rest.CharField:
    return rest.CharField(
        required=False,
        max_length=200,
        help_text=f"Only where its {told} holds all these words, or parts of words; "
        "accents and case do not count. For forms and synonyms there is `search/`.",
    )


def changes_of(known: Collection[tuple[str, str]]) -> Several:
    """The parameter ``change``, which narrows ``changed_since``."""
    told = "; ".join(f"`{name}`: {what}" for name, what in known)
    return Several(
        [name for name, _what in known],
        help_text=f"With `changed_since`: which changes count. {told}. Unless given, "
        f"all but `{RENUMBERED}`.",
    )


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


class ManualPart(Query):
    fields = fields_of(serializers.ManualShape)
    expand = expansions(editions="its editions that the caller may read")
    on = Day(
        required=False,
        help_text="`current_edition` is the one in force that day; today unless given.",
    )


class ManualQuery(PageQuery, ManualPart):
    order = order_of("title", slug="its address")


class EditionListQuery(PageQuery):
    status = Several(Edition.Status.values, help_text="Only in these states.")
    on = Day(required=False, help_text="Only the edition in force that day.")
    order = order_of("-effective_from", label="its label")
    fields = fields_of(serializers.EditionSummary)


class EditionPart(EditionQuery):
    fields = fields_of(EditionDetail)
    expand = expansions(tree="the whole structure, as `tree/` gives it")


class ChapterQuery(EditionPageQuery):
    kind = Several(Chapter.Kind.values, help_text="Only chapters of these kinds.")
    fields = fields_of(serializers.ChapterSummary)


class ChapterPart(EditionQuery):
    fields = fields_of(serializers.ChapterDetail)


class ChangedQuery(Query):
    changed_since = rest.CharField(
        required=False,
        max_length=40,
        help_text="Only what is new or changed against the edition of this label, or "
        "`current`; each result then says its `changes`.",
    )


class UnitQuery(ChangedQuery, CursorQuery, EditionQuery):
    kind = Several(
        help_text="Only units of these levels, as the catalogue writes them."
    )
    under = unit_code("Only the unit with this code and all below it.")
    parent = unit_code("Only what hangs directly from the unit with this code.")
    code = Several(help_text="Only the units with these codes.")
    key = Several(help_text="Only the units with these keys.")
    name = words("name")
    depth = Counted(
        required=False,
        min_value=0,
        max_value=999,
        help_text="Only units so far below the root, which is 0.",
    )
    has_functions = rest.BooleanField(
        required=False, help_text="Only units with, or without, any."
    )
    change = changes_of(UNIT_CHANGES)
    order = order_of(
        "code",
        name="its name, in the order of a Spanish dictionary",
        kind="its level, from the highest",
        functions="how many functions it has",
    )
    fields = fields_of(serializers.UnitSummary)
    expand = expansions(
        functions="as in the unit's own answer",
        **UNITS_AROUND,
    )


class UnitPart(EditionQuery):
    fields = fields_of(serializers.UnitDetail)
    expand = expansions(**UNITS_AROUND)


class FunctionQuery(ChangedQuery, CursorQuery, EditionQuery):
    unit = unit_code("Only functions of the unit with this code.")
    under = unit_code("Only functions of the unit with this code and of all below it.")
    kind = Several(help_text="Only functions of units of these levels.")
    key = Several(help_text="Only the functions with these keys.")
    text = words("text, or its items',")
    has_items = rest.BooleanField(
        required=False, help_text="Only functions with, or without."
    )
    change = changes_of(FUNCTION_CHANGES)
    order = order_of("code", text="its text, in the order of a Spanish dictionary")
    fields = fields_of(serializers.FunctionShape)
    expand = UNIT_OF_FUNCTION


class FunctionPart(EditionQuery):
    fields = fields_of(serializers.FunctionDetail)
    expand = UNIT_OF_FUNCTION


class SearchQuery(PageQuery):
    q = rest.CharField(
        help_text='Words, a `"phrase"`, `-word` to exclude it, or a code, '
        "`8.4.3.2 f12`. Accents, case and inflections do not matter."
    )
    manual = rest.CharField(
        required=False, max_length=80, help_text="Only this manual, by its slug."
    )
    edition = rest.CharField(
        required=False,
        max_length=40,
        help_text="With `manual`: only the edition of this label, or `current`.",
    )
    on = Day(
        required=False,
        help_text="The editions in force that day; today unless given.",
    )
    editions = rest.ChoiceField(
        choices=[
            ("in_force", "those in force"),
            ("all", "every published one; what several say is listed once"),
        ],
        default="in_force",
        help_text="Of several editions, which are searched.",
    )
    under = rest.CharField(
        required=False,
        max_length=255,
        help_text="Only the unit with this code and all below it: of the edition "
        "searched, where it is one. Or a unit's key, of any number of editions.",
    )
    kind = rest.ChoiceField(
        choices=[(kind.value, kind.value) for kind in Kind],
        required=False,
        help_text="Only hits of this kind; the facets count all kinds.",
    )
    branch = rest.UUIDField(
        required=False,
        help_text="Only hits of this branch, by the key that its facet gives.",
    )
    typing = rest.BooleanField(
        default=False, help_text="The last word may be unfinished."
    )
    who = rest.BooleanField(
        default=False, help_text="Fill `responsible`: the units that do this."
    )


class ReasonQuery(Query):
    reason = rest.CharField(
        max_length=1000, help_text="Why it is deleted; kept in its history."
    )


class KeyQuery(Query):
    edition = rest.CharField(
        required=False,
        max_length=40,
        help_text="The edition's label, or `current`; the one in force today, else "
        "the last that had the key, unless given.",
    )
    on = Day(required=False, help_text="The edition in force that day.")
    manual = rest.CharField(
        required=False,
        max_length=80,
        help_text="The manual's slug, where several manuals have the key.",
    )


class UnitKeyQuery(KeyQuery):
    fields = fields_of(serializers.UnitDetail)
    expand = expansions(**UNITS_AROUND)


class FunctionKeyQuery(KeyQuery):
    fields = fields_of(serializers.FunctionDetail)
    expand = UNIT_OF_FUNCTION


class KeyWriteQuery(Query):
    edition = rest.CharField(max_length=40, help_text="The draft's label.")
    manual = rest.CharField(
        required=False,
        max_length=80,
        help_text="The manual's slug, where several manuals have the key.",
    )


class KeyDeleteQuery(KeyWriteQuery, ReasonQuery):
    pass
