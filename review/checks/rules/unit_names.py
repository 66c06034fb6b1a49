"""Units named in a text that the edition does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from exchange.document import Unit
from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject, Text
from review.checks.words import comparable

NEAR = 85  # of 100: a name so alike is probably meant
_LEAST_WORDS, _MORE_WORDS = 2, 2  # of a name that is another, shortened
_SURE = 93  # so alike that one may be put for the other

_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w\u0300-\u036f]*"
_JOINT = (
    r"(?:,?\s+(?:y|e|o|u)\s+(?:(?:de|del|a|al|en)\s+(?:l[ao]s?\s+)?)?|,\s+"
    r"|\s+(?:(?:de|a|en|para|por|con)\s+(?:l[ao]s?\s+|el\s+)?|del\s+|al\s+)?)"
)
_FIRST_JOINT = r"\s+(?:(?:de|para)\s+(?:l[ao]s?\s+)?|del\s+)?"
# What a unit may be called without being named: «la Unidad Administrativa competente».
_COMMON = re.compile(
    r"\w+\s+(?:[Aa]dministrativ|[Cc]entral|[Cc]ompetent|[Cc]orrespondient|[Mm][ée]dic"
    r"|[Nn]ormativ|[Oo]perativ|[Rr]espectiv|[Tt][ée]cnic)"
)
# The head of an institution, above every unit of the manual.
_HEAD = re.compile(r"Dirección\s+General")
_TAIL = re.compile(r",.*|\s+del\s+Instituto\b.*", re.DOTALL)


class _Stranger(NamedTuple):
    """A name in a text that no unit bears, and the unit it is near to, if any."""

    where: Text
    start: int
    end: int
    near: Unit | None
    likeness: float

    @property
    def text(self) -> str:
        return self.where.text[self.start : self.end]


@rule(
    "unit_unknown",
    Severity.WARNING,
    title="Unidad que no existe con ese nombre",
    explanation="El texto nombra una unidad que la edición no tiene, pero sí otra de "
    "nombre casi igual: quizá cambió de nombre o está mal escrito.",
)
def unit_unknown(subject: Subject) -> Iterator[Hit]:
    """A name that is no unit's, but near to one, the level aside.

    Names in the plural are lists («las Unidades de A y de B»). What is near to none is
    ``unit_elsewhere``'s.

    False alarms on 002: 0 of 3 judged.
    """
    for one in subject.shared(_strangers):
        if one.near is None:
            continue
        yield one.where.hit(
            one.start,
            one.end,
            f"No existe «{one.text}»; quizá {one.near.code} {one.near.name}.",
            replacement=one.near.name if _is_slip(one) else None,
            basis=one.near.name,
        )


@rule(
    "unit_elsewhere",
    Severity.ADVICE,
    title="Unidad de fuera del manual",
    explanation="El texto nombra una unidad que este manual no contiene. Si es de otra "
    "área, conviene comprobar que así se llame todavía.",
)
def unit_elsewhere(subject: Subject) -> Iterator[Hit]:
    """The first mention of each name of a unit that is no unit's and near none.

    False alarms on 002: 0 of 14 judged.
    """
    mentions: dict[str, list[_Stranger]] = {}
    for one in subject.shared(_strangers):
        if one.near is None:
            one = one._replace(end=one.start + len(_TAIL.sub("", one.text)))
            mentions.setdefault(comparable(one.text), []).append(one)
    for name, same in mentions.items():
        first = same[0]
        times = f" Se nombra {len(same)} veces." if len(same) > 1 else ""
        yield first.where.hit(
            first.start,
            first.end,
            f"«{first.text}» no está en este manual.{times}",
            basis=name,
            anywhere=True,
        )


def _strangers(subject: Subject) -> list[_Stranger]:
    """Names that begin with a level of the edition and are no mention of a unit."""
    levels = sorted({unit.kind.split()[0] for unit in subject.units})
    if not levels:
        return []
    level = "(?:" + "|".join(map(re.escape, levels)) + r")(?!\w)"
    # «Subjefatura de División de X» has two levels; else a level begins another name.
    name = re.compile(
        rf"(?<![\w-]){level}(?:\s+de\s+{level})?"
        rf"{_FIRST_JOINT}(?!{level}){_CAPITAL}(?:{_JOINT}(?!{level}){_CAPITAL}(?!\w))*"
    )
    known = {_remainder(unit.name): unit for unit in reversed(subject.units)}
    others = {comparable(one.meaning) for one in subject.catalogues.acronyms}
    found = []
    for where in subject.texts:
        if where.is_history or not any(one in where.text for one in levels):
            continue
        mentions = subject.names.find(where.text)
        for match in name.finditer(where.text):
            # «Unidad de Medida y Actualización» is no unit.
            said = match.group()
            if comparable(said) in others or _COMMON.match(said):
                continue
            if _HEAD.fullmatch(said):
                continue
            if any(
                one.start < match.end() and match.start() < one.end for one in mentions
            ):
                continue
            found.append(_nearest(where, match, known))
    return found


def _nearest(where: Text, match: re.Match, known: dict[str, Unit]) -> _Stranger:
    """The name with the unit that it is near to; it may end before a joint.

    None is near where a unit's own name goes on with words of a longer one: «División
    de Cobro de Morelos» is not misspelt.
    """
    best = whole = _Stranger(where, *match.span(), None, 0)
    joints = re.finditer(r",?\s+(?:y|e|de|del|a|al|en)\s|,", match.group())
    ends = [match.end(), *(match.start() + joint.start() for joint in joints)]
    for end in ends:
        said = _remainder(where.text[match.start() : end])
        found = process.extractOne(
            said, known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR
        )
        if found and found[1] > best.likeness:
            best = _Stranger(where, match.start(), end, known[found[0]], found[1])
    if best.near and comparable(best.text) == comparable(best.near.name):
        return whole
    return best if best.near else _shortened(best, known)


def _shortened(one: _Stranger, known: dict[str, Unit]) -> _Stranger:
    """The unit of the same level whose name has some words more, or some less."""
    said = _content(one.text)
    for unit in known.values():
        name = _content(unit.name)
        common = said & name
        if (
            len(common) >= _LEAST_WORDS
            and common in (said, name)
            and len(said ^ name) <= _MORE_WORDS
            and _words(unit.name)[0] == _words(one.text)[0]
        ):
            return one._replace(near=unit, likeness=NEAR)
    return one


@lru_cache(maxsize=4096)
def _content(name: str) -> frozenset[str]:
    """The words of a name without its level and without small ones."""
    return frozenset(word for word in _words(name)[1:] if len(word) > 3)


def _is_slip(one: _Stranger) -> bool:
    """Whether one name is the other misspelt; «División A» is not «División B»."""
    said, name = _words(one.text), _words(one.near.name)
    return (
        one.likeness >= _SURE
        and said[0] == name[0]
        and not one.near.positions
        and all(len(word) > 1 for word in set(said) ^ set(name))
    )


def _words(name: str) -> list[str]:
    return comparable(name).split()


def _remainder(name: str) -> str:
    """A name without its level, which alone makes names look alike."""
    return " ".join(_words(name)[1:])
