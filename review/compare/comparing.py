"""Two documents -> what differs between them: structure, then functions, then words.

Pure: no Django, no database. Equal texts are told by their hash, pairs found before
words are looked at, so that two whole editions take a fraction of a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from exchange.document import Document, Function
from review.compare.changes import Comparison, EditionRef, Succession
from review.compare.chapters import compare_chapters, weigh_chapters
from review.compare.pairing import pair
from review.compare.succession import successions
from review.compare.units import compare_units
from review.compare.weighing import Rewordings


def compare(
    old: Document, new: Document, recorded: Iterable[Succession] = ()
) -> Comparison:
    """What became of the old edition in the new one; neither document is changed.

    ``recorded`` are splits and mergers that a person stated; others are proposed.
    Raises ValueError for a document in which two things have one key.
    """
    pairing = pair(old, new)
    rewordings = Rewordings()
    found = successions(pairing, old, new, recorded)
    units = compare_units(old, new, pairing, found, rewordings)
    chapters = compare_chapters(old, new, pairing, rewordings)
    renamed = [
        (unit.old.name, unit.new.name)
        for unit in units
        if unit.old and unit.new and unit.old.name != unit.new.name
    ]
    terminology = rewordings.weigh(renamed, _touched(new, rewordings.scopes))
    weigh_chapters(chapters)
    return Comparison(
        old=EditionRef(old.manual.slug, old.edition.label),
        new=EditionRef(new.manual.slug, new.edition.label),
        matched=pairing.matched,
        manual=_differing(old.manual, new.manual),
        edition=_differing(old.edition, new.edition),
        chapters=chapters,
        units=units,
        terminology=terminology,
        successions=found,
    )


def _differing(old: Any, new: Any) -> dict[str, tuple[Any, Any]]:
    """The fields of two dataclasses that differ; lists are copied."""
    found = {}
    for each in fields(old):
        values = (getattr(old, each.name), getattr(new, each.name))
        if values[0] != values[1]:
            found[each.name] = tuple(
                list(value) if isinstance(value, list) else value for value in values
            )
    return found


def _touched(new: Document, scopes: set) -> Iterator[str]:
    """All texts of the units and chapters where some text was reworded."""
    for unit in new.units:
        if ("unit", unit.key) in scopes:
            yield unit.objective or ""
            yield from _texts(unit.functions)
    for chapter in new.chapters:
        if ("chapter", chapter.number) in scopes:
            yield chapter.body


def _texts(functions: list[Function]) -> Iterator[str]:
    for function in functions:
        yield function.text
        if function.items:
            yield from _texts(function.items)
