"""Charts in the admin name the unit that they show by its code."""

from __future__ import annotations

from manuals.admin.chapters import ChapterAdmin as BaseChapterAdmin
from manuals.admin.chapters import ChapterForm as BaseChapterForm
from manuals.admin.chapters import ChartRowForm as BaseChartRowForm
from manuals.admin.rows import BaseRowFormSet, row_formset
from manuals.admin_site import replace
from manuals.charts import ListedChart
from manuals.models import Chapter
from units.admin.fields import UnitCodeField
from units.outline import outline_of


class ChartRowForm(BaseChartRowForm):
    content = ("number", "title", "unit_code", "effective_from")

    unit_key = None
    unit_code = UnitCodeField(required=False)

    field_order = ["number", "title", "unit_code", "effective_from"]

    def __init__(self, *args, outline=None, **kwargs):
        super().__init__(*args, **kwargs)
        if outline is not None:
            self.fields["unit_code"].outline = outline


class ChapterForm(BaseChapterForm):
    row_formset_class = row_formset(ChartRowForm, BaseRowFormSet)

    @property
    def outline(self):
        if not hasattr(self, "_outline"):
            self._outline = outline_of(self.instance.edition)
        return self._outline

    def row_form_kwargs(self):
        return {"outline": self.outline}

    def stored_rows(self):
        rows = super().stored_rows()
        for row in rows:
            unit = self.outline.by_key.get(row.pop("unit_key"))
            row["unit_code"] = unit.code if unit else ""
        return rows

    def charts(self):
        keys = {str(chart.pk): chart.unit_key for chart in self.instance.charts.all()}
        charts = []
        for form in self.rows.rows():
            said = form.cleaned_data
            unit = said["unit_code"]
            # A unit that the edition lacks cannot be named here; it is kept as it is.
            kept = None if unit else self._key_outside(keys.get(said["key"]))
            charts.append(
                ListedChart(
                    id=int(said["key"]) if said["key"].isdecimal() else None,
                    number=said["number"],
                    title=said["title"],
                    effective_from=said["effective_from"],
                    unit_key=unit.key if unit else kept,
                )
            )
        return charts

    def _key_outside(self, key):
        return key if key not in self.outline.by_key else None

    def rows_changed(self):
        return [
            (str(chart.id or ""), chart.number, chart.title, chart.effective_from)
            + (self._code(chart.unit_key),)
            for chart in self.charts()
        ] != [
            (row["key"], row["number"], row["title"], row["effective_from"])
            + (row["unit_code"],)
            for row in self.stored
        ]

    def _code(self, key) -> str:
        unit = self.outline.by_key.get(key)
        return unit.code if unit else ""


class ChapterAdmin(BaseChapterAdmin):
    form = ChapterForm


replace(Chapter, ChapterAdmin)
