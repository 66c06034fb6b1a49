"""Addresses of the reader's pages (DESIGN section 7)."""

from datetime import date

from django.urls import path, register_converter

from manual_org.web import views


class DayConverter:
    """A calendar day, ``2022-05-01``; what is no day matches nothing."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


class LabelConverter:
    """An edition's label; a draft's has the same form."""

    regex = "[a-z0-9.-]+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(DayConverter, "day")
register_converter(LabelConverter, "edition_label")

app_name = "web"
urlpatterns = [
    path("", views.ManualListView.as_view(), name="home"),
    path("buscar/", views.WideSearch.as_view(), name="search-all"),
    path("buscar/resultados/", views.WideResults.as_view(), name="results-of-all"),
    path("manuales/<slug:slug>/", views.ManualView.as_view(), name="manual"),
    path("manuales/<slug:slug>/a/<day:day>/", views.OnDayView.as_view(), name="on-day"),
    path(
        "manuales/<slug:slug>/a/<day:day>/<str:code>/",
        views.OnDayView.as_view(),
        name="unit-on-day",
    ),
    path(
        "manuales/<slug:slug>/comparar/",
        views.ComparisonChoiceView.as_view(),
        name="comparison-choice",
    ),
    # ``label`` is the newer edition: the page is one of its pages.
    path(
        "manuales/<slug:slug>/comparar/<edition_label:old>/<edition_label:label>/",
        views.ComparisonView.as_view(),
        name="comparison",
    ),
    path(
        "manuales/<slug:slug>/comparar/<edition_label:old>/<edition_label:label>"
        "/cuadro/",
        views.ComparativeTableView.as_view(),
        name="comparative-table",
    ),
    path(
        "manuales/<slug:slug>/comparar/<edition_label:old>/<edition_label:label>"
        "/cuadro.docx",
        views.ComparativeTableFileView.as_view(),
        name="comparative-table-file",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/",
        views.EditionView.as_view(),
        name="edition",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/arbol/",
        views.TreeView.as_view(),
        name="tree",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/capitulos/<int:number>/",
        views.ChapterView.as_view(),
        name="chapter",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/glosario/",
        views.GlossaryView.as_view(),
        name="glossary",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/buscar/",
        views.EditionSearch.as_view(),
        name="search",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/buscar/resultados/",
        views.EditionResults.as_view(),
        name="results",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/organigrama/",
        views.ChartPage.as_view(),
        name="chart",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/organigrama.svg",
        views.ChartSvg.as_view(),
        name="chart-svg",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/organigrama.png",
        views.ChartPng.as_view(),
        name="chart-png",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/organigrama/",
        views.UnitChartPage.as_view(),
        name="unit-chart",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/organigrama.svg",
        views.UnitChartSvg.as_view(),
        name="unit-chart-svg",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/organigrama.png",
        views.UnitChartPng.as_view(),
        name="unit-chart-png",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/historial/",
        views.EditionHistoryView.as_view(),
        name="edition-history",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/historial/",
        views.UnitHistoryView.as_view(),
        name="unit-history",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/historial/<slug:anchor>/",
        views.FunctionHistoryView.as_view(),
        name="function-history",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/rama/",
        views.BranchView.as_view(),
        name="branch",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/menciones/",
        views.MentionsView.as_view(),
        name="unit-mentions",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/homonimas/",
        views.HomonymsView.as_view(),
        name="unit-homonyms",
    ),
    path(
        "manuales/<slug:slug>/<edition_label:label>/<str:code>/",
        views.UnitView.as_view(),
        name="unit",
    ),
    path("id/unidad/<uuid:key>", views.UnitByKeyView.as_view(), name="unit-by-key"),
    path(
        "id/funcion/<uuid:key>",
        views.FunctionByKeyView.as_view(),
        name="function-by-key",
    ),
]
