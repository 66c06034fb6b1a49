"""What an edition still lacks for its next step, in words for who takes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manuals.models import Edition
from review.checks.findings import Finding
from review.compare import UnitChange
from review.submission import ErrorsFound, lacking

_OF_AUTHORISATION = ("ratified_on", "document_number", "document_date")


@dataclass
class Missing:
    """One thing to see to; ``blocks`` when the next step is refused without it.

    ``code`` says which to programs: no_units, notes_missing, errors_found,
    second_person_required, provisional_label or stale_authorisation.
    """

    code: str
    text: str
    blocks: bool
    units: list[UnitChange] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)


def missing_for_next_step(edition: Edition) -> list[Missing]:
    """What a draft lacks for review, or an edition in review for authorisation."""
    if edition.status == Edition.Status.DRAFT:
        return _for_review(edition)
    if edition.status == Edition.Status.REVIEW:
        return _for_authorisation(edition)
    return []


def _for_review(edition: Edition) -> list[Missing]:
    missing = []
    if not edition.units.exists():
        missing.append(
            Missing("no_units", _("La edición no tiene unidades."), blocks=False)
        )
    found = lacking(edition)
    units = found.units
    if units:
        text = ngettext(
            "Falta el motivo del cambio de %(count)d unidad.",
            "Falta el motivo del cambio de %(count)d unidades.",
            len(units),
        ) % {"count": len(units)}
        missing.append(Missing("notes_missing", text, blocks=True, units=units))
    if found.errors:
        refusal = ErrorsFound(found.errors)
        missing.append(
            Missing("errors_found", str(refusal), blocks=True, errors=found.errors)
        )
    return missing + _about_to_be_lasting(edition)


def _for_authorisation(edition: Edition) -> list[Missing]:
    missing = _about_to_be_lasting(edition)
    if edition.submitted_by is not None:
        missing.append(
            Missing(
                "second_person_required",
                _("La autoriza una persona distinta de quien la envió (%(person)s).")
                % {"person": edition.submitted_by},
                blocks=False,
            )
        )
    return missing


def _about_to_be_lasting(edition: Edition) -> list[Missing]:
    """What can still be changed now and never again."""
    return _provisional_label(edition) + _stale_authorisation(edition)


def _provisional_label(edition: Edition) -> list[Missing]:
    if "borrador" not in edition.label:
        return []
    return [
        Missing(
            "provisional_label",
            _(
                "La edición autorizada se llamará siempre «%(label)s», también en las "
                "citas: dele su nombre definitivo."
            )
            % {"label": edition.label},
            blocks=False,
        )
    ]


def _stale_authorisation(edition: Edition) -> list[Missing]:
    """A duplicate starts with the data of its base; those of its own come later."""
    base = edition.base
    if base is None or not any(
        getattr(edition, name) and getattr(edition, name) == getattr(base, name)
        for name in _OF_AUTHORISATION
    ):
        return []
    return [
        Missing(
            "stale_authorisation",
            _(
                "El oficio o la ratificación son todavía los de la edición %(base)s: "
                "escriba los que correspondan."
            )
            % {"base": base.label},
            blocks=False,
        )
    ]
