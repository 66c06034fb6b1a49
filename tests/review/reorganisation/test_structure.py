"""Units that lose their superior, go, come, move or stand below another level."""

from dataclasses import replace

from review.compare import Succession
from review.reorganisation import effect_of
from tests.review.compare.building import edition, key, unit
from tests.review.reorganisation.building import RANKS, at, base, changed, fill, without


def test_a_unit_hangs_elsewhere_because_its_superior_is_gone():
    old = base()
    moved = replace(at(old, "8.2.1.1.1"), code="8.2.1.2", parent_code="8.2.1")
    cites = replace(at(old, "8.2.1.2"), code="8.2.1.1")
    units = without(old, "8.2.1.1", "8.2.1.1.1", "8.2.1.2")
    effect = changed(*units[:3], cites, moved, *units[3:])
    (one,) = effect.structure.rehung
    assert one.unit.name == "Subjefatura de Envíos"
    assert (one.unit.old_code, one.unit.new_code) == ("8.2.1.1.1", "8.2.1.2")
    assert one.old_parent.was == "8.2.1.1 División de Correo"
    assert one.new_parent.said == "8.2.1 Coordinación de Avisos"
    assert not one.to_heir
    (level,) = effect.structure.levels
    assert (level.unit, level.usual, level.skipped) == (
        one.unit,
        "División",
        ("División",),
    )
    assert level.superior_gone
    assert level.precedents == 0
    assert effect.structure.moved == []


def test_a_unit_that_moves_while_its_superior_lives_did_not_lose_it():
    old = base()
    moved = replace(at(old, "8.2.1.2"), code="8.2.2.1", parent_code="8.2.2")
    units = without(old, "8.2.1.2")
    effect = changed(*units[:6], moved, units[6])
    assert effect.structure.rehung == []
    (one,) = effect.structure.moved
    assert one.old_parent.name == "Coordinación de Avisos"
    assert one.new_parent.name == "Coordinación de Pagos"
    assert effect.structure.levels == []


def test_a_removed_unit_tells_what_went_with_it():
    effect = changed(*without(base(), "8.2.1.1", "8.2.1.1.1"))
    division, sub = effect.structure.removed
    assert division.unit.was == "8.2.1.1 División de Correo"
    assert division.parent.name == "Coordinación de Avisos"
    assert [one.name for one in division.removed_below] == ["Subjefatura de Envíos"]
    assert sub.removed_below == division.rehung_below == []
    assert effect.structure.without_heir == [division, sub]
    assert division.functions == {
        "kept": 0,
        "moved": 0,
        "likely": 0,
        "without": 2,
        "closing": 1,
    }


def test_a_stated_successor_counts_and_a_probable_one_is_marked():
    old = base()
    heir = at(old, "8.2.1.2")
    kept, gone = at(old, "8.2.1.1"), ("8.2.1.1", "8.2.1.1.1", "8.2.1.2")
    joined = replace(
        heir, code="8.2.1.1", functions=[*heir.functions, *kept.functions[:2]]
    )
    units = without(old, *gone)
    units.insert(3, joined)
    stated = Succession("merged", (kept.key, heir.key), (heir.key,))
    for recorded in ((stated,), ()):
        effect = changed(*units, recorded=recorded)
        found = {one.unit.name: one for one in effect.structure.removed}
        division = found["División de Correo"]
        assert division.has_stated_heir is bool(recorded)
        assert [one.unit.name for one in division.heirs] == ["División de Citas"]
        assert not found["Subjefatura de Envíos"].has_stated_heir
        assert [(unit.name, n) for unit, n in division.went_to] == [
            ("División de Citas", 2)
        ]


def test_a_unit_may_hang_from_the_heir_of_its_superior():
    old = base()
    sub = replace(at(old, "8.2.1.1.1"), parent_code="8.2.1.1")
    heir = replace(at(old, "8.2.1.2"), code="8.2.1.1")
    gone = at(old, "8.2.1.1").key
    units = without(old, "8.2.1.1", "8.2.1.1.1", "8.2.1.2")
    effect = changed(
        *units[:3],
        heir,
        sub,
        *units[3:],
        recorded=[Succession("merged", (gone, heir.key), (heir.key,))],
    )
    (one,) = effect.structure.rehung
    assert one.to_heir
    assert effect.structure.levels == []


def test_a_level_is_skipped_only_where_the_draft_does_it():
    old = edition(
        unit("8.1", "Dirección de Pruebas"),
        unit("8.2", "Unidad A"),
        unit("8.2.1", "Coordinación A"),
        unit("8.2.2", "Coordinación B"),
        unit("8.3", "Coordinación C"),
    )
    same = effect_of(old, old, ranks=RANKS)
    assert same.structure.levels == []
    moved = replace(at(old, "8.2.2"), code="8.4", parent_code="8.1")
    effect = changed(*without(old, "8.2.2"), moved, old=old)
    (one,) = effect.structure.levels
    assert (one.unit.name, one.skipped) == ("Coordinación B", ("Unidad",))
    assert (one.precedents, one.superior_gone) == (1, False)


def test_a_new_unit_below_its_own_level_is_told():
    old = base()
    new = unit("8.2.2.1", "Unidad Nueva", *fill("z", "Ver."), parent_code="8.2.2")
    units = without(old)
    effect = changed(*units[:7], new, units[7])
    (one,) = effect.structure.levels
    assert one.skipped == ()
    assert one.parent_kind == "Coordinación"
    assert [hung.unit.name for hung in effect.structure.new] == ["Unidad Nueva"]


def test_levels_without_ranks_are_ordered_by_their_depth():
    old = base()
    moved = replace(at(old, "8.2.1.1.1"), code="8.2.2.1", parent_code="8.2.2")
    new = edition(*without(old, "8.2.1.1.1", "8.3"), moved, at(old, "8.3"))
    (one,) = effect_of(old, new).structure.levels
    assert one.skipped == ("División",)


def test_a_unit_whose_superior_is_nowhere_is_an_orphan():
    effect = changed(*without(base(), "8.2.1"))
    assert [one.code for one in effect.structure.orphans] == ["8.2.1.1", "8.2.1.2"]
    assert {one.new_parent for one in effect.structure.rehung} == {None}


def test_the_topmost_unit_of_a_fragment_is_no_orphan():
    old = base()
    fragment = old.branch("8.2.1")
    effect = effect_of(old, fragment, ranks=RANKS)
    assert effect.structure.orphans == []
    assert [one.unit.code for one in effect.structure.rehung] == ["8.2.1"]
    assert key("8.2.1") == effect.structure.rehung[0].unit.key
