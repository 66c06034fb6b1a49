"""The real manual: a later fragment read onto it, and a division taken out of it."""

from copy import deepcopy
from dataclasses import replace
from functools import cache

from exchange.document import Document
from exchange.importers.text import read_bytes
from exchange.matching import match_onto
from review.reorganisation import effect_of
from review.reorganisation.effect import LIKELY
from tests.review.compare.test_demo import KINDS
from tests.review.reorganisation.building import RANKS
from tests.support import real_manual_path


def document(number: str) -> Document:
    path = real_manual_path(number)
    return read_bytes(path.read_bytes(), source_name=path.name, kinds=KINDS).document


@cache
def whole() -> Document:
    return document("002")


def later() -> Document:
    """002 with what 003 says of its one unit, and with chapter 7 for chapter 8."""
    fragment = document("003")
    match_onto(whole(), fragment, fragment=True)
    (said,) = fragment.units
    new = deepcopy(whole())
    for at, unit in enumerate(new.units):
        if unit.key == said.key:
            new.units[at] = replace(unit, functions=said.functions)
    for unit in new.units:
        unit.code = f"7{unit.code[1:]}"
        unit.parent_code = unit.parent_code and f"7{unit.parent_code[1:]}"
    new.edition.functions_chapter = 7
    return new


def test_a_fragment_that_rewords_one_unit_moves_nothing():
    effect = effect_of(whole(), later(), ranks=RANKS)
    assert effect.homes.counts["functions"]["kept"] == 1960
    assert effect.homes.counts["items"]["kept"] == 215
    assert effect.homes.fates == []
    assert effect.totals.all.units == (97, 97)
    structure = effect.structure
    assert not (structure.removed or structure.rehung or structure.moved)
    assert not (structure.new or structure.levels or effect.spans.changed)
    assert len(effect.numbering.units) == 97
    assert {one.cause for one in effect.numbering.units} == {"chapter"}
    assert effect.numbering.functions == effect.numbering.citations == []


def test_the_structure_of_the_manual_is_measured():
    spans = effect_of(whole(), whole()).spans.new
    assert (spans.units, spans.heads, spans.depth) == (97, 42, 5)
    assert spans.levels == {1: 1, 2: 5, 3: 16, 4: 37, 5: 38}
    assert spans.spans == {0: 55, 1: 8, 2: 20, 3: 9, 4: 4, 5: 1}
    kinds = {one.kind: one.units for one in spans.kinds}
    assert kinds == {
        "Dirección": 1,
        "Unidad": 3,
        "Coordinación": 10,
        "División": 32,
        "Subjefatura": 51,
    }


def test_a_division_taken_out_leaves_its_functions_without_a_place():
    """Read one by one: what is alike in other units is so word for word."""
    new = deepcopy(whole())
    new.units = [one for one in new.units if not one.code.startswith("8.2.1.1")]
    effect = effect_of(whole(), new, ranks=RANKS)
    assert effect.homes.counts["functions"] == {
        "kept": 1902,
        "moved": 0,
        "likely": 5,
        "without": 50,
        "closing": 3,
    }
    assert [
        (one.unit.old_code, one.path[0], one.home.unit.code, one.home.path[0])
        for one in effect.homes.of(LIKELY)
    ] == [
        ("8.2.1.1", 17, "8.2.1.3", 17),
        ("8.2.1.1", 18, "8.2.1", 14),
        ("8.2.1.1", 20, "8.4.3.2", 31),
        ("8.2.1.1.1", 17, "8.2.1.3.1", 9),
        ("8.2.1.1.2", 17, "8.2.1.3.1", 9),
    ]
    assert {one.home.likeness for one in effect.homes.of(LIKELY)} == {1.0}
    assert not any(one.home.new_there for one in effect.homes.of(LIKELY))
    assert len(effect.structure.without_heir) == 3


def test_two_coordinations_of_the_root_are_no_new_skipped_level():
    """8.5 and 8.6 always hung from the root; 8.4.2 would do so by this draft."""
    new = deepcopy(whole())
    for unit in new.units:
        for name in ("code", "parent_code"):
            code = getattr(unit, name) or ""
            if f"{code}.".startswith("8.4.2."):
                setattr(unit, name, f"8.7{code[5:]}")
        if unit.code == "8.7":
            unit.parent_code = "8.1"
    (level,) = effect_of(whole(), new, ranks=RANKS).structure.levels
    assert (level.unit.code, level.skipped, level.precedents) == ("8.7", ("Unidad",), 2)
