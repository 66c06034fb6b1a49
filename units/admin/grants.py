"""Branches assigned to editors, in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.admin.forms import ServiceForm
from manuals.models import BranchGrant, Edition
from units.admin.fields import UnitCodeField
from units.models import Unit
from units.outline import outline_of


def edition_for_grants(manual: int | str) -> Edition | None:
    """The edition whose codes name units when branches are assigned."""
    editions = Edition.objects.filter(manual=manual).with_manual().order_by("-pk")
    return editions.in_force().first() or editions.first()


class BranchForm(ServiceForm):
    """With a field ``manual``, and the unit at the top of a branch by its code."""

    unit_code = UnitCodeField(
        help_text=_("En la edición vigente o, si no la hay, en la más reciente.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        manual = self.data.get("manual", "") if self.is_bound else ""
        edition = edition_for_grants(manual) if manual.isdecimal() else None
        if edition is not None and "unit_code" in self.fields:
            self.fields["unit_code"].outline = outline_of(edition)


class GrantForm(BranchForm):
    """A person, a manual and a branch."""

    class Meta:
        model = BranchGrant
        fields = ["user", "manual"]


class BranchMixin:
    """Rows with a ``manual`` and the ``unit_key`` of a branch, which is shown."""

    def get_queryset(self, request):
        units = Unit.objects.filter(
            key=OuterRef("unit_key"), edition__manual=OuterRef("manual")
        ).order_by("-edition")
        return (
            super()
            .get_queryset(request)
            .annotate(
                unit_code=Subquery(units.values("code")[:1]),
                unit_name=Subquery(units.values("name")[:1]),
                unit_id=Subquery(units.values("pk")[:1]),
            )
        )

    @admin.display(description=_("unidad y todo lo que depende de ella"))
    def unit(self, obj):
        if not getattr(obj, "unit_id", None):
            return obj.unit_key
        return format_html(
            '<a href="{}">{} {}</a>',
            reverse("admin:units_unit_change", args=[obj.unit_id]),
            obj.unit_code,
            obj.unit_name,
        )


@admin.register(BranchGrant)
class BranchGrantAdmin(BranchMixin, ServiceAdmin):
    """Given and taken away, never changed: the history then reads by itself."""

    index_order = 210
    writers = staticmethod(permissions.may_assign_branches)
    form = GrantForm
    autocomplete_fields = ["user"]
    list_display = ["user", "manual", "unit"]
    list_select_related = ["user", "manual"]
    list_filter = [("manual", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["user__username", "user__first_name", "user__last_name"]

    class Media:
        js = [forms.Script("admin_site/select_names.js", type="module")]

    def has_change_permission(self, request, obj=None):
        return False

    def create(self, *, form, user, reason):
        form.instance.unit_key = form.cleaned_data["unit_code"].key
        return super().create(form=form, user=user, reason=reason)

    def get_fields(self, request, obj=None):
        if obj is not None:
            return ["user", "manual", "unit"]
        return ["user", "manual", "unit_code"]

    def get_readonly_fields(self, request, obj=None):
        return ["unit"] if obj else []
