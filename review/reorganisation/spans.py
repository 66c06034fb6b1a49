"""Span of control, the direct subordinates of each unit, and depth, in both editions.

Pure: no Django, no database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from statistics import mean, median

from review.reorganisation.effect import (
    KindSpan,
    SpanChange,
    Spans,
    SpanSide,
    UnitRef,
)
from review.reorganisation.sides import Side, Sides
from review.reorganisation.thresholds import NARROW, WIDE


def spans(sides: Sides) -> Spans:
    """Both editions measured, and the units of the draft that changed or stand out."""
    before = {code: len(below) for code, below in sides.old.children.items()}
    now = {code: len(below) for code, below in sides.new.children.items()}
    found = Spans(_side(sides.old, before, sides), _side(sides.new, now, sides))
    for change in sides.changes:
        if change.new is None:
            continue
        one = SpanChange(
            sides.ref(change),
            before[change.old.code] if change.old else None,
            now[change.new.code],
        )
        if one.old is not None and one.old != one.new:
            found.changed.append(one)
        if one.new == NARROW:
            found.single.append(one)
        if one.new > WIDE:
            found.wide.append(one)
    found.wide.sort(key=lambda one: -one.new)
    return found


def _side(side: Side, spans: Mapping[str, int], sides: Sides) -> SpanSide:
    if not side.units:
        return SpanSide()
    heads = [span for span in spans.values() if span]
    greatest = max(heads, default=0)
    return SpanSide(
        units=len(side.units),
        heads=len(heads),
        depth=max(side.depths.values()),
        mean=_rounded(mean(heads)) if heads else 0.0,
        median=_rounded(median(heads)) if heads else 0.0,
        greatest=greatest,
        spans=dict(sorted(Counter(spans.values()).items())),
        levels=dict(sorted(Counter(side.depths.values()).items())),
        widest=_widest(side, spans, greatest, sides),
        kinds=_kinds(side, spans),
    )


def _widest(side: Side, spans, greatest: int, sides: Sides) -> list[UnitRef]:
    if not greatest:
        return []
    return [
        sides.ref(side.changes[unit.code])
        for unit in side.units
        if spans[unit.code] == greatest
    ]


def _kinds(side: Side, spans: Mapping[str, int]) -> list[KindSpan]:
    """By level, those that stand highest first."""
    found = []
    codes: dict[str, list[str]] = {}
    for unit in side.units:
        codes.setdefault(unit.kind, []).append(unit.code)
    for kind, of_kind in codes.items():
        heads = [spans[code] for code in of_kind if spans[code]]
        depths = [side.depths[code] for code in of_kind]
        found.append(
            KindSpan(
                kind,
                len(of_kind),
                len(heads),
                _rounded(mean(heads)) if heads else 0.0,
                _rounded(median(heads)) if heads else 0.0,
                max(heads, default=0),
                min(depths),
                max(depths),
            )
        )
    return sorted(found, key=lambda one: (one.shallowest, one.deepest, one.kind))


def _rounded(number: float) -> float:
    return round(number, 1)
