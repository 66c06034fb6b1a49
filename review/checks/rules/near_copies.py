"""Functions that several units share, word for word or nearly."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, takewhile

from exchange.document import Function
from manuals.acronyms import SMALL
from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Item, Subject
from review.checks.words import comparable
from review.common.likeness import families

_LEAST_WORDS = 5


@rule(
    "near_copy",
    Severity.ADVICE,
    title="Función casi igual en otra unidad",
    explanation="Varias unidades tienen la misma función, o casi. Es normal si es "
    "común; si no, dos unidades hacen lo mismo o se copió por error.",
)
def near_copy(subject: Subject) -> Iterator[Hit]:
    """One finding for each group of alike functions of two units or more.

    It stands at the first of them; the others are ``related``. Closing functions are
    always alike and do not count. Functions that begin with another verb are not
    alike: down the chain of command the same matter is approved, revised, elaborated.
    Nor are those that name another matter in the same words.

    False alarms on 002: 5 of 50 judged.
    """
    for group in groups(subject):
        first, *others = group
        units = dict.fromkeys(item.unit.code for item in group)
        same = all(_whole(item) == _whole(first) for item in others)
        likeness = "La misma función" if same else "Una función casi igual"
        said = "; ".join(item.name for item in others[:5])
        more = f" y {len(others) - 5} más" if len(others) > 5 else ""
        yield first.whole(
            f"{likeness} en {len(units)} unidades: también {said}{more}.",
            related=tuple(item.place for item in others),
            basis="\n".join(sorted(_whole(item) for item in others)),
        )


def groups(subject: Subject) -> list[list[Item]]:
    """Functions that are alike, in reading order; each group has two units or more."""
    by_text: dict[str, list[Item]] = {}
    by_verb: dict[str, list[str]] = {}
    for item in subject.functions:
        text = _whole(item)
        if not item.is_closing and text.count(" ") >= _LEAST_WORDS - 1:
            if text not in by_text:
                by_text[text] = []
                by_verb.setdefault(text.partition(" ")[0], []).append(text)
            by_text[text].append(item)
    found = []
    for texts in chain.from_iterable(
        families(texts, apart=of_other_matter) for texts in by_verb.values()
    ):
        group = [item for text in texts for item in by_text[text]]
        if len({item.unit_order for item in group}) > 1:
            found.append(sorted(group, key=lambda item: item.place.order))
    return sorted(found, key=lambda group: group[0].place.order)


def _whole(item: Item) -> str:
    """The words of a function and of its items: the same head may have other items."""
    if not item.function.items:
        return item.comparable
    return " ".join(map(comparable, _texts(item.function)))


def _texts(function: Function) -> Iterator[str]:
    yield function.text
    for item in function.items:
        yield from _texts(item)


def of_other_matter(one: str, other: str) -> bool:
    """Whether two alike texts differ in what they are about alone.

    That is named at the end or after «en materia de»: «... los recibos de enero» is
    no copy of «... los recibos de junio».
    """
    first, second = one.split(), other.split()
    start = _common(first, second)
    end = _common(first[start:][::-1], second[start:][::-1])
    ours = set(first[start : len(first) - end]) - SMALL
    theirs = set(second[start : len(second) - end]) - SMALL
    if not ours or not theirs or ours & theirs:
        return False
    return end == 0 or bool({"materia", "materias"} & set(first[:start][-4:]))


def _common(first: list[str], second: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
