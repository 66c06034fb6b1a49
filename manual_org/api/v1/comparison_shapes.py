"""The shape of a comparison, ``manual-org/compare/1``, for the OpenAPI document.

docs/compare.md says what each value means; review/compare/jsonformat.py fills it.
"""

from __future__ import annotations

from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from manual_org.api.v1.comparison_example import EXAMPLE
from manual_org.api.v1.serializers import BLOCK_KINDS, Chart, Shape
from manuals.models import Chapter
from review.compare.changes import (
    CHAPTER_CHANGES,
    FUNCTION_CHANGES,
    MERGED,
    SPLIT,
    UNIT_CHANGES,
    WEIGHTS,
)
from review.compare.jsonformat import FORMAT
from review.compare.pairing import KEYS, TEXTS

UNIT_STATES = [(name, name) for name in UNIT_CHANGES]
FUNCTION_STATES = [(name, name) for name in FUNCTION_CHANGES]
CHAPTER_STATES = [(name, name) for name in CHAPTER_CHANGES]
# Of blocks and charts, which have no title of their own to change.
BLOCK_STATES = [(name, name) for name in CHAPTER_CHANGES if name != "renamed"]
WEIGHT_CHOICES = [(name, name) for name in WEIGHTS]
MATCHED = [(KEYS, "by keys"), (TEXTS, "by codes, names and texts")]
SUCCESSION_KINDS = [(SPLIT, SPLIT), (MERGED, MERGED)]
RENUMBERINGS = [
    ("chapter", "only the number of the functions chapter"),
    ("parent", "it follows its parent"),
    ("own", "its own place"),
]


def _weight(help_text="Of the change of its own text; null where that is the same."):
    return serializers.ChoiceField(WEIGHT_CHOICES, allow_null=True, help_text=help_text)


def _confidence():
    return serializers.FloatField(
        min_value=0, max_value=1, help_text="1 where it is certain."
    )


class KeyList(serializers.ListField):
    child = serializers.UUIDField()


class PairList(serializers.ListField):
    """(old, new) of any kind."""

    child = serializers.JSONField()

    def __init__(self, **kwargs):
        super().__init__(min_length=2, max_length=2, **kwargs)


class Redline(serializers.ListField):
    """Stretches of text: ["=", kept], ["-", deleted], ["+", inserted]."""

    child = serializers.ListField(
        child=serializers.CharField(), min_length=2, max_length=2
    )


class ComparedEdition(Shape):
    """One of the two editions."""

    manual = serializers.CharField(help_text="The manual's slug.")
    edition = serializers.CharField(help_text="The edition's label.")


class ComparedTotals(Shape):
    old = serializers.IntegerField()
    new = serializers.IntegerField()


class ComparedWeights(Shape):
    substantive = serializers.IntegerField()
    terminology = serializers.IntegerField()
    cosmetic = serializers.IntegerField()


class _Counts(Shape):
    """How many there are, by what became of them."""

    counted: tuple[str, ...] = ()
    total = ComparedTotals()

    def get_fields(self):
        return {
            **super().get_fields(),
            **{name: serializers.IntegerField() for name in self.counted},
        }


class ComparedUnitCounts(_Counts):
    counted = UNIT_CHANGES
    differing = serializers.IntegerField(
        help_text="More than renumbered with the chapter, functions included."
    )


class ComparedItemCounts(_Counts):
    counted = FUNCTION_CHANGES
    reordered = serializers.IntegerField()
    by_weight = ComparedWeights()


class ComparedFunctionCounts(ComparedItemCounts):
    modified = serializers.IntegerField(
        help_text="With another text, or something else among their items."
    )
    modified_by_weight = ComparedWeights()


class ComparedChapterCounts(_Counts):
    counted = CHAPTER_CHANGES


class ComparisonSummary(Shape):
    """Counts of the two whole editions, whatever part was asked for."""

    same = serializers.BooleanField(help_text="Nothing at all differs.")
    units = ComparedUnitCounts()
    functions = ComparedFunctionCounts()
    items = ComparedItemCounts()
    chapters = ComparedChapterCounts()
    edition = serializers.IntegerField(help_text="Fields that differ.")
    manual = serializers.IntegerField(help_text="Fields that differ.")
    terms = serializers.IntegerField(help_text="Terms replaced by others.")


class ComparedTerm(Shape):
    """One term replaced by another throughout."""

    old = serializers.CharField()
    new = serializers.CharField()
    count = serializers.IntegerField()
    forms = serializers.ListField(
        child=serializers.ListField(
            child=serializers.CharField(), min_length=2, max_length=2
        ),
        help_text="Its singular, plural ... as found.",
    )


class ComparedSuccession(Shape):
    """A unit split into several, or several merged into one."""

    kind = serializers.ChoiceField(SUCCESSION_KINDS)
    to = KeyList(help_text="Keys of the new edition.")
    confidence = _confidence()
    recorded = serializers.BooleanField(
        help_text="Stated by a person; otherwise a proposal."
    )

    def get_fields(self):
        # A keyword of the language.
        return {
            **super().get_fields(),
            "from": KeyList(help_text="Keys of the old edition."),
        }


class ComparedUnitSide(Shape):
    """A unit as one of the editions has it."""

    key = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    parent_code = serializers.CharField(allow_null=True)


