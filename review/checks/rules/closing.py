"""The function that closes a unit's list: «Las demás que le encomiende ...»."""

from __future__ import annotations

from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject


@rule(
    "closing_missing",
    Severity.WARNING,
    title="Sin función de cierre",
    explanation="La última función deja abierta la lista: «Las demás que…». Sin ella, "
    "lo que no está escrito no se puede encomendar.",
)
def closing_missing(subject: Subject) -> Iterator[Hit]:
    """A unit with functions, none of them closing.

    Nothing is said of an edition where fewer than two thirds of the units have one:
    it does without them.

    False alarms on 002: 0 of 15 judged.
    """
    closed = {id(item.unit) for item in subject.functions if item.is_closing}
    units = [unit for unit in subject.units if unit.functions]
    if 3 * len(closed) < 2 * len(units):
        return
    for unit in units:
        if id(unit) not in closed:
            yield subject.about(
                unit, "Falta la función de cierre («Las demás que…»).", "functions"
            )


@rule(
    "closing_not_last",
    Severity.WARNING,
    title="Función de cierre que no es la última",
    explanation="La función «Las demás que…» se refiere a las anteriores: va al final.",
)
def closing_not_last(subject: Subject) -> Iterator[Hit]:
    """A closing function with others after it.

    Finds nothing on 002.
    """
    for item in subject.functions:
        if item.is_closing and not item.is_last:
            after = len(item.siblings) - item.path[-1]
            yield item.whole(f"Funciones después de la de cierre: {after}.")
