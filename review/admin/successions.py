"""Splits and mergers in the admin, told by the codes of the units."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions
from manuals.admin.content import ContentAdmin
from manuals.admin.forms import ServiceForm
from review.models import Succession
from review.successions import delete_succession, record_succession
from units.models import Unit


class SuccessionForm(ServiceForm):
    """Codes, separated by spaces or commas, in place of keys."""

    from_codes = forms.CharField(
        label=gettext_lazy("Códigos de las unidades de origen"),
        help_text=gettext_lazy("En la edición de la que parte el borrador."),
    )
    to_codes = forms.CharField(
        label=gettext_lazy("Códigos de las unidades resultantes"),
        help_text=gettext_lazy("En el borrador."),
    )

    class Meta:
        model = Succession
        fields = ["kind"]

    def clean_from_codes(self):
        return self._keys(self.cleaned_data["from_codes"], self.edition.base_id)

    def clean_to_codes(self):
        return self._keys(self.cleaned_data["to_codes"], self.edition.pk)

    def _keys(self, said, edition_id):
        codes = said.replace(",", " ").split()
        found = dict(
            Unit.objects.filter(edition=edition_id, code__in=codes).values_list(
                "code", "key"
            )
        )
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise ValidationError(
                _("La edición no tiene las unidades %(codes)s."),
                params={"codes": ", ".join(unknown)},
            )
        return [found[code] for code in codes]


@admin.register(Succession)
class SuccessionAdmin(ContentAdmin):
    index_order = 36
    form = SuccessionForm
    writers = staticmethod(permissions.may_create_manuals)
    list_display = ["kind", "origins", "results"]
    ordering = ["edition", "-pk"]

    def may_change(self, user, obj):
        return permissions.may_edit_everything(user, obj.edition.manual)

    def has_change_permission(self, request, obj=None):
        # What was stated is taken back and stated anew, not altered.
        return obj is None and super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["kind", "from_codes", "to_codes"]
        return ["edition_link", "kind", "origins", "results"]

    def get_readonly_fields(self, request, obj=None):
        return ["edition_link", "kind", "origins", "results"] if obj else []

    @admin.display(description=gettext_lazy("unidades de origen"))
    def origins(self, succession):
        return self._named(succession.edition.base_id, succession.from_keys)

    @admin.display(description=gettext_lazy("unidades resultantes"))
    def results(self, succession):
        return self._named(succession.edition_id, succession.to_keys)

    def _named(self, edition_id, keys):
        units = Unit.objects.filter(edition=edition_id, key__in=keys)
        named = units.in_reading_order().values_list("code", "name")
        return "; ".join(f"{code} {name}" for code, name in named)

    def create(self, *, form, user, reason):
        return record_succession(
            edition=form.edition,
            kind=form.cleaned_data["kind"],
            from_keys=form.cleaned_data["from_codes"],
            to_keys=form.cleaned_data["to_codes"],
            user=user,
            reason=reason,
        )

    def delete_object(self, *, obj, user, reason):
        delete_succession(succession=obj, user=user, reason=reason)
