"""Change notes: the reason (motivo) for what changed in one unit of a draft."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions
from manuals.history import recording, write_in_bulk
from manuals.models import Edition
from manuals.services import demand_reason, lock_draft
from review.models import ChangeNote
from units.models import Unit
from units.permissions import demand_unit

logger = logging.getLogger(__name__)

NEITHER_HAS_IT = gettext_lazy(
    "Ni esta edición ni aquella de la que parte tienen la unidad."
)
SAYS_NOTHING = gettext_lazy("Escriba el motivo o marque el cambio como menor.")


@transaction.atomic
def write_note(
    *, edition: Edition, unit_key: UUID, text: str, minor: bool, user, reason: str
) -> ChangeNote:
    """Say why a unit of a draft differs from the base, or that it is a minor change.

    A unit has one note: writing again replaces it. The unit may be gone from the draft
    and then belongs to the base. Raises NotAllowed, EditionClosed, ValidationError.
    """
    edition = lock_draft(edition)
    demand_unit(user, noted_unit(edition, unit_key))
    note = ChangeNote.objects.filter(edition=edition, unit_key=unit_key).first()
    note = note or ChangeNote(edition=edition, unit_key=unit_key)
    note.text, note.minor = text.strip(), minor
    note.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        note.save()
    logger.info("note on unit %s of %s written", unit_key, edition)
    return note


@transaction.atomic
def write_missing_notes(
    *, edition: Edition, notes: Mapping[UUID, tuple[str, bool]], user, reason: str
) -> int:
    """Write the notes of several units of a draft, as one change; tell how many.

    ``notes`` are (text, minor) by key of the unit. A unit whose note somebody wrote
    meanwhile keeps that. Raises NotAllowed, EditionClosed, ValidationError.
    """
    edition = lock_draft(edition)
    permissions.demand(
        permissions.may_edit_everything(user, edition.manual),
        _("No tiene permiso para escribir los motivos de toda la edición."),
    )
    written = set(edition.change_notes.values_list("unit_key", flat=True))
    new = [
        ChangeNote(edition=edition, unit_key=key, text=text.strip(), minor=minor)
        for key, (text, minor) in notes.items()
        if key not in written
    ]
    known = Unit.objects.filter(edition__in=[edition.pk, edition.base_id])
    unknown = {note.unit_key for note in new} - set(known.values_list("key", flat=True))
    if unknown:
        raise ValidationError(NEITHER_HAS_IT)
    for note in new:
        note.clean_fields(exclude=["edition"])
        if not (note.text or note.minor):
            raise ValidationError(SAYS_NOTHING)
    with recording(user=user, reason=demand_reason(reason)):
        ChangeNote.objects.bulk_create(new)
        write_in_bulk(new, created=True)
    logger.info("%d notes of %s written", len(new), edition)
    return len(new)


@transaction.atomic
def delete_note(*, note: ChangeNote, user, reason: str) -> None:
    """Take a note of a draft back. Raises NotAllowed, EditionClosed."""
    edition = lock_draft(note.edition)
    demand_unit(user, noted_unit(edition, note.unit_key))
    with recording(user=user, reason=demand_reason(reason)):
        note.delete()
    logger.info("note on unit %s of %s deleted", note.unit_key, edition)


def follow_key(*, edition: Edition, before: UUID, after: UUID) -> None:
    """Take the note of a unit along to its new key, inside the change that gives it.

    Where the other key has a note, of a unit that the draft lacked until now, both
    change places: it is the former key's unit that the draft lacks from now on.
    """
    notes = {
        note.unit_key: note
        for note in ChangeNote.objects.filter(
            edition=edition, unit_key__in=[before, after]
        )
    }
    if after in notes:
        # Out of the way of the first; the key is unique in the edition.
        ChangeNote.objects.filter(pk=notes[after].pk).update(unit_key=uuid4())
    for key, other in ((before, after), (after, before)):
        if key in notes:
            notes[key].unit_key = other
            notes[key].save()


def noted_unit(edition: Edition, unit_key: UUID) -> Unit:
    """The unit that a note is about: of the edition, else of its base.

    Raises ValidationError when neither has it.
    """
    for place in (edition.pk, edition.base_id):
        unit = (
            Unit.objects.filter(edition=place, key=unit_key)
            .select_related("edition__manual")
            .first()
        )
        if unit is not None:
            return unit
    raise ValidationError({"unit_key": NEITHER_HAS_IT})
