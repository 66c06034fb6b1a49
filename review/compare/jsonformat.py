"""The stable JSON form ``manual-org/compare/1`` of a comparison (DESIGN, section 8).

Its JSON Schema is docs/manual-org-compare-1.schema.json. Pure: no Django, no database.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from exchange.document import Source
from review.compare.changes import (
    BlockChange,
    BlockSide,
    ChapterChange,
    ChapterSide,
    ChartChange,
    ChartSide,
    Comparison,
    FunctionChange,
    FunctionSide,
    Redline,
    Succession,
    Term,
    UnitChange,
    UnitSide,
)
from review.compare.summary import summary

FORMAT = "manual-org/compare/1"


def dumps(comparison: Comparison) -> bytes:
    """The comparison as UTF-8 JSON with a stable order of keys and a final line end."""
    tree = to_dict(comparison)
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def to_dict(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values, ready for any JSON writer."""
    return {
        "format": FORMAT,
        "old": {
            "manual": comparison.old.manual,
            "edition": comparison.old.edition,
        },
        "new": {
            "manual": comparison.new.manual,
            "edition": comparison.new.edition,
        },
        "matched": comparison.matched,
        "summary": summary(comparison),
        "manual": _pairs(comparison.manual),
        "edition": _pairs(comparison.edition),
        "chapters": [_chapter(change) for change in comparison.chapters],
        "terminology": [_term(term) for term in comparison.terminology],
        "successions": [_succession(one) for one in comparison.successions],
        "units": [_unit(change) for change in comparison.units],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Source):
        return {"name": value.name, "sha256": value.sha256}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _pairs(differing: dict[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    return {name: [_plain(old), _plain(new)] for name, (old, new) in differing.items()}


def _redline(segments: Redline) -> list[list[str]]:
    return [[mark, text] for mark, text in segments]


def _term(term: Term) -> dict[str, Any]:
    return {
        "old": term.old,
        "new": term.new,
        "count": term.count,
        "forms": [list(form) for form in term.forms],
    }


def _succession(succession: Succession) -> dict[str, Any]:
    return {
        "kind": succession.kind,
        "from": _plain(succession.from_keys),
        "to": _plain(succession.to_keys),
        "confidence": round(succession.confidence, 2),
        "recorded": succession.recorded,
    }


def _unit(change: UnitChange) -> dict[str, Any]:
    objective = change.objective
    return {
        "key": str(change.key),
        "changes": list(change.changes),
        "confidence": round(change.confidence, 2),
        "from": _plain(change.from_keys),
        "to": _plain(change.to_keys),
        "old": _unit_side(change.old),
        "new": _unit_side(change.new),
        "renumbering": change.renumbering,
        "reordered": change.reordered,
        "name": {"weight": change.name_weight, "redline": _redline(change.name_redline)}
        if change.name_weight
        else None,
        "objective": {
            "weight": objective.weight,
            "old": objective.old,
            "new": objective.new,
            "redline": _redline(objective.redline),
        }
        if objective
        else None,
        "fields": _pairs(change.fields),
        "left": [str(function.key) for function in change.left],
        "functions": [_function(function) for function in change.functions],
    }


def _unit_side(side: UnitSide | None) -> dict[str, Any] | None:
    return side and {
        "key": str(side.key),
        "code": side.code,
        "name": side.name,
        "kind": side.kind,
        "parent_code": side.parent_code,
    }


def _function(change: FunctionChange) -> dict[str, Any]:
    return {
        "key": str(change.key),
        "change": change.change,
        "weight": change.weight,
        "overall": change.overall,
        "confidence": round(change.confidence, 2),
        "reordered": change.reordered,
        "via": change.via,
        "old": _function_side(change.old),
        "new": _function_side(change.new),
        "redline": _redline(change.redline),
        "left": [str(item.key) for item in change.left],
        "items": [_function(item) for item in change.items],
    }


def _function_side(side: FunctionSide | None) -> dict[str, Any] | None:
    return side and {
        "key": str(side.key),
        "code": side.code,
        "number": side.number,
        "label": side.label,
        "anchor": side.anchor,
        "text": side.text,
    }


def _chapter(change: ChapterChange) -> dict[str, Any]:
    return {
        "number": change.side.number,
        "title": change.side.title,
        "change": change.change,
        "changes": list(change.changes),
        "weight": change.weight,
        "old": _chapter_side(change.old),
        "new": _chapter_side(change.new),
        "blocks": [_block(block) for block in change.blocks],
        "charts": [_chart(chart) for chart in change.charts],
    }


def _chapter_side(side: ChapterSide | None) -> dict[str, Any] | None:
    return side and {"number": side.number, "title": side.title, "kind": side.kind}


def _block(change: BlockChange) -> dict[str, Any]:
    return {
        "number": change.side.number,
        "change": change.change,
        "weight": change.weight,
        "reordered": change.reordered,
        "old": _block_side(change.old),
        "new": _block_side(change.new),
        "redline": _redline(change.redline),
    }


def _block_side(side: BlockSide | None) -> dict[str, Any] | None:
    return side and {
        "number": side.number,
        "depth": side.depth,
        "kind": side.kind,
        "marker": side.marker,
        "text": side.text,
    }


def _chart(change: ChartChange) -> dict[str, Any]:
    return {
        "change": change.change,
        "fields": list(change.fields),
        "old": _chart_side(change.old),
        "new": _chart_side(change.new),
    }


def _chart_side(side: ChartSide | None) -> dict[str, Any] | None:
    return side and {
        "number": side.number,
        "title": side.title,
        "unit_key": _plain(side.unit_key),
        "effective_from": _plain(side.effective_from),
    }
