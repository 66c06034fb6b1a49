"""What was typed, understood: words, "phrases", -exclusions and codes. Pure.

Whatever comes is a query: a quote that nobody closed is no quote, signs are no words,
and of a very long text the beginning counts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from functions.search import stems
from functions.search.spanish import FIRST_PERSON, QUESTION_WORDS

LONGEST_TEXT = 600
MOST_WORDS = 24

_PIECE = re.compile(r'(?P<but>-)?"(?P<phrase>[^"]*)"|(?P<not>-)?(?P<plain>[^\s"]+)')
_QUOTES = str.maketrans("“”„‟«»″", '"' * 7)
# What writing programs make of a hyphen before a word.
_DASHES = re.compile(r"(?<!\S)[\u2010-\u2013\u2212](?=\S)")
_QUESTION = re.compile(r"[¿?]|^\s*(?:qui[eé]n(?:es)?|qu[eé]|d[oó]nde|c[oó]mo)\b", re.I)
_CODE = re.compile(
    r"(?P<code>\d+(?:\.\d+)+)\.?"
    r"(?:[\s,#/]*(?:f|funci[oó]n|func\.?)?\s*(?P<number>\d+)"
    r"(?:[\s.-]*(?P<letter>[a-z]{1,2})\)?)?"
    r"(?:[\s.-]*(?P<roman>[ivx]+)\)?)?)?",
    re.I,
)


@dataclass(frozen=True)
class Typed:
    """One word typed: as it was, folded, and the stems that it may mean."""

    form: str
    word: str
    stems: frozenset[str]

    @property
    def stem(self) -> str:
        return stems.stem(self.form)

    @property
    def is_empty(self) -> bool:
        return stems.is_stop_word(self.word)


@dataclass(frozen=True)
class Query:
    """A query in its parts; ``words`` in the order typed, empty words among them.

    ``unfinished``: the last word may go on. ``ignored`` are words of ``words`` that are
    not looked for alone.
    """

    text: str
    words: tuple[Typed, ...] = ()
    phrases: tuple[tuple[Typed, ...], ...] = ()
    excluded: tuple[Typed, ...] = ()
    excluded_phrases: tuple[tuple[Typed, ...], ...] = ()
    ignored: frozenset[str] = frozenset()
    is_question: bool = False
    unfinished: bool = False
    truncated: bool = False


def parse(text: str, *, typing: bool = False) -> Query:
    """The query that was typed; ``typing`` when its last word may be unfinished."""
    given = stems.normal(text)
    text = _DASHES.sub("-", _visible(given[:LONGEST_TEXT]).translate(_QUOTES))
    if text.count('"') % 2:
        head, _quote, tail = text.rpartition('"')
        text = f"{head} {tail}"
    words: list[Typed] = []
    phrases, excluded, excluded_phrases = [], [], []
    for piece in _PIECE.finditer(text):
        if piece["plain"] is not None:
            (excluded if piece["not"] else words).extend(_typed(piece["plain"]))
        elif found := _typed(piece["phrase"]):
            (excluded_phrases if piece["but"] else phrases).append(tuple(found))
    asks = _asks(text, words)
    return Query(
        text=given[:LONGEST_TEXT].strip(),
        words=tuple(words[:MOST_WORDS]),
        phrases=tuple(phrases[:MOST_WORDS]),
        excluded=tuple(excluded[:MOST_WORDS]),
        excluded_phrases=tuple(excluded_phrases[:MOST_WORDS]),
        ignored=_ignored(words, phrases, asks=asks),
        is_question=asks,
        unfinished=bool(
            typing and words and text[-1:].isalnum() and piece["plain"] and not excluded
        ),
        truncated=len(given) > LONGEST_TEXT or len(words) > MOST_WORDS,
    )


def _visible(text: str) -> str:
    """Without what pasting brings along and nobody sees, and marks that fit no letter.

    A soft hyphen, a zero-width space or the direction of writing would part a word.
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Mn", "Me")
    )


def parse_code(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The code of a unit, and the labels of an item: ``("8.4.3.2", ("12", "a"))``."""
    match = _CODE.fullmatch(_visible(text[:LONGEST_TEXT]).strip())
    if match is None:
        return None
    labels = (match["number"], match["letter"], match["roman"])
    return match["code"], tuple(label.lower() for label in labels if label)


def _typed(plain: str) -> list[Typed]:
    plain = stems.normal(plain)
    return [
        Typed(form, word.folded, stems.stems_asked(form))
        for word in stems.words_of(plain)
        if (form := plain[word.start : word.end])
    ]


def _asks(text: str, words: list[Typed]) -> bool:
    """Whether somebody asks in a sentence: "¿quién ...?", "quiero pagar ..."."""
    return bool(_QUESTION.search(text)) or (
        bool(words) and words[0].word in FIRST_PERSON
    )


def _ignored(words: list[Typed], phrases: list, *, asks: bool) -> frozenset[str]:
    """Empty words, and those with which people begin a question."""
    empty = {word.word for word in words if word.is_empty}
    if asks:
        asked = {word.word for word in words if word.word in QUESTION_WORDS}
        if phrases or {word.word for word in words} - empty - asked:
            empty |= asked
    return frozenset(empty)
