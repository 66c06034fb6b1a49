"""Steps of an edition that give its units other codes, each with its preview."""

from __future__ import annotations

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions as manual_permissions
from manuals.admin.forms import ReasonField
from manuals.admin.lifecycle import EditionStep
from manuals.admin.posted import posted_number
from manuals.models import Chapter
from manuals.services import move_functions_chapter
from units import planning
from units.admin.desk.confirming import ConfirmedStep
from units.admin.desk.preview import Preview, changed_lines, places_of
from units.admin.forms import OperationForm
from units.exceptions import TreeConflict
from units.outline import outline_of
from units.services import renumber_edition


def codes_of(edition, chapter: int, sentence: str = "") -> Preview:
    """Every code that changes when units are numbered in this chapter."""
    outline = outline_of(edition)
    try:
        plan = planning.renumbering(places_of(outline), chapter=chapter)
    except TreeConflict as refusal:
        return Preview(refusal=str(refusal))
    return Preview(sentence, changed_lines(outline, plan))


class ChapterNumberForm(OperationForm):
    number = forms.IntegerField(
        label=gettext_lazy("Número nuevo"), min_value=1, max_value=99
    )
    reason = ReasonField()

    field_order = ["number", "reason"]


class ChapterNumberStep(ConfirmedStep, EditionStep):
    """Give the functions chapter another number, with all codes that follow it."""

    slug = "capitulo-de-funciones"
    form_class = ChapterNumberForm
    chooses = True
    template_name = "admin/units/unit/operation.html"
    title = gettext_lazy("Renumerar el capítulo de funciones")
    button = gettext_lazy("Confirmar")
    choose_again = gettext_lazy("Elegir otro número")
    explanation = gettext_lazy(
        "Los códigos de todas las unidades toman el número nuevo. El capítulo que lo "
        "tenía, si lo hay, recibe el anterior."
    )

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return manual_permissions.may_edit_everything(request.user, obj.manual)

    def proposed(self):
        number = posted_number(self.request.GET.get("number", ""))
        return None if number is None else {"number": number}

    def chosen(self, form):
        number = form.cleaned_data.get("number")
        return None if number is None else {"number": number}

    def get_initial(self):
        values = self.values or {"number": self.object.functions_chapter}
        return {**super().get_initial(), **values}

    def previewed(self):
        number = self.values["number"]
        if number == self.object.functions_chapter:
            return Preview(
                refusal=_("El capítulo de funciones ya es el %(number)d.")
                % {"number": number}
            )
        return codes_of(self.object, number, self._displaced(number))

    def _displaced(self, number: int) -> str:
        """What becomes of the chapter that has the number, in a sentence."""
        chapters = {chapter.number: chapter for chapter in self.object.chapters.all()}
        displaced = chapters.get(number)
        old = next(
            (at for at, one in chapters.items() if one.kind == Chapter.Kind.FUNCTIONS),
            None,
        )
        if displaced is None or old is None:
            return ""
        return _("El capítulo «%(chapter)s» recibe el número %(number)d.") % {
            "chapter": displaced,
            "number": old,
        }

    def watched(self):
        here = [self.object.status, self.object.functions_chapter]
        return [*here, super().watched()]

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

    @cached_property
    def preview(self) -> Preview:
        return codes_of(self.object, self.object.functions_chapter)

    def watched(self):
        return [super().watched(), self.preview.values()]

    def get_context_data(self, **kwargs):
        return super().get_context_data(preview=self.preview, **kwargs)

    def perform(self, form):
        renumber_edition(edition=self.object, **self.authorship(form))
