"""A reworded text as words, and the phrases that changed in it.

Words are compared without accents and case, "del" and "al" as two words each, so that
a phrase is found whatever article stands before it. Pure.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from exchange.importers.wording import begins_like_a_function, plain
from review.compare.agreement import (
    CONTRACTIONS,
    FUNCTION_WORDS,
    agrees,
    expanded,
    singular,
)
from review.compare.redline import Opcode, aligned, shared_ends
from review.compare.wordsets import word_set

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 14  # words; a longer change is a rewording, not a term

Words = tuple[str, ...]


# The words of a manual are few and come again and again.
_form = lru_cache(maxsize=20_000)(plain)


def _words(raw: str) -> list[str]:
    return expanded(list(map(_form, _WORD.findall(raw))))


class Text:
    """The words of a text, which know where they were printed."""

    def __init__(self, raw: str, words: list[str] | None = None) -> None:
        self.raw = raw
        self.words: list[str] = _words(raw) if words is None else words

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [
            match.span()
            for match in _WORD.finditer(self.raw)
            for _word in range(2 if _form(match.group()) in CONTRACTIONS else 1)
        ]

    def phrase(self, start: int, end: int) -> str:
        """Words ``start`` to ``end`` as printed."""
        return self.raw[self._spans[start][0] : self._spans[end - 1][1]]


class Reworded:
    """Two versions of a text, aligned by their words."""

    def __init__(self, old: str, new: str) -> None:
        start, end = shared_ends(old, new)
        head, tail = _words(old[:start]), _words(old[len(old) - end :])
        was, now = (
            head + _words(text[start : len(text) - end]) + tail for text in (old, new)
        )
        self.old = Text(old, was)
        self.new = Text(new, now)
        self.opcodes: list[Opcode] = aligned(was, now, len(head), len(tail))

    def hunks(self) -> list[Hunk]:
        """What changed, piece by piece and also joined across "de", "la" or "y"."""
        parts = [
            Hunk(self, i1, i2, j1, j2)
            for tag, i1, i2, j1, j2 in self.opcodes
            if tag != "equal"
        ]
        joined: list[Hunk] = []
        for part in parts:
            if joined and joined[-1].reaches(part):
                last = joined[-1]
                joined[-1] = Hunk(self, last.i1, part.i2, last.j1, part.j2)
            else:
                joined.append(part)
        return [hunk for hunk in joined if hunk not in parts] + parts


class Hunk(NamedTuple):
    """Words ``i1`` to ``i2`` of the old text that became ``j1`` to ``j2``."""

    of: Reworded
    i1: int
    i2: int
    j1: int
    j2: int

    @property
    def old(self) -> Words:
        return tuple(self.of.old.words[self.i1 : self.i2])

    @property
    def new(self) -> Words:
        return tuple(self.of.new.words[self.j1 : self.j2])

    @property
    def printed(self) -> tuple[str, str]:
        return (
            self.of.old.phrase(self.i1, self.i2),
            self.of.new.phrase(self.j1, self.j2),
        )

    @property
    def lemma(self) -> tuple[Words, Words]:
        """The same for the singular and the plural of one replacement."""
        return tuple(map(singular, self.old)), tuple(map(singular, self.new))

    def reaches(self, other: Hunk) -> bool:
        """Whether only one or two grammar words hold this hunk and the next apart."""
        between = self.of.old.words[self.i2 : other.i1]
        return (
            len(between) <= 2
            and self.i2 > self.i1
            and other.i2 > other.i1
            and FUNCTION_WORDS.issuperset(between)
        )

    def trimmed(self, *, agreeing: bool = True) -> Hunk:
        """Without grammar words at both ends, nor words that merely agree there."""
        i1, i2, j1, j2 = self[1:]
        old, new = self.of.old.words, self.of.new.words
        while i1 < i2 and old[i1] in FUNCTION_WORDS:
            i1 += 1
        while j1 < j2 and new[j1] in FUNCTION_WORDS:
            j1 += 1
        while i1 < i2 and old[i2 - 1] in FUNCTION_WORDS:
            i2 -= 1
        while j1 < j2 and new[j2 - 1] in FUNCTION_WORDS:
            j2 -= 1
        if not agreeing:
            return Hunk(self.of, i1, i2, j1, j2)
        while min(i2 - i1, j2 - j1) > 1 and agrees(old[i2 - 1], new[j2 - 1], True):
            i2, j2 = i2 - 1, j2 - 1
        while min(i2 - i1, j2 - j1) > 1 and agrees(old[i1], new[j1], True):
            i1, j1 = i1 + 1, j1 + 1
        return Hunk(self.of, i1, i2, j1, j2)

    def wider(self, *, left: bool) -> Hunk | None:
        """With the words up to the next one that carries meaning; None at an end."""
        i1, i2, j1, j2 = self[1:]
        old, new = self.of.old.words, self.of.new.words
        while True:
            if left:
                i1, j1 = i1 - 1, j1 - 1
                if min(i1, j1) < 0 or old[i1] != new[j1]:
                    return None
                word = old[i1]
            else:
                if i2 >= len(old) or j2 >= len(new) or old[i2] != new[j2]:
                    return None
                word = old[i2]
                i2, j2 = i2 + 1, j2 + 1
            if word not in FUNCTION_WORDS:
                return Hunk(self.of, i1, i2, j1, j2)

    def can_be_term(self) -> bool:
        """Whether this may be one noun for another.

        Never the verb that says what a unit does, a number, a period, a "no" or a
        "podrá": those change what is ordered, however often they are replaced.
        """
        old, new = self.old, self.new
        return (
            0 < len(old) <= _LONGEST
            and 0 < len(new) <= _LONGEST
            and not any(_is_no_noun(word) for word in (*old, *new))
        )


@lru_cache(maxsize=20_000)
def _is_no_noun(word: str) -> bool:
    return (
        any(character.isdigit() for character in word)
        or word in _ORDERS
        or begins_like_a_function(word)
    )


_ORDERS = word_set(
    "no ni sin nunca siempre solo solamente unicamente exclusivamente salvo excepto "
    "puede pueden podra podran podria debe deben debera deberan deberia "
    "ambos ambas ningun ninguna ninguno algun alguna cualquier todos todas "
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
    "quince dieciseis diecisiete dieciocho diecinueve veinte veinticinco treinta "
    "cuarenta cuarentena cincuenta sesenta setenta ochenta noventa cien ciento "
    "doscientos quinientos mil millon millones mitad doble triple tercio "
    "primer primera primero segundo segunda tercer tercera tercero cuarto cuarta "
    "hora horas dia dias semana semanas quincena mes meses bimestre trimestre semestre "
    "ano anos habil habiles natural naturales diario diaria diariamente semanal "
    "semanalmente quincenal quincenalmente mensual mensuales mensualmente bimestral "
    "bimestralmente trimestral trimestrales trimestralmente cuatrimestral semestral "
    "semestralmente anual anuales anualmente bienal"
)
