"""The tables of codes and numbers that change, and of who says the old ones. Pure."""

from __future__ import annotations

from review.reorganisation.effect import (
    BY_CHAPTER,
    BY_MOVE,
    BY_OTHER,
    BY_PLACE,
    Citation,
    Effect,
    NewCode,
    NewNumbers,
)
from review.reorganisation.tables import Cell, Section, Table, columns, listed, now, row

CAUSES = {
    BY_CHAPTER: "el capítulo cambia de número",
    BY_MOVE: "cambia de unidad superior",
    BY_PLACE: "cambia de lugar entre sus hermanas",
    BY_OTHER: "se numera de otro modo",
}


def numbering(effect: Effect) -> Section:
    """Units, functions, then texts of the draft that name or cite what changed."""
    found = effect.numbering
    return Section(
        "numeracion",
        "Códigos y números que cambian",
        [
            Table(
                "codigos",
                "Unidades cuyo código cambia",
                columns("Código antes", "Código ahora", "Unidad", "Por qué"),
                [_code(one) for one in found.units],
                "Ningún código de unidad cambia.",
            ),
            Table(
                "numeros",
                "Funciones que cambian de número en su unidad",
                columns("Unidad", "Funciones", "Incisos"),
                [_numbers(one) for one in found.functions],
                "Ninguna función cambia de número en su unidad.",
            ),
            Table(
                "menciones",
                "Textos de la edición nueva que usan un nombre o un código anterior",
                columns("Dónde", "Dice", "Hoy", "En el texto"),
                [_citation(one) for one in found.citations],
                "Ningún texto usa un nombre ni un código anterior.",
                "Conviene corregirlos antes de enviar la edición a revisión. Los "
                "antecedentes no se cuentan: ahí los nombres anteriores son correctos.",
            ),
            Table(
                "organogramas",
                "Organogramas de unidades que se suprimen",
                columns("Organograma", "Título", "Unidad"),
                [
                    row(one.where, one.said, Cell(one.about.was, one.about, old=True))
                    for one in found.charts_without_unit
                ],
                "Ningún organograma se queda sin su unidad.",
            ),
        ],
        "Lo que se citó de ediciones anteriores sigue siendo válido: cada edición "
        "conserva sus códigos y sus números, y su dirección lleva a ella.",
    )


def _code(one: NewCode) -> list[Cell]:
    name = Cell(one.unit.name, one.unit)
    return row(one.unit.old_code, one.unit.new_code, name, why(one))


def why(one: NewCode) -> str:
    """Why a code changes, in a few words."""
    if one.through is not None:
        return f"sigue a {one.through.was}, que ahora es {one.through.new_code}"
    return CAUSES[one.cause]


def _numbers(one: NewNumbers) -> list[Cell]:
    runs = ", ".join(run.said for run in one.runs)
    items = ", ".join(f"{before} → {after}" for before, after in one.items)
    return row(now(one.unit), runs or "—", items or "—")


def _citation(one: Citation) -> list[Cell]:
    if one.now is None:
        today = "Ya no existe."
        if one.heirs:
            today += f" Le sucede: {listed(one.heirs)}."
    elif one.what == "code":
        today = f"{one.now} {one.about.name}"
    else:
        today = one.now
    if one.borne_by is not None:
        today += f" El código {one.said} es ahora de {one.borne_by.name}."
    return row(Cell(one.where, one.unit), f"«{one.said}»", today, one.excerpt)
