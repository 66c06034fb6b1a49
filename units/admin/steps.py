"""Steps of an edition that give its units other codes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions as manual_permissions
from manuals.admin.forms import ReasonField, ReasonForm
from manuals.admin.lifecycle import EditionStep
from manuals.services import move_functions_chapter
from units import planning
from units.admin.desk.preview import Preview, changed_lines, places_of
from units.exceptions import TreeConflict
from units.outline import outline_of
from units.services import renumber_edition


class ChapterNumberForm(ReasonForm):
    number = forms.IntegerField(
        label=gettext_lazy("Número nuevo"), min_value=1, max_value=99
    )
    reason = ReasonField()

    field_order = ["number", "reason"]


class ChapterNumberStep(EditionStep):
    """Give the functions chapter another number, with all codes that follow it."""

    slug = "capitulo-de-funciones"
    form_class = ChapterNumberForm
    title = gettext_lazy("Renumerar el capítulo de funciones")
    explanation = gettext_lazy(
        "Los códigos de todas las unidades toman el número nuevo. El capítulo que lo "
        "tenía, si lo hay, recibe el anterior."
    )

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return manual_permissions.may_edit_everything(request.user, obj.manual)

    def get_initial(self):
        return {**super().get_initial(), "number": self.object.functions_chapter}

    def watched(self):
        return [self.object.status, self.object.functions_chapter]

    def perform(self, form):
        authorship = self.authorship(form)
        number = form.cleaned_data["number"]
        move_functions_chapter(edition=self.object, number=number, **authorship)
        renumber_edition(edition=self.object, **authorship)
        self.number = number

    def message(self):
        return _(
            "El capítulo de funciones es ahora el %(number)d y los códigos de sus "
            "unidades comienzan con ese número."
        ) % {"number": self.number}


class RenumberStep(EditionStep):
    """Give every unit of a draft the code that the rule asks for."""

    slug = "renumerar"
    title = gettext_lazy("Recalcular los códigos")
    explanation = gettext_lazy(
        "Cada unidad recibe el código que le toca por su lugar. Hace falta donde un "
        "documento importado numeraba de otro modo."
    )
    done = gettext_lazy("Los códigos de «%(object)s» están al día.")
    template_name = "admin/units/renumber_step.html"

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return manual_permissions.may_edit_everything(request.user, obj.manual)

    def preview(self) -> Preview:
        """Every code that changes."""
        if not hasattr(self, "_preview"):
            self._preview = self._previewed()
        return self._preview

    def _previewed(self) -> Preview:
        outline = outline_of(self.object)
        chapter = self.object.functions_chapter
        try:
            plan = planning.renumbering(places_of(outline), chapter=chapter)
        except TreeConflict as refusal:
            return Preview(refusal=str(refusal))
        return Preview(lines=changed_lines(outline, plan))

    def watched(self):
        return [super().watched(), self.preview().values()]

    def get_context_data(self, **kwargs):
        return super().get_context_data(preview=self.preview(), **kwargs)

    def perform(self, form):
        renumber_edition(edition=self.object, **self.authorship(form))
