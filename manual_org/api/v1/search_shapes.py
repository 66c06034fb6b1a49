"""The shapes of what a search answers, for the OpenAPI document; see found.py."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from functions.search import Kind
from manual_org.api.v1.examples import EDITION_URL, SITE, STAMP
from manual_org.api.v1.serializers import EditionStamp, Links, PageShape, Shape

KINDS = [(kind.value, kind.value) for kind in Kind]

_UNIT = {
    "key": "9dd1b5c8-eb5a-4e53-a5e9-343100b4bd1f",
    "code": "8.4.3",
    "name": "Coordinación de Ejemplo",
    "kind": "Coordinación",
    "url": f"{EDITION_URL}/units/8.4.3/",
    "html_url": f"{SITE}/manuales/demo/2021/8.4.3/",
}
_HIT = {
    "kind": "function",
    "edition": STAMP,
    "editions": 1,
    "key": "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90",
    "unit": _UNIT,
    "chain": [{"code": "8.1", "name": "Dirección de Ejemplo"}],
    "chapter": None,
    "label": "12",
    "snippet": [
        {"text": "Atender las ", "match": False},
        {"text": "quejas", "match": True},
        {"text": " de las personas usuarias.", "match": False},
    ],
    "url": f"{EDITION_URL}/units/8.4.3/",
    "html_url": f"{SITE}/manuales/demo/2021/8.4.3/#f12",
}


class FoundUnit(Links):
    """A unit in an answer of the search."""

    key = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()


class FoundStep(Shape):
    """A unit above the one that a hit stands in."""

    code = serializers.CharField()
    name = serializers.CharField()


class FoundChapter(Shape):
    number = serializers.IntegerField()
    title = serializers.CharField()


class Piece(Shape):
    """A stretch of plain text."""

    text = serializers.CharField()
    match = serializers.BooleanField(help_text="Whether it was looked for.")


class Hit(Links):
    """A unit, a function, an item or a paragraph of a chapter."""

    kind = serializers.ChoiceField(KINDS)
    edition = EditionStamp()
    editions = serializers.IntegerField(
        help_text="How many of the editions searched say the same."
    )
    key = serializers.UUIDField(
        allow_null=True, help_text="Of the unit, function or item."
    )
    unit = FoundUnit(allow_null=True, help_text="Where it stands; null in a chapter.")
    chain = FoundStep(many=True, help_text="The units above that, from the root.")
    chapter = FoundChapter(allow_null=True, help_text="Of a paragraph of a chapter.")
    label = serializers.CharField(
        allow_null=True, help_text="Its number and letters; null for a unit."
    )
    snippet = Piece(many=True, help_text="Its text, or the part of it that matches.")


class DirectHit(Shape):
    """What a code leads to."""

    edition = EditionStamp()
    unit = FoundUnit()
    html_url = serializers.URLField(help_text="Down to the function or item.")


class SearchSuggestion(Shape):
    word = serializers.CharField(help_text="A word that was not found.")
    instead = serializers.CharField(help_text="One that is.")
    query = serializers.CharField(help_text="The query with it.")


class SearchExpansion(Shape):
    term = serializers.CharField()
    also = serializers.ListField(
        child=serializers.CharField(), help_text="Its synonyms, looked for besides."
    )


class KindFacet(Shape):
    kind = serializers.ChoiceField(KINDS)
    count = serializers.IntegerField()


class BranchFacet(FoundUnit):
    """The root's own hits, or those of everything below one of its children."""

    edition = EditionStamp()
    count = serializers.IntegerField()


class SearchFacets(Shape):
    """Counts; each as if its own filter were not set."""

    kinds = KindFacet(many=True)
    branches = BranchFacet(many=True)


class ResponsibleUnit(Shape):
    """A unit that does what was asked."""

    edition = EditionStamp()
    unit = FoundUnit()
    count = serializers.IntegerField(help_text="How many of its texts say so.")
    hits = Hit(many=True, help_text="The best of them.")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A word",
            value={
                "editions": [STAMP],
                "query": "quejas",
                "direct": None,
                "suggestions": [],
                "expansions": [{"term": "quejas", "also": ["inconformidades"]}],
                "ignored": [],
                "left_out": [],
                "relaxed": False,
                "truncated": False,
                "partial": False,
                "facets": {
                    "kinds": [{"kind": "function", "count": 1}],
                    "branches": [{"edition": STAMP, **_UNIT, "count": 1}],
                },
                "responsible": [],
                "count": 1,
                "next": None,
                "previous": None,
                "results": [_HIT],
            },
        )
    ]
)
class SearchPage(PageShape):
    """Hits, the best first, and what to narrow them by."""

    editions = EditionStamp(many=True, help_text="Those that were searched.")
    query = serializers.CharField(help_text="What was looked for.")
    direct = DirectHit(allow_null=True)
    suggestions = SearchSuggestion(many=True)
    expansions = SearchExpansion(many=True)
    ignored = serializers.ListField(
        child=serializers.CharField(), help_text="Words too common to look for."
    )
    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="Words that some hits lack."
    )
    relaxed = serializers.BooleanField(help_text="Nothing holds all the words.")
    truncated = serializers.BooleanField(
        help_text="Only the beginning of a very long query was used."
    )
    partial = serializers.BooleanField(
        help_text=(
            "More than 10,000 places answer: only so many were ranked, and every count"
            " is the least that there is."
        )
    )
    facets = SearchFacets()
    responsible = ResponsibleUnit(many=True, help_text="Filled with `who=true`.")
    results = Hit(many=True)
