"""Sending a draft to review: nothing that changed goes without its reason.

A unit needs a change note when its own name, level, parent or functions differ from
the edition that the draft starts from; a code changed by renumbering alone needs none
(DESIGN, section 4).
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.importers.report import Reading
from exchange.reading import read_document
from manuals import services
from manuals.exceptions import DomainError
from manuals.history import recording, write_in_bulk
from manuals.models import Edition
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


def changed_units(edition: Edition) -> list[UnitChange]:
    """The units of a draft that need a note, noted or not; none without a base."""
    if edition.base is None:
        return []
    comparison = compare(read_document(edition.base), read_document(edition))
    return _needing(comparison)


def units_without_note(edition: Edition) -> list[UnitChange]:
    """The units of a draft whose change nobody has explained yet."""
    noted = set(edition.change_notes.values_list("unit_key", flat=True))
    return [unit for unit in changed_units(edition) if unit.key not in noted]


def _needing(comparison: Comparison) -> list[UnitChange]:
    return [unit for unit in comparison.units if needs_note(unit)]


@transaction.atomic
def submit_edition(*, edition: Edition, user, comment: str = "") -> Edition:
    """Close a draft for review, once every change has its note.

    Raises NotesMissing naming the units, and what manuals.services.submit_edition
    raises.
    """
    edition = services.lock_edition(edition)
    if edition.is_draft:
        missing = units_without_note(edition)
        if missing:
            raise NotesMissing(missing)
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
