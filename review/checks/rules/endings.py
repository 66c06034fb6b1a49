"""How a function ends: one period, or the colon that announces its list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Passage, Subject, Text

_SIGNS = " \t\n\r\u00a0.,;:…?!"
# «Hacer esto.» in quotes or parentheses has its period inside.
_QUOTED = re.compile(r"[.…?!][\"”»')\]]\s*\Z")
# An ellipsis is one sign; «; .» ends in the period, «,,» in a comma.
_DOUBLED = re.compile(
    r"(?:(?<!\.)\.\s*\.(?!\.)|\.{4,}|[,;:]+\s*\.|\.\s*[,;:]+|([,;:])\s*\1)\s*\Z"
)


def _tail(one: Text) -> tuple[int, str]:
    """Where the punctuation at the end begins, and what it is without blanks."""
    at = len(one.text.rstrip(_SIGNS))
    return at, "".join(one.text[at:].split())


def _sentences(subject: Subject) -> list[Text]:
    """Functions without a list, and the passages of chapters where most end so.

    Paragraphs and list items of a chapter each have their own custom.
    """
    families: dict[tuple[int, bool], list[Passage]] = {}
    for one in subject.passages:
        if one.block.kind != "heading":
            family = one.chapter.number, one.block.kind == "item"
            families.setdefault(family, []).append(one)
    found: list[Text] = []
    for family in families.values():
        if 2 * sum(_tail(one)[1].endswith(".") for one in family) > len(family):
            found += family
    return found + [one for one in subject.functions if not one.function.items]


@rule(
    "ending_missing",
    Severity.WARNING,
    title="Sin punto final",
    explanation="Una función es una oración y termina en punto.",
)
def ending_missing(subject: Subject) -> Iterator[Hit]:
    """A function without any final punctuation, and without a list of its own.

    A passage of a chapter too, where most passages have it.

    False alarms on 002: 0 of 45 judged.
    """
    for one in subject.shared(_sentences):
        at, signs = _tail(one)
        if not signs and at and not _QUOTED.search(one.text):
            yield one.hit(at, len(one.text), "No termina en punto.", replacement=".")


@rule(
    "ending_doubled",
    Severity.WARNING,
    title="Puntuación final repetida",
    explanation="Una función termina en un solo signo.",
)
def ending_doubled(subject: Subject) -> Iterator[Hit]:
    """Two periods, or a period beside a comma or semicolon; «...» is one sign.

    Items and chapters too.

    False alarms on 002: 0 of 2 judged.
    """
    for one in subject.texts:
        at, signs = _tail(one)
        found = _DOUBLED.search(one.text, at) if len(signs) > 1 and at else None
        if found:
            sign = found.group().strip()[0] if found[1] else "."
            yield one.hit(
                found.start(),
                len(one.text),
                f"Termina en «{found.group().strip()}».",
                replacement=sign,
            )


@rule(
    "ending_separator",
    Severity.WARNING,
    title="Termina en coma o punto y coma",
    explanation="Una función no sigue en la siguiente: termina en punto. La coma y el "
    "punto y coma separan incisos.",
)
def ending_separator(subject: Subject) -> Iterator[Hit]:
    """A function without a list that ends in a comma or semicolon.

    A passage of a chapter too, where most end in a period.

    False alarms on 002: 0 of 8 judged.
    """
    for one in subject.shared(_sentences):
        at, signs = _tail(one)
        if signs in (",", ";"):
            yield one.hit(at, len(one.text), f"Termina en «{signs}».", replacement=".")


@rule(
    "colon_without_list",
    Severity.WARNING,
    title="Dos puntos sin lista",
    explanation="Los dos puntos del final anuncian incisos que aquí no hay.",
)
def colon_without_list(subject: Subject) -> Iterator[Hit]:
    """A function or item that ends in a colon and has no items.

    Finds nothing on 002.
    """
    for item in subject.items:
        at, signs = _tail(item)
        if signs == ":" and not item.function.items:
            yield item.hit(at, len(item.text), "Anuncia una lista que no está.")


@rule(
    "list_without_colon",
    Severity.WARNING,
    title="Lista sin dos puntos",
    explanation="Lo que precede a los incisos termina en dos puntos.",
)
def list_without_colon(subject: Subject) -> Iterator[Hit]:
    """A function or item that has items and does not end in a colon.

    Finds nothing on 002.
    """
    for item in subject.items:
        at, signs = _tail(item)
        if item.function.items and signs != ":":
            said = f"termina en «{signs}»" if signs else "no termina en dos puntos"
            yield item.hit(
                at,
                len(item.text),
                f"Tiene incisos y {said}.",
                replacement=":" if signs in ("", ".", ",", ";") else None,
            )
