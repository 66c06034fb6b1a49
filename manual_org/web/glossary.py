"""Terms of the glossary inside texts: each leads to its explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from uuid import UUID

from manual_org.web.texts import Mark
from manuals.glossary import Entry, Terms


class GlossaryMarks:
    """The finder of a glossary's terms: a text explains each where it first stands.

    A link to the entry, with the meaning as its title; js/glossary.js shows that beside
    the term. It is a link and no ``<abbr>`` because keyboards and fingers reach links.
    """

    def __init__(self, entries: Iterable[Entry], glossary_url: str):
        entries = list(entries)
        self._terms = Terms(entries)
        url = escape(glossary_url)
        self._openings = {
            entry.anchor: f'<a class="term" href="{url}#{entry.anchor}" '
            f'title="{escape(entry.meaning)}">'
            for entry in entries
        }

    def __call__(self, text: str, unit_key: UUID | None) -> Iterator[Mark]:
        for start, end, entry in self._terms.occurrences(text):
            opening = self._openings[entry.anchor]
            yield Mark(start, end, opening, "</a>", once=entry.anchor)
