"""What became of units: names, levels, parents, codes, and their order."""

from dataclasses import replace

import pytest

from exchange.document import Document
from review.compare import compare
from tests.review.compare.building import edition, function, key, unit, units_by_code


def tree(chapter: int = 8) -> Document:
    """8.1 (root), 8.2 with 8.2.1 and 8.2.2, 8.3 with 8.3.1."""
    c = chapter
    return edition(
        unit(f"{c}.1", "Dirección de Ingresos", of="root"),
        unit(f"{c}.2", "Unidad de Cobro", of="cobro"),
        unit(f"{c}.2.1", "División de Avisos", function("f", "Avisar."), of="avisos"),
        unit(f"{c}.2.2", "División de Embargos", of="embargos"),
        unit(f"{c}.3", "Unidad de Afiliación", of="afiliación"),
        unit(f"{c}.3.1", "División de Altas", of="altas"),
        chapter=c,
    )


def edited(old: Document, which: str, **fields) -> Document:
    return replace(
        old,
        units=[
            replace(one, **fields) if one.key == key(which) else one
            for one in old.units
        ],
    )


def became(old: Document, new: Document, code: str) -> list[str]:
    return units_by_code(compare(old, new))[code].changes


def test_an_unchanged_unit_is_the_same():
    assert became(tree(), tree(), "8.2.1") == ["same"]


def test_a_renamed_unit_says_so_with_a_redline():
    change = units_by_code(
        compare(tree(), edited(tree(), "avisos", name="División de Avisos y Pagos"))
    )["8.2.1"]
    assert change.changes == ["renamed"]
    assert change.name_redline[-1] == ("+", " y Pagos")
    assert change.name_weight == "substantive"


def test_a_name_in_other_capitals_is_renamed_cosmetically():
    change = units_by_code(
        compare(tree(), edited(tree(), "avisos", name="División de avisos"))
    )["8.2.1"]
    assert (change.changes, change.name_weight) == (["renamed"], "cosmetic")


def test_a_unit_that_rises_a_level_is_known_to_keep_the_rest_of_its_name():
    new = edited(tree(), "avisos", name="Coordinación de Avisos", kind="Coordinación")
    change = units_by_code(compare(tree(), new))["8.2.1"]
    assert change.changes == ["renamed", "kind"]
    assert change.only_level_renamed is True


def test_a_unit_of_another_level_with_another_name_is_both():
    new = edited(tree(), "avisos", name="Coordinación de Pagos", kind="Coordinación")
    change = units_by_code(compare(tree(), new))["8.2.1"]
    assert change.changes == ["renamed", "kind"]
    assert change.only_level_renamed is False


def test_another_number_of_the_chapter_renumbers_every_unit_and_nothing_else():
    comparison = compare(tree(8), tree(7))
    assert {tuple(one.changes) for one in comparison.units} == {("renumbered",)}
    assert {one.renumbering for one in comparison.units} == {"chapter"}
    assert not any(one.differs for one in comparison.units)


def test_a_unit_with_another_parent_has_moved_and_its_children_follow():
    old = tree()
    moved = {"8.3": "8.2.3", "8.3.1": "8.2.3.1"}
    new = replace(
        old,
        units=[
            replace(
                one,
                code=moved.get(one.code, one.code),
                parent_code={"8.3": "8.2", "8.3.1": "8.2.3"}.get(
                    one.code, one.parent_code
                ),
            )
            for one in old.units
        ],
    )
    found = units_by_code(compare(old, new))
    assert found["8.2.3"].changes == ["moved", "renumbered"]
    assert found["8.2.3"].renumbering == "own"
    assert found["8.2.3.1"].changes == ["renumbered"]
    assert found["8.2.3.1"].renumbering == "parent"


def test_a_unit_below_a_new_parent_that_took_its_parents_place_has_moved():
    old = tree()
    new = replace(
        old,
        units=[
            replace(one, key=key("otra")) if one.key == key("cobro") else one
            for one in old.units
        ],
    )
    found = compare(old, new)
    assert units_by_code(found)["8.2.1"].changes == ["moved"]
    assert [one.changes for one in found.units if one.side.code == "8.2"] == [
        ["suppressed"],
        ["new"],
    ]


def test_a_root_that_gets_a_parent_has_moved():
    old = edition(unit("8.1", "Dirección", of="root"))
    new = edition(
        unit("8.1", "Secretaría", of="over"),
        unit("8.2", "Dirección", of="root"),
    )
    assert became(old, new, "8.2") == ["moved", "renumbered"]


def test_suppressed_units_stand_after_their_old_predecessor():
    old = tree()
    new = replace(
        old,
        units=[one for one in old.units if one.code not in ("8.2.1", "8.2.2", "8.3.1")],
    )
    assert [(one.side.code, one.changes) for one in compare(old, new).units] == [
        ("8.1", ["same"]),
        ("8.2", ["same"]),
        ("8.2.1", ["suppressed"]),
        ("8.2.2", ["suppressed"]),
        ("8.3", ["same"]),
        ("8.3.1", ["suppressed"]),
    ]


def test_units_that_change_places_are_reordered_those_that_shift_are_not():
    old = tree()
    first, second = old.units[2], old.units[3]
    new = replace(
        old,
        units=[
            *old.units[:2],
            unit("8.2.1", "División de Bienes", of="bienes"),
            replace(second, code="8.2.2"),
            replace(first, code="8.2.3"),
            *old.units[4:],
        ],
    )
    found = {one.key: one.reordered for one in compare(old, new).units}
    assert sorted(found.values()) == [False] * 6 + [True]
    assert found[first.key] is not found[second.key]


@pytest.mark.parametrize(
    ("field", "value"),
    [("positions", ["A", "B"]), ("printed_code", "8.2.9"), ("printed_page", 40)],
)
def test_further_data_of_a_unit_are_listed(field, value):
    old, new = tree(), edited(tree(), "avisos", **{field: value})
    change = units_by_code(compare(old, new))["8.2.1"]
    assert change.changes == ["same"]
    assert list(change.fields) == [field]
    assert change.fields[field][1] == value
    assert change.differs is (field == "positions")


def test_an_objective_has_its_redline_and_weight():
    old = edited(tree(), "avisos", objective="Avisar a tiempo.")
    new = edited(tree(), "avisos", objective="Avisar siempre a tiempo.")
    change = units_by_code(compare(old, new))["8.2.1"]
    assert change.objective.weight == "substantive"
    assert ("+", " siempre") in change.objective.redline
    assert change.differs is True


def test_two_units_with_one_key_are_refused():
    twice = edition(unit("8.1", "Dirección", of="a"), unit("8.2", "Unidad", of="a"))
    with pytest.raises(ValueError, match="two units have the key"):
        compare(tree(), twice)


def test_two_functions_with_one_key_are_refused():
    twice = edition(
        unit("8.1", "Dirección", function("f", "Uno."), function("f", "Dos."))
    )
    with pytest.raises(ValueError, match="two functions have the key"):
        compare(twice, tree())


def test_a_branch_holds_what_hangs_from_a_unit_in_either_edition():
    old = tree()
    new = replace(
        old,
        units=[
            replace(one, code="8.3.2", parent_code="8.3")
            if one.code == "8.2.1"
            else one
            for one in old.units
            if one.code != "8.2.2"
        ],
    )
    comparison = compare(old, new)
    codes = [one.side.code for one in comparison.under(key("cobro"))]
    assert sorted(codes) == ["8.2", "8.2.2", "8.3.2"]
    codes = [one.side.code for one in comparison.under(key("afiliación"))]
    assert sorted(codes) == ["8.3", "8.3.1", "8.3.2"]
