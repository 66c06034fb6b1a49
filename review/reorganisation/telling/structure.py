"""The tables of what happens to the units. Pure."""

from __future__ import annotations

from review.reorganisation.effect import (
    CLOSING,
    LIKELY,
    MOVED,
    WITHOUT,
    Effect,
    LevelFinding,
    RemovedUnit,
    UnitRef,
)
from review.reorganisation.summary import counted
from review.reorganisation.tables import (
    Cell,
    Section,
    Table,
    before,
    columns,
    listed,
    now,
    row,
)


def structure(effect: Effect) -> Section:
    """Units without a superior, removed, hung elsewhere, new, out of level."""
    found = effect.structure
    return Section(
        "estructura",
        "Unidades en la estructura nueva",
        [
            Table(
                "sin-superior",
                "Unidades sin superior",
                columns("Unidad"),
                [row(now(unit)) for unit in found.orphans],
                "Ninguna unidad queda sin superior.",
            ),
            Table(
                "colgadas",
                "Unidades cuya superior se suprime",
                columns("Unidad", "Dependía de", "Depende ahora de", "Observación"),
                [
                    row(
                        now(one.unit),
                        before(one.old_parent),
                        now(one.new_parent),
                        "Es sucesora de la suprimida." if one.to_heir else "",
                    )
                    for one in found.rehung
                ],
                "Ninguna unidad perdió a su superior.",
            ),
            Table(
                "suprimidas",
                "Unidades que se suprimen",
                columns(
                    "Unidad",
                    "Sucesora",
                    "Unidades que dependían de ella",
                    "Sus funciones",
                ),
                [_removed(one) for one in found.removed],
                "Ninguna unidad se suprime.",
                "Quién sucede a una unidad se registra en «Divisiones y fusiones»; una "
                "sucesora probable se deduce de las funciones y del nombre.",
            ),
            Table(
                "movidas",
                "Unidades que cambian de superior",
                columns("Unidad", "Dependía de", "Depende ahora de"),
                [
                    row(now(one.unit), before(one.old_parent), now(one.new_parent))
                    for one in found.moved
                ],
                "Ninguna otra unidad cambia de superior.",
            ),
            Table(
                "nuevas",
                "Unidades nuevas",
                columns("Unidad", "Depende de"),
                [row(now(one.unit), now(one.new_parent)) for one in found.new],
                "No hay unidades nuevas.",
            ),
            Table(
                "niveles",
                "Unidades fuera de su nivel acostumbrado",
                columns("Unidad", "Depende de", "Observación"),
                [
                    row(now(one.unit), now(one.parent), level_said(one))
                    for one in found.levels
                ],
                "Ninguna unidad se salta un nivel.",
                "Lo acostumbrado es lo que muestra la edición base.",
            ),
        ],
    )


def _removed(one: RemovedUnit) -> list[Cell]:
    heirs = [
        heir.unit.said
        if heir.stated
        else f"probable: {heir.unit.said} ({heir.confidence:.0%})"
        for heir in one.heirs
    ]
    if heirs and not one.has_stated_heir:
        heirs.append("ninguna registrada")
    below = []
    if one.removed_below:
        below.append(f"Se suprimen también: {listed(one.removed_below, old=True)}.")
    places: dict[str, list[UnitRef]] = {}
    for hung in one.rehung_below:
        place = hung.new_parent.said if hung.new_parent else "ninguna"
        places.setdefault(place, []).append(hung.unit)
    for place, units in places.items():
        below.append(f"Pasan a depender de {place}: {listed(units)}.")
    return row(
        before(one.unit),
        "; ".join(heirs) or "Ninguna registrada.",
        " ".join(below) or "Ninguna.",
        _own_functions(one),
    )


def _own_functions(one: RemovedUnit) -> str:
    counts = one.functions
    if not sum(counts.values()):
        return "No tenía."
    said = []
    if one.went_to:
        places = ", ".join(f"{number} en {unit.code}" for unit, number in one.went_to)
        said.append(f"{counts[MOVED]} siguen en otra unidad ({places})")
    if counts[LIKELY]:
        said.append(f"{counts[LIKELY]} con una parecida")
    if counts[WITHOUT]:
        said.append(f"{counts[WITHOUT]} sin lugar")
    if counts[CLOSING]:
        said.append(f"{counts[CLOSING]} de cierre")
    return f"{sum(counts.values())}: {', '.join(said)}."


def level_said(one: LevelFinding) -> str:
    """Which levels it skips, or that it hangs from none above its own."""
    if one.skipped:
        text = f"Se salta {', '.join(one.skipped)}."
    else:
        text = f"Depende de una unidad de nivel {one.parent_kind}, no superior al suyo."
    if one.superior_gone:
        text += " Su superior anterior se suprime."
    if one.precedents:
        cases = counted(one.precedents, "caso igual", "casos iguales")
        text += f" En la base hay {cases}."
    return text
