"""The shapes of answers, for the OpenAPI document; representations.py fills them."""

from __future__ import annotations

from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from manual_org.api.v1.examples import (
    EDITION_URL,
    FUNCTION,
    ITEM,
    STAMP,
    UNIT,
    UNIT_LINKS,
)
from manuals.models import Chapter, Edition

BLOCK_KINDS = [
    ("paragraph", "paragraph"),
    ("item", "item of a list"),
    ("heading", "heading"),
]
RENUMBERED = "renumbered"
UNIT_CHANGES = [
    ("new", "the other edition does not have it"),
    ("reworded", "its name, level, positions or objective differ"),
    ("moved", "it hangs from another unit"),
    ("functions", "its list of functions differs"),
    (RENUMBERED, "its code differs"),
]
FUNCTION_CHANGES = [
    ("new", "the other edition does not have it"),
    ("reworded", "its text or that of its items differs"),
    ("moved", "it was of another unit, or an item"),
    (RENUMBERED, "its number differs"),
]


class Shape(serializers.Serializer):
    """An answer: every field is always present, but for those that are asked for."""


class EditionStamp(Shape):
    """Which edition an answer speaks of."""

    manual = serializers.CharField(help_text="The manual's slug.")
    label = serializers.CharField(help_text="The edition's label in addresses.")
    status = serializers.ChoiceField(Edition.Status.choices)
    effective_from = serializers.DateField(
        allow_null=True, help_text="First day in force."
    )
    effective_to = serializers.DateField(
        allow_null=True, help_text="Last day in force, this one included."
    )


class Links(Shape):
    url = serializers.URLField(help_text="This resource in the API.")
    html_url = serializers.URLField(help_text="The same on the site, for people.")


class EditionSummary(Links):
    """An edition and the data of its authorisation."""

    edition = EditionStamp()
    in_force = serializers.BooleanField(help_text="Whether it is in force today.")
    numbering = serializers.ChoiceField(
        Edition.Numbering.choices, help_text="How functions are printed."
    )
    functions_chapter = serializers.IntegerField(
        allow_null=True, help_text="The number that the units' codes begin with."
    )
    withdrawn_on = serializers.DateField(allow_null=True)
    authorised_by = serializers.CharField(allow_null=True)
    authorised_position = serializers.CharField(allow_null=True)
    authorisation_text = serializers.CharField(allow_null=True, help_text="Markdown.")
    elaborated_by = serializers.CharField(allow_null=True)
    reviewed_by = serializers.CharField(allow_null=True)
    ratified_on = serializers.DateField(allow_null=True)
    document_number = serializers.CharField(allow_null=True)
    document_date = serializers.DateField(allow_null=True)
    units_url = serializers.URLField(help_text="Its units, flat, in reading order.")
    functions_url = serializers.URLField(help_text="All its functions.")


@extend_schema_serializer(component_name="Manual")
class ManualShape(Links):
    """A manual as a work."""

    slug = serializers.CharField()
    title = serializers.CharField()
    acronym = serializers.CharField(allow_null=True)
    institution = serializers.CharField(allow_null=True)
    registration_key = serializers.CharField(allow_null=True)
    notice = serializers.CharField(
        allow_null=True, help_text="To be shown wherever the manual is shown."
    )
    current_edition = EditionStamp(
        allow_null=True, help_text="The edition in force today, or on the day asked."
    )
    editions_url = serializers.URLField(help_text="Its editions, the newest first.")
    changes_url = serializers.URLField(help_text="What happened to it, as a feed.")
    editions = EditionSummary(
        many=True, required=False, help_text="Expanded, the newest first."
    )


class Source(Shape):
    """A file that the edition was read from."""

    name = serializers.CharField()
    sha256 = serializers.CharField()


