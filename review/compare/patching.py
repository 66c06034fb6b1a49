"""A comparison applied to its old edition gives the new one: the proof of completeness.

Texts come from the old document and the redlines, order and places from the order of
the changes. What the comparison does not account for is an error, never lost. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from exchange.document import Chapter, Chart, Document, Function, Source, Unit
from review.compare.changes import (
    NEW,
    SUPPRESSED,
    ChapterChange,
    Comparison,
    FunctionChange,
    UnitChange,
)
from review.compare.pairing import Index
from review.compare.redline import new_text, patched

T = TypeVar("T")


class NotItsEdition(ValueError):
    """The comparison was made of another old edition than the one it is applied to."""


def apply(old: Document, comparison: Comparison) -> Document:
    """The new edition; ``old`` is not changed and shares nothing with it.

    Raises NotItsEdition where the old document is not the one that was compared.
    """
    return _Patch(old, comparison).document()


class _Patch:
    def __init__(self, old: Document, comparison: Comparison) -> None:
        self.old = old
        self.comparison = comparison
        self.index = Index(old)
        self.left_units = set(self.index.units)
        self.left_functions = set(self.index.functions)

    def document(self) -> Document:
        document = Document(
            manual=_with(self.old.manual, self.comparison.manual),
            edition=_with(self.old.edition, self.comparison.edition),
            chapters=self._chapters(),
            units=[
                unit
                for change in self.comparison.units
                if (unit := self._unit(change)) is not None
            ],
        )
        if self.left_units or self.left_functions:
            left = min(self.left_units | self.left_functions)
            raise NotItsEdition(f"{UUID(int=left)} is not in the comparison")
        return document

    def _unit(self, change: UnitChange) -> Unit | None:
        if change.old is not None:
            before = self.index.units.get(change.old.key.int)
            self.left_units.discard(change.old.key.int)
            if before is None or (before.code, before.name) != (
                change.old.code,
                change.old.name,
            ):
                raise NotItsEdition(f"unit {change.old.code} is not as it was compared")
        functions = self._functions(change.functions)
        side = change.new
        if side is None:
            return None
        return Unit(
            code=side.code,
            name=side.name,
            kind=side.kind,
            key=side.key,
            printed_code=side.printed_code,
            printed_page=side.printed_page,
            positions=list(side.positions),
            parent_code=side.parent_code,
            objective=side.objective,
            functions=functions,
            source_line=side.source_line,
            source_sha256=side.source_sha256,
        )

    def _functions(self, changes: Sequence[FunctionChange]) -> list[Function]:
        return [
            function
            for change in changes
            if (function := self._function(change)) is not None
        ]

    def _function(self, change: FunctionChange) -> Function | None:
        text = ""
        if change.change == NEW:
            text = new_text(change.redline)
        else:
            text = self._patched(change, change.old.key)
        items = self._functions(change.items)
        if change.change == SUPPRESSED:
            return None
        return Function(
            text=text,
            key=change.new.key,
            items=items,
            source_line=change.new.source_line,
            source_sha256=change.new.source_sha256,
        )

    def _patched(self, change: FunctionChange, key: UUID) -> str:
        before = self.index.functions.get(key.int)
        self.left_functions.discard(key.int)
        if before is None:
            raise NotItsEdition(f"there is no function {key} in the edition")
        try:
            return patched(before.function.text, change.redline)
        except ValueError as error:
            raise NotItsEdition(str(error)) from error

    def _chapters(self) -> list[Chapter]:
        bodies = {chapter.number: chapter.body for chapter in self.old.chapters}
        chapters = []
        for change in self.comparison.chapters:
            body = self._body(change, bodies)
            side = change.new
            if side is not None:
                chapters.append(
                    Chapter(
                        number=side.number,
                        title=side.title,
                        kind=side.kind,
                        body=body,
                        charts=_charts(change),
                        source_line=side.source_line,
                        source_sha256=side.source_sha256,
                    )
                )
        if bodies:
            raise NotItsEdition(f"chapters {sorted(bodies)} are not in the comparison")
        return chapters

    def _body(self, change: ChapterChange, bodies: dict[int, str]) -> str:
        if change.old is None:
            return new_text(change.body)
        try:
            return patched(bodies.pop(change.old.number), change.body)
        except (KeyError, ValueError) as error:
            raise NotItsEdition(
                f"chapter {change.old.number} is not as it was compared"
            ) from error


def _charts(change: ChapterChange) -> list[Chart]:
    return [
        Chart(
            chart.new.number,
            chart.new.title,
            chart.new.unit_key,
            chart.new.effective_from,
        )
        for chart in change.charts
        if chart.new is not None
    ]


def _with(thing: T, differing: dict[str, tuple[Any, Any]]) -> T:
    """A copy with the new values; every old value must be the one that was compared."""
    for name, (before, _after) in differing.items():
        if getattr(thing, name) != before:
            raise NotItsEdition(f"{name} is not as it was compared")
    values = {name: after for name, (_before, after) in differing.items()}
    if hasattr(thing, "sources"):
        sources = values.get("sources", thing.sources)
        values["sources"] = [Source(one.name, one.sha256) for one in sources]
    return replace(thing, **values)
