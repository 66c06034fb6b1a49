"""The shapes of findings and of the rules that docs/checks.md explains, for OpenAPI."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from manual_org.api.v1.examples import EDITION_URL, SITE, STAMP
from manual_org.api.v1.serializers import EditionStamp, Links, PageShape, Shape
from review.checks.findings import Severity

SEVERITIES = [(one.value, one.value) for one in Severity]
FIELDS = [
    ("text", "the text of a function or item"),
    ("name", "the unit's name"),
    ("code", "the unit's printed code"),
    ("page", "the unit's printed page"),
    ("functions", "the unit as a whole, shown by its name"),
    ("chapter", "the title of a chapter"),
    ("chart", "the title of a chart"),
    ("block", "a block of a chapter, its line ends read as blanks"),
]


def _severity():
    return serializers.ChoiceField(
        SEVERITIES,
        help_text="Errors are of structure: codes, numbering, index, empty units.",
    )


class FindingPlace(Shape):
    """A unit, function or item."""

    unit_code = serializers.CharField(allow_null=True)
    function_number = serializers.IntegerField(allow_null=True)
    item_label = serializers.CharField(allow_null=True, help_text="a, or a-i.")


class Finding(Links, FindingPlace):
    """What a rule says of a text; `manual-org/check/1` with addresses."""

    rule = serializers.CharField(help_text="The rule's id.")
    rule_title = serializers.CharField(help_text="In Spanish.")
    rule_explanation = serializers.CharField(help_text="In Spanish.")
    severity = _severity()
    start = serializers.IntegerField(
        min_value=0, help_text="In characters of the text that `field` names."
    )
    end = serializers.IntegerField(min_value=0, help_text="Behind the last character.")
    excerpt = serializers.CharField(
        allow_blank=True, help_text="The range with some words around it."
    )
    message = serializers.CharField(help_text="In Spanish.")
    fix = serializers.CharField(
        allow_null=True, help_text="The whole new text, where mending it is safe."
    )
    replacement = serializers.CharField(
        allow_null=True, allow_blank=True, help_text="What the fix puts in the range."
    )
    waived = serializers.BooleanField(help_text="Somebody let the text stand.")
    field = serializers.ChoiceField(FIELDS)
    chapter_number = serializers.IntegerField(allow_null=True)
    block_number = serializers.IntegerField(allow_null=True)
    unit_key = serializers.UUIDField(allow_null=True)
    function_key = serializers.UUIDField(
        allow_null=True, help_text="Of the function or of the item."
    )
    related = FindingPlace(many=True, help_text="Other places that it is about.")
    fingerprint = serializers.RegexField(
        r"^[0-9a-f]{64}$",
        help_text="Which finding it is: the same in every edition while what was "
        "judged stays the same.",
    )


class FindingCounts(Shape):
    """How many findings there are that nobody waived, and how many somebody did."""

    error = serializers.IntegerField()
    warning = serializers.IntegerField()
    advice = serializers.IntegerField()
    waived = serializers.IntegerField()


class RuleCount(Shape):
    """A rule that found something."""

    rule = serializers.CharField(help_text="The rule's id.")
    severity = _severity()
    findings = serializers.IntegerField(help_text="Without the waived ones.")
    waived = serializers.IntegerField()


class CheckSummary(Shape):
    severities = FindingCounts()
    rules = RuleCount(many=True, help_text="By id, without those that found nothing.")


_FINDING = {
    "rule": "doubled_word",
    "rule_title": "Palabra repetida",
    "rule_explanation": "La misma palabra está dos veces seguidas.",
    "severity": "warning",
    "unit_code": "8.4.3",
    "function_number": 1,
    "item_label": None,
    "start": 10,
    "end": 15,
    "excerpt": "Coordinar los los programas.",
    "message": "«los» está dos veces.",
    "fix": "Coordinar los programas.",
    "waived": False,
    "replacement": " ",
    "field": "text",
    "chapter_number": None,
    "block_number": None,
    "unit_key": "9dd1b5c8-eb5a-4e53-a5e9-343100b4bd1f",
    "function_key": "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90",
    "related": [],
    "fingerprint": "0f" * 32,
    "url": f"{EDITION_URL}/functions/6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90/",
    "html_url": f"{SITE}/manuales/demo/2021/8.4.3/#f1",
}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A word written twice",
            value={
                "edition": STAMP,
                "summary": {
                    "severities": {"error": 0, "warning": 1, "advice": 0, "waived": 0},
                    "rules": [
                        {
                            "rule": "doubled_word",
                            "severity": "warning",
                            "findings": 1,
                            "waived": 0,
                        }
                    ],
                },
                "count": 1,
                "next": None,
                "previous": None,
                "results": [_FINDING],
            },
        )
    ]
)
class FindingPage(PageShape):
    """Findings in reading order; those about chapters come first."""

    edition = EditionStamp()
    summary = CheckSummary(help_text="Of the whole edition, whatever was asked for.")
    results = Finding(many=True)


class CheckRule(Shape):
    """A rule by which editions are checked."""

    rule = serializers.CharField(help_text="Its id.")
    severity = _severity()
    title = serializers.CharField(help_text="In Spanish.")
    explanation = serializers.CharField(help_text="In Spanish.")


class CheckRulePage(PageShape):
    """The rules by id."""

    results = CheckRule(many=True)
