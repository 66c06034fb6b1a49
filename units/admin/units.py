"""Units in the admin: the tree as a tree, every write through units/services.py."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions as manual_permissions
from manuals.admin.content import ContentAdmin
from manuals.admin.filters import shown_edition
from manuals.services import lock_draft
from units import permissions
from units.admin.desk.page import structure
from units.admin.desk.steps import AddStep, DeleteUnitStep, MoveStep, RenameStep
from units.admin.filters import BranchFilter, matching
from units.admin.forms import NewUnitForm, UnitForm
from units.models import Unit
from units.outline import outline_of
from units.services import change_unit, create_unit, delete_unit

DEEPEST = 9  # indentation steps that the style sheet knows


class UnitAdmin(ContentAdmin):
    index_order = 20
    writers = staticmethod(manual_permissions.may_edit_somewhere)
    form = UnitForm
    steps = (MoveStep, RenameStep, AddStep)
    delete_step = DeleteUnitStep
    change_form_template = "admin/units/unit/change_form.html"
    change_list_template = "admin/units/unit/change_list.html"
    list_display_links = None
    list_filter = [
        *ContentAdmin.list_filter,
        BranchFilter,
        ("kind", admin.RelatedOnlyFieldListFilter),
    ]
    list_per_page = 100
    search_fields = ["code", "name"]  # see get_search_results
    search_help_text = gettext_lazy("Busque por código o por palabras del nombre.")
    sortable_by = ()
    ordering = ["edition", "lft"]

    def may_change(self, user, obj):
        return permissions.may_edit_unit(user, obj)

    def may_delete(self, user, obj):
        return permissions.may_place(user, obj)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("kind", "parent")

    def get_urls(self):
        return [
            path(
                "estructura/<int:edition_id>/",
                self.admin_site.admin_view(self.structure_view),
                name=self.url_name("structure"),
            ),
            *super().get_urls(),
        ]

    def structure_view(self, request, edition_id):
        return structure(self, request, edition_id)

    def offered_steps(self, request, obj):
        # Adding has its own links, to a form with more fields.
        adding = self.address(AddStep.slug, obj.pk)
        steps = super().offered_steps(request, obj)
        return [step for step in steps if step["url"] != adding]

    # The list

    def get_list_display(self, request):
        columns = ["code", "tree_name", "kind"]
        edition = shown_edition(request)
        if edition is not None and edition.is_draft:
            columns.append(self._actions_for(request, edition))
        return columns

    def _actions_for(self, request, edition):
        """A column of links; for an editor of branches, only within them."""
        editable = set(
            permissions.editable_units(request.user, edition).values_list(
                "pk", flat=True
            )
        )

        @admin.display(description=gettext_lazy("acciones"))
        def actions(unit):
            links = []
            if unit.pk in editable:
                links.append((self.add_url(unit), _("Agregar debajo")))
            if unit.parent_id in editable:
                links.append((self.address("mover", unit.pk), _("Mover")))
            return format_html_join(
                " ",
                '<a href="{}" aria-label="{}: {}">{}</a>',
                [(url, text, unit.code, text) for url, text in links],
            )

        return actions

    def add_url(self, parent: Unit, position: int | None = None) -> str:
        """Where a unit is added below another, at a place among its children."""
        place = {"edition": parent.edition_id, "target": parent.pk}
        if position is not None:
            place["place"] = position
        return f"{self.address('add')}?{urlencode(place)}"

    @admin.display(description=gettext_lazy("nombre"))
    def tree_name(self, unit):
        return format_html(
            '<a class="tree-name depth-{}" href="{}">{}</a>',
            min(unit.get_level(), DEEPEST),
            self.address("change", unit.pk),
            unit.name,
        )

    def get_search_results(self, request, queryset, search_term):
        return matching(queryset, search_term) if search_term else queryset, False

    # The form

    def get_fieldsets(self, request, obj=None):
        form = super().get_fieldsets(request, obj)[1:]  # the reason
        for _title, options in form:
            options["fields"] = [*options["fields"], "asked"]
        if obj is None:
            place = ["target", "place"] if self._outline(request).units else []
            fields = [*place, "name", "kind", "positions", "objective"]
            return [(None, {"fields": fields}), *form]
        letters = "positions" if self.has_change_permission(request, obj) else "letters"
        fields = [
            *(("edition_link", "code"), "chain", "name", "kind", letters, "objective"),
            *(("printed_code", "printed_page"), "key"),
        ]
        # Folded: people mostly come for the list of functions that follows.
        own = {"classes": ["collapse"], "fields": fields}
        return [(gettext_lazy("Datos de la unidad"), own), *form]

    def get_fields(self, request, obj=None):
        return []

    def get_readonly_fields(self, request, obj=None):
        return ["edition_link", "code", "chain", "key", "letters"] if obj else []

    @admin.display(description=gettext_lazy("depende de"))
    def chain(self, unit):
        chain = Unit.objects.above(unit)
        if not chain:
            return _("Es la unidad raíz.")
        return format_html_join(
            " › ",
            '<a href="{}">{} {}</a>',
            [(self.address("change", one.pk), one.code, one.name) for one in chain],
        )

    @admin.display(description=gettext_lazy("plazas"))
    def letters(self, unit):
        return ", ".join(unit.positions)

    def render_change_form(
        self, request, context, add=False, change=False, form_url="", obj=None
    ):
        if obj is not None:
            self._unfold_unsaved(context["adminform"])
            others = Unit.objects.for_edition(obj.edition)
            structure_url = self.address("structure", obj.edition_id)
            context.update(
                structure_url=f"{structure_url}?unidad={obj.pk}#u{obj.pk}",
                previous_unit=others.filter(lft__lt=obj.lft).order_by("-lft").first(),
                next_unit=others.filter(lft__gt=obj.lft).order_by("lft").first(),
            )
            if obj.edition.is_draft and self.has_change_permission(request, obj):
                context["add_below_url"] = self.add_url(obj)
            if obj.parent is not None and self.has_delete_permission(request, obj):
                context["add_after_url"] = self.add_url(obj.parent, obj.position + 1)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    def _unfold_unsaved(adminform):
        """Show what the person wrote and did not save; Django unfolds only errors."""
        if not adminform.is_bound:
            return
        unsaved = {*adminform.form.changed_data, *adminform.form.errors}
        for _title, options in adminform.fieldsets:
            if unsaved.intersection(flatten(options["fields"])):
                options["classes"] = []

    # Adding

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            return super().get_form(request, obj, change=change, **kwargs)
        form = super().get_form(request, obj, change=change, form=NewUnitForm, **kwargs)
        editable = permissions.editable_units(request.user, form.edition)
        allowed = set(editable.values_list("pk", flat=True))
        form.outline = self._outline(request)
        form.targets = [unit for unit in form.outline if unit.id in allowed]
        return form

    def _outline(self, request):
        """Of the draft to which a unit is added; read once per request."""
        if not hasattr(request, "target_outline"):
            request.target_outline = outline_of(request.target_edition)
        return request.target_outline

    def get_changeform_initial_data(self, request):
        return {name: request.GET.get(name) for name in ("target", "place")}

    def create(self, *, form, user, reason):
        lock_draft(form.edition)
        form.demand_unchanged_place()
        target = form.cleaned_data.get("target")
        return create_unit(
            edition=form.edition,
            parent=Unit(pk=target.id) if target else None,
            position=form.cleaned_data.get("place"),
            user=user,
            reason=reason,
            **form.field_values(),
        )

    def change(self, *, obj, form, user, reason):
        if form.changed_data:
            change_unit(unit=obj, user=user, reason=reason, **form.field_values())

    def delete_object(self, *, obj, user, reason):
        delete_unit(unit=obj, user=user, reason=reason)

    def taken_along(self, obj):
        below = obj.get_descendant_count()
        return [(_("Unidades que dependen de ella"), below)]


admin.site.register(Unit, UnitAdmin)
