"""The tables of what becomes of the functions. Pure."""

from __future__ import annotations

from review.reorganisation.effect import (
    CLOSING,
    KEPT,
    LIKELY,
    MOVED,
    WITHOUT,
    Effect,
    Fate,
    Home,
)
from review.reorganisation.tables import Cell, Section, Table, before, columns, now, row

OUTCOMES = {
    KEPT: "Siguen en su unidad",
    MOVED: "Cambiaron de unidad",
    LIKELY: "Eliminadas; hay una casi igual",
    WITHOUT: "Sin lugar",
    CLOSING: "De cierre de la lista («Las demás…»)",
}
_LIKELY = columns(
    "Unidad en la base", "Número", "Parecida en", "Su número", "Parecido#", "Texto"
)


def homes(effect: Effect) -> Section:
    """The account of all functions, then those that are not in their unit now."""
    found = effect.homes
    functions, items = found.counts["functions"], found.counts["items"]
    likely = found.of(LIKELY)
    return Section(
        "funciones",
        "Funciones de la edición base",
        [
            Table(
                "cuentas",
                "Cada función de la base, contada una sola vez",
                columns("Qué fue de ella", "Funciones#", "Incisos#"),
                [
                    row(text, functions[name], items[name])
                    for name, text in OUTCOMES.items()
                ],
            ),
            Table(
                "sin-lugar",
                "Funciones sin lugar",
                columns("Unidad en la base", "Número", "Texto"),
                [row(_of_unit(one), one.label, one.text) for one in found.of(WITHOUT)],
                "Ninguna función queda sin lugar.",
                "No están en la edición nueva, ni hay en ella un texto casi igual.",
                grouped=True,
            ),
            Table(
                "nuevo-lugar",
                "Funciones con un nuevo lugar probable",
                _LIKELY,
                [_likely(one) for one in likely if one.home.new_there],
                "Ninguna función se volvió a escribir en otro lugar.",
                "Se eliminaron, y la edición nueva tiene un texto nuevo casi igual.",
                grouped=True,
            ),
            Table(
                "comunes",
                "Funciones que otra unidad ya tenía",
                _LIKELY,
                [_likely(one) for one in likely if not one.home.new_there],
                "Ninguna función eliminada es común con otra unidad.",
                "Se eliminaron, y desde la base otra unidad tiene un texto casi igual. "
                "Compruebe si aquella cubre también lo que hacía esta.",
                grouped=True,
            ),
            Table(
                "cambian-de-unidad",
                "Funciones que cambiaron de unidad",
                columns(
                    "Unidad en la base",
                    "Número",
                    "Unidad ahora",
                    "Número ahora",
                    "Texto",
                ),
                [
                    row(
                        _of_unit(one),
                        one.label,
                        now(one.home.unit),
                        one.home.label,
                        one.text,
                    )
                    for one in found.of(MOVED)
                ],
                "Ninguna función cambió de unidad.",
                grouped=True,
            ),
        ],
    )


def _likely(one: Fate) -> list[Cell]:
    return row(
        _of_unit(one),
        one.label,
        now(one.home.unit),
        one.home.label,
        _likeness(one.home),
        one.text,
    )


def _likeness(home: Home) -> str:
    return "igual" if home.likeness == 1 else f"{home.likeness:.0%}"


def _of_unit(one: Fate) -> Cell:
    cell = before(one.unit)
    if not one.unit_removed:
        return cell
    return Cell(f"{cell.text} (se suprime)", one.unit, old=True)
