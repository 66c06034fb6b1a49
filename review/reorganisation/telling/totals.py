"""The tables of totals. Pure."""

from __future__ import annotations

from review.reorganisation.effect import Count, Effect, UnitRef
from review.reorganisation.tables import Cell, Section, Table, columns, now, row


def totals(effect: Effect) -> Section:
    """Before and after: by branch, then by level."""
    found = effect.totals
    rows = [_counted("Toda la edición", found.all)]
    if found.root is not None:
        rows.append(_counted(_branch(found.root[0]), found.root[1]))
    rows += [_counted(_branch(unit), count) for unit, count in found.branches]
    return Section(
        "totales",
        "Totales",
        [
            Table(
                "por-rama",
                "Por rama: cada unidad que depende de la raíz, con las suyas",
                columns(
                    "Rama",
                    "Unidades antes#",
                    "Unidades después#",
                    "Funciones antes#",
                    "Funciones después#",
                    "Incisos antes#",
                    "Incisos después#",
                ),
                rows,
            ),
            Table(
                "unidades-por-nivel",
                "Unidades por nivel",
                columns("Nivel", "Antes#", "Después#", "Diferencia#"),
                [
                    row(kind, before, after, _signed(after - before))
                    for kind, before, after in found.kinds
                ],
            ),
        ],
        "No se cuentan plazas ni puestos: el manual no los tiene.",
    )


def _counted(name: str | Cell, count: Count) -> list[Cell]:
    return row(name, *count.units, *count.functions, *count.items)


def _branch(unit: UnitRef) -> Cell:
    if unit.new_code is None:
        return Cell(f"{unit.was} (se suprime)", unit, old=True)
    return now(unit)


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "0"
