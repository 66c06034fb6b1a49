"""Change notes: the reason for what changed in each unit of an edition.

As readable as their edition: the site's comparisons show them too. Every unit of the
edition or of its base has a note, empty until it is written, so that writing one names
the version that it replaces like any other write.
"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from manual_org.api.pagination import page_of
from manual_org.api.rendering import JSON
from manual_org.api.v1 import edition_bodies as bodies
from manual_org.api.v1 import edition_shapes as shapes
from manual_org.api.v1 import filters, representations, tables
from manual_org.api.v1.base import DraftMixin, EditionView
from manuals import permissions
from manuals.brief import whole_editions
from manuals.models import Edition
from review.models import ChangeNote
from review.notes import delete_note, noted_unit, write_note
from units.outline import OutlineUnit, outline_of


def units_to_note(user, edition: Edition) -> dict[UUID, OutlineUnit]:
    """Units by key in reading order; those that only the base has come last.

    Without those of a base that the person may not read.
    """
    found = dict(outline_of(edition).by_key)
    base = edition.base
    if base is not None and permissions.may_read(user, base):
        for key, unit in outline_of(base).by_key.items():
            found.setdefault(key, unit)
    return found


class NoteListView(EditionView):
    operations = {"GET": "notes_list"}
    parameters = {"GET": filters.EditionPageQuery}
    formats = (JSON, tables.NOTES)
    read_editions = staticmethod(whole_editions)

    @extend_schema(responses=shapes.NotePage)
    def get(self, request, **address):
        """The change notes that were written, in reading order of their units."""
        edition = self.find_edition(**address)
        units = units_to_note(request.user, edition)
        places = {key: place for place, key in enumerate(units)}
        notes = sorted(
            edition.change_notes.order_by("unit_key"),
            key=lambda note: places.get(note.unit_key, len(places)),
        )
        page = page_of(self.query, len(notes))
        links = self.links
        results = [
            representations.note(
                note.unit_key, units.get(note.unit_key), note, links=links
            )
            for note in notes[page.slice]
        ]
        return Response(
            page.envelope(request, results, edition=representations.stamp(edition))
        )


class NoteView(DraftMixin, EditionView):
    operations = {
        "GET": "notes_retrieve",
        "PUT": "notes_write",
        "DELETE": "notes_delete",
    }
    parameters = {"GET": filters.EditionQuery, "DELETE": filters.ReasonQuery}
    read_editions = staticmethod(whole_editions)

    def stored(self, key: UUID) -> ChangeNote | None:
        return self.edition.change_notes.filter(unit_key=key).first()

    def read_note(self, key: UUID) -> dict:
        """The note of a unit, written or not.

        Raises NotFound for a unit that neither the edition nor its base has.
        """
        unit = units_to_note(self.request.user, self.edition).get(key)
        note = self.stored(key)
        if unit is None and note is None:
            raise _no_such_unit()
        return {
            "edition": representations.stamp(self.edition),
            **representations.note(key, unit, note, links=self.links),
        }

    def demand_note_seen(self, key: UUID) -> None:
        """Raises NotFound, NotAllowed outside the person's branches, Stale."""
        try:
            unit = noted_unit(self.edition, key)
        except ValidationError:
            raise _no_such_unit() from None
        self.demand_seen(unit, self.read_note(key))

    @extend_schema(responses=shapes.NoteDetail)
    def get(self, request, key, **address):
        """Why one unit changed; without a text while nobody wrote it."""
        self.find_edition(**address)
        return Response(self.read_note(key))

    @extend_schema(request=bodies.NoteText, responses=shapes.NoteDetail)
    def put(self, request, key, **address):
        """Say why a unit of a draft differs from the base, or that it is minor.

        A unit that the draft suppressed is named by its key all the same.
        """
        self.find_draft(**address)
        fields = self.body(bodies.NoteText)
        with self.writing() as edition:
            self.demand_note_seen(key)
            write_note(
                edition=edition,
                unit_key=key,
                user=request.user,
                reason=fields["text"] or _("Cambio menor"),
                **fields,
            )
            return Response(self.read_note(key))

    @extend_schema(responses={204: None})
    def delete(self, request, key, **address):
        """Take the note of a unit of a draft back."""
        self.find_draft(**address)
        with self.writing():
            self.demand_note_seen(key)
            note = self.stored(key)
            if note is None:
                raise NotFound(_("La unidad no tiene motivo de cambio."))
            delete_note(note=note, user=request.user, reason=self.query["reason"])
        return Response(status=204)


def _no_such_unit() -> NotFound:
    return NotFound(_("Ni esta edición ni aquella de la que parte tienen la unidad."))
