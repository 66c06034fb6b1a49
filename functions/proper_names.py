"""Where words of a text are part of a longer proper name of some body.

Also of bodies that the manual does not know: the names of its own units are known by
functions/references.py. «Delegaciones» is part of a name in «Unidad de Evaluación de
Delegaciones» and in «Delegaciones Estatales», and none in «las Delegaciones y
Subdelegaciones» or «la Unidad de las Delegaciones», where each is a body of its own.

A name is words with a capital, joined by nothing or by small words, that begins with a
word for a body («Unidad», «Coordinación»). It ends before an acronym and before
another body that follows an article or a conjunction. No Django.
"""

from __future__ import annotations

import re

from functions.references import opens_body

_LETTER = r"[\w\u0300-\u036f]"
_WORD = re.compile(rf"{_LETTER}+")
_BETWEEN_WORDS = re.compile(
    r"\s+(?:(?P<joint>de|y|e|(?P<article>del|al|(?:de|a)\s+l[ao]s?|de\s+lo))\s+)?"
)
Word = tuple[int, int]

_REACH = 300  # characters to both sides; no name is longer


def name_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range of the longer proper name that holds ``text[start:end]``, if one does.

    None too where everything is in capitals, which then tell nothing.
    """
    words = _capitals(text, max(0, start - _REACH), min(len(text), end + _REACH))
    inside = [
        at for at, (first, last) in enumerate(words) if first < end > start < last
    ]
    if not inside or text.isupper():
        return None
    low = _reaching(text, words, inside[0], -1)
    heads = [word for word in words[low : inside[0] + 1] if _is_body(text, word)]
    if not heads or heads[0][0] > start:
        return None
    # After a name's own beginning «y» is the next of a list, and «a las» a receiver.
    high = _reaching(text, words, inside[-1], 1, loosely=heads[0][0] < start)
    name = heads[0][0], max(end, words[high][1])
    return name if name != (start, end) else None


def _capitals(text: str, begin: int, end: int) -> list[Word]:
    """The words with a capital."""
    words = (match.span() for match in _WORD.finditer(text, begin, end))
    return [word for word in words if text[word[0]].isupper()]


def _reaching(
    text: str, words: list[Word], at: int, step: int, *, loosely: bool = True
) -> int:
    """The last word that is joined to that at ``at``, going by ``step``."""
    while 0 <= at + step < len(words):
        left, right = sorted((words[at], words[at + step]))
        if not _joined(text, left, right, loosely):
            break
        at += step
    return at


def _joined(text: str, left: Word, right: Word, loosely: bool) -> bool:
    """Whether both words, neighbours, belong to one name."""
    between = _BETWEEN_WORDS.fullmatch(text, left[1], right[0])
    if between is None or _is_acronym(text, left) or _is_acronym(text, right):
        return False
    listing = between["joint"] in ("y", "e")
    article = (between["article"] or "").lower()
    if not loosely and (listing or article.startswith("a")):
        return False
    another = listing or article != ""
    return not (another and _is_body(text, right))


def _is_acronym(text: str, word: Word) -> bool:
    written = text[slice(*word)]
    return len(written) > 1 and written.isupper()


def _is_body(text: str, word: Word) -> bool:
    return opens_body(text[slice(*word)])
