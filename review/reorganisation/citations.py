"""Texts of the draft that name a unit as the base called it, or cite its old code.

Names are found as functions.references finds them; a code where a number with dots
stands alone. Chapters of history tell what was and are left out. What closed editions
cite stays true: they are read with their own codes.
Pure: no Django, no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.references import UnitNames
from review.checks.findings import excerpt
from review.checks.texts import passages_of
from review.compare import UnitChange
from review.reorganisation.effect import Citation, Structure, UnitRef
from review.reorganisation.sides import Sides, walk

_CODE = re.compile(r"(?<![\w.,/-])\d+(?:\.\d+)+(?![\w/]|[.,]\d)")
_LEAST_DOTS = 2  # «8.4» alone may number anything


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the draft and where it stands, as a Citation says it."""

    text: str
    place: str
    unit: UnitRef | None = None
    path: tuple[int, ...] = ()
    chapter: int | None = None
    number: str = ""


def citations(sides: Sides, structure: Structure) -> list[Citation]:
    """In reading order, chapters first; ``structure`` says who succeeds whom."""
    stale = [one for one in sides.changes if one.old is not None and _is_stale(one)]
    if not stale:
        return []
    finder = _Finder(sides, stale, structure)
    return [hit for text in _texts(sides) for hit in finder.find(text)]


def charts_without_unit(sides: Sides) -> list[Citation]:
    """Charts of the draft that show a unit which it does not have any more."""
    found = []
    for chapter in sides.new.document.chapters:
        for chart in chapter.charts:
            change = sides.by_key.get(chart.unit_key)
            if change is not None and change.new is None:
                found.append(
                    Citation(
                        "name",
                        chart.title,
                        sides.ref(change),
                        None,
                        "chart",
                        chapter=chapter.number,
                        number=chart.number,
                    )
                )
    return found


def _is_stale(change: UnitChange) -> bool:
    """Whether the base knew the unit by another name or code, or it is gone."""
    old, new = change.old, change.new
    return new is None or old.name != new.name or old.code != new.code


class _Finder:
    def __init__(
        self, sides: Sides, stale: list[UnitChange], structure: Structure
    ) -> None:
        self.sides = sides
        self.heirs = {
            one.unit.key: tuple(heir.unit for heir in one.heirs if heir.stated)
            for one in structure.removed
        }
        self.names = UnitNames(sides.old.units)
        self.names_now = UnitNames(sides.new.units)
        self.renamed = {
            one.old.key: one
            for one in stale
            if one.new is None or one.old.name != one.new.name
        }
        self.codes = {
            one.old.code: one
            for one in stale
            if (one.new is None or one.old.code != one.new.code)
            and one.old.code.count(".") >= _LEAST_DOTS
        }

    def find(self, text: _Text) -> list[Citation]:
        hits = [*self._named(text), *self._cited(text)]
        return sorted(hits, key=lambda hit: (hit.start, hit.end))

    def _named(self, text: _Text) -> Iterator[Citation]:
        """Old names; not where the same words name a unit of the draft."""
        if not self.renamed:
            return
        mentions = [
            one for one in self.names.find(text.text) if self._all_renamed(one.keys)
        ]
        if not mentions:
            return
        now = self.names_now.find(text.text)
        for one in mentions:
            if any(other.start < one.end and one.start < other.end for other in now):
                continue
            change = self.renamed[one.keys[0]]
            name = change.new.name if change.new else None
            yield self._hit(text, "name", one.start, one.end, change, name)

    def _all_renamed(self, keys) -> bool:
        """Whether no bearer of the name bears it still."""
        return all(key in self.renamed for key in keys)

    def _cited(self, text: _Text) -> Iterator[Citation]:
        if not self.codes:
            return
        for match in _CODE.finditer(text.text):
            change = self.codes.get(match.group())
            if change is not None:
                now = change.new.code if change.new else None
                yield self._hit(text, "code", *match.span(), change, now)

    def _hit(self, text: _Text, what, start, end, change, now) -> Citation:
        said = text.text[start:end]
        bearer = self.sides.new.changes.get(said) if what == "code" else None
        return Citation(
            what,
            said,
            self.sides.ref(change),
            now,
            text.place,
            text.unit,
            text.path,
            text.chapter,
            text.number,
            start,
            end,
            excerpt(text.text, start, end),
            self.sides.ref(bearer) if bearer else None,
            self.heirs.get(change.key, ()),
        )


def _texts(sides: Sides) -> Iterator[_Text]:
    for one in passages_of(sides.new.document):
        if not one.is_history:
            number = str(one.block.number)
            yield _Text(one.text, "chapter", None, (), one.chapter.number, number)
    for chapter in sides.new.document.chapters:
        for chart in chapter.charts:
            yield _Text(chart.title, "chart", None, (), chapter.number, chart.number)
    for unit in sides.new.units:
        ref = sides.ref_new(unit.code)
        if unit.objective:
            yield _Text(unit.objective, "objective", ref)
        for function, path in walk(unit.functions):
            yield _Text(function.text, "function", ref, path)
