"""The verb with which a function begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Item, Subject
from review.checks.words import fold, is_infinitive

_FIRST = re.compile(r"\W*(\w+)")
# «Elaborar, en coordinación con ..., ...» has one verb; «Elaborar y revisar» has two.
_NEXT = re.compile(r"(?:,\s*|,?\s+(?:[ye]|así\s+como)\s+)(?P<verb>\w+)", re.I)
# «Confirmar, modificar o revocar» are the ways in which one thing may end.
_OR = re.compile(r",?\s+(?:y/o|o|u)\s+(?P<verb>\w+)", re.I)
# «Hacer cumplir»: the second verb says what the first one does.
_SUPPORTING = frozenset(("dejar", "hacer", "mandar"))
# «Establecer y mantener comunicación con» decides nothing, whoever does it.
_LIGHT = re.compile(
    r"\s*(?:y\s+mantener\s+)?(?:l[ao]s?\s+|una?\s+)?(?:adecuad[ao]\s+)?"
    r"(?:comunicaci[oó]n|contacto|coordinaci[oó]n|enlaces?|v[ií]nculos?)\b",
    re.I,
)


@rule(
    "infinitive",
    Severity.WARNING,
    title="No comienza con infinitivo",
    explanation="Una función dice lo que se hace y comienza con el verbo: «Elaborar…», "
    "«Coordinar…». La de cierre («Las demás que…») no lo necesita.",
)
def infinitive(subject: Subject) -> Iterator[Hit]:
    """A function whose first word is no infinitive; items often are nouns.

    False alarms on 002: 0 of 5 judged.
    """
    for item in subject.functions:
        first = _FIRST.match(item.text)
        if first is None or item.is_closing or is_infinitive(first[1]):
            continue
        yield item.hit(*first.span(1), f"«{first[1]}» no es un infinitivo.")


@rule(
    "two_verbs",
    Severity.ADVICE,
    title="Dos verbos al comienzo",
    explanation="Dos verbos son dos funciones, o uno de ellos sobra.",
)
def two_verbs(subject: Subject) -> Iterator[Hit]:
    """Infinitives joined at the beginning of a function.

    «Or» joins ways of one thing; «establecer y mantener comunicación» is one thing.

    False alarms on 002: 0 of 50 judged.
    """
    for item in subject.functions:
        verbs, end = _verbs(item)
        kept_up = verbs and fold(verbs[-1]) == "mantener"
        if len(verbs) > 1 and not (kept_up and _LIGHT.match(item.text, end)):
            said = ", ".join(f"«{verb.lower()}»" for verb in verbs[:-1])
            start = _FIRST.match(item.text).start(1)
            yield item.hit(start, end, f"Comienza con {said} y «{verbs[-1].lower()}».")


def _verbs(item: Item) -> tuple[list[str], int]:
    """The infinitives in a row at the beginning, and where the last one ends."""
    first = _FIRST.match(item.text)
    if first is None or not is_infinitive(first[1]):
        return [], 0
    verbs, end = [first[1]], first.end(1)
    if fold(first[1]) in _SUPPORTING:
        return verbs, end
    while following := _NEXT.match(item.text, end):
        if not is_infinitive(following["verb"]):
            break
        verbs.append(following["verb"])
        end = following.end("verb")
    other = _OR.match(item.text, end)
    if other and is_infinitive(other["verb"]):
        return verbs[:1], first.end(1)
    return verbs, end


@rule(
    "verb_level",
    Severity.ADVICE,
    title="Verbo ajeno al nivel",
    explanation="El verbo dice quién decide y quién prepara: una Subjefatura no "
    "aprueba, una Dirección no captura. El catálogo de verbos por nivel lo dice.",
)
def verb_level(subject: Subject) -> Iterator[Hit]:
    """A first verb that the catalogue says a level does not do.

    «Establecer coordinación con ...» is no decision.

    False alarms on 002: 0 of 8 judged.
    """
    unsuited = {
        (fold(one.kind), fold(one.verb)): one.instead
        for one in subject.catalogues.level_verbs
    }
    for item in subject.functions:
        first = _FIRST.match(item.text)
        if first is None:
            continue
        instead = unsuited.get((fold(item.unit.kind), fold(first[1])))
        if instead is None or _LIGHT.match(item.text, first.end()):
            continue
        message = f"«{first[1]}» no es propio de este nivel ({item.unit.kind})."
        if instead:
            message += f" Se usa: {instead}."
        yield item.hit(*first.span(1), message, basis=item.unit.kind)
