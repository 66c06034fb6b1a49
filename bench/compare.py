"""Time of comparing two whole editions, with shared keys and without."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bench.support import DEMO, source
from exchange.document import Chapter, Document, Function
from exchange.importers.text import read_bytes
from review.compare import apply, compare

ROUNDS = 9
KINDS = (
    ("Dirección", "Direcciones"),
    ("Unidad", "Unidades"),
    ("Coordinación", "Coordinaciones"),
    ("División", "Divisiones"),
    ("Subjefatura", "Subjefaturas"),
)
_REWORDED, _GONE, _NEW = 0.10, 0.01, 0.01  # shares of the functions


def main() -> None:
    path = source()
    old = read_bytes(path.read_bytes(), source_name=path.name, kinds=KINDS).document
    if path == DEMO:
        _fill(old, 20)
    edited = _edited(old, random.Random(8))  # noqa: S311 - the same edits every time
    functions = sum(len(unit.functions) for unit in old.units)
    print(f"source {path.name}: {len(old.units)} units, {functions} functions")
    for name, new in (
        ("nothing changed, keys shared", old),
        ("nothing changed, no shared keys", with_other_keys(old)),
        ("edited, keys shared", edited),
        ("edited, no shared keys", with_other_keys(edited)),
    ):
        wall, processor = best(lambda new=new: compare(old, new))
        if apply(old, compare(old, new)) != new:
            raise SystemExit(f"{name}: applying the comparison gives something else")
        print(f"{name}: {wall * 1000:.0f} ms ({processor * 1000:.0f} ms of processor)")


def best(work: Callable[[], object]) -> tuple[float, float]:
    """The best of some rounds: seconds by the clock and of the processor."""
    walls, processors = [], []
    for _round in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return min(walls), min(processors)


def _fill(document: Document, least: int) -> None:
    """Give every unit so many functions, in words of the others."""
    texts = [one.text for unit in document.units for one in unit.functions]
    for at, unit in enumerate(document.units):
        for number in range(len(unit.functions), least):
            text = texts[(at * 31 + number * 7) % len(texts)]
            unit.functions.append(Function(f"{text[:-1]} ({at}-{number})."))


def _edited(old: Document, dice: random.Random) -> Document:
    """A later edition: texts and chapters reworded, units renamed and moved."""
    units = []
    for unit in old.units:
        functions = []
        for one in unit.functions:
            if dice.random() < _GONE:
                continue
            if dice.random() < _NEW:
                key = UUID(int=dice.getrandbits(128))
                functions.append(Function(f"Atender asuntos nuevos {key}.", key))
            if dice.random() < _REWORDED:
                one = replace(one, text=_reworded(one.text, dice))
            functions.append(one)
        name = f"{unit.name} y Proyectos" if dice.random() < 0.05 else unit.name
        units.append(replace(unit, name=name, functions=functions))
    chapters = [_reworded_chapter(chapter, dice) for chapter in old.chapters]
    return replace(old, units=units, chapters=chapters)


def _reworded(text: str, dice: random.Random) -> str:
    words = text.split(" ")
    at = dice.randrange(len(words))
    words[at : at + 2] = ["con", "apego", "a", "lo", "dispuesto"]
    return " ".join(words)


def _reworded_chapter(chapter: Chapter, dice: random.Random) -> Chapter:
    lines = chapter.body.split("\n")
    at = dice.randrange(len(lines))
    lines[at] += " Lo anterior se revisará cada año." if lines[at] else ""
    return replace(chapter, body="\n".join(lines))


def with_other_keys(document: Document) -> Document:
    def copied(functions: list[Function]) -> list[Function]:
        return [Function(one.text, items=copied(one.items)) for one in functions]

    return replace(
        document,
        units=[
            replace(unit, key=UUID(int=at + 1), functions=copied(unit.functions))
            for at, unit in enumerate(document.units)
        ],
    )


if __name__ == "__main__":
    main()
