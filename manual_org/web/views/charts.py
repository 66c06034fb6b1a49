"""Organisation charts: of a whole edition or of a unit, as page, SVG and PNG."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from manual_org.web import charts
from manual_org.web.mixins import EditionPage
from manual_org.web.views.units import UnitPage
from units.chart import png


class WholeChart(EditionPage):
    """What shows the chart of the whole edition."""

    @cached_property
    def unit(self):
        return self.outline.root

    @cached_property
    def chart(self):
        """The chart that the address asks for; None where there are no units."""
        if self.unit is None:
            return None
        return charts.asked_chart(self.outline, self.unit, self.request.GET)

    def counterpart(self, edition):
        return reverse("web:chart", args=[self.manual.slug, edition.label])


class ChartPage(WholeChart):
    template_name = "web/chart_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            chart_title=charts.title_of(self.unit) if self.unit else _("Organigrama"),
            drawn=self._drawn() if self.chart else "",
            **kwargs,
        )

    def _drawn(self):
        chart, url, title = self.chart, self.edition_url, charts.title_of(self.unit)
        context = {
            "unit": self.unit,
            "ancestors": self.unit.chain(),
            "edition_url": url,
            "drawing": charts.page_drawing(chart, url, title),
            "legend": charts.legend(chart),
            "list": charts.nested_list(chart, url),
            "levels": charts.levels_to_choose(chart),
            "count": charts.shown_count(chart),
            "limit": charts.limit_sentence(chart),
            "title": title,
            "query": charts.query_of(self.unit, chart.extent),
        }
        return render_to_string("web/_chart.html", context)


class ChartFile(WholeChart):
    """The chart as a file that stands alone; it says of which edition it is."""

    extension = ""
    media_type = ""

    def get(self, request, *args, **kwargs):
        if self.chart is None:
            raise Http404
        name = f"organigrama-{self.manual.slug}-{self.edition.label}-{self.unit.code}"
        named = content_disposition_header(False, f"{name}.{self.extension}")
        return HttpResponse(
            self.content(),
            content_type=self.media_type,
            headers={"Content-Disposition": named},
        )

    def drawing(self):
        return charts.file_drawing(self.chart, self.edition)


class ChartSvg(ChartFile):
    extension, media_type = "svg", "image/svg+xml; charset=utf-8"

    def content(self):
        return self.drawing()[0]


class ChartPng(ChartFile):
    extension, media_type = "png", "image/png"

    def content(self):
        return png(*self.drawing())


# The page of a unit comes first: it finds the unit, or says where it is.
class UnitChartPage(UnitPage, ChartPage):
    url_name = "unit-chart"


class UnitChartSvg(UnitPage, ChartSvg):
    url_name = "unit-chart-svg"


class UnitChartPng(UnitPage, ChartPng):
    url_name = "unit-chart-png"
