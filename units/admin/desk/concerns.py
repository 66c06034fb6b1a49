"""What a change of the tree concerns besides codes; upper apps add what they know.

A source is called with a :class:`Change` and says what the person should know before
confirming. Counts of what each unit holds come the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from manuals.models import Chart, Edition
from units.outline import Outline, OutlineUnit
from units.planning import Plan

T = TypeVar("T")

LISTED = 30  # lines of one concern; more are counted


@dataclass(frozen=True)
class Change:
    """A change of the tree before it is made."""

    INSERT, MOVE, DELETE, RENAME = "insert", "move", "delete", "rename"

    what: str
    edition: Edition
    outline: Outline
    unit: OutlineUnit | None  # None: it is new
    plan: Plan = field(default_factory=Plan)
    new_name: str = ""

    def removed(self) -> list[OutlineUnit]:
        return [self.outline.by_id[one] for one in self.plan.removed]

    def lines_of_command(self) -> set:
        """Keys of the unit, of all above it before and after, and of all below it."""
        touched = [*self.plan.parents.values()]
        keys = set()
        if self.unit is not None:
            touched.append(self.unit.id)
            if self.what != self.RENAME:
                keys.update(below.key for below in self.unit.branch())
        for one in touched:
            unit = self.outline.by_id.get(one)
            while unit is not None:
                keys.add(unit.key)
                unit = unit.parent
        return keys


@dataclass(frozen=True)
class Concern:
    """A sentence, what it is about line by line (text, address), and a way on.

    ``more`` counts lines that are not listed.
    """

    text: str
    lines: tuple[tuple[str, str], ...] = ()
    more: int = 0
    url: str = ""
    url_text: str = ""

    @classmethod
    def listing(
        cls, text: str, things: Iterable[T], line: Callable[[T], tuple[str, str]], **way
    ) -> Concern:
        """The first things are listed, each by ``line``."""
        things = list(things)
        listed = tuple(line(one) for one in things[:LISTED])
        return cls(text, listed, len(things) - len(listed), **way)


Source = Callable[[Change], Iterable[Concern]]
Counts = Callable[[Edition], Mapping[int, int]]
_sources: list[Source] = []
_counts: list[Counts] = []


def tell_with(source: Source) -> None:
    """Have ``source`` asked whenever a change is previewed."""
    if source not in _sources:
        _sources.append(source)


def count_with(counts: Counts) -> None:
    """Have the functions of units counted by this: edition -> {unit id: number}."""
    _counts[:] = [counts]


def concerns_of(change: Change) -> list[Concern]:
    return [concern for source in (*_sources, _charts) for concern in source(change)]


def function_counts(edition: Edition) -> Mapping[int, int]:
    return _counts[0](edition) if _counts else {}


def _charts(change: Change) -> Iterator[Concern]:
    """The charts that draw the unit, or something above or below it."""
    keys = change.lines_of_command()
    charts = Chart.objects.filter(
        chapter__edition=change.edition, unit_key__isnull=False
    ).order_by("chapter", "position")
    gone = {unit.key for unit in change.removed()}
    left = [chart for chart in charts if chart.unit_key in gone]
    if left:
        yield Concern.listing(
            _("Organogramas que se quedan sin su unidad:"), left, _line
        )
    shown = [chart for chart in charts if chart.unit_key in keys - gone]
    if shown:
        yield Concern.listing(
            _("Organogramas que muestran esta parte de la estructura:"),
            shown,
            _line,
        )


def _line(chart: Chart) -> tuple[str, str]:
    return str(chart), reverse("admin:manuals_chapter_change", args=[chart.chapter_id])
