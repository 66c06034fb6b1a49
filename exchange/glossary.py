"""What a document says about its own acronyms, proposed for the manual's glossary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from exchange.document import Document, Function
from exchange.importers.report import ProposedTerm, Reading
from functions.labels import anchor, label, printed_label
from manuals.acronyms import Finder, Pair, name_key
from manuals.blocks import split_blocks
from manuals.models import Edition
from manuals.services import Proposal, propose_terms

EXCERPT = 160  # characters on either side of a pair


class _Text(NamedTuple):
    """A paragraph of a document; where it stands is said when it is asked for."""

    text: str
    line: int | None
    code: str  # of the unit; empty in a chapter
    positions: tuple[int, ...]  # of the function and its items, or chapter and block


@dataclass(frozen=True)
class Sighting:
    """The first place at which a document gives a pair."""

    pair: Pair
    text: _Text

    def proposal(self) -> Proposal:
        return Proposal(
            term=self.pair.term,
            meaning=self.pair.meaning,
            place=_place(self.text),
            address=_address(self.text),
            excerpt=_excerpt(self.text.text, self.pair),
        )


def propose_from(reading: Reading, *, edition: Edition, user, reason: str) -> None:
    """Propose the pairs that the glossary does not have; the report lists them."""
    found = {
        (one.pair.term, one.pair.meaning): one for one in sightings(reading.document)
    }
    added = propose_terms(
        manual=edition.manual,
        proposals=[sighting.proposal() for sighting in found.values()],
        edition=edition,
        user=user,
        reason=reason,
    )
    reading.report.glossary = [
        ProposedTerm(
            line=found[term.term, term.meaning].text.line,
            term=term.term,
            meaning=term.meaning,
            place=term.place,
        )
        for term in added
    ]


def sightings(document: Document) -> list[Sighting]:
    """Every pair of a document once, where it is first given, in reading order."""
    finder = Finder([unit.name for unit in document.units])
    found: dict[tuple[str, str], Sighting] = {}
    for text in _texts(document):
        # In one line: a soft line break ends no clause.
        text = text._replace(text=" ".join(text.text.split()))
        for pair in finder.pairs_in(text.text):
            key = pair.term, name_key(pair.meaning)
            found.setdefault(key, Sighting(pair, text))
    return list(found.values())


def _texts(document: Document) -> Iterator[_Text]:
    for chapter in document.chapters:
        for block in split_blocks(chapter.body):
            place = chapter.number, block.number
            yield _Text(block.text, chapter.source_line, "", place)
    for unit in document.units:
        for block in split_blocks(unit.objective or ""):
            yield _Text(block.text, unit.source_line, unit.code, ())
        yield from _function_texts(unit.code, unit.functions, ())


def _function_texts(
    code: str, functions: list[Function], above: tuple[int, ...]
) -> Iterator[_Text]:
    for position, function in enumerate(functions, start=1):
        positions = *above, position
        yield _Text(function.text, function.source_line, code, positions)
        yield from _function_texts(code, function.items, positions)


def _place(text: _Text) -> str:
    if not text.code:
        chapter, block = text.positions
        return _("capítulo %(chapter)d, párrafo %(block)d") % {
            "chapter": chapter,
            "block": block,
        }
    if not text.positions:
        return _("%(code)s, objetivo") % {"code": text.code}
    function, *items = text.positions
    said = _("%(code)s, función %(function)s") % {
        "code": text.code,
        "function": label(0, function),
    }
    for level, item in enumerate(items, start=1):
        said = _("%(place)s, inciso %(item)s") % {
            "place": said,
            "item": printed_label(level, item),
        }
    return said


def _address(text: _Text) -> str:
    if not text.code:
        return "capitulos/{}/#p{}".format(*text.positions)
    if not text.positions:
        return f"{text.code}/"
    return f"{text.code}/#{anchor(*text.positions)}"


def _excerpt(text: str, pair: Pair) -> str:
    """The pair with what stands around it, cut between words."""
    start = max(0, pair.start - EXCERPT)
    end = min(len(text), pair.end + EXCERPT)
    while 0 < start < pair.start and not text[start - 1].isspace():
        start += 1
    while pair.end < end < len(text) and not text[end].isspace():
        end -= 1
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return f"{before}{text[start:end].strip()}{after}"
