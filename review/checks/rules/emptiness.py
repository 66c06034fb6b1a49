"""Units without functions, items without words, lists of one item."""

from __future__ import annotations

from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject


@rule(
    "unit_empty",
    Severity.ERROR,
    title="Unidad sin funciones",
    explanation="Una unidad existe en el manual por lo que hace.",
)
def unit_empty(subject: Subject) -> Iterator[Hit]:
    """A unit whose list of functions is empty.

    Finds nothing on 002.
    """
    for unit in subject.units:
        if not unit.functions:
            yield subject.about(unit, "La unidad no tiene funciones.", "functions")


@rule(
    "item_empty",
    Severity.ERROR,
    title="Función o inciso vacío",
    explanation="Una función o un inciso sin palabras no dice nada, pero ocupa número.",
)
def item_empty(subject: Subject) -> Iterator[Hit]:
    """A function or item without a single letter.

    Finds nothing on 002.
    """
    for item in subject.items:
        if not any(sign.isalpha() for sign in item.text):
            yield item.whole("No tiene texto.")


@rule(
    "list_of_one",
    Severity.WARNING,
    title="Lista de un solo inciso",
    explanation="Un inciso a) sin b) no enumera: su texto puede ir en la función.",
)
def list_of_one(subject: Subject) -> Iterator[Hit]:
    """An item that is alone in its list.

    Finds nothing on 002.
    """
    for item in subject.items:
        if not item.is_function and len(item.siblings) == 1:
            yield item.whole("Es el único inciso de su lista.")
