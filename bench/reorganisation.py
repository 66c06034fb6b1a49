"""Time of the effect of a reorganisation on the real manual; at most 1 s."""

from __future__ import annotations

import sys
from dataclasses import replace

from bench.compare import KINDS, best, with_other_keys
from bench.support import source
from exchange.document import Document
from exchange.importers.text import read_bytes
from review.reorganisation import effect_of, textformat

ALLOWED = 1.0  # seconds of processor, in the best round


def main() -> None:
    path = source()
    old = read_bytes(path.read_bytes(), source_name=path.name, kinds=KINDS).document
    functions = sum(len(unit.functions) for unit in old.units)
    print(f"source {path.name}: {len(old.units)} units, {functions} functions")
    slowest = 0.0
    for name, new in (
        ("nothing changed", old),
        ("a branch removed, codes follow", _reorganised(old)),
        ("all functions typed anew", _typed_anew(old)),
        ("every unit removed but the root", replace(old, units=old.units[:1])),
        ("no shared keys", with_other_keys(_reorganised(old))),
    ):
        wall, processor = best(lambda new=new: effect_of(old, new))
        slowest = max(slowest, processor)
        print(f"{name}: {wall * 1000:.0f} ms ({processor * 1000:.0f} ms of processor)")
    effect = effect_of(old, _reorganised(old))
    wall, processor = best(lambda: textformat.dumps(effect))
    print(f"as text: {wall * 1000:.0f} ms ({processor * 1000:.0f} ms of processor)")
    if slowest > ALLOWED:
        sys.exit(f"more than {ALLOWED:.0f} s")


def _reorganised(old: Document) -> Document:
    """Without the first branch; the codes of the others follow, units are renamed."""
    branch = old.units[1].code
    kept = [one for one in old.units if not f"{one.code}.".startswith(f"{branch}.")]
    codes = {one.code: f"9{one.code[1:]}" for one in kept}
    units = [
        replace(
            unit,
            code=codes[unit.code],
            parent_code=codes.get(unit.parent_code),
            name=f"{unit.name} y Proyectos" if at % 4 == 1 else unit.name,
        )
        for at, unit in enumerate(kept)
    ]
    return replace(old, units=units)


def _typed_anew(old: Document) -> Document:
    """The same units with the same texts under other keys: each is sought."""
    fresh = with_other_keys(old)
    units = [
        replace(unit, functions=new.functions)
        for unit, new in zip(old.units, fresh.units, strict=True)
    ]
    return replace(old, units=units)


if __name__ == "__main__":
    main()
