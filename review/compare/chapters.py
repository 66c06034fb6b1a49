"""What became of the chapters, their blocks and their charts.

Chapters have no keys: the functions and the charts chapter are known by their kind,
the others by their titles, else by what they say. Pure: no Django, no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from uuid import UUID

from rapidfuzz import fuzz

from exchange.document import Chapter, Chart, Document
from exchange.importers.wording import normal
from review.compare.blocks import compare_blocks
from review.compare.changes import (
    COSMETIC,
    NEW,
    RENAMED,
    RENUMBERED,
    REWORDED,
    SAME,
    SUBSTANTIVE,
    SUPPRESSED,
    ChapterChange,
    ChapterSide,
    ChartChange,
    ChartSide,
    heaviest,
)
from review.compare.order import woven
from review.compare.pairing import Pairing
from review.compare.redline import line_redline
from review.compare.weighing import Rewordings

_LIKE = 60.0  # percent; titles or bodies of one chapter


def compare_chapters(
    old: Document, new: Document, pairing: Pairing, rewordings: Rewordings
) -> list[ChapterChange]:
    """The chapters in the new order, suppressed ones after their old predecessor.

    Their weights are set by weigh_chapters(), when the texts are weighed.
    """
    pairs = _paired(old.chapters, new.chapters)
    changes: dict[tuple[str, int], ChapterChange] = {}
    for at, chapter in enumerate(new.chapters):
        was = old.chapters[pairs[at]] if at in pairs else None
        key = ("old", pairs[at]) if at in pairs else ("new", at)
        changes[key] = _compared(was, chapter, pairing, rewordings)
    order = woven(list(changes), [("old", at) for at in range(len(old.chapters))])
    for key in order:
        if key not in changes:
            chapter = old.chapters[key[1]]
            changes[key] = _compared(chapter, None, pairing, rewordings)
    return [changes[key] for key in order]


def weigh_chapters(changes: list[ChapterChange]) -> None:
    """Give every chapter the heaviest weight of what changed in it."""
    for change in changes:
        blocks = change.compared_blocks or []
        weights = [block.weight for block in blocks]
        weights += [SUBSTANTIVE for block in blocks if block.reordered]
        weights += [
            SUBSTANTIVE
            for chart in change.charts
            if chart.change not in (SAME, RENUMBERED)
        ]
        if change.change in (NEW, SUPPRESSED):
            weights.append(SUBSTANTIVE)
        elif any(mark != "=" for mark, _text in change.body):
            weights.append(COSMETIC)
        change.weight = heaviest(weights)


def _side(chapter: Chapter) -> ChapterSide:
    return ChapterSide(
        chapter.number,
        chapter.title,
        chapter.kind,
        chapter.source_line,
        chapter.source_sha256,
    )


def _compared(
    was: Chapter | None, now: Chapter | None, pairing: Pairing, rewordings: Rewordings
) -> ChapterChange:
    change = ChapterChange([SAME], was and _side(was), now and _side(now))
    old, new = was.body if was else "", now.body if now else ""
    change.body = line_redline(old, new)
    if was is None or now is None or old != new:
        scope = ("chapter", (now or was).number)
        change.compared_blocks = compare_blocks(old, new, rewordings, scope)
    change.charts = _charts(
        was.charts if was else [], now.charts if now else [], pairing
    )
    if was is None or now is None:
        change.changes = [NEW if was is None else SUPPRESSED]
        return change
    names = []
    if was.title != now.title:
        names.append(RENAMED)
    differs = any(chart.change not in (SAME, RENUMBERED) for chart in change.charts)
    if old != new or was.kind != now.kind or differs:
        names.append(REWORDED)
    if was.number != now.number:
        names.append(RENUMBERED)
    change.changes = names or [SAME]
    return change


def _paired(old: list[Chapter], new: list[Chapter]) -> dict[int, int]:
    """Which chapter of ``new`` continues which of ``old``, by their places."""
    pairs: dict[int, int] = {}
    free = dict(enumerate(old))

    def pair_by(key: Callable[[Chapter], Hashable]) -> None:
        waiting = defaultdict(list)
        for at, chapter in free.items():
            waiting[key(chapter)].append(at)
        for at, chapter in enumerate(new):
            name = key(chapter)
            if at not in pairs and name and waiting[name]:
                pairs[at] = waiting[name].pop(0)
                del free[pairs[at]]

    pair_by(lambda chapter: chapter.kind if chapter.kind != "text" else None)
    pair_by(lambda chapter: normal(chapter.title))
    scored = [
        (_likeness(chapter, other), -abs(at - place), at, place)
        for at, chapter in enumerate(new)
        if at not in pairs
        for place, other in free.items()
    ]
    for score, _near, at, place in sorted(scored, reverse=True):
        if score >= _LIKE and at not in pairs and place in free:
            pairs[at] = place
            del free[place]
    return pairs


def _likeness(one: Chapter, other: Chapter) -> float:
    if one.kind != other.kind:
        return 0.0
    titles = fuzz.ratio(normal(one.title), normal(other.title))
    bodies = fuzz.ratio(one.body, other.body) if one.body and other.body else 0.0
    return max(titles, bodies)


def _charts(old: list[Chart], new: list[Chart], pairing: Pairing) -> list[ChartChange]:
    """The charts in the new order; a chart is known by its unit, else by its title."""
    units = [_old_unit_key(chart, pairing) for chart in new]
    found: dict[int, int] = {}
    for by_unit in (True, False):
        waiting = defaultdict(list)
        for place, chart in enumerate(old):
            if place not in found.values():
                name = chart.unit_key if by_unit else normal(chart.title)
                waiting[name].append(place)
        for at, chart in enumerate(new):
            name = units[at] if by_unit else normal(chart.title)
            if name and at not in found and waiting[name]:
                found[at] = waiting[name].pop(0)
    changes: dict[tuple[str, int], ChartChange] = {}
    for at, chart in enumerate(new):
        if at in found:
            was = old[found[at]]
            changes["old", found[at]] = _compared_chart(was, chart, units[at])
        else:
            changes["new", at] = ChartChange(NEW, None, _chart_side(chart))
    order = woven(list(changes), [("old", at) for at in range(len(old))])
    return [
        changes[key]
        if key in changes
        else ChartChange(SUPPRESSED, _chart_side(old[key[1]]), None)
        for key in order
    ]


def _old_unit_key(chart: Chart, pairing: Pairing) -> UUID | None:
    """The old key of the unit that a new chart shows, if the unit is not new."""
    if chart.unit_key is None or chart.unit_key.int not in pairing.old_keys:
        return chart.unit_key
    return UUID(int=pairing.old_keys[chart.unit_key.int])


def _compared_chart(was: Chart, chart: Chart, unit) -> ChartChange:
    fields = []
    if was.title != chart.title:
        fields.append("title")
    if was.unit_key != unit:
        fields.append("unit_key")
    if was.effective_from != chart.effective_from:
        fields.append("effective_from")
    name = SAME if was.number == chart.number else RENUMBERED
    if fields:
        name = REWORDED
    return ChartChange(name, _chart_side(was), _chart_side(chart), tuple(fields))


def _chart_side(chart: Chart) -> ChartSide:
    return ChartSide(chart.number, chart.title, chart.unit_key, chart.effective_from)