class ComparedName(Shape):
    weight = _weight()
    redline = Redline()


class ComparedText(Shape):
    weight = _weight()
    old = serializers.CharField(allow_null=True)
    new = serializers.CharField(allow_null=True)
    redline = Redline()


class ComparedFunctionSide(Shape):
    """A function or item as one of the editions has it."""

    key = serializers.UUIDField()
    code = serializers.CharField(help_text="Of its unit.")
    number = serializers.IntegerField(min_value=1)
    label = serializers.CharField(help_text="3, b or ii.")
    anchor = serializers.CharField(help_text="f3-b, on the unit's page.")
    text = serializers.CharField()


@extend_schema_field(
    {"type": "array", "items": {"$ref": "#/components/schemas/ComparedFunction"}}
)
class ComparedItems(serializers.ListField):
    """Items of a function; serializers cannot name themselves."""


class ComparedFunction(Shape):
    """What became of a function or item; its items speak for themselves."""

    key = serializers.UUIDField(help_text="The new one, else the old.")
    change = serializers.ChoiceField(FUNCTION_STATES)
    weight = _weight()
    overall = _weight("The heaviest of its text and of everything in its items.")
    confidence = _confidence()
    reordered = serializers.BooleanField(
        help_text="In another order among those that remain in its list."
    )
    via = serializers.ChoiceField(
        SUCCESSION_KINDS,
        allow_null=True,
        help_text="A moved one that follows its split or merged unit.",
    )
    old = ComparedFunctionSide(allow_null=True)
    new = ComparedFunctionSide(allow_null=True)
    redline = Redline()
    left = KeyList(help_text="Items that stand elsewhere now.")
    items = ComparedItems()


class ComparedUnit(Shape):
    """What became of a unit, and of its functions."""

    key = serializers.UUIDField(help_text="The new one, else the old.")
    changes = serializers.ListField(
        child=serializers.ChoiceField(UNIT_STATES), min_length=1
    )
    confidence = _confidence()
    to = KeyList(help_text="Results of its split or merger.")
    old = ComparedUnitSide(allow_null=True)
    new = ComparedUnitSide(allow_null=True)
    renumbering = serializers.ChoiceField(
        RENUMBERINGS, allow_null=True, help_text="Why its code differs."
    )
    reordered = serializers.BooleanField()
    name = ComparedName(allow_null=True)
    objective = ComparedText(allow_null=True)
    fields = serializers.DictField(
        child=PairList(), help_text="Other fields that differ: [old, new]."
    )
    left = KeyList(help_text="Functions that stand in another unit now.")
    functions = ComparedFunction(many=True)

    def get_fields(self):
        return {
            **super().get_fields(),
            "from": KeyList(help_text="Origins of its split or merger."),
        }


class ComparedBlockSide(Shape):
    """A paragraph or list item of a chapter."""

    number = serializers.IntegerField(min_value=1)
    depth = serializers.IntegerField(min_value=0)
    kind = serializers.ChoiceField(BLOCK_KINDS)
    marker = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class ComparedBlock(Shape):
    """What became of a block of a chapter."""

    number = serializers.IntegerField(min_value=1)
    change = serializers.ChoiceField(BLOCK_STATES)
    weight = _weight()
    reordered = serializers.BooleanField()
    old = ComparedBlockSide(allow_null=True)
    new = ComparedBlockSide(allow_null=True)
    redline = Redline()


class ComparedChart(Shape):
    """What became of an organisation chart."""

    change = serializers.ChoiceField(BLOCK_STATES)
    fields = serializers.ListField(
        child=serializers.CharField(), help_text="What differs besides the number."
    )
    old = Chart(allow_null=True)
    new = Chart(allow_null=True)


class ComparedChapterSide(Shape):
    number = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(Chapter.Kind.choices)


class ComparedChapter(Shape):
    """What became of a chapter, its blocks and its charts."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    change = serializers.ChoiceField(
        CHAPTER_STATES, help_text="The first of `changes`."
    )
    changes = serializers.ListField(
        child=serializers.ChoiceField(CHAPTER_STATES), min_length=1
    )
    weight = _weight("The heaviest of its blocks and charts.")
    old = ComparedChapterSide(allow_null=True)
    new = ComparedChapterSide(allow_null=True)
    blocks = ComparedBlock(many=True)
    charts = ComparedChart(many=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "One function reworded, `?changes=only`",
            value=EXAMPLE,
        )
    ]
)
class Comparison(Shape):
    """What differs between two editions, in the new one's reading order."""

    format = serializers.ChoiceField([(FORMAT, FORMAT)])
    old = ComparedEdition()
    new = ComparedEdition()
    matched = serializers.ChoiceField(
        MATCHED,
        help_text="What paired the editions.",
    )
    summary = ComparisonSummary()
    manual = serializers.DictField(
        child=PairList(), help_text="The manual's fields that differ: [old, new]."
    )
    edition = serializers.DictField(
        child=PairList(), help_text="The edition's fields that differ: [old, new]."
    )
    chapters = ComparedChapter(many=True)
    terminology = ComparedTerm(many=True)
    successions = ComparedSuccession(many=True)
    units = ComparedUnit(many=True)
