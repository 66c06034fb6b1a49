"""The punctuation of the items of one list, which is the same throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Item, Subject

# The sign that separates items, and the conjunction that announces the last one.
_END = re.compile(r"\s*(?P<sign>[.,;:]?)(?:\s+(?P<joint>[yeou]|y/o))?\s*\Z")
_SEPARATORS = (".", ",", ";")
_NAMES = {".": "punto", ";": "punto y coma", ",": "coma", ":": "dos puntos"}


@rule(
    "item_ending",
    Severity.WARNING,
    title="Puntuación de los incisos",
    explanation="Los incisos de una lista se separan todos con el mismo signo, el "
    "penúltimo puede llevar «; y», y el último termina en punto.",
)
def item_ending(subject: Subject) -> Iterator[Hit]:
    """An item that ends otherwise than most of its list, or a last one without period.

    What announces a list of its own ends in a colon. The last of the third level may
    end as the items around it do. A list without any punctuation is left alone.

    False alarms on 002: 0 of 11 judged.
    """
    families: dict[int, list[Item]] = {}
    for item in subject.items:
        if not item.is_function and not item.function.items:
            families.setdefault(id(item.siblings), []).append(item)
    for family in families.values():
        yield from _of_list(family)


def _of_list(family: list[Item]) -> Iterator[Hit]:
    """``family`` are the items of one list that announce no list of their own."""
    ends = [_END.search(item.text) for item in family]
    signs = Counter(
        end["sign"]
        for item, end in zip(family, ends, strict=True)
        if not item.is_last and end["sign"] in _SEPARATORS
    )
    if not signs and not any(end["sign"] for end in ends):
        return
    usual = signs.most_common(1)[0][0] if signs else ";"
    for item, end in zip(family, ends, strict=True):
        if item.is_last:
            right = end["sign"] == "." or (len(item.path) > 2 and end["sign"] == usual)
            right = right and not end["joint"]
        elif end["joint"] and item.path[-1] == len(item.siblings) - 1:
            right = end["sign"] in (",", ";")
        else:
            right = end["sign"] == usual
        if not right:
            yield _hit(item, end, "." if item.is_last else usual)


def _hit(item: Item, end: re.Match, wanted: str) -> Hit:
    joint = f" {end['joint']}" if end["joint"] and not item.is_last else ""
    why = "por ser el último" if item.is_last else "como los demás"
    return item.hit(
        end.start(),
        len(item.text),
        f"{_said(end['sign'])}; debería terminar en {_NAMES[wanted]} {why}.",
        replacement=f"{wanted}{joint}",
    )


def _said(sign: str) -> str:
    return f"Termina en {_NAMES[sign]}" if sign else "Termina sin puntuación"
