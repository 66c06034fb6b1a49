"""The effect in numbers, and in the few sentences that a director reads. Pure."""

from __future__ import annotations

from review.reorganisation.effect import (
    BY_CHAPTER,
    CLOSING,
    LIKELY,
    MOVED,
    WITHOUT,
    Effect,
)
from review.reorganisation.thresholds import WIDE


def summary(effect: Effect) -> dict[str, int]:
    """How much there is of each kind of finding."""
    structure, numbering = effect.structure, effect.numbering
    functions, items = effect.homes.counts["functions"], effect.homes.counts["items"]
    return {
        "new": len(structure.new),
        "removed": len(structure.removed),
        "without_heir": len(structure.without_heir),
        "orphans": len(structure.orphans),
        "rehung": len(structure.rehung),
        "moved": len(structure.moved),
        "levels": len(structure.levels),
        **{f"functions_{name}": number for name, number in functions.items()},
        **{f"items_{name}": number for name, number in items.items()},
        "spans_changed": len(effect.spans.changed),
        "single": len(effect.spans.single),
        "wide": len(effect.spans.wide),
        "codes": len(numbering.units),
        "codes_by_chapter": sum(one.cause == BY_CHAPTER for one in numbering.units),
        "function_numbers": sum(one.functions for one in numbering.functions),
        "item_labels": sum(len(one.items) for one in numbering.functions),
        "citations": len(numbering.citations),
        "charts_without_unit": len(numbering.charts_without_unit),
    }


def counted(number: int, one: str, many: str) -> str:
    """``1 unidad``, ``1,960 funciones``."""
    return f"{number:,} {one if number == 1 else many}"


def sentences(effect: Effect) -> list[str]:
    """The effect in few words, most important first; what there is none of is said."""
    if effect.is_none:
        return ["Nada cambia en la estructura, los lugares, los códigos y los números."]
    return [
        _units(effect),
        _superiors(effect),
        _functions(effect),
        _spans(effect),
        _numbers(effect),
    ]


def _units(effect: Effect) -> str:
    counts = summary(effect)
    said = _those(
        (counts["removed"], "se suprime", "se suprimen"),
        (counts["new"], "es nueva", "son nuevas"),
        (
            counts["moved"] + counts["rehung"],
            "cambia de unidad superior",
            "cambian de unidad superior",
        ),
    )
    text = _total("Unidades", effect.totals.all.units, said)
    if counts["without_heir"]:
        text += (
            f" Sin sucesora registrada: {counts['without_heir']:,} de las "
            f"{counts['removed']:,} que se suprimen."
        )
    return text


def _those(*numbers: tuple[int, str, str]) -> list[str]:
    """What there is at least one of."""
    return [counted(*number) for number in numbers if number[0]]


def _total(title: str, numbers: tuple[int, int], said: list[str]) -> str:
    before, now = numbers
    how_many = f"de {before:,} a {now:,}" if before != now else f"{now:,}, como antes"
    return f"{title}: {'; '.join((how_many, ', '.join(said) or 'ninguna cambia'))}."


def _superiors(effect: Effect) -> str:
    counts = summary(effect)
    text = "Ninguna unidad queda sin superior."
    if counts["orphans"]:
        text = counted(
            counts["orphans"],
            "unidad queda sin superior.",
            "unidades quedan sin superior.",
        )
    if counts["rehung"]:
        hung = counted(
            counts["rehung"],
            "unidad cuya superior se suprime depende",
            "unidades cuya superior se suprime dependen",
        )
        text += f" {hung} ahora de otra."
    if counts["levels"]:
        levels = counted(counts["levels"], "unidad queda", "unidades quedan")
        text += f" {levels} fuera de su nivel acostumbrado."
    return text


def _functions(effect: Effect) -> str:
    functions, items = effect.homes.counts["functions"], effect.homes.counts["items"]
    written_anew = sum(
        one.home.new_there and not one.is_item for one in effect.homes.of(LIKELY)
    )
    said = _those(
        (functions[WITHOUT], "queda sin lugar", "quedan sin lugar"),
        (functions[MOVED], "cambia de unidad", "cambian de unidad"),
        (
            written_anew,
            "se escribió de nuevo en otro lugar",
            "se escribieron de nuevo en otro lugar",
        ),
        (
            functions[LIKELY] - written_anew,
            "se elimina y otra unidad ya tenía la misma",
            "se eliminan y otra unidad ya tenía la misma",
        ),
        (
            functions[CLOSING],
            "de cierre («Las demás…») se elimina",
            "de cierre («Las demás…») se eliminan",
        ),
    )
    if not functions[WITHOUT]:
        said.insert(0, "ninguna queda sin lugar")
    text = _total("Funciones", effect.totals.all.functions, said)
    if items[WITHOUT]:
        items_said = counted(items[WITHOUT], "inciso", "incisos")
        text += f" También quedan sin lugar {items_said}."
    return text


def _spans(effect: Effect) -> str:
    old, new = effect.spans.old, effect.spans.new
    text = (
        "Subordinadas directas por unidad: "
        f"{_from_to(old.mean, new.mean)} en promedio y "
        f"{_from_to(old.greatest, new.greatest)} como máximo. "
        f"Niveles: {_from_to(old.depth, new.depth)}."
    )
    if effect.spans.wide:
        wide = counted(len(effect.spans.wide), "unidad tiene", "unidades tienen")
        text += f" {wide} más de {WIDE}."
    return text


def _from_to(before: float, now: float) -> str:
    if before == now:
        return f"{now:g} (igual)"
    return f"{now:g} (antes {before:g})"


def _numbers(effect: Effect) -> str:
    counts = summary(effect)
    codes, numbers = counts["codes"], counts["function_numbers"]
    changed = _those(
        (codes, "código de unidad", "códigos de unidad"),
        (numbers, "número de función", "números de función"),
    )
    if not changed:
        text = "Ningún código ni número cambia."
    else:
        verb = "Cambia" if codes + numbers == 1 else "Cambian"
        text = f"{verb} {' y '.join(changed)}."
    if counts["citations"]:
        cited = counted(counts["citations"], "vez", "veces")
        text += f" La edición nueva usa {cited} un nombre o un código anterior."
    return text
