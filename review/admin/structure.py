"""What review adds to the desk of the tree: reasons and successions of the units."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from review.models import ChangeNote, Succession
from units.admin.desk.concerns import Change, Concern, tell_with


def concerns(change: Change) -> Iterator[Concern]:
    """The change notes and successions that speak of the unit, or of what goes."""
    if change.unit is None:
        return
    units = change.removed() or [change.unit]
    named = {unit.key: f"{unit.code} {unit.name}" for unit in units}
    notes = ChangeNote.objects.filter(edition=change.edition).order_by("pk")
    noted = [note for note in notes if note.unit_key in named]
    if noted:
        yield Concern.listing(
            _("Ya hay un motivo de cambio escrito; revise si sigue siendo cierto:"),
            noted,
            lambda note: (
                f"{named[note.unit_key]}: {note}",
                reverse("admin:review_changenote_change", args=[note.pk]),
            ),
        )
    if change.what != Change.DELETE:
        return
    keys = {str(key) for key in named}
    successions = Succession.objects.filter(edition=change.edition).order_by("pk")
    stated = [one for one in successions if keys & set(map(str, one.to_keys))]
    if stated:
        yield Concern.listing(
            _("Hay divisiones o fusiones registradas con lo que se elimina:"),
            stated,
            lambda one: (
                str(one),
                reverse("admin:review_succession_change", args=[one.pk]),
            ),
        )


tell_with(concerns)
