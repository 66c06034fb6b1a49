"""The punctuation of the items of one list, which is the same throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Item, Subject

# The sign that separates items, and the conjunction that announces the last one.
_END = re.compile(r"\s*(?P<sign>[.,;:]?)(?:\s+(?P<joint>[yeou]|y/o))?\s*\Z")
_NAMES = {".": "punto", ";": "punto y coma", ",": "coma", "": "nada"}


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
    end as the items around it do.

    False alarms on 002: 0 of 11 judged.
    """
    family: list[Item] = []
    for item in subject.items:
        if item.is_function or item.function.items:
            continue
        family = [] if item.path[-1] == 1 else family
        family.append(item)
        if item.is_last:
            yield from _of_list(family)


def _of_list(family: list[Item]) -> Iterator[Hit]:
    """``family`` are the items of one list that announce no list of their own."""
    ends = [_END.search(item.text) for item in family]
    counts = Counter(end["sign"] for end in ends[:-1])
    usual = next((sign for sign, _n in counts.most_common() if sign in ".,;"), "")
    for item, end in zip(family, ends, strict=True):
        if item.is_last:
            nested = len(item.path) > 2
            allowed = {".", usual} if nested else {"."}
            wanted = "."
        else:
            allowed, wanted = {usual}, usual
            if item.path[-1] == len(item.siblings) - 1 and end["joint"]:
                allowed = {usual, ",", ";"} - {"."}
        if end["sign"] in allowed and not (item.is_last and end["joint"]):
            continue
        if not wanted:
            continue
        joint = f" {end['joint']}" if end["joint"] and not item.is_last else ""
        last = " por ser el último" if item.is_last else " como los demás"
        yield item.hit(
            end.start(),
            len(item.text),
            f"Termina en {_NAMES.get(end['sign'], 'dos puntos')}; debería terminar en "
            f"{_NAMES[wanted]}{last}.",
            replacement=f"{wanted}{joint}",
        )
