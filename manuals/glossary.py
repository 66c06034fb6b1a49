"""The accepted terms of a manual: in the order of a dictionary, and in its texts.

A term is meant as it is written: «PAE» is not «pae», «Ley» is no law at large. One that
begins in lower case is also meant at the beginning of a sentence. What is only part of
a longer word or name (IMSS-Bienestar) is not the term. Pure: no Django, no database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from manuals.acronyms import fold

_PLURAL = "(?:['’]?s)?"


class Entry(NamedTuple):
    """A term as readers see it; ``anchor`` is its own on the glossary's page."""

    term: str
    meaning: str
    explanation: str
    anchor: str
    letter: str


class Occurrence(NamedTuple):
    start: int
    end: int
    entry: Entry


def dictionary(
    rows: Iterable[tuple[str, str, str]], taken: Collection[str] = ()
) -> list[Entry]:
    """Entries from (term, meaning, explanation), in Spanish alphabetical order.

    No anchor is one of ``taken``, the ids that a page has anyway.
    """
    used = set(taken)
    entries = []
    for term, meaning, explanation in sorted(
        rows, key=lambda row: alphabetical(row[0])
    ):
        wanted = re.sub(r"[^a-z0-9]+", "-", fold(term)).strip("-") or "termino"
        anchor, number = wanted, 1
        while anchor in used:
            number += 1
            anchor = f"{wanted}-{number}"
        used.add(anchor)
        entries.append(Entry(term, meaning, explanation, anchor, _letter(term)))
    return entries


class Terms:
    """Finds entries in many texts."""

    def __init__(self, entries: Iterable[Entry]):
        entries = list(entries)
        # A term's own form goes before what another is at the start of a sentence.
        self._by_form = {_capitalised(entry.term): entry for entry in entries}
        self._by_form |= {entry.term: entry for entry in entries}
        forms = sorted(self._by_form, key=len, reverse=True)
        first = "".join(sorted({re.escape(form[0]) for form in forms}))
        # Only the letters with which terms begin are looked at twice.
        self._start = first and re.compile(rf"[{first}](?<!\w.)(?<!\w[-.].)", re.DOTALL)
        alternatives = "|".join(
            re.escape(form).replace(r"\ ", r"\s+") for form in forms
        )
        self._term = re.compile(rf"({alternatives}){_PLURAL}(?!\w|[-.]\w)")

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        """Every occurrence in a text, in order, the longest term first."""
        if not self._start:
            return
        end = 0
        for start in self._start.finditer(text):
            if start.start() < end:
                continue
            found = self._term.match(text, start.start())
            if found:
                end = found.end()
                entry = self._by_form[" ".join(found[1].split())]
                yield Occurrence(found.start(), end, entry)


def _capitalised(term: str) -> str:
    return term[:1].upper() + term[1:]


def alphabetical(term: str) -> tuple[str, str]:
    """The key to sort by in Spanish: accents count for nothing, ñ comes after n."""
    plain = unicodedata.normalize("NFC", term.lower()).replace("ñ", "n\uffff")
    return fold(plain), term


def _letter(term: str) -> str:
    """The heading under which a term stands; «#» for what begins with no letter."""
    for char in unicodedata.normalize("NFC", term):
        if char in "ñÑ":
            return "Ñ"
        if char.isalnum():
            return fold(char).upper() if char.isalpha() else "#"
    return "#"
