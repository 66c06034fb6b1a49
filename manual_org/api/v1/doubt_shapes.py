"""The shapes of doubtful matches of an import, for the OpenAPI document."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from exchange.models import MatchDoubt
from manual_org.api.v1.examples import EDITION_URL, STAMP
from manual_org.api.v1.serializers import EditionStamp, PageShape, Shape

_DRAFT = {**STAMP, "label": "2024", "status": "draft", "effective_from": None}
_DRAFT_URL = EDITION_URL.replace("2021", "2024")
_KEY = "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90"


class ImportedMatch(Shape):
    """A unit or function that an import took, unsurely, for one of the base."""

    what = serializers.ChoiceField(MatchDoubt.What.choices)
    key = serializers.UUIDField(help_text="In the draft, as it is now.")
    base_key = serializers.UUIDField(
        help_text="Of what the import took it for; `key` too, until it is corrected."
    )
    confidence = serializers.FloatField(min_value=0, max_value=1)
    text = serializers.CharField(help_text="As the document says it.")
    base_text = serializers.CharField(help_text="As the base says it.")
    state = serializers.ChoiceField(MatchDoubt.State.choices)
    decided_at = serializers.DateTimeField(allow_null=True)
    source = serializers.CharField(allow_null=True, help_text="The file's name.")
    source_line = serializers.IntegerField(allow_null=True)
    unit_code = serializers.CharField(
        allow_null=True, help_text="Where it stands now; null once it was deleted."
    )
    url = serializers.URLField(allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A function that was reworded",
            value={
                "edition": _DRAFT,
                "count": 1,
                "next": None,
                "previous": None,
                "results": [
                    {
                        "what": "function",
                        "key": _KEY,
                        "base_key": _KEY,
                        "confidence": 0.71,
                        "text": "Coordinar los programas de cada semestre.",
                        "base_text": "Planear los programas.",
                        "state": "pending",
                        "decided_at": None,
                        "source": "oficio-12.txt",
                        "source_line": 3,
                        "unit_code": "8.4.3",
                        "url": f"{_DRAFT_URL}/functions/{_KEY}/",
                    }
                ],
            },
        )
    ]
)
class ImportedMatchPage(PageShape):
    """Units first, each kind in the order of the document."""

    edition = EditionStamp()
    results = ImportedMatch(many=True)
