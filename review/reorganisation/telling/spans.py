"""The tables of span of control and depth. Pure."""

from __future__ import annotations

from review.reorganisation.effect import Effect, KindSpan, SpanChange, SpanSide
from review.reorganisation.tables import Cell, Section, Table, columns, listed, now, row
from review.reorganisation.thresholds import NARROW_SOURCE, WIDE, WIDE_SOURCE


def spans(effect: Effect) -> Section:
    """Both editions measured, and the units that changed or stand out."""
    old, new = effect.spans.old, effect.spans.new
    sizes = sorted({*old.spans, *new.spans})
    depths = sorted({*old.levels, *new.levels})
    return Section(
        "tramo",
        "Tramo de control y profundidad",
        [
            Table(
                "medidas",
                "Medidas",
                columns("Medida", "Antes#", "Después#"),
                [
                    row("Unidades con subordinadas", old.heads, new.heads),
                    row("Subordinadas directas, promedio", old.mean, new.mean),
                    row("Subordinadas directas, mediana", old.median, new.median),
                    row("Subordinadas directas, máximo", old.greatest, new.greatest),
                    row("Niveles de la estructura", old.depth, new.depth),
                ],
            ),
            Table(
                "maximo",
                "Unidades con más subordinadas directas",
                columns("Edición", "Subordinadas directas#", "Unidades"),
                [
                    row(effect.old.edition, old.greatest, listed(old.widest, old=True)),
                    row(effect.new.edition, new.greatest, listed(new.widest)),
                ],
            ),
            Table(
                "tramos",
                "Unidades por número de subordinadas directas",
                columns("Subordinadas directas", "Antes#", "Después#"),
                [
                    row(
                        size or "Ninguna",
                        old.spans.get(size, 0),
                        new.spans.get(size, 0),
                    )
                    for size in sizes
                ],
            ),
            Table(
                "profundidad",
                "Unidades por profundidad",
                columns("Nivel, desde la unidad raíz", "Antes#", "Después#"),
                [
                    row(depth, old.levels.get(depth, 0), new.levels.get(depth, 0))
                    for depth in depths
                ],
            ),
            Table(
                "por-nivel",
                "Subordinadas directas por nivel jerárquico",
                columns(
                    "Nivel",
                    "Unidades",
                    "Con subordinadas",
                    "Promedio",
                    "Mediana",
                    "Máximo",
                    "Profundidad",
                ),
                _by_kind(old, new),
                help="Antes → después; una sola cifra donde no cambia.",
            ),
            Table(
                "tramo-cambia",
                "Unidades cuyo tramo de control cambia",
                columns("Unidad", "Antes#", "Después#"),
                [_span(one) for one in effect.spans.changed],
                "Ninguna unidad cambia de número de subordinadas.",
            ),
            Table(
                "una-subordinada",
                "Unidades con una sola subordinada",
                columns("Unidad", "Antes#", "Después#"),
                [_span(one) for one in effect.spans.single],
                "Ninguna unidad tiene una sola subordinada.",
                NARROW_SOURCE,
            ),
            Table(
                "tramo-amplio",
                f"Unidades con más de {WIDE} subordinadas directas",
                columns("Unidad", "Antes#", "Después#"),
                [_span(one) for one in effect.spans.wide],
                f"Ninguna unidad tiene más de {WIDE} subordinadas directas.",
                WIDE_SOURCE,
            ),
        ],
        "Se cuentan unidades, no plazas. Los umbrales son sugerencias: nada se impide "
        "por ellos.",
    )


def _by_kind(old: SpanSide, new: SpanSide) -> list[list[Cell]]:
    """A row for each level, those that stand highest first."""
    sides = [{one.kind: one for one in side.kinds} for side in (old, new)]
    return [
        row(
            kind,
            *(
                _both(*(_figure(side.get(kind), name) for side in sides))
                for name in ("units", "heads", "mean", "median", "greatest", "depths")
            ),
        )
        for kind in dict.fromkeys([*sides[0], *sides[1]])
    ]


def _figure(one: KindSpan | None, name: str) -> str:
    if one is None:
        return "—"
    if name != "depths":
        return f"{getattr(one, name):g}"
    if one.shallowest == one.deepest:
        return f"{one.deepest}"
    return f"{one.shallowest} a {one.deepest}"


def _both(before: str, now: str) -> str:
    return now if before == now else f"{before} → {now}"


def _span(one: SpanChange) -> list[Cell]:
    return row(now(one.unit), "nueva" if one.old is None else one.old, one.new)
