"""An edition's texts as escaped HTML in which what they name can be reached.

A finder says which parts of a text to wrap: names of units become links, terms of the
glossary are explained. Finders come in order of precedence: what one has taken, later
ones leave alone. Only tags are added: without them the text reads as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape, unescape
from typing import NamedTuple
from uuid import UUID


class Mark(NamedTuple):
    """Wrap ``text[start:end]`` between two pieces of HTML, safe as they are.

    Of the marks of one finder that share a name, ``once``, a text takes the first that
    is free.
    """

    start: int
    end: int
    opening: str
    closing: str
    once: str = ""


# Called with a text and the key of the unit it belongs to (None in a chapter).
Finder = Callable[[str, UUID | None], Iterable[Mark]]

_TAG = re.compile(r"(<[^>]*>)")


class EditionTexts:
    """How one edition's texts are shown; safe to keep as long as its finders are."""

    def __init__(self, finders: Sequence[Finder]):
        self._finders = tuple(finders)

    def preferring(self, finder: Finder) -> EditionTexts:
        """The same with one more finder, which comes before all others."""
        return EditionTexts((finder, *self._finders))

    def html(self, text: str, unit_key: UUID | None = None) -> str:
        """A plain text, escaped and marked."""
        parts = []
        done = 0
        for start, end, opening, closing, _once in self.marks(text, unit_key):
            parts += escape(text[done:start]), opening, escape(text[start:end]), closing
            done = end
        parts.append(escape(text[done:]))
        return "".join(parts)

    def inline(self, html: str, unit_key: UUID | None = None) -> str:
        """Safe inline HTML, such as a block's, marked outside its tags.

        What is found is found in the text as it is read, across emphasis too; a mark
        that would cut an element in two is left out.
        """
        pieces = _TAG.split(html)  # text, tag, text ... text
        texts = [unescape(piece) for piece in pieces[::2]]
        marks = self.marks("".join(texts), unit_key)
        if not marks:
            return html
        return _wrap(texts, pieces[1::2], marks)

    def marks(self, text: str, unit_key: UUID | None = None) -> list[Mark]:
        """What is wrapped in a text: in order, without overlaps."""
        taken: list[Mark] = []
        for find in self._finders:
            earlier = tuple(taken)
            said: set[str] = set()
            for mark in find(text, unit_key):
                if mark.once in said or any(
                    mark.start < one.end and one.start < mark.end for one in earlier
                ):
                    continue
                if mark.once:
                    said.add(mark.once)
                taken.append(mark)
        return sorted(taken)


def _wrap(texts: list[str], tags: list[str], marks: list[Mark]) -> str:
    """The texts with a tag between each and the next, and the marks around."""
    depths = [0]
    for tag in tags:
        depths.append(depths[-1] + _step(tag))
    # (offset in the text, what stands there), tags and marks in the order of reading.
    ends: list[int] = []
    for text in texts:
        ends.append((ends[-1] if ends else 0) + len(text))
    inserted: list[tuple[int, int, str]] = [
        (end, 1, tag) for end, tag in zip(ends, tags, strict=False)
    ]
    for mark in marks:
        first = next(i for i, end in enumerate(ends) if mark.start < end)
        last = next(i for i, end in enumerate(ends) if mark.end <= end)
        if depths[first] == depths[last] == min(depths[first : last + 1]):
            inserted.append((mark.start, 2, mark.opening))
            inserted.append((mark.end, 0, mark.closing))
    inserted.sort(key=lambda one: one[:2])
    text = "".join(texts)
    parts = []
    done = 0
    for offset, _order, markup in inserted:
        parts += escape(text[done:offset]), markup
        done = offset
    parts.append(escape(text[done:]))
    return "".join(parts)


def _step(tag: str) -> int:
    """How much deeper in elements a tag leads; ``<br />`` leads nowhere."""
    if tag.startswith("</"):
        return -1
    return 0 if tag.endswith("/>") or tag.startswith("<br") else 1
