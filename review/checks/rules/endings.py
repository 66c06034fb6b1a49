"""How a function ends: one period, or the colon that announces its list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Item, Subject

_SIGNS = " \t\n\r\u00a0.,;:…?!"
# «Hacer esto.» in quotes or parentheses has its period inside.
_QUOTED = re.compile(r"[.…?!][\"”»')\]]\s*\Z")
# An ellipsis is one sign; «; .» ends in the period, «,,» in a comma.
_DOUBLED = re.compile(
    r"(?:(?<!\.)\.\s*\.(?!\.)|\.{4,}|[,;:]+\s*\.|\.\s*[,;:]+|([,;:])\s*\1)\s*\Z"
)


def _tail(item: Item) -> tuple[int, str]:
    """Where the punctuation at the end begins, and what it is without blanks."""
    at = len(item.text.rstrip(_SIGNS))
    return at, "".join(item.text[at:].split())


@rule(
    "ending_missing",
    Severity.WARNING,
    title="Sin punto final",
    explanation="Una función es una oración y termina en punto.",
)
def ending_missing(subject: Subject) -> Iterator[Hit]:
    """A function without any final punctuation, and without a list of its own.

    False alarms on 002: 0 of 44 judged.
    """
    for item in subject.functions:
        at, signs = _tail(item)
        if _QUOTED.search(item.text):
            continue
        if not signs and at and not item.function.items:
            yield item.hit(at, len(item.text), "No termina en punto.", replacement=".")


@rule(
    "ending_doubled",
    Severity.WARNING,
    title="Puntuación final repetida",
    explanation="Una función termina en un solo signo.",
)
def ending_doubled(subject: Subject) -> Iterator[Hit]:
    """Two periods, or a period beside a comma or semicolon; «...» is one sign.

    Items too.

    False alarms on 002: 0 of 2 judged.
    """
    for item in subject.items:
        at, signs = _tail(item)
        found = _DOUBLED.search(item.text, at) if len(signs) > 1 and at else None
        if found:
            sign = found.group().strip()[0] if found[1] else "."
            yield item.hit(
                found.start(),
                len(item.text),
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

    False alarms on 002: 0 of 7 judged.
    """
    for item in subject.functions:
        at, signs = _tail(item)
        if signs in (",", ";") and not item.function.items:
            yield item.hit(
                at, len(item.text), f"Termina en «{signs}».", replacement="."
            )


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
