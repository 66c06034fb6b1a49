"""Chapters in the admin, with the charts of the charts chapter."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from manuals import permissions
from manuals.admin.content import ContentAdmin
from manuals.admin.forms import DateInput
from manuals.admin.rows import BaseRowFormSet, RowForm, RowsForm, row_formset
from manuals.charts import ListedChart, save_charts
from manuals.models import Chapter
from manuals.services import change_chapter, create_chapter, delete_chapter


class ChartRowForm(RowForm):
    """One chart of the charts chapter."""

    content = ("number", "title", "unit_key", "effective_from")

    number = forms.CharField(label=_("Número"), max_length=20)
    title = forms.CharField(label=_("Título"), max_length=300)
    unit_key = forms.UUIDField(label=_("Identificador de la unidad"), required=False)
    effective_from = forms.DateField(
        label=_("Vigente desde"), required=False, widget=DateInput
    )


class ChapterForm(RowsForm):
    """A chapter and, where it is the one of charts, its charts."""

    rows_prefix = "charts"
    row_formset_class = row_formset(ChartRowForm, BaseRowFormSet)

    def has_rows(self):
        return super().has_rows() and (
            self.instance.kind == Chapter.Kind.CHARTS or self.instance.charts.exists()
        )

    def stored_rows(self):
        return [
            {
                "key": str(chart.pk),
                "number": chart.number,
                "title": chart.title,
                "unit_key": chart.unit_key,
                "effective_from": chart.effective_from,
            }
            for chart in self.instance.charts.order_by("position")
        ]

    def charts(self) -> list[ListedChart]:
        return [
            ListedChart(
                id=int(form.cleaned_data["key"])
                if form.cleaned_data["key"].isdecimal()
                else None,
                **{name: form.cleaned_data[name] for name in ChartRowForm.content},
            )
            for form in self.rows.rows()
        ]

    def rows_changed(self):
        return [
            (
                str(chart.id or ""),
                *(getattr(chart, name) for name in ChartRowForm.content),
            )
            for chart in self.charts()
        ] != [
            (row["key"], *(row[name] for name in ChartRowForm.content))
            for row in self.stored
        ]


class ChapterAdmin(ContentAdmin):
    index_order = 30
    writers = staticmethod(permissions.may_create_manuals)
    form = ChapterForm
    change_form_template = "admin/manuals/chapter/change_form.html"
    list_display = ["number", "title", "kind"]
    list_display_links = ["title"]
    search_fields = ["title", "body"]
    ordering = ["number"]

    def may_change(self, user, obj):
        return permissions.may_edit_everything(user, obj.edition.manual)

    def get_fields(self, request, obj=None):
        fields = ["number", "title", "kind", "body"]
        if obj is None:
            return fields
        fields.insert(0, "edition_link")
        if self.has_change_permission(request, obj):
            fields.append("rows_seen")
        return fields

    def create(self, *, form, user, reason):
        return create_chapter(
            edition=form.edition, user=user, reason=reason, **form.field_values()
        )

    def change(self, *, obj, form, user, reason):
        if form.changed_data:
            change_chapter(chapter=obj, user=user, reason=reason, **form.field_values())
        if form.rows is not None and form.rows_changed():
            save_charts(chapter=obj, rows=form.charts(), user=user, reason=reason)

    def delete_object(self, *, obj, user, reason):
        delete_chapter(chapter=obj, user=user, reason=reason)


admin.site.register(Chapter, ChapterAdmin)
