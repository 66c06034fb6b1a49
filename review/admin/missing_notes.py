"""All the notes that a draft lacks, on one page, with a first wording of each."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals import permissions
from manuals.admin.content import closed_because
from manuals.admin.forms import ReasonForm
from manuals.admin.steps import StepView
from review.compare import UnitChange
from review.notes import write_missing_notes
from review.reasons import proposed_notes
from review.submission import units_without_note

MOST = 200  # units on one page; the others follow once these are written


class NotesForm(ReasonForm):
    """A text and a mark for each unit, next to the one reason of the save.

    ``notes`` holds, once cleaned, (text, minor) by key of the units that say something.
    """

    def __init__(self, *args, units: list[UnitChange], proposed: dict[UUID, str], **kw):
        super().__init__(*args, **kw)
        if not self.is_bound:
            proposal = {unit.key: proposed.get(unit.key, "") for unit in units}
            given = {key: (text, False) for key, text in proposal.items()}
        else:
            given = {unit.key: self._given(unit.key) for unit in units}
        self.notes = {key: note for key, note in given.items() if any(note)}
        self.lines = [
            {"unit": unit.side, "key": unit.key, "text": text, "minor": minor}
            for unit in units
            for text, minor in [given[unit.key]]
        ]

    def _given(self, key: UUID) -> tuple[str, bool]:
        text = self.data.get(f"text-{key}", "").replace("\r\n", "\n").strip()
        return text, f"minor-{key}" in self.data

    def clean(self):
        super().clean()
        if not self.notes:
            raise ValidationError(_("Escriba al menos un motivo."))
        return self.cleaned_data


class MissingNotesStep(StepView):
    """Write the notes of all units that lack theirs, as one change."""

    slug = "motivos"
    form_class = NotesForm
    template_name = "admin/review/missing_notes.html"
    title = gettext_lazy("Escribir los motivos que faltan")
    button = gettext_lazy("Guardar los motivos")
    explanation = gettext_lazy(
        "Cada motivo propone lo que se dijo al guardar los cambios de la unidad: "
        "corríjalo para quien revise, que también lo leerá en el cuadro comparativo. "
        "La unidad que deje en blanco sigue pendiente."
    )

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_edit_everything(request.user, obj.manual)

    @classmethod
    def why_not(cls, model_admin, obj):
        return closed_because(obj)

    def find(self, *, object_id):
        found = super().find(object_id=str(object_id))
        if found is None:
            self.missing = units_without_note(self.object)
            if not self.missing:
                return self.refuse(_("No falta el motivo de ninguna unidad."))
        return found

    def watched(self):
        return [str(unit.key) for unit in self.missing]

    def facts(self):
        if len(self.missing) <= MOST:
            return []
        shown = _("%(shown)d de %(all)d") % {"shown": MOST, "all": len(self.missing)}
        return [(_("Unidades en esta página"), shown)]

    def get_form_kwargs(self):
        units = self.missing[:MOST]
        proposed = proposed_notes(self.object, [unit.key for unit in units])
        return {**super().get_form_kwargs(), "units": units, "proposed": proposed}

    def perform(self, form):
        self.written = write_missing_notes(
            edition=self.object, notes=form.notes, **self.authorship(form)
        )

    def message(self):
        return ngettext(
            "Se guardó el motivo de %(count)d unidad.",
            "Se guardaron los motivos de %(count)d unidades.",
            self.written,
        ) % {"count": self.written}
