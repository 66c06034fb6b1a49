"""Pairs such as «Nombre largo (SIGLA)» in a text. Pure: no Django, no database.

How far left the long name goes is decided by the letters of the acronym: they are laid
over the initials, or the first syllables (PRODECON, INFONAVIT), of the words before it;
small words («de la», «y») may be passed over or give a letter (IDSE). What the letters
do not explain is not reported: a parenthesis more often holds something else.

Forms read: «Nombre largo (SIGLA)», «Nombre largo (en adelante, la Comisión)», «Nombre
largo, en lo sucesivo SIGLA», «Nombre largo, SIGLA,» and «SIGLA (Nombre largo)».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Pair(NamedTuple):
    """A term and the long name that the text gives for it, with the place of both."""

    term: str
    meaning: str
    start: int
    end: int


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    folded: str  # lower case, without accents


# Words that a name may pass over; «materia» as in «Reglamento en materia de ...».
SMALL = frozenset(
    (
        *("a", "al", "ante", "con", "contra", "de", "del", "desde", "e", "el", "en"),
        *("entre", "la", "las", "lo", "los", "materia", "o", "para", "por", "se"),
        *("sin", "sobre", "su", "sus", "u", "un", "una", "y"),
    )
)
LONGEST_NAME = 30  # words
SYLLABLE = 6  # letters that one word gives at most
_NOT_EXPLAINED = 10_000
_PASSED_OVER = 100
_INNER = 10  # a letter from inside a word: the second I of INEGI, from Geografía
_UNCOMMON = 1  # a second letter of a word, a letter of a small word

_QUOTES = "\"'“”‘’«»*_"
_TERM = r"[A-ZÁÉÍÓÚÜÑ][\w.&-]{0,18}[\w.]"
_FOLLOWING = r"(?:en\s+(?:adelante|lo\s+(?:sucesivo|subsecuente|subsiguiente)))"
_ARTICLE = r"(?:(?:el|la|los|las|l[oa]s?)\s+)?"
_SPACE_OR_QUOTE = rf"[\s{_QUOTES}]*"
_NAMED = (
    rf"(?P<term>{_TERM}(?:\s+[A-ZÁÉÍÓÚÜÑ]\w+){{0,3}}?)"
    r"(?:['’]?s)?"
)
# «(SIGLA)», «(“SIGLA”)», «(en adelante, la Comisión)», «(SIGLA, por sus siglas)»
_IN_PARENTHESES = re.compile(
    rf"[(\[]{_SPACE_OR_QUOTE}(?P<said>{_FOLLOWING}[,:]?\s*)?{_SPACE_OR_QUOTE}{_ARTICLE}"
    rf"{_SPACE_OR_QUOTE}{_NAMED}{_SPACE_OR_QUOTE}(?:,?\s+por\s+sus\s+siglas)?\s*[)\]]"
)
# «Nombre largo, en lo sucesivo SIGLA»
_IN_THE_SENTENCE = re.compile(
    rf",?\s*\b(?P<said>{_FOLLOWING})[,:]?\s+{_ARTICLE}{_SPACE_OR_QUOTE}{_NAMED}"
    rf"(?!\w){_SPACE_OR_QUOTE}"
)
# «Nombre largo, SIGLA, ...»
_BETWEEN_COMMAS = re.compile(r",\s+(?P<term>[A-ZÁÉÍÓÚÜÑ]{4,15})(?=[,.;]|\s*$)")
# «SIGLA (Nombre largo)»
_INVERTED = re.compile(
    rf"(?<!\w)(?P<term>[A-ZÁÉÍÓÚÜÑ]{{3,15}}){_SPACE_OR_QUOTE}"
    r"[(\[](?P<name>[^()\[\]\n]{8,200})[)\]]"
)
_WORD = re.compile(r"\w+(?:['’]\w+)?")
# Where a name cannot begin earlier: the end of a sentence or of a clause.
_BOUNDARY = re.compile(r"[;:()\[\]¿?¡!\t•]|\.(?=\s|$)|…|--|\s[-–—]\s")
_ROMAN = re.compile(r"[IVX]+")


class Finder:
    """Finds pairs in the texts of one document.

    ``names`` are names known from elsewhere, such as those of the units: where a text
    says part of one («... de Fiscalización y Cobranza (UFC)»), or its plural, and the
    letters fit the whole name, that is the meaning.
    """

    def __init__(self, names: Iterable[str] = ()):
        self.by_ending: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in dict.fromkeys(names):
            words = tuple(_singular(word.folded) for word in _words(name))
            if len(words) > 1:
                self.by_ending.setdefault(words[-1], []).append((words, _clean(name)))

    def pairs_in(self, text: str) -> list[Pair]:
        """The pairs that one paragraph gives, in its order."""
        found = [*self._parenthesised(text), *self._in_prose(text)]
        taken: list[Pair] = []
        for pair in sorted(found, key=lambda pair: (pair.end, pair.start)):
            if not taken or pair.start >= taken[-1].end or pair.term != taken[-1].term:
                taken.append(pair)
        return taken

    def _parenthesised(self, text: str) -> Iterator[Pair]:
        for match in _IN_PARENTHESES.finditer(text):
            yield from self._before(text, match, exact=False)
        for match in _INVERTED.finditer(text):
            yield from self._after(match)

    def _in_prose(self, text: str) -> Iterator[Pair]:
        for match in _IN_THE_SENTENCE.finditer(text):
            if text[match.start() - 1 : match.start()] not in ("(", "["):
                yield from self._before(text, match, exact=False)
        for match in _BETWEEN_COMMAS.finditer(text):
            yield from self._before(text, match, exact=True)

    def _before(self, text: str, match: re.Match, *, exact: bool) -> Iterator[Pair]:
        """The pair of a term and the name that stands before it, if there is one."""
        words = _words_before(text, match.start())
        printed = match["term"].rstrip("." if "." not in match["term"][:-1] else "")
        if _is_acronym(printed):
            term = _without_plural(printed)
            letters = _letters(term)
            if known := self._known(words, letters):
                yield Pair(term, known, match.start(), match.end())
                return
            first = _beginning(words, letters, exact=exact)
            if first is not None:
                yield self._pair(text, words[first:], term, match)
                return
        if match.groupdict().get("said"):
            first = _repeated(words, printed)
            if first is not None:
                yield self._pair(text, words[first:], printed, match)

    @staticmethod
    def _pair(text: str, words: list[_Word], term: str, match: re.Match) -> Pair:
        start = words[0].start
        return Pair(term, _clean(text[start : words[-1].end]), start, match.end())

    @staticmethod
    def _after(match: re.Match) -> Iterator[Pair]:
        words = _words(match["name"])
        if len(words) > LONGEST_NAME or _BOUNDARY.search(match["name"]):
            return
        letters = _letters(match["term"])
        if _beginning(words, letters, exact=True) == 0:
            meaning = _clean(match["name"])
            yield Pair(match["term"], meaning, match.start(), match.end())

    def _known(self, words: list[_Word], letters: str) -> str:
        """The known name that the words before the term end with, whole or in part."""
        if not words:
            return ""
        read = [_singular(word.folded) for word in words]
        for wanted, name in self.by_ending.get(read[-1], ()):
            shared = 0
            for one, other in zip(reversed(wanted), reversed(read), strict=False):
                if one != other:
                    break
                shared += 1
            said = [
                word for word in wanted[len(wanted) - shared :] if word not in SMALL
            ]
            whole = _words(name)
            if len(said) > 1 and _beginning(whole, letters, exact=True) == 0:
                return name
        return ""


def fold(text: str) -> str:
    """Lower case without accents; ``ñ`` becomes ``n``."""
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


def name_key(name: str) -> str:
    """The same for names that differ in case, accents, number or punctuation only."""
    return " ".join(_singular(word.folded) for word in _words(name))


def _letters(term: str) -> str:
    return "".join(char for char in fold(term) if char.isalpha())


def _is_acronym(term: str) -> bool:
    """At least two capitals, or a name of syllables such as «Infonavit»."""
    if " " in term or _ROMAN.fullmatch(term) or any(char.isdigit() for char in term):
        return False
    capitals = sum(char.isupper() for char in term)
    return capitals >= 2 or (capitals == 1 and len(term) >= 5)


def _without_plural(term: str) -> str:
    """«PyMEs» is the plural of «PyME»; a capital S may belong to the acronym."""
    return term[:-1] if term[-1] == "s" and term[-2].isupper() else term


def _words(text: str) -> list[_Word]:
    return [
        _Word(match.start(), match.end(), match[0], fold(match[0]))
        for match in _WORD.finditer(text)
    ]


def _words_before(text: str, end: int) -> list[_Word]:
    """The last words before ``end`` that stand in one clause."""
    reach = max(0, end - 400)
    start = reach
    for boundary in _BOUNDARY.finditer(text, reach, end):
        start = boundary.end()
    words = [
        _Word(match.start(), match.end(), match[0], fold(match[0]))
        for match in _WORD.finditer(text, start, end)
    ]
    return words[-LONGEST_NAME:]


def _beginning(words: list[_Word], letters: str, *, exact: bool) -> int | None:
    """The index of the word at which the long name begins; None if there is none.

    ``exact``: every word but small ones gives at least its initial, and no letter comes
    from inside a word.
    """
    variants = [letters]
    pairs = [letters[place : place + 2] for place in range(0, len(letters), 2)]
    if len(letters) >= 4 and all(
        len(pair) == 2 and pair[0] == pair[1] for pair in pairs
    ):
        variants.append("".join(pair[0] for pair in pairs))  # RR. HH.
    # An acronym in plural: AFORES, Administradoras de Fondos para el Retiro.
    if len(letters) >= 5 and letters[-1] == "s":
        variants.append(letters[:-1])
    for variant in variants:
        costs = _costs(words, variant)
        best = min(
            range(len(costs)), key=lambda start: (costs[start], -start), default=0
        )
        if costs and _acceptable(words[best:], variant, costs[best], exact=exact):
            return best
    return None


def _acceptable(words: list[_Word], letters: str, cost: int, *, exact: bool) -> bool:
    if cost >= _NOT_EXPLAINED:
        return False
    content = [word for word in words if word.folded not in SMALL]
    passed_over, rest = divmod(cost, _PASSED_OVER)
    inner = rest // _INNER
    if len(content) < 2:
        return False
    if not passed_over and not inner:
        return True
    if exact:
        return False
    if not passed_over:
        return inner == 1 and len(letters) >= 5
    # INAI: half of the words at most, and only in what is plainly a name.
    return (
        not inner
        and len(letters) >= 4
        and len(content) - passed_over >= 3
        and 2 * passed_over <= len(content)
        and all(word.text[0].isupper() for word in content)
    )


def _costs(words: list[_Word], letters: str) -> list[int]:
    """For each word, what it costs to read all letters from it to the last word.

    Dynamic programming from the right: ``rest[k]`` is the cost of reading the letters
    from ``k`` on in the words after the current one.
    """
    count = len(letters)
    rest = [_NOT_EXPLAINED] * count + [0]
    costs = []
    for word in reversed(words):
        small = word.folded in SMALL
        now = [cost + (0 if small else _PASSED_OVER) for cost in rest]
        begun = [_NOT_EXPLAINED] * (count + 1)
        for place in range(count):
            if word.folded[0] != letters[place]:
                continue
            for given, cost in _given(word.folded, letters, place):
                total = rest[place + given] + cost + (_UNCOMMON if small else 0)
                begun[place] = min(begun[place], total)
        costs.append(_NOT_EXPLAINED if small else begun[0])
        rest = [min(pair) for pair in zip(now, begun, strict=True)]
    return costs[::-1]


def _given(word: str, letters: str, place: int) -> Iterator[tuple[int, int]]:
    """How many letters from ``place`` on the word can give, and at what cost."""
    given = 0
    while (
        given < min(SYLLABLE, len(word))
        and place + given < len(letters)
        and word[given] == letters[place + given]
    ):
        given += 1
        yield given, _UNCOMMON if given > 1 else 0
    following = place + given
    if following < len(letters) and letters[following] in word[given:]:
        yield given + 1, _INNER


def _repeated(words: list[_Word], term: str) -> int | None:
    """Where a name begins that its term repeats: «Ley del Seguro Social», la «Ley»."""
    wanted = [fold(word) for word in term.split()]
    for start in range(len(words) - len(wanted), -1, -1):
        read = [word.folded for word in words[start : start + len(wanted)]]
        longer = start + len(wanted) < len(words)
        if longer and words[start].text[0].isupper() and read == wanted:
            return start
    return None


def _singular(word: str) -> str:
    """One form for singular and plural, good enough to compare names."""
    for ending, singular in (("ciones", "cion"), ("siones", "sion"), ("des", "d")):
        if word.endswith(ending):
            return word[: -len(ending)] + singular
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _clean(meaning: str) -> str:
    meaning = re.sub(r"[*_“”«»\"]", "", meaning)
    return re.sub(r"\s+", " ", meaning).strip(" ,'‘’")
