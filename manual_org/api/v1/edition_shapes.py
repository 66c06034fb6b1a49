"""The shapes of answers about the life of an edition, for the OpenAPI document."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from manual_org.api.v1.examples import EDITION_URL, SITE, STAMP
from manual_org.api.v1.serializers import (
    Branch,
    ChapterSummary,
    EditionStamp,
    EditionSummary,
    PageShape,
    Shape,
    Source,
)
from manual_org.api.v1.steps import STEPS
from manuals.models import Transition

_DRAFT_URL = EDITION_URL.replace("2021", "2024")
_UNIT_KEY = "9dd1b5c8-eb5a-4e53-a5e9-343100b4bd1f"
_DRAFT = {**STAMP, "label": "2024", "status": "draft", "effective_from": None}
MISSING = [
    ("no_units", "the edition has no units"),
    ("notes_missing", "units differ from the base without a change note"),
    ("errors_found", "the checks find errors that the base does not have"),
    ("second_person_required", "who submitted it cannot authorise it"),
    ("provisional_label", "the label says that it is a draft"),
    ("stale_authorisation", "the data of authorisation are the base's"),
]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An edition in force",
            value={
                "edition": STAMP,
                "in_force": True,
                "numbering": "numbers",
                "functions_chapter": 8,
                "withdrawn_on": None,
                "authorised_by": "Ana Pérez",
                "authorised_position": "Titular de la Dirección",
                "authorisation_text": None,
                "elaborated_by": None,
                "reviewed_by": None,
                "ratified_on": "2021-03-04",
                "document_number": "09/001/2021",
                "document_date": "2021-03-01",
                "url": f"{EDITION_URL}/",
                "html_url": f"{SITE}/manuales/demo/2021/",
                "units_url": f"{EDITION_URL}/units/",
                "functions_url": f"{EDITION_URL}/functions/",
                "status_since": None,
                "sources": [],
                "chapters": [
                    {
                        "number": 8,
                        "title": "Funciones",
                        "kind": "functions",
                        "url": f"{EDITION_URL}/chapters/8/",
                        "html_url": f"{SITE}/manuales/demo/2021/capitulos/8/",
                    }
                ],
            },
        )
    ]
)
class EditionDetail(EditionSummary):
    """An edition, with the files it was read from and its chapters."""

    status_since = serializers.DateTimeField(
        allow_null=True,
        help_text="When it was opened, submitted or sent back last; null once it is "
        "authorised, from when on `edition` has its days.",
    )
    sources = Source(many=True)
    chapters = ChapterSummary(many=True)
    tree = Branch(
        required=False,
        allow_null=True,
        help_text="Expanded: the root with all below it; null without units.",
    )


class TransitionTaken(Shape):
    """A step that was taken in an edition's life."""

    step = serializers.ChoiceField(Transition.Step.choices)
    at = serializers.DateTimeField(help_text="In the institution's time.")
    person = serializers.CharField(
        allow_null=True, help_text="Who took it; null for a command at the server."
    )
    comment = serializers.CharField(allow_null=True, help_text="What they said.")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Submitted once",
            value={
                "edition": {**_DRAFT, "status": "review"},
                "count": 2,
                "next": None,
                "previous": None,
                "results": [
                    {
                        "step": "duplicated",
                        "at": "2024-01-15T10:02:11.204817-06:00",
                        "person": "Eva Ruiz",
                        "comment": "Oficio 12/2024",
                    },
                    {
                        "step": "submitted",
                        "at": "2024-02-01T17:40:03.551203-06:00",
                        "person": "Eva Ruiz",
                        "comment": "Listo para revisión.",
                    },
                ],
            },
        )
    ]
)
class TransitionPage(PageShape):
    """The steps of an edition in the order in which they were taken."""

    edition = EditionStamp()
    results = TransitionTaken(many=True)


class OpenStep(Shape):
    """A step that the caller may take now."""

    step = serializers.ChoiceField([(name, name) for name in STEPS])
    method = serializers.ChoiceField(
        sorted({(step.method, step.method) for step in STEPS.values()})
    )
    url = serializers.URLField()


class MissingUnit(Shape):
    """A unit that something is missing for."""

    key = serializers.UUIDField()
    code = serializers.CharField(help_text="In the base, once it was suppressed.")
    name = serializers.CharField()
    url = serializers.URLField(
        allow_null=True, help_text="null for a unit that was suppressed."
    )
    note_url = serializers.URLField(help_text="Where its change note is written.")


class MissingThing(Shape):
    """Something to see to before the next step."""

    code = serializers.ChoiceField(MISSING)
    text = serializers.CharField(help_text="In Spanish.")
    blocks = serializers.BooleanField(
        help_text="Whether the step is refused without it; otherwise a warning."
    )
    units = MissingUnit(many=True)


class AuthorisationPreview(Shape):
    """What authorising the edition from a day would mean."""

    effective_from = serializers.DateField()
    closes = EditionStamp(
        allow_null=True,
        help_text="The edition in force on that day: authorising ends it the day "
        "before, or is refused with `editions_overlap` where it cannot end.",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A draft that lacks a note",
            value={
                "edition": _DRAFT,
                "steps": [
                    {"step": "change", "method": "PATCH", "url": f"{_DRAFT_URL}/"},
                    {
                        "step": "submit",
                        "method": "POST",
                        "url": f"{_DRAFT_URL}/submit/",
                    },
                ],
                "missing": [
                    {
                        "code": "notes_missing",
                        "text": "Falta el motivo del cambio de 1 unidad.",
                        "blocks": True,
                        "units": [
                            {
                                "key": _UNIT_KEY,
                                "code": "8.4.3",
                                "name": "Coordinación de Ejemplo",
                                "url": f"{_DRAFT_URL}/units/8.4.3/",
                                "note_url": f"{_DRAFT_URL}/notes/{_UNIT_KEY}/",
                            }
                        ],
                    }
                ],
                "authorisation": {
                    "effective_from": "2024-04-01",
                    "closes": STAMP,
                },
                "url": f"{_DRAFT_URL}/readiness/",
            },
        )
    ]
)
class Readiness(Shape):
    """What the caller may do with an edition, and what it lacks for its next step."""

    edition = EditionStamp()
    steps = OpenStep(many=True)
    missing = MissingThing(many=True)
    authorisation = AuthorisationPreview(
        allow_null=True, help_text="null once it is authorised."
    )
    url = serializers.URLField()


class Note(Shape):
    """Why a unit differs from the edition that the draft started from."""

    unit_key = serializers.UUIDField()
    unit_code = serializers.CharField(
        allow_null=True,
        help_text="In the base, once it was suppressed; null where neither has it.",
    )
    unit_name = serializers.CharField(allow_null=True)
    text = serializers.CharField(
        allow_null=True, help_text="null until it is written, or for a minor change."
    )
    minor = serializers.BooleanField(help_text="A minor change needs no text.")
    url = serializers.URLField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A note",
            value={
                "edition": _DRAFT,
                "unit_key": _UNIT_KEY,
                "unit_code": "8.4.3",
                "unit_name": "Coordinación de Ejemplo",
                "text": "Artículo 71 reformado.",
                "minor": False,
                "url": f"{_DRAFT_URL}/notes/{_UNIT_KEY}/",
            },
        )
    ]
)
class NoteDetail(Note):
    """A note with the edition it stands in."""

    edition = EditionStamp()


class NotePage(PageShape):
    """The notes of an edition in reading order of their units."""

    edition = EditionStamp()
    results = Note(many=True)
