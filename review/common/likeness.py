"""Texts that say nearly the same. Pure.

The measure is ``fuzz.ratio``: twice the letters that two texts have in common, in
order, over the sum of both lengths; of 100. Only texts of about the same length can
reach ALIKE, so that each is compared with those alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process

ALIKE = 95  # of 100
_LONGEST = (200 - ALIKE) / ALIKE  # as a share of the other's length


def families(
    texts: Iterable[str], *, apart: Callable[[str, str], bool] | None = None
) -> list[list[str]]:
    """Texts joined by likeness, directly or through others; each text once.

    ``apart`` says of two alike texts that they are to be told apart all the same.
    """
    texts = sorted(set(texts), key=lambda text: (len(text), text))
    lengths = [len(text) for text in texts]
    parents = list(range(len(texts)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for at, text in enumerate(texts):
        others = texts[at + 1 : _after(lengths, lengths[at])]
        for other, _score, place in _alike(text, others):
            if apart is None or not apart(text, other):
                parents[root(at + 1 + place)] = root(at)
    found: dict[int, list[str]] = {}
    for at, text in enumerate(texts):
        found.setdefault(root(at), []).append(text)
    return list(found.values())


class Families:
    """The family of one text or another, as :func:`families` would say.

    Without comparing all the texts with each other.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = sorted(set(texts), key=len)
        self._lengths = [len(text) for text in self._texts]

    def of(self, text: str) -> set[str]:
        """The texts alike with this one, directly or through others, and itself.

        It need not be one of them.
        """
        family, waiting = {text}, [text]
        while waiting:
            one = waiting.pop()
            start = bisect_left(self._lengths, len(one) / _LONGEST - 1)
            others = self._texts[start : _after(self._lengths, len(one))]
            for other, _score, _place in _alike(one, others):
                if other not in family:
                    family.add(other)
                    waiting.append(other)
        return family


def _after(lengths: list[int], length: int) -> int:
    """Where those begin that are too long; one letter more than float may lose."""
    return bisect_right(lengths, length * _LONGEST + 1)


def _alike(text: str, others: list[str]) -> list[tuple[str, float, int]]:
    return process.extract(
        text, others, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
    )
