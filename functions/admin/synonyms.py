"""The synonyms of the search in the admin: added, changed and removed with a reason."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from functions.models import Synonym
from functions.synonyms import add_synonym, change_synonym, remove_synonym
from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.admin.forms import ServiceForm


class LinesField(forms.CharField):
    """A list of short texts, written one per line."""

    widget = AdminTextareaWidget

    def __init__(self, **options):
        options.setdefault("widget", self.widget(attrs={"rows": 4}))
        super().__init__(**options)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return self.to_python(data) != (initial or [])


class SynonymForm(ServiceForm):
    others = LinesField(
        label=gettext_lazy("También se busca"),
        help_text=gettext_lazy("Una palabra o un término por renglón."),
    )

    class Meta:
        model = Synonym
        fields = ["manual", "direction", "term", "others"]


class SynonymAdmin(ServiceAdmin):
    """What people say, beside what manuals say."""

    form = SynonymForm
    index_order = 46
    writers = staticmethod(permissions.may_manage_catalogues)
    deleted_related = ("manual",)
    list_display = ["term", "also", "direction", "where"]
    list_filter = ["direction", ("manual", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ("manual",)
    list_per_page = 100
    sortable_by = ("term",)
    search_fields = ["term", "others"]
    fields = ["term", "others", "direction", "manual"]

    def get_readonly_fields(self, request, obj=None):
        return ["manual"] if obj else []

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        fieldsets[0][1]["description"] = _(
            "La búsqueda halla también lo que dice lo mismo con otras palabras. Por "
            "ejemplo: la comisión que el manual llama COFEMER hoy se llama CONAMER. "
            "Con el término «COFEMER», el renglón «CONAMER» y el sentido «significan "
            "lo mismo», quien escriba cualquiera de los dos nombres halla ambos. En "
            "cambio, con el término «multa», el renglón «sanción» y el sentido «de la "
            "palabra común al término oficial», quien escriba «multa» halla también "
            "«sanción», y quien escriba «sanción» no halla de más. El texto del manual "
            "no cambia."
        )
        return fieldsets

    def create(self, *, form, user, reason):
        return add_synonym(user=user, reason=reason, **form.field_values())

    def change(self, *, obj, form, user, reason):
        values = form.field_values()
        values.pop("manual", None)
        change_synonym(synonym=obj, user=user, reason=reason, **values)

    def delete_object(self, *, obj, user, reason):
        remove_synonym(synonym=obj, user=user, reason=reason)

    @admin.display(description=gettext_lazy("también se busca"))
    def also(self, synonym):
        return ", ".join(synonym.others)

    @admin.display(description=gettext_lazy("manual"), ordering="manual__title")
    def where(self, synonym):
        manual = synonym.manual
        return (manual.acronym or manual.title) if manual else _("todos")


admin.site.register(Synonym, SynonymAdmin)
