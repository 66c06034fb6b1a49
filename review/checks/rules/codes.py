"""Codes of units: repeats, gaps, codes of another family, and what was printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exchange.document import Unit
from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject
from units.codes import child_code, root_code


@rule(
    "code_repeated",
    Severity.ERROR,
    title="Código repetido",
    explanation="Dos unidades de una edición no pueden llevar el mismo código: nadie "
    "podría citarlas.",
)
def code_repeated(subject: Subject) -> Iterator[Hit]:
    """Every unit after the first that bears a code.

    Finds nothing on 002.
    """
    first: dict[str, Unit] = {}
    for unit in subject.units:
        known = first.setdefault(unit.code, unit)
        if known is not unit:
            yield subject.about(
                unit,
                f"El código {unit.code} ya es de {known.name}.",
                field="code",
                text=unit.code,
                basis=unit.name,
            )


@rule(
    "code_parent",
    Severity.ERROR,
    title="Código ajeno a la unidad superior",
    explanation="El código de una unidad es el de su unidad superior y un número más; "
    "el de las que dependen de la primera, el del capítulo y un número.",
)
def code_parent(subject: Subject) -> Iterator[Hit]:
    """A code that is not its parent's, a parent that is not there, a wrong root.

    Finds nothing on 002.
    """
    chapter = subject.document.edition.functions_chapter
    codes = {unit.code for unit in subject.units}
    for unit in subject.units:
        message = None
        if unit.parent_code is None:
            if chapter is not None and unit.code.partition(".")[0] != str(chapter):
                message = (
                    f"El capítulo de funciones es el {chapter}; el código debería "
                    f"comenzar así: {root_code(chapter)}."
                )
        elif unit.parent_code not in codes:
            message = f"No existe la unidad superior {unit.parent_code}."
        elif _rank(unit, chapter) is None:
            expected = child_code(unit.parent_code, 1, chapter).rpartition(".")[0]
            message = f"El código debería ser {expected} y un número."
        if message:
            yield subject.about(
                unit, message, field="code", text=unit.code, basis=unit.parent_code
            )


@rule(
    "code_gap",
    Severity.ERROR,
    title="Código que falta o fuera de orden",
    explanation="Las unidades que dependen de una misma llevan números seguidos, sin "
    "saltos, en el orden en que se leen.",
)
def code_gap(subject: Subject) -> Iterator[Hit]:
    """A number that does not follow that of the sibling before.

    After a gap it counts on from there, so that one gap is one finding. Repeated
    codes are ``code_repeated``'s.

    Finds nothing on 002.
    """
    chapter = subject.document.edition.functions_chapter
    for parent, family in subject.children.items():
        if parent is None:
            continue
        before = 0
        for unit in family:
            rank = _rank(unit, chapter)
            if rank is None or rank == before:
                continue
            expected = child_code(parent, before + 1, chapter)
            if rank > before + 1:
                message = f"Antes de {unit.code} falta {expected}."
            elif rank < before:
                message = f"{unit.code} está fuera de orden; aquí va {expected}."
            else:
                message = ""
            if message:
                yield subject.about(
                    unit, message, field="code", text=unit.code, basis=expected
                )
            before = max(before, rank)


def _rank(unit: Unit, chapter: int | None) -> int | None:
    """The unit's number among its siblings, by its code; None if it is no such code."""
    prefix, _dot, number = unit.code.rpartition(".")
    if not number.isdecimal():
        return None
    rank = int(number)
    if child_code(unit.parent_code, 1, chapter) == f"{chapter}.2":
        rank -= 1
    if rank < 1 or child_code(unit.parent_code, rank, chapter) != unit.code:
        return None
    return rank


@rule(
    "code_printed",
    Severity.WARNING,
    title="Código impreso de otro modo",
    explanation="El documento de origen imprimió otro código, que se corrigió al "
    "importarlo. Quien cite el impreso citará mal.",
)
def code_printed(subject: Subject) -> Iterator[Hit]:
    """A unit that keeps another printed code: the source has a mistake.

    A warning, though codes are structure: the edition itself is right already.

    False alarms on 002: 0 of 1 judged.
    """
    codes = Counter(unit.printed_code or unit.code for unit in subject.units)
    named = {unit.code: unit for unit in subject.units}
    for unit in subject.units:
        printed = unit.printed_code
        if not printed or printed == unit.code:
            continue
        message = f"Se imprimió {printed} en lugar de {unit.code}."
        if codes[printed] > 1 and printed in named:
            message = (
                f"Se imprimió {printed}, que es el código de {named[printed].name}; "
                f"el suyo es {unit.code}."
            )
        yield subject.about(unit, message, field="code", text=printed, basis=unit.code)