class ChapterSummary(Links):
    """A chapter in a list."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(Chapter.Kind.choices)


class Block(Shape):
    """A paragraph or list item of a chapter; `number` makes it citable."""

    number = serializers.IntegerField()
    depth = serializers.IntegerField(help_text="0 for a paragraph, then list levels.")
    kind = serializers.ChoiceField(BLOCK_KINDS)
    marker = serializers.CharField(help_text="The printed number of an ordered item.")
    text = serializers.CharField(help_text="Markdown.")


class Chart(Shape):
    """An organisation chart and the unit that it shows."""

    number = serializers.CharField()
    title = serializers.CharField()
    unit_key = serializers.UUIDField(allow_null=True)
    effective_from = serializers.DateField(allow_null=True)


class ChapterDetail(ChapterSummary):
    """A chapter with its text; the functions chapter has none, units have."""

    edition = EditionStamp()
    body = serializers.CharField(help_text="Markdown.")
    blocks = Block(many=True)
    charts = Chart(many=True)


class ThirdLevelItem(Shape):
    """An item of an item; the last level."""

    key = serializers.UUIDField()
    label = serializers.CharField(help_text="i, ii, iii ...")
    text = serializers.CharField()
    items = serializers.ListField(
        child=serializers.CharField(), max_length=0, help_text="Always empty."
    )


class Item(Shape):
    """An item of a function."""

    key = serializers.UUIDField()
    label = serializers.CharField(help_text="a, b, c ... z, aa ...")
    text = serializers.CharField()
    items = ThirdLevelItem(many=True)


class UnitFunction(Shape):
    """A function inside its unit."""

    key = serializers.UUIDField()
    number = serializers.IntegerField(help_text="From 1 within the unit.")
    text = serializers.CharField()
    items = Item(many=True)


class UnitReference(Shape):
    """A unit as others name it."""

    key = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    url = serializers.URLField()


class UnitsAround(Shape):
    """Where a unit stands, for who expands it."""

    parent = UnitReference(
        required=False, allow_null=True, help_text="Expanded; null for the root."
    )
    chain = UnitReference(
        many=True, required=False, help_text="Expanded: from the root to the parent."
    )
    children = UnitReference(many=True, required=False, help_text="Expanded, in order.")


class UnitFields(Links):
    """What a unit says of itself."""

    key = serializers.UUIDField(help_text="Which unit it is, in every edition.")
    code = serializers.CharField(help_text="Its code in this edition.")
    printed_code = serializers.CharField(
        allow_null=True, help_text="What the source printed, where that differs."
    )
    printed_page = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    kind = serializers.CharField(help_text="Its level: Dirección, División ...")
    positions = serializers.ListField(
        child=serializers.CharField(),
        help_text="The letters of a heading that stands for several positions.",
    )
    parent_code = serializers.CharField(allow_null=True)
    objective = serializers.CharField(allow_null=True, help_text="Markdown.")


class UnitSummary(UnitsAround, UnitFields):
    """A unit in a list."""

    functions = UnitFunction(many=True, required=False, help_text="Expanded.")
    changes = serializers.ListField(
        child=serializers.ChoiceField(UNIT_CHANGES),
        required=False,
        help_text="With `changed_since`: how it differs from the other edition.",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A unit",
            value={
                "edition": STAMP,
                **UNIT,
                "functions": [FUNCTION],
                **UNIT_LINKS,
            },
        )
    ]
)
class UnitDetail(UnitsAround, UnitFields):
    """A unit with its functions and their items."""

    edition = EditionStamp()
    functions = UnitFunction(many=True)


class UnitFunctionList(Shape):
    """All functions of a unit, in order."""

    edition = EditionStamp()
    unit_key = serializers.UUIDField()
    unit_code = serializers.CharField()
    functions = UnitFunction(many=True)
    url = serializers.URLField()


class FunctionFields(Links):
    """What a function, or an item, says of itself."""

    key = serializers.UUIDField(help_text="Which function it is, in every edition.")
    unit_key = serializers.UUIDField()
    unit_code = serializers.CharField()
    parent_key = serializers.UUIDField(
        allow_null=True, help_text="The function or item that this item belongs to."
    )
    number = serializers.IntegerField(
        allow_null=True, help_text="From 1 within the unit; null for an item."
    )
    label = serializers.CharField(help_text="1, 2 ...; a, b ...; i, ii ...")
    text = serializers.CharField()
    items = Item(many=True)
    unit = UnitReference(required=False, help_text="Expanded.")


@extend_schema_serializer(component_name="Function")
class FunctionShape(FunctionFields):
    """A function of a unit, or one of its items, as a resource of its own."""

    changes = serializers.ListField(
        child=serializers.ChoiceField(FUNCTION_CHANGES),
        required=False,
        help_text="With `changed_since`: how it differs from the other edition.",
    )


@extend_schema_serializer(
    component_name="FunctionDetail",
    examples=[
        OpenApiExample(
            "A function",
            value={
                "edition": STAMP,
                "key": FUNCTION["key"],
                "unit_key": UNIT["key"],
                "unit_code": "8.4.3",
                "parent_key": None,
                "number": 1,
                "label": "1",
                "text": FUNCTION["text"],
                "items": [ITEM],
                "url": f"{EDITION_URL}/functions/{FUNCTION['key']}/",
                "html_url": f"{UNIT_LINKS['html_url']}#f1",
            },
        )
    ],
)
class FunctionDetail(FunctionFields):
    """A function with the edition it stands in."""

    edition = EditionStamp()


@extend_schema_field(
    {"type": "array", "items": {"$ref": "#/components/schemas/Branch"}}
)
class Branches(serializers.ListField):
    """Branches below a branch; serializers cannot name themselves."""


class Branch(Shape):
    """A unit and, nested, all that hangs from it."""

    key = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    url = serializers.URLField()
    children = Branches()


class Tree(Shape):
    """The structure of an edition, or a branch of it."""

    edition = EditionStamp()
    root = Branch(allow_null=True, help_text="null while the edition has no unit.")


class PageShape(Shape):
    """One page of a list in a fixed order."""

    count = serializers.IntegerField(help_text="How many results there are in all.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class ManualPage(PageShape):
    """Manuals by title."""

    results = ManualShape(many=True)


class EditionPage(PageShape):
    """The editions of a manual, the newest first."""

    results = EditionSummary(many=True)


class ChapterPage(PageShape):
    """The chapters of an edition by number."""

    edition = EditionStamp()
    results = ChapterSummary(many=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "The second page of two",
            value={
                "edition": STAMP,
                "count": 21,
                "next": None,
                "previous": f"{EDITION_URL}/units/?page=1",
                "results": [{**UNIT, **UNIT_LINKS}],
            },
        )
    ]
)
class UnitPage(PageShape):
    """Units in reading order."""

    edition = EditionStamp()
    results = UnitSummary(many=True)


class FunctionPage(PageShape):
    """Functions in reading order, each with its items."""

    edition = EditionStamp()
    results = FunctionShape(many=True)
