"""Words and functions that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Item, Subject

_DOUBLED = re.compile(
    r"(?<![\w-])(?P<words>\w+(?:\s+\w+){0,3})(?P<again>\s+(?P=words))(?![\w-])",
    re.IGNORECASE,
)
# «Del el», «los las»; with «y» between them («las y los») they are right.
_ARTICLES = re.compile(
    r"\b(?P<first>(?P<contracted>del|al)|el|l[ao]s?|un[ao]?s?)\s+(?:el|l[ao]s|una?s?)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@rule(
    "doubled_word",
    Severity.WARNING,
    title="Palabra repetida",
    explanation="Una palabra escrita dos veces seguidas: «de la la Unidad».",
)
def doubled_word(subject: Subject) -> Iterator[Hit]:
    """One to four words that stand twice in a row; figures and letters do not count.

    False alarms on 002: 0 of 2 judged.
    """
    for one in subject.texts:
        if not _may_repeat(one.comparable.split()):
            continue
        for found in _DOUBLED.finditer(one.text):
            if _LETTERS.search(found["words"]):
                yield one.hit(
                    *found.span("again"),
                    f"«{found['words']}» está dos veces.",
                    replacement="",
                )


@rule(
    "doubled_article",
    Severity.WARNING,
    title="Dos artículos seguidos",
    explanation="Quedó un artículo de más, como en «las del el Consejo»: suele ser el "
    "resto de un cambio a medias.",
)
def doubled_article(subject: Subject) -> Iterator[Hit]:
    """Two articles in a row, «del» and «al» included; the same twice is a word doubled.

    Only «del el» and «al el» are mended: of others nobody knows which one is right.

    False alarms on 002: 0 of 2 judged.
    """
    for one in subject.texts:
        for found in _ARTICLES.finditer(one.text):
            first, second = found.group().split()
            if first.lower() == second.lower():
                continue
            safe = found["contracted"] and second.lower() == "el"
            yield one.hit(
                *found.span(),
                f"«{found.group()}» tiene un artículo de más.",
                replacement=first if safe else None,
            )


def _may_repeat(words: list[str]) -> bool:
    """Whether one to four words stand twice in a row, punctuation aside."""
    if len(set(words)) == len(words):
        return False
    return any(
        first == second and words[at : at + size] == words[at + size : at + 2 * size]
        for size in range(1, 5)
        for at, (first, second) in enumerate(zip(words, words[size:], strict=False))
    )


@rule(
    "function_repeated",
    Severity.WARNING,
    title="Función repetida en la unidad",
    explanation="La misma función, o el mismo inciso de una lista, está dos veces.",
)
def function_repeated(subject: Subject) -> Iterator[Hit]:
    """A function or item with the words of another of its list and the same items.

    Case, accents and punctuation do not count.

    False alarms on 002: 0 of 6 judged.
    """
    known: dict[tuple, Item] = {}
    for item in subject.items:
        if not item.comparable:
            continue
        whole = (id(item.siblings), item.comparable, _words_below(item.function))
        first = known.setdefault(whole, item)
        if first is not item:
            kind = "la función" if item.is_function else "el inciso"
            number = first.place.item_label or first.place.function_number
            yield item.whole(f"Repite {kind} {number}.", related=(first.place,))


def _words_below(function) -> tuple:
    return tuple((one.text.casefold(), _words_below(one)) for one in function.items)
