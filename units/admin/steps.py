"""Structural steps of a unit, each through units/services.py."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals import permissions as manual_permissions
from manuals.admin.content import closed_because
from manuals.admin.forms import ReasonField, ReasonForm
from manuals.admin.lifecycle import EditionStep
from manuals.admin.steps import DeleteStep, StepView
from manuals.services import move_functions_chapter
from units import permissions
from units.admin.forms import MoveForm
from units.models import Unit
from units.outline import outline_of
from units.services import move_unit, renumber_edition

LISTED = 200


class MoveStep(StepView):
    """Put a unit, with all that hangs from it, elsewhere in the tree."""

    slug = "mover"
    form_class = MoveForm
    title = gettext_lazy("Mover")
    explanation = gettext_lazy(
        "La unidad se mueve con todo lo que depende de ella. Los códigos de las "
        "unidades afectadas se asignan de nuevo según el lugar de cada una."
    )

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_place(request.user, obj)

    @classmethod
    def why_not(cls, model_admin, obj):
        if obj.parent_id is None:
            return _("La unidad raíz no se puede mover.")
        return closed_because(obj.edition)

    def get_form_kwargs(self):
        unit = self.outline.by_id[self.object.pk]
        branch = {below.id for below in unit.branch()}
        editable = permissions.editable_units(self.request.user, self.object.edition)
        allowed = set(editable.values_list("pk", flat=True)) - branch
        return {
            **super().get_form_kwargs(),
            "outline": self.outline,
            "targets": [one for one in self.outline if one.id in allowed],
        }

    @property
    def outline(self):
        if not hasattr(self, "_outline"):
            self._outline = outline_of(self.object.edition)
        return self._outline

    def get_initial(self):
        return {
            **super().get_initial(),
            "target": self.object.parent_id,
            "place": self.object.position,
        }

    def watched(self):
        return [(unit.code, str(unit.key)) for unit in self.outline]

    def facts(self):
        unit = self.outline.by_id[self.object.pk]
        return [
            (_("Unidad superior actual"), f"{unit.parent.code} {unit.parent.name}"),
            (_("Unidades que dependen de ella"), unit.descendants),
        ]

    def perform(self, form):
        target = form.cleaned_data["target"]
        return move_unit(
            unit=self.object,
            target=Unit(pk=target.id),
            position=form.cleaned_data["place"],
            **self.authorship(form),
        )

    def message(self):
        before = {unit.id: unit.code for unit in self.outline}
        changed = sum(
            before.get(unit.id) != unit.code for unit in outline_of(self.object.edition)
        )
        return ngettext(
            "«%(unit)s» ocupa su nuevo lugar; cambió %(number)d código.",
            "«%(unit)s» ocupa su nuevo lugar; cambiaron %(number)d códigos.",
            changed,
        ) % {"unit": self.object, "number": changed}


class DeleteUnitStep(DeleteStep):
    """Delete a unit, listing what goes with it."""

    title = gettext_lazy("Eliminar la unidad")
    explanation = gettext_lazy(
        "Se elimina la unidad con todo lo que depende de ella; los códigos de las que "
        "siguen se asignan de nuevo. El historial se conserva."
    )

    def watched(self):
        return [self._taken(), [unit.code for unit in self._branch()]]

    def _branch(self):
        if not hasattr(self, "_units"):
            unit = outline_of(self.object.edition).by_id[self.object.pk]
            self._units = list(unit.branch())[1:]
        return self._units

    def get_context_data(self, **kwargs):
        units = self._branch()
        return super().get_context_data(
            lines=[f"{unit.code} {unit.name}" for unit in units[:LISTED]],
            more=max(0, len(units) - LISTED),
            **kwargs,
        )


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
    done = gettext_lazy("El capítulo de funciones de «%(object)s» tiene otro número.")

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


class RenumberStep(EditionStep):
    """Give every unit of a draft the code that the rule asks for."""

    slug = "renumerar"
    title = gettext_lazy("Recalcular los códigos")
    explanation = gettext_lazy(
        "Cada unidad recibe el código que le toca por su lugar. Hace falta donde un "
        "documento importado numeraba de otro modo."
    )
    done = gettext_lazy("Los códigos de «%(object)s» están al día.")

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return manual_permissions.may_edit_everything(request.user, obj.manual)

    def perform(self, form):
        renumber_edition(edition=self.object, **self.authorship(form))
