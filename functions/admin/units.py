"""Units in the admin, with their functions on the same page."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from functions.admin.changes import add_changes, changes_view, wants_changes
from functions.admin.functions import functions_history
from functions.admin.moving import MoveFunctionStep
from functions.admin.pasting import paste_view
from functions.admin.replacing import replace_url
from functions.admin.restoring import RestoreUnitStep
from functions.admin.rows import UnitWithFunctionsForm
from functions.lists import save_function_list
from functions.models import Function
from functions.querysets import nest
from manuals.admin.restoring import RestorableAdmin
from manuals.admin_site import replace
from units.admin.units import UnitAdmin as BaseUnitAdmin
from units.models import Unit


class UnitAdmin(RestorableAdmin, BaseUnitAdmin):
    """Units with their functions on the same page."""

    restore_step = RestoreUnitStep
    steps = (*BaseUnitAdmin.steps, MoveFunctionStep)
    form = UnitWithFunctionsForm

    def get_urls(self):
        view = self.admin_site.admin_view(self.functions_history_view)
        return [
            path(
                "<int:unit_id>/funciones/historial/",
                view,
                name=self.url_name("functions_history"),
            ),
            path(
                "<int:unit_id>/funciones/pegar/",
                self.admin_site.admin_view(require_POST(self.paste_view)),
                name=self.url_name("functions_paste"),
            ),
            path(
                "<int:unit_id>/funciones/cambios/",
                self.admin_site.admin_view(require_POST(self.changes_view)),
                name=self.url_name("functions_changes"),
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        functions = (
            Function.objects.top_level()
            .filter(unit=OuterRef("pk"))
            .order_by()
            .values("unit")
            .annotate(number=Count("pk"))
        )
        return (
            super()
            .get_queryset(request)
            .annotate(
                functions_count=Coalesce(
                    Subquery(functions.values("number"), output_field=IntegerField()), 0
                )
            )
        )

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        return [*columns[:3], "number_of_functions", *columns[3:]]

    @admin.display(description=gettext_lazy("funciones"))
    def number_of_functions(self, unit):
        return unit.functions_count

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and self.has_change_permission(request, obj):
            reason = fieldsets[-1][1]
            reason["fields"] = [*reason["fields"], "rows_seen"]
        return fieldsets

    def render_change_form(
        self, request, context, add=False, change=False, form_url="", obj=None
    ):
        if obj is not None:
            context["paste_url"] = self.address("functions_paste", obj.pk)
            context["move_function_url"] = self.address(MoveFunctionStep.slug, obj.pk)
            self._add_changes(request, context, obj)
            context["functions_history_url"] = self.address("functions_history", obj.pk)
            if self.has_change_permission(request, obj):
                context["replace_url"] = replace_url(
                    request.user, obj.edition, unit=obj.pk
                )
            else:
                rows = Function.objects.filter(unit=obj).rows()
                context["functions"] = nest(rows).get(obj.pk, [])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _add_changes(self, request, context, unit):
        """What changed since the base edition, for who wants to see it."""
        form, base = context["adminform"].form, unit.edition.base
        if base is None or getattr(form, "rows", None) is None:
            return
        context["base_edition"] = base
        context["changes_url"] = self.address("functions_changes", unit.pk)
        context["shows_changes"] = wants_changes(request, form)
        if context["shows_changes"]:
            context["suppressed"] = add_changes(unit, form)

    def change(self, *, obj, form, user, reason):
        super().change(obj=obj, form=form, user=user, reason=reason)
        if form.rows is not None and form.rows_changed():
            save_function_list(
                unit=obj,
                rows=form.listed(),
                user=user,
                reason=reason,
                seen=form.cleaned_data["rows_seen"],
            )

    def taken_along(self, obj):
        functions = Function.objects.of_units_under(obj).top_level().count()
        return [*super().taken_along(obj), (_("Funciones"), functions)]

    def paste_view(self, request, unit_id):
        return paste_view(self, request, unit_id)

    def changes_view(self, request, unit_id):
        return changes_view(self, request, unit_id)

    def functions_history_view(self, request, unit_id):
        return functions_history(self, request, unit_id)


replace(Unit, UnitAdmin)
