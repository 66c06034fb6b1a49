"""The effect as one CSV table for a spreadsheet: a row for each thing that happens.

No cell can be taken for a formula: a spreadsheet runs what begins with one of a few
signs, and the texts of a manual come from anybody who edits. Pure.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from review.reorganisation.effect import (
    Effect,
    Fate,
    Rehung,
    SpanChange,
    UnitRef,
)
from review.reorganisation.tables import listed
from review.reorganisation.telling.homes import OUTCOMES
from review.reorganisation.telling.numbering import why
from review.reorganisation.telling.structure import level_said

COLUMNS = (
    "apartado",
    "hallazgo",
    "identificador de la unidad",
    "código anterior",
    "código nuevo",
    "unidad",
    "número anterior",
    "número nuevo",
    "texto",
    "código de la otra unidad",
    "otra unidad",
    "parecido",
    "detalle",
)
# What spreadsheets take for the beginning of a formula, wide forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Row = dict[str, str]


def dumps(effect: Effect) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    lines = io.StringIO()
    rows = csv.DictWriter(lines, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    rows.writerows(
        {name: safe(value) for name, value in row.items()} for row in _rows(effect)
    )
    return lines.getvalue().encode("utf-8-sig")


def safe(value: str) -> str:
    """The value as text, whatever it begins with."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value


def _rows(effect: Effect) -> Iterator[Row]:
    yield from _structure(effect)
    yield from map(_fate, effect.homes.fates)
    yield from _spans(effect)
    yield from _numbering(effect)


def _row(part: str, what: str, unit: UnitRef | None = None) -> Row:
    row = {"apartado": part, "hallazgo": what}
    if unit is not None:
        row |= {
            "identificador de la unidad": str(unit.key),
            "código anterior": unit.old_code or "",
            "código nuevo": unit.new_code or "",
            "unidad": unit.name,
        }
    return row


def _other(unit: UnitRef | None) -> Row:
    if unit is None:
        return {}
    return {"código de la otra unidad": unit.code, "otra unidad": unit.name}


def _structure(effect: Effect) -> Iterator[Row]:
    found = effect.structure
    for unit in found.orphans:
        yield _row("unidades", "sin superior", unit)
    for one in found.rehung:
        yield _hung("su superior se suprime", one)
    for removed in found.removed:
        heirs = [heir.unit for heir in removed.heirs if heir.stated]
        row = _row("unidades", "se suprime", removed.unit)
        row |= _other(removed.parent)
        row["detalle"] = f"sucesora: {listed(heirs) or 'ninguna registrada'}"
        yield row
    for one in found.moved:
        yield _hung("cambia de superior", one)
    for one in found.new:
        yield _row("unidades", "nueva", one.unit) | _other(one.new_parent)
    for level in found.levels:
        row = _row("unidades", "fuera de nivel", level.unit) | _other(level.parent)
        yield row | {"detalle": level_said(level)}


def _hung(what: str, one: Rehung) -> Row:
    row = _row("unidades", what, one.unit) | _other(one.new_parent)
    if one.old_parent is not None:
        row["detalle"] = f"dependía de {one.old_parent.was}"
    return row


def _fate(one: Fate) -> Row:
    row = _row("funciones", OUTCOMES[one.outcome].lower(), one.unit)
    row |= {"número anterior": one.label, "texto": one.text}
    if one.home is not None:
        row |= _other(one.home.unit)
        row["número nuevo"] = one.home.label
        if one.home.likeness < 1:
            row["detalle"] = one.home.text
        row["parecido"] = f"{one.home.likeness:.2f}"
    return row


def _spans(effect: Effect) -> Iterator[Row]:
    for what, found in (
        ("tramo de control cambia", effect.spans.changed),
        ("una sola subordinada", effect.spans.single),
        ("tramo amplio", effect.spans.wide),
    ):
        for one in found:
            yield _row("tramo de control", what, one.unit) | _from_to(one)


def _from_to(one: SpanChange) -> Row:
    old = "nueva" if one.old is None else str(one.old)
    return {"número anterior": old, "número nuevo": str(one.new)}


def _numbering(effect: Effect) -> Iterator[Row]:
    part, found = "numeración", effect.numbering
    for one in found.units:
        yield _row(part, "código", one.unit) | {"detalle": why(one)}
    for unit in found.functions:
        for run in unit.runs:
            for number in range(run.first, run.last + 1):
                yield _row(part, "función", unit.unit) | {
                    "número anterior": f"{number}.",
                    "número nuevo": f"{number + run.now - run.first}.",
                }
        for old, new in unit.items:
            yield _row(part, "inciso", unit.unit) | {
                "número anterior": old,
                "número nuevo": new,
            }
    for citation in (*found.citations, *found.charts_without_unit):
        row = _row(part, "mención anterior", citation.unit) | _other(citation.about)
        yield row | {
            "texto": citation.excerpt or citation.said,
            "detalle": f"{citation.where}: «{citation.said}»; hoy: "
            f"{citation.now or 'ya no existe'}",
        }
