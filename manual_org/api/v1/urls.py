"""Addresses of version 1 (DESIGN section 9)."""

from django.urls import include, path, register_converter

from manual_org.api.v1 import converters
from manual_org.api.v1.views import (
    batch,
    catalogues,
    changes,
    checks,
    children,
    comparisons,
    docs,
    doubts,
    editions,
    feeds,
    functions,
    guide,
    imports,
    manuals,
    notes,
    progress,
    search,
    successors,
    units,
)

register_converter(converters.Slug, "api_slug")
register_converter(converters.Label, "api_label")
register_converter(converters.Code, "api_code")
register_converter(converters.Number, "api_number")
register_converter(converters.Key, "api_key")

edition = [
    path("", editions.EditionDetailView.as_view(), name="edition"),
    path("submit/", editions.SubmitView.as_view(), name="submit"),
    path("send-back/", editions.SendBackView.as_view(), name="send-back"),
    path("authorise/", editions.AuthoriseView.as_view(), name="authorise"),
    path("withdraw/", editions.WithdrawView.as_view(), name="withdraw"),
    path("duplicate/", editions.DuplicateView.as_view(), name="duplicate"),
    path("batch/", batch.BatchView.as_view(), name="batch"),
    path("readiness/", progress.ReadinessView.as_view(), name="readiness"),
    path("transitions/", progress.TransitionListView.as_view(), name="transitions"),
    path("chapters/", manuals.ChapterListView.as_view(), name="chapters"),
    path(
        "chapters/<api_number:number>/", manuals.ChapterView.as_view(), name="chapter"
    ),
    path("charts/", catalogues.ChartListView.as_view(), name="charts"),
    path("tree/", units.TreeView.as_view(), name="tree"),
    path("units/", units.UnitListView.as_view(), name="units"),
    path("units/<api_code:code>/", units.UnitView.as_view(), name="unit"),
    path("units/<api_code:code>/subtree/", units.SubtreeView.as_view(), name="subtree"),
    path(
        "units/<api_code:code>/functions/",
        units.UnitFunctionsView.as_view(),
        name="unit-functions",
    ),
    path(
        "units/<api_code:code>/children/",
        children.UnitChildrenView.as_view(),
        name="unit-children",
    ),
    path(
        "units/<api_code:code>/successors/",
        successors.UnitSuccessorsByCodeView.as_view(),
        name="unit-successors",
    ),
    path("units/<api_code:code>/move/", units.UnitMoveView.as_view(), name="unit-move"),
    path("checks/", checks.CheckListView.as_view(), name="checks"),
    path("doubts/", doubts.DoubtListView.as_view(), name="doubts"),
    path("notes/", notes.NoteListView.as_view(), name="notes"),
    path("notes/<api_key:key>/", notes.NoteView.as_view(), name="note"),
    path("functions/", functions.FunctionListView.as_view(), name="functions"),
    path("functions/<api_key:key>/", functions.FunctionView.as_view(), name="function"),
    path(
        "functions/<api_key:key>/move/",
        functions.FunctionMoveView.as_view(),
        name="function-move",
    ),
]

app_name = "v1"
urlpatterns = [
    path("", docs.RootView.as_view(), name="root"),
    path("kinds/", catalogues.KindListView.as_view(), name="kinds"),
    path("manuals/", manuals.ManualListView.as_view(), name="manuals"),
    path("manuals/<api_slug:slug>/", manuals.ManualView.as_view(), name="manual"),
    path(
        "manuals/<api_slug:slug>/glossary/",
        catalogues.GlossaryView.as_view(),
        name="glossary",
    ),
    path("imports/", imports.ImportView.as_view(), name="imports"),
    path(
        "manuals/<api_slug:slug>/imports/",
        imports.ImportIntoManualView.as_view(),
        name="manual-imports",
    ),
    path(
        "manuals/<api_slug:slug>/editions/",
        manuals.EditionListView.as_view(),
        name="editions",
    ),
    path(
        "manuals/<api_slug:slug>/editions/<api_label:label>/",
        include(edition),
    ),
    path(
        "manuals/<api_slug:slug>/compare/<api_label:old>/<api_label:new>/",
        comparisons.ComparisonView.as_view(),
        name="comparison",
    ),
    path("units/<api_key:key>/", units.UnitByKeyView.as_view(), name="unit-by-key"),
    path(
        "units/<api_key:key>/successors/",
        successors.UnitSuccessorsView.as_view(),
        name="unit-successors-by-key",
    ),
    path(
        "functions/<api_key:key>/successors/",
        successors.FunctionSuccessorsView.as_view(),
        name="function-successors-by-key",
    ),
    path(
        "units/<api_key:key>/move/",
        units.UnitMoveByKeyView.as_view(),
        name="unit-move-by-key",
    ),
    path(
        "functions/<api_key:key>/",
        functions.FunctionByKeyView.as_view(),
        name="function-by-key",
    ),
    path(
        "functions/<api_key:key>/move/",
        functions.FunctionMoveByKeyView.as_view(),
        name="function-move-by-key",
    ),
    path("checks/rules/", checks.RuleListView.as_view(), name="check-rules"),
    path("changes/", changes.ChangeListView.as_view(), name="changes"),
    path("feed/", feeds.FeedView.as_view(), name="feed"),
    path(
        "manuals/<api_slug:slug>/feed/",
        feeds.ManualFeedView.as_view(),
        name="manual-feed",
    ),
    path("search/", search.SearchView.as_view(), name="search"),
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.DocsView.as_view(), name="docs"),
    path("guide/", guide.GuideView.as_view(), name="guide"),
    path("guide/<str:name>", guide.GuideView.as_view(), name="guide-file"),
]
