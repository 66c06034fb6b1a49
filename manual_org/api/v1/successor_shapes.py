"""The shapes of what became of a unit or function, for the OpenAPI document."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from manual_org.api.v1.examples import EDITION_URL, SITE, STAMP
from manual_org.api.v1.serializers import EditionStamp, Links, Shape
from review.compare.changes import KIND, MERGED, MOVED, RENAMED, RENUMBERED, SPLIT
from review.lineage import NEW, REPLACED, RETURNED, SUPPRESSED

SAME, RECORDED, PROPOSED = "same", "recorded", "proposed"
REWORDED = "reworded"
STAND_CHANGES = [
    (RENAMED, "another name"),
    (KIND, "another level"),
    (MOVED, "another parent"),
    (RENUMBERED, "another code"),
]
FUNCTION_STAND_CHANGES = [
    (REWORDED, "another text"),
    (MOVED, "another unit"),
    (RENUMBERED, "another number or letter"),
]
EVENT_KINDS = [
    (SPLIT, "split into several"),
    (MERGED, "merged with others"),
    (REPLACED, "another key continues it"),
    (SUPPRESSED, "nothing continues it"),
    (NEW, "it continues nothing"),
    (RETURNED, "there again after editions without it"),
]
EVENT_SOURCES = [
    (RECORDED, "a person stated it"),
    (PROPOSED, "the comparison proposes it"),
]
FOUND_SOURCES = [(SAME, "it has the key that was asked for"), *EVENT_SOURCES]


def _confidence():
    return serializers.FloatField(
        min_value=0, max_value=1, help_text="1 where it is certain."
    )


class SuccessorUnit(Links):
    """A unit of the edition that the answer names beside it."""

    key = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    parent_code = serializers.CharField(allow_null=True)


class UnitStand(SuccessorUnit):
    """The unit as an edition has it."""

    edition = EditionStamp()
    changes = serializers.ListField(
        child=serializers.ChoiceField(STAND_CHANGES),
        help_text="What differs from the entry before.",
    )


class UnitFound(SuccessorUnit):
    """What the unit is in the edition that the answer speaks of."""

    source = serializers.ChoiceField(
        FOUND_SOURCES, help_text="Who says so, along the whole way to it."
    )
    confidence = _confidence()


class SuccessionEvent(Shape):
    """What happened between two editions, other than to its name, place or code."""

    before = EditionStamp(help_text="The edition that has `from`.")
    after = EditionStamp(help_text="The edition that has `to`.")
    kind = serializers.ChoiceField(EVENT_KINDS)
    source = serializers.ChoiceField(
        EVENT_SOURCES, allow_null=True, help_text="null where nobody need say it."
    )
    confidence = _confidence()


class UnitEvent(SuccessionEvent):
    """What happened to a unit between two editions."""

    to = SuccessorUnit(many=True)

    def get_fields(self):
        # A keyword of the language.
        return {**super().get_fields(), "from": SuccessorUnit(many=True)}


class _Successors(Shape):
    edition = EditionStamp(
        allow_null=True,
        help_text="The edition that `today` speaks of; null while none is in force.",
    )
    since = EditionStamp(help_text="The edition from which it was followed.")
    ended = EditionStamp(
        allow_null=True,
        help_text="The first edition after the last one that has the key.",
    )
    key = serializers.UUIDField(help_text="What was asked for.")
    url = serializers.URLField()


_UNIT = {
    "key": "9dd1b5c8-eb5a-4e53-a5e9-343100b4bd1f",
    "code": "8.4.3",
    "name": "Coordinación de Registro y Control",
    "kind": "Coordinación",
    "parent_code": "8.4",
    "url": f"{SITE}/api/v1/manuals/demo/editions/2016/units/8.4.3/",
    "html_url": f"{SITE}/manuales/demo/2016/8.4.3/",
}
_OLD = {
    **STAMP,
    "label": "2016",
    "effective_from": "2016-02-01",
    "effective_to": "2021-03-03",
}
_PARTS = [
    {
        "key": key,
        "code": code,
        "name": f"Coordinación de {name}",
        "kind": "Coordinación",
        "parent_code": "8.4",
        "url": f"{EDITION_URL}/units/{code}/",
        "html_url": f"{SITE}/manuales/demo/2021/{code}/",
    }
    for key, code, name in (
        ("5f1e1c62-70a9-4b0f-9d0a-0d6f5a3a8f11", "8.4.3", "Registro"),
        ("c7c2ad4e-4c4b-4a53-8a2c-5b8a3f0e9b22", "8.4.4", "Control"),
    )
]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A unit that was split",
            value={
                "edition": STAMP,
                "since": _OLD,
                "key": _UNIT["key"],
                "editions": [{**_UNIT, "edition": _OLD, "changes": []}],
                "ended": STAMP,
                "became": [
                    {
                        "before": _OLD,
                        "after": STAMP,
                        "kind": "split",
                        "source": "recorded",
                        "confidence": 1.0,
                        "from": [_UNIT],
                        "to": _PARTS,
                    }
                ],
                "today": [
                    {**one, "source": "recorded", "confidence": 1.0} for one in _PARTS
                ],
                "url": f"{SITE}/api/v1/units/{_UNIT['key']}/successors/",
            },
        )
    ]
)
class UnitSuccessors(_Successors):
    """Where a unit stood, what happened to it, and what it is."""

    editions = UnitStand(many=True, help_text="Where the key stands, in time.")
    became = UnitEvent(
        many=True, help_text="On the way to `today`, its successors' too."
    )
    today = UnitFound(many=True, help_text="None, one or several units.")


class SuccessorFunction(Links):
    """A function or item of the edition that the answer names beside it."""

    key = serializers.UUIDField()
    unit_key = serializers.UUIDField()
    unit_code = serializers.CharField()
    unit_name = serializers.CharField()
    label = serializers.CharField(help_text="3, 3-b or 3-b-ii, as in its address.")
    text = serializers.CharField()


class FunctionStand(SuccessorFunction):
    """The function as an edition has it."""

    edition = EditionStamp()
    changes = serializers.ListField(
        child=serializers.ChoiceField(FUNCTION_STAND_CHANGES),
        help_text="What differs from the entry before.",
    )


class FunctionFound(SuccessorFunction):
    """What the function is in the edition that the answer speaks of."""

    source = serializers.ChoiceField(
        FOUND_SOURCES, help_text="Who says so, along the whole way to it."
    )
    confidence = _confidence()


class FunctionEvent(SuccessionEvent):
    """What happened to a function between two editions."""

    to = SuccessorFunction(many=True)

    def get_fields(self):
        return {**super().get_fields(), "from": SuccessorFunction(many=True)}


class FunctionSuccessors(_Successors):
    """Where a function or item stood, what happened to it, and what it is."""

    editions = FunctionStand(many=True, help_text="Where the key stands, in time.")
    became = FunctionEvent(many=True, help_text="On the way to `today`.")
    today = FunctionFound(many=True)
    units = UnitFound(
        many=True,
        help_text="Where `today` is empty: what the unit that had it last is.",
    )
