"""The shapes of the change feed, for the OpenAPI document."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from manual_org.api.v1.examples import EDITION_URL, SITE
from manual_org.api.v1.serializers import Shape
from manuals.models import Change

PARTS = [
    ("chapters", "chapters; their keys are their numbers"),
    ("charts", "charts; their keys are their numbers"),
    ("units", "units"),
    ("functions", "functions and their items"),
    ("notes", "change notes; their keys are those of their units"),
    ("successions", "mergers and splits; their keys are those of the units"),
]
MANY = "many"
HAPPENED = [
    ("created", "new"),
    ("changed", "otherwise than before"),
    ("moved", "hangs from another unit or function"),
    ("renumbered", "only its code or number is another one"),
    ("deleted", "gone"),
    (MANY, "too many to be listed: read the part again"),
]
_CURSOR = 1795269523152713
_AUTHORISED = {
    "cursor": _CURSOR,
    "at": "2024-03-20T11:04:09.120000-06:00",
    "kind": "edition.authorised",
    "manual": "demo",
    "edition": "2024",
    "renamed_from": None,
    "fields": [],
    "base": "2021",
    "previous": "2021",
    "effective_from": "2024-04-01",
    "effective_to": None,
    "withdrawn_on": None,
    "content": [],
    "url": f"{EDITION_URL.replace('2021', '2024')}/",
    "html_url": f"{SITE}/manuales/demo/2024/",
    "comparison_url": f"{SITE}/api/v1/manuals/demo/compare/2021/2024/",
}


class ContentChange(Shape):
    """What happened to things of one part of a draft."""

    part = serializers.ChoiceField(PARTS)
    change = serializers.ChoiceField(HAPPENED)
    keys = serializers.ListField(
        child=serializers.CharField(), help_text="None where they are many."
    )


@extend_schema_serializer(component_name="Change")
class ChangeShape(Shape):
    """Something that happened, told once and for all."""

    cursor = serializers.IntegerField(
        help_text="Its place in the feed; greater than that of all before it."
    )
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(
        Change.Kind.choices, help_text="Pass over those that you do not know."
    )
    manual = serializers.CharField(help_text="The manual's slug at that time.")
    edition = serializers.CharField(
        allow_null=True, help_text="The edition's label at that time."
    )
    renamed_from = serializers.CharField(
        allow_null=True, help_text="The slug or label before, where it is another now."
    )
    fields = serializers.ListField(
        child=serializers.CharField(),
        help_text="Of `manual.changed` and `edition.changed`: the data that changed.",
    )
    base = serializers.CharField(
        allow_null=True, help_text="The edition that this one started from."
    )
    previous = serializers.CharField(
        allow_null=True, help_text="The edition in force until the day before."
    )
    effective_from = serializers.DateField(allow_null=True)
    effective_to = serializers.DateField(allow_null=True)
    withdrawn_on = serializers.DateField(allow_null=True)
    content = ContentChange(many=True, help_text="Of `content.changed`.")
    url = serializers.URLField(
        allow_null=True,
        help_text="What to fetch, under its name of today: the edition, or the manual "
        "where `edition` is null. null once it is discarded. Ask with "
        "`Cache-Control: no-cache`, or a proxy may answer with what was before.",
    )
    html_url = serializers.URLField(allow_null=True)
    comparison_url = serializers.URLField(
        allow_null=True,
        help_text="Of `edition.authorised`: what differs from the previous edition.",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An authorisation",
            value={
                "results": [_AUTHORISED],
                "cursor": _CURSOR,
                "more": False,
                "next": f"{SITE}/api/v1/changes/?after={_CURSOR}",
            },
        )
    ]
)
class ChangePage(Shape):
    """What follows a cursor, the oldest first."""

    results = ChangeShape(many=True)
    cursor = serializers.IntegerField(
        help_text="To be remembered, and sent as `after`; as it came where there is "
        "nothing new."
    )
    more = serializers.BooleanField(help_text="Whether more follows at once.")
    next = serializers.URLField(help_text="The address to go on from, now or later.")
