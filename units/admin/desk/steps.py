"""The operations on a unit: move, add beside or below, rename, delete."""

from __future__ import annotations

from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals.admin.posted import posted_number
from manuals.admin.steps import DeleteStep
from units import permissions, planning
from units.admin.desk.adding import planned
from units.admin.desk.concerns import Change, concerns_of
from units.admin.desk.operations import Operation
from units.admin.desk.preview import places_of, where
from units.admin.forms import AddForm, DeleteForm, MoveForm, RenameForm
from units.exceptions import TreeConflict
from units.models import Unit
from units.outline import outline_of
from units.planning import Plan
from units.services import change_unit, create_unit, move_unit


class MoveStep(Operation):
    """Put a unit, with all that hangs from it, elsewhere in the tree."""

    slug = "mover"
    what = Change.MOVE
    chooses = True
    form_class = MoveForm
    choose_again = gettext_lazy("Elegir otro lugar")
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
        return super().why_not(model_admin, obj)

    @cached_property
    def targets(self):
        """The units below which the person may put this one."""
        return self.targets_but({below.id for below in self.unit.branch()})

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "outline": self.outline,
            "targets": self.targets,
        }

    def get_initial(self):
        values = self.values or {"target": self.object.parent_id}
        return {**super().get_initial(), **values}

    def proposed(self):
        target, place = (
            posted_number(self.request.GET.get(name, ""))
            for name in ("target", "place")
        )
        return None if target is None else {"target": target, "place": place}

    def chosen(self, form):
        target = form.cleaned_data.get("target")
        if target is None or form.has_error("place"):
            return None
        return {"target": target.id, "place": form.cleaned_data.get("place")}

    def plan(self, values):
        unit, target = self.unit, self.known(values["target"])
        plan = planning.move(
            places_of(self.outline),
            unit=unit.id,
            target=target.id,
            position=values["place"],
            chapter=self.object.edition.functions_chapter,
        )
        if target not in self.targets:
            raise TreeConflict(_("No tiene permiso para poner la unidad en ese lugar."))
        if not plan:
            raise TreeConflict(_("La unidad ya está en ese lugar."))
        return plan, where(self.outline, plan, unit.id)

    def perform(self, form):
        return move_unit(
            unit=self.object,
            target=Unit(pk=self.values["target"]),
            position=self.values["place"],
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


class AddStep(Operation):
    """A new unit below this one, last, or right after it (``?lugar=despues``)."""

    slug = "agregar"
    what = Change.INSERT
    form_class = AddForm
    title = gettext_lazy("Agregar unidad")
    explanation = gettext_lazy(
        "Sus funciones y lo demás que dice se escriben después, en su página."
    )

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return cls._is_after(request) or permissions.may_edit_unit(request.user, obj)

    @staticmethod
    def _is_after(request) -> bool:
        return request.GET.get("lugar") == "despues"

    def find(self, **kwargs):
        found = super().find(**kwargs)
        if found is None and self._is_after(self.request):
            if self.object.parent_id is None:
                return self.refuse(_("La unidad raíz no tiene unidades hermanas."))
            if not permissions.may_place(self.request.user, self.object):
                return self.refuse(_("No tiene permiso para agregar ahí una unidad."))
        return found

    def place(self) -> tuple[int, int | None]:
        """(Parent's id, position) of the new unit."""
        if self._is_after(self.request):
            return self.unit.parent.id, self.unit.position + 1
        return self.unit.id, None

    def subject(self):
        return None

    def plan(self, values):
        return planned(self.object.edition, self.outline, *self.place())

    def get_initial(self):
        # Siblings mostly share their level.
        beside = self.unit
        if not self._is_after(self.request):
            beside = self.unit.children[-1] if self.unit.children else None
        return {**super().get_initial(), "kind": beside.kind if beside else ""}

    def perform(self, form):
        parent, position = self.place()
        unit = create_unit(
            edition=self.object.edition,
            parent=Unit(pk=parent),
            position=position,
            name=form.cleaned_data["name"],
            kind=form.cleaned_data["kind"],
            **self.authorship(form),
        )
        return unit

    def message(self):
        return format_html(
            '{} <a href="{}">{}</a>',
            _("Se agregó «%(unit)s».") % {"unit": self.object},
            self.object_url(),
            _("Escribir sus funciones"),
        )

    def record(self):
        self.is_done = True
        self.model_admin.log_addition(self.request, self.object, [{"added": {}}])


class RenameStep(Operation):
    """Another name, another level, or both."""

    slug = "nombre"
    what = Change.RENAME
    form_class = RenameForm
    title = gettext_lazy("Cambiar nombre o nivel")
    explanation = gettext_lazy(
        "La unidad conserva su lugar, su código y sus funciones."
    )

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_edit_unit(request.user, obj)

    def get_initial(self):
        names = {"name": self.object.name, "kind": self.object.kind.name}
        return {**super().get_initial(), **names}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "unit": self.object}

    def plan(self, values):
        return Plan(), ""

    def watched(self):
        unit = self.outline.by_id.get(self.object.pk)  # None: deleted meanwhile
        return [unit and [unit.name, unit.kind], super().watched()]

    def perform(self, form):
        self.before = self.unit
        return change_unit(
            unit=self.object,
            name=form.cleaned_data["name"],
            kind=form.cleaned_data["kind"],
            **self.authorship(form),
        )

    def message(self):
        return _("Ahora es «%(unit)s» (%(kind)s).") % {
            "unit": self.object,
            "kind": self.object.kind,
        }

    def record(self):
        super().record()
        if self.before.name == self.object.name:
            return
        change = Change(
            self.what,
            self.object.edition,
            self.outline,
            self.before,
            new_name=self.object.name,
        )
        for concern in concerns_of(change):
            if concern.url:
                messages.info(
                    self.request,
                    format_html(
                        '{} <a href="{}">{}</a>',
                        concern.text,
                        concern.url,
                        concern.url_text,
                    ),
                )


class DeleteUnitStep(Operation, DeleteStep):
    """Delete a unit, listing what goes with it."""

    what = Change.DELETE
    form_class = DeleteForm
    title = gettext_lazy("Eliminar la unidad")
    button = gettext_lazy("Confirmar la eliminación")
    explanation = gettext_lazy(
        "Se elimina la unidad con todo lo que depende de ella; los códigos de las que "
        "siguen se asignan de nuevo. El historial se conserva."
    )

    def plan(self, values):
        plan = planning.deletion(
            places_of(self.outline),
            unit=self.unit.id,
            chapter=self.object.edition.functions_chapter,
        )
        return plan, ""

    def watched(self):
        return [self.taken_along, super().watched()]

    def perform(self, form):
        self.parent_id = self.object.parent_id
        return super().perform(form)

    def record(self):
        self.is_done = True  # the deletion is noted with the row still there

    def unit_to_go_to(self):
        return self.parent_id

    def get_success_url(self):
        if self.is_from_desk:
            return super().get_success_url()
        return self.model_admin.address("changelist")
