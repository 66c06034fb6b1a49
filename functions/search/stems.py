"""The words of a Spanish text, with their places, and the stem that stands for each.

A stem stands for the forms of one word (number, gender, tense, a pronoun attached), not
for words derived from it: ``notificar`` and ``notificación`` have different stems. For
that Snowball's Spanish stemmer takes off too much (``-ación``, ``-dor``) and misses
dictámenes/dictamen; it gives the wider ``family``, asked when nothing else is found.

Case and accents do not count, ñ and ü count as n and u: many people type without them.
Pure: no Django, no database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from functions.search.spanish import (
    NOT_GERUNDS,
    NOT_PARTICIPLES,
    NOUNS,
    ROOTS,
    SINGULAR_S,
    STOP_WORDS,
    WHOLE_ROOTS,
    WORDS,
)

LONGEST_WORD = 40


def _folding() -> dict[int, str]:
    """Each letter with a mark -> its plain small letter; offsets stay the same."""
    table = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            table[code] = base
    return table


_FOLDING = _folding()
_WORD = re.compile(r"[a-z0-9]+")

_CLITIC = re.compile(
    r"(.{2,}(?:ar|er|ir|ando|iendo|yendo))(?:se|me|te|nos|les?|l[oa]s?)(?:l[oa]s?)?"
)
_GERUND = re.compile(r"(.{3,}?)(?:ando|iendo|yendo)")
_PARTICIPLE = re.compile(r"(.{3,}?)([ai]d)[oa]s?")
_INFINITIVE = re.compile(r"(.{3,})[aei]r")
# The accent tells the future from the present of verbs such as declarar.
_FUTURE = re.compile(r"(.{3,})[aei]r(?:á[sn]?|é|emos|ías?|ían|íamos)")
_PAST = re.compile(r"(.{3,})(?:aba[sn]?|ábamos|aron|ieron|ió|ían|íamos|iera[sn]?|iese)")
_PLURAL_VERB = re.compile(r"(.{3,})(?:an|en|[aei]mos)")
_ACCENTED_END = str.maketrans("aeio", "áéíó")


class Word(NamedTuple):
    """A word in its place: ``text[start:end]``, folded, and its stem."""

    start: int
    end: int
    folded: str
    stem: str


def normal(text: str) -> str:
    """The text with each accented letter as one sign, as the offsets count it."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Small letters without marks; as long as ``normal(text)``."""
    return normal(text).translate(_FOLDING)


def words_of(text: str) -> list[Word]:
    """The words of a text in order, empty ones too; offsets into ``normal(text)``."""
    text = normal(text)
    return [
        Word(
            match.start(),
            match.end(),
            match.group()[:LONGEST_WORD],
            stem(text[match.start() : match.end()]),
        )
        for match in _WORD.finditer(text.translate(_FOLDING))
    ]


def spans_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a normal text begin and end, as words_of() divides it."""
    return (match.span() for match in _WORD.finditer(text.translate(_FOLDING)))


def is_stop_word(folded: str) -> bool:
    return folded in STOP_WORDS


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one word; letters and figures only, at most LONGEST_WORD of them."""
    raw = word.lower()[:LONGEST_WORD]
    folded = fold(raw)
    if folded in WORDS:
        return WORDS[folded]
    if len(folded) <= 3 or folded in STOP_WORDS or not folded.isalpha():
        return folded
    if folded in NOUNS or folded in SINGULAR_S:
        return folded
    if folded.endswith("es") and folded[:-2] in NOUNS | SINGULAR_S:
        return folded[:-2]
    clitic = _CLITIC.fullmatch(folded)
    if clitic:
        raw = folded = clitic.group(1)
    return _settled(_root(raw, folded))


def _root(raw: str, folded: str) -> str:
    """What is left without the ending of number, gender or tense."""
    gerund = _GERUND.fullmatch(folded)
    if gerund and folded not in NOT_GERUNDS:
        return gerund.group(1)
    participle = _PARTICIPLE.fullmatch(folded)
    if participle and participle.group(1) + participle.group(2) not in NOT_PARTICIPLES:
        return participle.group(1)
    plain = _singular(folded.removesuffix("n") if folded[-2:] in "an en" else folded)
    if plain in ROOTS or plain in WHOLE_ROOTS:
        return plain
    for pattern in (_FUTURE, _PAST):
        match = pattern.fullmatch(raw)
        if match:
            return fold(match.group(1))
    for pattern in (_INFINITIVE, _PLURAL_VERB):
        match = pattern.fullmatch(folded)
        if match:
            return match.group(1)
    return _singular(folded)


def _singular(folded: str) -> str:
    """Without the plural's -s or -es and the vowel of gender or person."""
    if folded.endswith("es") and folded[-3] not in "aeiou":
        return folded[:-2]
    if folded.endswith("s") and folded[-2] not in "iu" and len(folded) > 3:
        folded = folded[:-1]
    if len(folded) > 3 and folded[-1] in "aeo":
        folded = folded[:-1]
    return folded


def _settled(root: str) -> str:
    """One spelling for roots whose last letter changes, as paga and pague."""
    root = ROOTS.get(root, root)
    if root.endswith(("zc", "qu")):  # fortalezca, fortalecer; notifique, notificar
        root = root[:-2] + "c"
    elif root.endswith(("gu", "uy")) and len(root) > 3:  # pague, pagar; atribuye
        root = root[:-1]
    elif root.endswith("z"):  # autorice, autorizar; veces, vez
        root = root[:-1] + "c"
    elif root.endswith("j"):  # exija, exigir
        root = root[:-1] + "g"
    return ROOTS.get(root, root)


def stems_asked(word: str) -> frozenset[str]:
    """The stems that a word typed may mean: its accents may be missing."""
    found = {stem(word)}
    raw = word.lower()
    if raw == fold(raw) and len(raw) > 5:
        if raw.endswith(("ran", "ra", "ras", "re")):
            at = raw.rindex("r") + 1
            found.add(stem(raw[:at] + raw[at].translate(_ACCENTED_END) + raw[at + 1 :]))
        elif raw.endswith(("io", "ria", "rian")):
            at = len(raw) - 1 if raw.endswith("io") else raw.rindex("i")
            found.add(stem(raw[:at] + raw[at].translate(_ACCENTED_END) + raw[at + 1 :]))
    return frozenset(found)


_snowball = snowballstemmer.stemmer("spanish")
_lock = Lock()  # a stemmer keeps the word it works on


@lru_cache(maxsize=20_000)
def family(folded: str) -> str:
    """What Snowball leaves: the same for words derived from each other, mostly."""
    if folded.endswith("ion"):  # it knows -ación with its accent only
        folded = folded[:-2] + "ón"
    with _lock:
        return fold(_snowball.stemWord(folded))
