"""Where a text names units of its edition by their full names.

A name counts as the organisation writes it: whole, beginning with a capital, whatever
the case, accents and blanks of the rest. The longest name that fits is meant, and none
where the words around make it part of a longer name that no unit has: «División de
Dictamen» is not named by «Subjefatura de División de Dictamen» nor by «División de
Dictamen Fiscal», «... y Revisión» or «... del Seguro Social». What follows may be
another body («... de la Unidad de ...», «... y Subdelegaciones») or an acronym.

A heading that stands for several positions, «Subjefaturas de División de Análisis
(A,C)», is also named without them, in the singular, and with one of its letters.

No Django, no database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, Protocol
from uuid import UUID

_LETTER = r"[\w\u0300-\u036f]"  # with combining accents
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
# The capital first: it is found much faster than the beginning of a word.
_START = re.compile(rf"{_CAPITAL}(?<!\w{_CAPITAL}){_LETTER}*")
_TOKEN = re.compile(rf"\s*({_LETTER}+|[^\w\s])")
_POSITIONS = re.compile(r"\s*\(\s*([A-Z](?:\s*,\s*[A-Z])*)\s*\)$")
_POSITION = re.compile(r"\s+([A-Z])(?!\w)")
_AFTER = re.compile(
    r"\s+(?:(?:y|e|del?|al?|de\s+l[ao]s?|a\s+l[ao]s?)\s+)?"
    rf"(?P<next>{_CAPITAL}{_LETTER}*)|,\s+(?P<listed>{_CAPITAL}{_LETTER}*)"
)
_SHOUTED_AFTER = re.compile(
    rf"\s+(?:(?:Y|E|DEL?|AL?|DE\s+L[AO]S?|A\s+L[AO]S?)\s+)?(?P<next>{_LETTER}+)"
)
# Words that open a clause of its own, where case does not tell.
_SMALL = frozenset(
    ("con", "el", "en", "la", "las", "lo", "los", "o", "para", "por", "que", "se", "su")
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—"), "-")

# Beginnings of words that open the name of another body or of an office, which may
# follow the name of a unit without belonging to it.
_BODIES = (
    *("area", "comision", "comite", "congreso", "consejo", "contralor", "coordinac"),
    *("coordinador", "delegacion", "departament", "dependencia", "direccion"),
    *("director", "division", "entidad", "fiscalia", "gobierno", "institut", "jefa"),
    *("jefe", "oficina", "organo", "persona", "presidencia", "procuradur"),
    *("secretar", "subdelegacion", "subdireccion", "subdirector", "subjefatura"),
    *("titular", "tribunal", "unidad"),
)
# The head of a unit goes by its level: a Jefatura de División de X heads the division.
_HEADS = ("jefatura", "titular")


class Named(Protocol):
    """A unit as this module needs it; units/outline.py has such."""

    key: UUID
    name: str
    kind: str


class Mention(NamedTuple):
    """``text[start:end]`` names a unit; several keys when all of them bear the name."""

    start: int
    end: int
    keys: tuple[UUID, ...]


class _Bearer(NamedTuple):
    key: UUID
    letters: frozenset[str]


class UnitNames:
    """The names of an edition's units, ready to be found in texts.

    A unit called like its level and nothing else cannot be told from the common word.
    """

    def __init__(self, units: Iterable[Named]):
        self._trie: dict = {}
        self._levels: set[str] = set()
        self._sharing: dict[UUID, tuple[UUID, ...]] = {}
        aliases: list[tuple[str, _Bearer]] = []
        full: set[tuple[str, ...]] = set()
        for unit in units:
            name, letters = _without_positions(unit.name)
            bearer = _Bearer(unit.key, letters)
            if _folded(unit.name) == _folded(unit.kind):
                continue
            tokens = _folded(unit.name)
            self._levels.add(tokens[0])
            full.add(tokens)
            self._add(tokens, _Bearer(unit.key, frozenset()) if letters else bearer)
            if letters:
                aliases.append((name, bearer))
                aliases.append((_in_singular(name, unit.kind), bearer))
        for name, bearer in dict.fromkeys(aliases):
            if _folded(name) not in full:
                self._add(_folded(name), bearer)

    def find(self, text: str) -> list[Mention]:
        """The mentions in a text, in order, none over another."""
        found: list[Mention] = []
        done = 0
        for start in _START.finditer(text):
            if start.start() < done:
                continue
            mention = self._at(text, start)
            if mention:
                found.append(mention)
                done = mention.end
        return found

    def sharing(self, key: UUID) -> tuple[UUID, ...]:
        """The units that bear a name of this one, itself too; empty when none does."""
        return self._sharing.get(key, ())

    def _add(self, tokens: tuple[str, ...], bearer: _Bearer) -> None:
        node = self._trie
        for token in tokens:
            node = node.setdefault(token, {})
        bearers = node[None] = (*node.get(None, ()), bearer)
        if len(bearers) > 1:
            keys = [one.key for one in bearers]
            for key in keys:
                together = dict.fromkeys((*self._sharing.get(key, ()), *keys))
                self._sharing[key] = tuple(together)

    def _at(self, text: str, start: re.Match) -> Mention | None:
        """The longest name that begins there, unless it belongs to a longer one."""
        node = self._trie.get(_fold(start.group()))
        end, bearers = start.end(), ()
        reached = end
        while node is not None:
            if None in node:
                end, bearers = reached, node[None]
            token = _TOKEN.match(text, reached)
            if token is None:
                break
            reached = token.end()
            node = node.get(_fold(token.group(1)))
        if not bearers:
            return None
        position = _POSITION.match(text, end)
        if position and any(position.group(1) in one.letters for one in bearers):
            bearers = [one for one in bearers if position.group(1) in one.letters]
            end = position.end()
        if self._follows_level(text, start.start()) or self._goes_on(
            text, start.start(), end
        ):
            return None
        return Mention(start.start(), end, tuple(one.key for one in bearers))

    def _follows_level(self, text: str, start: int) -> bool:
        """Whether a level without an article stands before: «Subjefatura de ...»."""
        before = text[max(0, start - 60) : start].split()
        if len(before) < 2 or before[-1].lower() != "de":
            return False
        word = _fold(before[-2].strip('(«"“'))
        if word.startswith(_HEADS):
            return False
        return word.startswith("sub") or any(
            word.startswith(_stem(level)) for level in self._levels
        )

    def _goes_on(self, text: str, start: int, end: int) -> bool:
        """Whether the name goes on with words that are no body of their own."""
        if text[start:end].isupper():
            after = _SHOUTED_AFTER.match(text, end)
            word = after.group("next") if after else ""
            if _fold(word) in _SMALL:
                return False
        else:
            after = _AFTER.match(text, end)
            word = (after.group("next") or after.group("listed")) if after else ""
            if len(word) > 1 and word.isupper():
                return False  # an acronym
        return bool(word) and not self._is_body(word)

    def _is_body(self, word: str) -> bool:
        return opens_body(word) or _fold(word) in self._levels


def opens_body(word: str) -> bool:
    """Whether names of bodies and offices begin with this word: «Unidad», «Titular»."""
    return _fold(word).startswith(_BODIES)


def like_pattern(unit: Named) -> str:
    """A pattern of SQL's LIKE, case aside, for texts that may name the unit.

    A database leaves out most texts with it before :meth:`UnitNames.find` reads the
    rest. The level may stand in the plural; letters may lack their accents or have
    others. It takes accents for part of their letters (NFC).
    """
    name, _letters = _without_positions(unicodedata.normalize("NFC", unit.name))
    words = name.lower().split()[len(unit.kind.split()) :]
    open_words = (re.sub("[^b-df-hj-mp-tv-z0-9]", "_", word) for word in words)
    return "%".join(("", *open_words, ""))


def _without_positions(name: str) -> tuple[str, frozenset[str]]:
    """(«Subjefaturas de División de Análisis», {A, C}) of «... (A,C)»."""
    found = _POSITIONS.search(name)
    if found is None:
        return name, frozenset()
    return name[: found.start()], frozenset(re.findall("[A-Z]", found.group(1)))


def _in_singular(name: str, kind: str) -> str:
    """The name with its level as the catalogue writes it."""
    words, level = name.split(), kind.split()
    heads = words[: len(level)]
    if len(heads) < len(level) or not all(
        _fold(head).startswith(_fold(word))
        for head, word in zip(heads, level, strict=True)
    ):
        return name
    return " ".join((*level, *words[len(level) :]))


def _folded(text: str) -> tuple[str, ...]:
    """The words and signs of a text as they are compared."""
    return tuple(_fold(token) for token in _TOKEN.findall(text))


@lru_cache(maxsize=16_384)
def _fold(token: str) -> str:
    """A word without case and accents; ñ stays a letter of its own."""
    plain = unicodedata.normalize("NFD", token).translate(_DASHES)
    kept = re.sub("[\u0300-\u0302\u0304-\u036f]|(?<![nN])\u0303", "", plain)
    return unicodedata.normalize("NFC", kept).casefold()


def _stem(level: str) -> str:
    """What a level's singular and plural have in common."""
    return level.removesuffix("es").removesuffix("s")
