"""The shapes of what an import answers, its report included, for OpenAPI."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from exchange.importers import report
from exchange.services import Outcome
from manual_org.api.v1.examples import EDITION_URL, SITE, STAMP
from manual_org.api.v1.serializers import EditionStamp, Shape

OUTCOMES = [
    (Outcome.CREATED.value, "a new edition"),
    (Outcome.UPDATED.value, "a fragment was added to a draft"),
    (Outcome.UNCHANGED.value, "the edition holds this document already"),
]
_DRAFT = {**STAMP, "label": "2024", "status": "draft", "effective_from": None}


def _count(help_text: str | None = None):
    return serializers.IntegerField(min_value=0, help_text=help_text)


def _line(**options):
    return serializers.IntegerField(
        min_value=1, help_text="Of the file, from 1.", **options
    )


class ImportedSource(Shape):
    """The file that was read."""

    name = serializers.CharField()
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    characters = _count()
    encoding = serializers.CharField(help_text="`utf-8`, `utf-16`, `windows-1252`.")


class AccountedCharacters(Shape):
    """What became of each character of the file; the sum is the file."""

    imported = _count()
    page_headers = _count()
    index = _count()
    front_matter = _count()
    blank = _count()
    marks = _count("Bullets, stray marks.")
    not_understood = _count("0 where the import is complete.")


class ImportedCounts(Shape):
    units = _count()
    functions = _count()
    items = _count()
    third_level = _count()
    chapters = _count()
    index_entries = _count()


class ImportCorrection(Shape):
    """Something that was read otherwise than printed."""

    line = _line()
    kind = serializers.CharField()
    printed = serializers.CharField(allow_blank=True)
    read = serializers.CharField(allow_blank=True)


class ImportDoubt(Shape):
    """Something that a person should look at."""

    line = _line(allow_null=True)
    kind = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    message = serializers.CharField(help_text="In Spanish.")


class IndexDifference(Shape):
    """An entry of the index and the heading that it announces."""

    line = _line()
    code = serializers.CharField()
    index = serializers.CharField(help_text="As the index has it.")
    body = serializers.CharField(help_text="As the heading has it.")
    body_line = _line()


class IndexMissing(Shape):
    """What only the index has, or only the body."""

    line = _line()
    code = serializers.CharField()
    name = serializers.CharField()


class IndexComparison(Shape):
    """The document's index against its headings."""

    entries = _count()
    final_dots = _count("Names with and without a final dot.")
    code_dots = _count("Codes with and without one.")
    spelling = IndexDifference(many=True)
    written_otherwise = IndexDifference(many=True)
    codes = IndexDifference(many=True)
    missing_in_body = IndexMissing(many=True)
    missing_in_index = IndexMissing(many=True)


class ProposedTerm(Shape):
    """An acronym that the document explains, proposed for the glossary."""

    line = _line(allow_null=True)
    term = serializers.CharField()
    meaning = serializers.CharField()
    place = serializers.CharField(help_text="In Spanish.")


class ImportReport(Shape):
    """`manual-org/import/1`, as `import_manual --report` writes it."""

    format = serializers.CharField(help_text=f"`{report.FORMAT}`")
    source = ImportedSource()
    accounted = AccountedCharacters()
    coverage = serializers.FloatField(
        min_value=0, max_value=1, help_text="The share that was understood."
    )
    counts = ImportedCounts()
    corrections = ImportCorrection(many=True)
    doubts = ImportDoubt(many=True)
    index_check = IndexComparison()
    glossary = ProposedTerm(many=True)


_REPORT = {
    "format": report.FORMAT,
    "source": {
        "name": "oficio-12.txt",
        "sha256": "0f" * 32,
        "characters": 60,
        "encoding": "utf-8",
    },
    "accounted": {
        "imported": 50,
        "page_headers": 0,
        "index": 0,
        "front_matter": 0,
        "blank": 4,
        "marks": 6,
        "not_understood": 0,
    },
    "coverage": 1.0,
    "counts": {
        "units": 1,
        "functions": 2,
        "items": 0,
        "third_level": 0,
        "chapters": 0,
        "index_entries": 0,
    },
    "corrections": [],
    "doubts": [
        {
            "line": 3,
            "kind": "match_function",
            "text": "Coordinar los programas.",
            "message": "Se tomó por la función «Coordinar…» de la edición base.",
        }
    ],
    "index_check": {
        "entries": 0,
        "final_dots": 0,
        "code_dots": 0,
        "spelling": [],
        "written_otherwise": [],
        "codes": [],
        "missing_in_body": [],
        "missing_in_index": [],
    },
    "glossary": [],
}
_DONE = {
    "edition": _DRAFT,
    "outcome": "created",
    "dry_run": False,
    "complete": True,
    "url": f"{EDITION_URL.replace('2021', '2024')}/",
    "html_url": f"{SITE}/manuales/demo/2024/",
    "report": _REPORT,
}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A fragment read onto an edition", value=_DONE, status_codes=["201"]
        ),
        OpenApiExample(
            "The same document again",
            value={**_DONE, "outcome": "unchanged"},
            status_codes=["200"],
        ),
    ]
)
class ImportDone(Shape):
    """What became of a document."""

    edition = EditionStamp(
        allow_null=True, help_text="Where it stands; null after a dry run."
    )
    outcome = serializers.ChoiceField(
        OUTCOMES, help_text="What was done; in a dry run, what would be."
    )
    dry_run = serializers.BooleanField()
    complete = serializers.BooleanField(
        help_text="Whether all of the document was understood; the rest is written all "
        "the same, and `doubts` says where to look."
    )
    url = serializers.URLField(allow_null=True)
    html_url = serializers.URLField(allow_null=True)
    report = ImportReport()
