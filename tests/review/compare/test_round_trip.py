"""Whatever was edited: applying the comparison to the old edition gives the new one."""

import json
from copy import deepcopy
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.compare import NotItsEdition, apply, compare
from review.compare.jsonformat import dumps
from review.compare.redline import new_text, old_text
from review.compare.summary import differs, summary
from tests.review.compare.editing import Author, every_function, with_other_keys

dice = st.integers(min_value=0, max_value=2**64).map(Random)
steps = st.integers(min_value=1, max_value=8)


def editions(dice: Random, steps: int):
    author = Author(dice)
    old = author.document()
    return old, author.revised(old, steps)


@given(dice, steps)
@settings(max_examples=200, deadline=None)
def test_applying_a_comparison_gives_the_new_edition(dice, steps):
    old, new = editions(dice, steps)
    before, after = deepcopy(old), deepcopy(new)
    assert apply(old, compare(old, new)) == new
    assert (old, new) == (before, after)


@given(dice, steps)
@settings(max_examples=100, deadline=None)
def test_it_does_so_for_independent_imports_too(dice, steps):
    old, new = editions(dice, steps)
    new = with_other_keys(new)
    comparison = compare(old, new)
    assert comparison.matched == "texts"
    assert apply(old, comparison) == new


@given(dice)
@settings(max_examples=100, deadline=None)
def test_an_edition_is_the_same_as_itself(dice):
    document = Author(dice).document()
    comparison = compare(document, deepcopy(document))
    assert not differs(comparison)
    assert {name for unit in comparison.units for name in unit.changes} == {"same"}
    assert all(
        change.change == "same" and change.weight is None
        for unit in comparison.units
        for change in unit.walk()
    )
    assert all(chapter.change == "same" for chapter in comparison.chapters)
    assert all(
        block.change == "same"
        for chapter in comparison.chapters
        for block in chapter.blocks
    )
    assert comparison.terminology == comparison.successions == []
    assert comparison.edition == comparison.manual == {}


@given(dice, steps)
@settings(max_examples=100, deadline=None)
def test_everything_stands_once_and_nothing_is_left_out(dice, steps):
    old, new = editions(dice, steps)
    comparison = compare(old, new)
    for document, name in ((old, "old"), (new, "new")):
        sides = [
            getattr(change, name) for unit in comparison.units for change in unit.walk()
        ]
        keys = sorted(side.key for side in sides if side)
        assert keys == sorted(function.key for function in every_function(document))
    assert [u.new.key for u in comparison.units if u.new] == [u.key for u in new.units]
    for unit in comparison.units:
        for change in unit.walk():
            assert old_text(change.redline) == (change.old.text if change.old else "")
            assert new_text(change.redline) == (change.new.text if change.new else "")
    for chapter in comparison.chapters:
        for block in chapter.blocks:
            assert old_text(block.redline) == (block.old.text if block.old else "")
            assert new_text(block.redline) == (block.new.text if block.new else "")


@given(dice, steps)
@settings(max_examples=100, deadline=None)
def test_looking_back_new_and_suppressed_change_places(dice, steps):
    old, new = editions(dice, steps)
    there, back = compare(old, new), compare(new, old)
    for count in ("units", "functions", "items", "chapters"):
        one, other = summary(there)[count], summary(back)[count]
        assert one["new"] == other["suppressed"]
        assert one["suppressed"] == other["new"]
    assert moved(there) == moved(back)
    assert there.edition == {
        name: (before, after) for name, (after, before) in back.edition.items()
    }
    assert cosmetic(there) == cosmetic(back)


def moved(comparison) -> int:
    """A function that became an item is a moved item, looking back a function."""
    counts = summary(comparison)
    return counts["functions"]["moved"] + counts["items"]["moved"]


def cosmetic(comparison) -> set:
    return {
        change.key
        for unit in comparison.units
        for change in unit.walk()
        if change.weight == "cosmetic"
    }


@given(dice, steps)
@settings(max_examples=100, deadline=None)
def test_a_comparison_is_applied_to_no_other_edition(dice, steps):
    old, new = editions(dice, steps)
    comparison = compare(old, new)
    other = deepcopy(old)
    Author(dice).add_function(other)
    with pytest.raises(NotItsEdition):
        apply(other, comparison)


@given(dice, steps)
@settings(max_examples=50, deadline=None)
def test_the_json_is_the_same_every_time(dice, steps):
    old, new = editions(dice, steps)
    first = dumps(compare(old, new))
    assert first == dumps(compare(deepcopy(old), deepcopy(new)))
    assert json.loads(first)["format"] == "manual-org/compare/1"
