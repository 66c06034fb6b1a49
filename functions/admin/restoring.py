"""Units and functions brought back from their history, in the admin."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from functions.restoring import brought_along, restore_function, restore_unit
from manuals.admin.restoring import RestoreStep


class RestoreUnitStep(RestoreStep):
    text_label = gettext_lazy("Restaurar el nombre y los demás datos")
    text_fields = (
        *("name", "kind", "objective", "positions"),
        *("printed_code", "printed_page"),
    )
    place_fields = ("parent", "position")

    def taken_along(self):
        units, functions = brought_along(self.record_asked)
        return [
            (_("Unidades que vuelven con ella"), units),
            (_("Funciones e incisos que vuelven con ella"), functions),
        ]

    def perform(self, form):
        data, place = self.wanted(form)
        return restore_unit(
            record=self.record_asked, data=data, place=place, **self.authorship(form)
        )


class RestoreFunctionStep(RestoreStep):
    text_fields = ("text",)
    place_fields = ("unit", "parent", "position")

    def taken_along(self):
        _units, functions = brought_along(self.record_asked)
        return [(_("Incisos que vuelven con ella"), functions)]

    def perform(self, form):
        text, place = self.wanted(form)
        return restore_function(
            record=self.record_asked, text=text, place=place, **self.authorship(form)
        )

    def get_success_url(self):
        unit = reverse("admin:units_unit_change", args=[self.object.unit_id])
        return f"{unit}#functions"
