"""What changes of an edition and the steps of its life bring."""

from __future__ import annotations

from rest_framework import serializers

from manual_org.api.fields import Day, Flag, Strict, Text
from manual_org.api.v1.bodies import MAX_REASON, MAX_TEXT, Change, Write, example
from manuals.dates import EARLIEST, IMPLAUSIBLE
from manuals.models import Edition

MAX_LABEL = 40


class DocumentDay(Day):
    """A day in the life of a manual."""

    default_error_messages = {"too_early": IMPLAUSIBLE}

    def to_internal_value(self, value):
        day = super().to_internal_value(value)
        if day < EARLIEST:
            self.fail("too_early")
        return day


def _optional_text(length: int, **options) -> Text:
    return Text(
        required=False,
        max_length=length,
        allow_blank=True,
        allow_null=True,
        **options,
    )


def _optional_day(help_text: str | None = None) -> DocumentDay:
    return DocumentDay(required=False, allow_null=True, help_text=help_text)


@example(
    {
        "label": "2024",
        "authorised_by": "Ana Pérez",
        "authorised_position": "Titular de la Dirección",
        "ratified_on": "2024-03-04",
        "document_number": "09/001/2024",
        "document_date": "2024-03-01",
        "effective_from": "2024-04-01",
        "reason": "Oficio 12/2024",
    }
)
class EditionChange(Change):
    """What a draft says of itself; fields left out stay as they are."""

    label = Text(
        required=False,
        max_length=MAX_LABEL,
        help_text="Lower case letters without accent, digits, dots and hyphens; part "
        "of addresses.",
    )
    numbering = serializers.ChoiceField(
        Edition.Numbering.choices,
        required=False,
        help_text="How functions are printed.",
    )
    effective_from = _optional_day("First day in force, as planned.")
    effective_to = _optional_day("Last day in force; null while open.")
    authorised_by = _optional_text(200)
    authorised_position = _optional_text(300)
    authorisation_text = _optional_text(MAX_TEXT, help_text="Markdown.")
    elaborated_by = _optional_text(200)
    reviewed_by = _optional_text(200)
    ratified_on = _optional_day()
    document_number = _optional_text(100)
    document_date = _optional_day()

    def validate(self, attrs):
        attrs = super().validate(attrs)
        for name, field in self.fields.items():
            if isinstance(field, Text) and attrs.get(name, "") is None:
                attrs[name] = ""
        return attrs


class StepTaken(Write):
    reason = Text(
        max_length=MAX_REASON,
        help_text="What the person says of the step; `comment` in `transitions/`.",
    )


@example({"reason": "Listo para revisión."})
class Submission(StepTaken):
    """Submitting a draft."""


@example({"reason": "Falta el objetivo de la unidad 8.4.3."})
class SendingBack(StepTaken):
    """Sending an edition back."""


@example({"effective_from": "2024-04-01", "reason": "Oficio 09/001/2024"})
class Authorisation(StepTaken):
    """Authorising an edition."""

    effective_from = DocumentDay(help_text="First day in force.")


@example({"withdrawn_on": "2024-12-31", "reason": "Se extingue la Dirección."})
class Withdrawal(StepTaken):
    """Withdrawing an edition."""

    withdrawn_on = DocumentDay(
        required=False, help_text="First day no longer in force; today unless given."
    )


@example({"label": "borrador-2026", "reason": "Reestructuración 2026"})
class Duplication(StepTaken):
    """A name for the copy."""

    label = Text(
        max_length=MAX_LABEL,
        help_text="Lower case letters without accent, digits, dots and hyphens.",
    )


@example({"text": "Artículo 71 reformado.", "minor": False})
class NoteText(Strict):
    """Why a unit changed; the note is its own reason in the history."""

    text = Text(
        max_length=MAX_TEXT,
        allow_blank=True,
        default="",
        help_text="May be empty for a minor change only.",
    )
    minor = Flag(default=False, help_text="A minor change needs no text.")
