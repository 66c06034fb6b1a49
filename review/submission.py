"""Sending a draft to review: no change without its reason, no new error.

A unit needs a change note when its own name, level, parent or functions differ from
the edition that the draft starts from; a code changed by renumbering alone needs none
(DESIGN, section 4). Errors that the checks find, that nobody waived and that the base
does not have, are mended first.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.importers.report import Reading
from exchange.reading import read_document
from manuals import services
from manuals.exceptions import DomainError
from manuals.history import recording, write_in_bulk
from manuals.models import Edition
from review.checks.editions import new_errors
from review.checks.findings import Finding
from review.checks.textformat import place_name
from review.compare import Comparison, UnitChange, compare
from review.models import ChangeNote

_NAMED = 5  # units named in a refusal; the rest are counted
_OF_ITS_OWN = frozenset({"renamed", "kind", "moved", "new", "suppressed"})


class NotesMissing(DomainError):
    """Units differ from the base and nobody said why."""

    code = "notes_missing"

    def __init__(self, units: list[UnitChange]):
        self.units = units
        named = ", ".join(
            f"{unit.side.code} {unit.side.name}" for unit in units[:_NAMED]
        )
        further = len(units) - _NAMED
        if further > 0:
            named += ngettext(" y %(count)d más", " y %(count)d más", further) % {
                "count": further
            }
        super().__init__(
            _(
                "Falta el motivo del cambio en: %(units)s. Escríbalo en «Motivos de "
                "cambio»."
            )
            % {"units": named}
        )


class ErrorsFound(DomainError):
    """The checks find errors that the base does not have, and nobody waived them."""

    code = "errors_found"

    def __init__(self, errors: list[Finding]):
        self.errors = errors
        named = " ".join(
            f"{place_name(error.place)}: {error.message}" for error in errors[:_NAMED]
        )
        further = len(errors) - _NAMED
        if further > 0:
            named += ngettext(" Y %(count)d más.", " Y %(count)d más.", further) % {
                "count": further
            }
        super().__init__(
            _(
                "Hay errores que la edición de la que parte no tiene. Corríjalos o "
                "dispénselos en «Revisión del texto»: %(errors)s"
            )
            % {"errors": named}
        )


def needs_note(unit: UnitChange) -> bool:
    """Whether what became of a unit has to be explained."""
    return (
        not _OF_ITS_OWN.isdisjoint(unit.changes)
        or bool(unit.left)
        or any(
            function.change not in ("same", "renumbered")
            or function.reordered
            or function.modified
            for function in unit.functions
        )
    )


@dataclass
class Lacking:
    """What a draft lacks before it goes to review."""

    units: list[UnitChange]
    errors: list[Finding]


def lacking(edition: Edition) -> Lacking:
    """The units without a note and the new errors; both editions are read once."""
    base = read_document(edition.base) if edition.base is not None else None
    document = read_document(edition)
    changed = _needing(compare(base, document)) if base is not None else []
    return Lacking(
        units=_without_note(edition, changed),
        errors=new_errors(edition, document, base),
    )


def changed_units(edition: Edition) -> list[UnitChange]:
    """The units of a draft that need a note, noted or not; none without a base."""
    if edition.base is None:
        return []
    comparison = compare(read_document(edition.base), read_document(edition))
    return _needing(comparison)


def units_without_note(edition: Edition) -> list[UnitChange]:
    """The units of a draft whose change nobody has explained yet."""
    return _without_note(edition, changed_units(edition))


def _without_note(edition: Edition, changed: list[UnitChange]) -> list[UnitChange]:
    noted = set(edition.change_notes.values_list("unit_key", flat=True))
    return [unit for unit in changed if unit.key not in noted]


def _needing(comparison: Comparison) -> list[UnitChange]:
    return [unit for unit in comparison.units if needs_note(unit)]


@transaction.atomic
def submit_edition(*, edition: Edition, user, comment: str = "") -> Edition:
    """Close a draft for review, once every change has its note and no error is new.

    Raises NotesMissing naming the units, ErrorsFound naming the places, and what
    manuals.services.submit_edition raises.
    """
    edition = services.lock_edition(edition)
    if edition.is_draft:
        missing = lacking(edition)
        if missing.units:
            raise NotesMissing(missing.units)
        if missing.errors:
            raise ErrorsFound(missing.errors)
    return services.submit_edition(edition=edition, user=user, comment=comment)


@transaction.atomic
def note_import(*, edition: Edition, reading: Reading, user, reason: str) -> int:
    """Fill the missing notes of a draft with the source that it was read from.

    Returns how many were written.
    """
    edition = services.lock_draft(edition)
    text = _("Según el documento %(source)s.") % {"source": reading.report.source_name}
    notes = [
        ChangeNote(edition=edition, unit_key=unit.key, text=text)
        for unit in units_without_note(edition)
    ]
    with recording(user=user, reason=services.demand_reason(reason)):
        ChangeNote.objects.bulk_create(notes)
        write_in_bulk(notes, created=True)
    return len(notes)
