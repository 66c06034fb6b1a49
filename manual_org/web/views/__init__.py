"""The reader's pages, by what they show."""

from manual_org.web.views.branches import BranchView
from manual_org.web.views.chapters import ChapterView
from manual_org.web.views.charts import (
    ChartPage,
    ChartPng,
    ChartSvg,
    UnitChartPage,
    UnitChartPng,
    UnitChartSvg,
)
from manual_org.web.views.comparisons import (
    ComparativeTableFileView,
    ComparativeTableView,
    ComparisonChoiceView,
    ComparisonView,
)
from manual_org.web.views.editions import EditionView, TreeView
from manual_org.web.views.glossary import GlossaryView
from manual_org.web.views.history import (
    EditionHistoryView,
    FunctionHistoryView,
    UnitHistoryView,
)
from manual_org.web.views.identifiers import FunctionByKeyView, UnitByKeyView
from manual_org.web.views.manuals import ManualListView, ManualView, OnDayView
from manual_org.web.views.references import HomonymsView, MentionsView
from manual_org.web.views.search import (
    EditionResults,
    EditionSearch,
    WideResults,
    WideSearch,
)
from manual_org.web.views.units import UnitView

__all__ = [
    "BranchView",
    "ChapterView",
    "ChartPage",
    "ChartPng",
    "ChartSvg",
    "ComparativeTableFileView",
    "ComparativeTableView",
    "ComparisonChoiceView",
    "ComparisonView",
    "EditionHistoryView",
    "EditionResults",
    "EditionSearch",
    "EditionView",
    "FunctionByKeyView",
    "FunctionHistoryView",
    "GlossaryView",
    "HomonymsView",
    "ManualListView",
    "ManualView",
    "MentionsView",
    "OnDayView",
    "TreeView",
    "UnitByKeyView",
    "UnitChartPage",
    "UnitChartPng",
    "UnitChartSvg",
    "UnitHistoryView",
    "UnitView",
    "WideResults",
    "WideSearch",
]
