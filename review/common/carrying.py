"""Carrying a change of one text over to a text that is nearly the same. Pure.

A merge of three texts, word by word: what the change does to the old text is done to
the other one, which keeps its own wording elsewhere. That is clean only where the words
changed, and one more on either side, stand together in the other text too, capitals
and accents aside; else nobody knows whether the result still makes a sentence. The
marks at the end («.», «;») are merged apart: near-identical functions often differ in
them alone.
"""

from __future__ import annotations

import re

from review.checks.words import fold
from review.compare.redline import aligned

_TOKEN = re.compile(r"\s*(?:\d+(?:[.,]\d+)*|\w+|[^\w\s])")
_END = re.compile(r"[\s.,;:]*\Z")


def carried(old: str, new: str, other: str) -> str | None:
    """What ``other`` becomes by the change from ``old`` to ``new``; None if unclear.

    An ``other`` that says already what the change wants stays as it is.
    """
    if other in (old, new):
        return new
    (old, old_end), (new, new_end), (other, other_end) = map(_split, (old, new, other))
    end = _merged_end(old_end, new_end, other_end)
    body = _Merge(old, new, other).text()
    return None if end is None or body is None else body + end


def _split(text: str) -> tuple[str, str]:
    """What a text says, and the marks at its end."""
    at = _END.search(text).start()
    return text[:at], text[at:].rstrip()


def _merged_end(old: str, new: str, other: str) -> str | None:
    if new == old:
        return other
    return new if other in (old, new) else None


class _Merge:
    """``places[i]`` is where the old text's token ``i`` stands in the other text."""

    def __init__(self, old: str, new: str, other: str) -> None:
        # A blank before the first word makes it a token like any other.
        self.old, self.new, self.other = (
            _TOKEN.findall(f" {text}") for text in (old, new, other)
        )
        words, others = list(map(fold, self.old)), list(map(fold, self.other))
        self.places: dict[int, int] = {-1: -1, len(words): len(others)}
        for tag, start, stop, at, _end in aligned(words, others):
            if tag == "equal":
                self.places |= {i: at + i - start for i in range(start, stop)}

    def text(self) -> str | None:
        parts, done = [], 0
        for tag, start, stop, new_start, new_stop in aligned(self.old, self.new):
            if tag == "equal":
                continue
            before, after = self.places.get(start - 1), self.places.get(stop)
            if before is None or after is None:
                return None
            wanted, found = self.new[new_start:new_stop], self.other[before + 1 : after]
            if self._stands(start, stop, before, after):
                pass
            elif list(map(fold, found)) == list(map(fold, wanted)):
                wanted = found  # it has the same change already
            else:
                return None
            parts += [*self.other[done : before + 1], *wanted]
            done = after
        return "".join((*parts, *self.other[done:])).strip()

    def _stands(self, start: int, stop: int, before: int, after: int) -> bool:
        """Whether the other text has the old words between these places, no others."""
        return after - before - 1 == stop - start and all(
            self.places.get(i) == before + 1 + i - start for i in range(start, stop)
        )
