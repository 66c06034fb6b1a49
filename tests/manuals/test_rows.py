"""Rows of an indented list move with what stands below them."""

import pytest

from manuals.rows import (
    block_end,
    indented,
    joined,
    moved_down,
    moved_up,
    outdented,
)

# 0 A, 1 a, 2 i, 3 b, 4 B, 5 C, 6 c
LEVELS = [0, 1, 2, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("index", "end"), [(0, 4), (1, 3), (2, 3), (3, 4), (4, 5), (5, 7), (6, 7)]
)
def test_a_block_is_a_row_with_the_deeper_rows_that_follow(index, end):
    assert block_end(LEVELS, index) == end


@pytest.mark.parametrize(
    ("index", "order"),
    [
        (0, [0, 1, 2, 3, 4, 5, 6]),  # the first stays
        (1, [0, 1, 2, 3, 4, 5, 6]),  # an item cannot stand before every function
        (2, [0, 1, 2, 3, 4, 5, 6]),  # a third level needs an item above it
        (3, [0, 3, 1, 2, 4, 5, 6]),  # before its sibling's whole block
        (4, [4, 0, 1, 2, 3, 5, 6]),
        (5, [0, 1, 2, 3, 5, 6, 4]),  # takes its item along
        (
            6,
            [0, 1, 2, 3, 4, 6, 5],
        ),  # over its function: the last item of the one before
    ],
)
def test_moves_up(index, order):
    assert moved_up(LEVELS, index) == order


@pytest.mark.parametrize(
    ("index", "order"),
    [
        (0, [4, 0, 1, 2, 3, 5, 6]),
        (1, [0, 3, 1, 2, 4, 5, 6]),
        (2, [0, 1, 3, 2, 4, 5, 6]),  # into the next item, as its first
        (3, [0, 1, 2, 4, 3, 5, 6]),  # into the next function
        (4, [0, 1, 2, 3, 5, 6, 4]),
        (5, [0, 1, 2, 3, 4, 5, 6]),  # the last stays
        (6, [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_moves_down(index, order):
    assert moved_down(LEVELS, index) == order


@pytest.mark.parametrize("index", range(len(LEVELS)))
@pytest.mark.parametrize("move", [moved_up, moved_down])
def test_every_move_leaves_a_list_without_gaps_in_its_levels(index, move):
    order = move(LEVELS, index)
    assert sorted(order) == list(range(len(LEVELS)))
    levels = [-1] + [LEVELS[number] for number in order]
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize(
    ("index", "levels"),
    [
        (0, LEVELS),  # nothing above it to hang from
        (1, LEVELS),  # hangs from the row above already
        (2, LEVELS),  # there is no fourth level
        (3, [0, 1, 2, 2, 0, 0, 1]),
        (4, [0, 1, 2, 1, 1, 0, 1]),
        (5, [0, 1, 2, 1, 0, 1, 2]),  # with its item
    ],
)
def test_indents_a_block_below_the_row_before_it(index, levels):
    assert indented(LEVELS, index, 2) == levels


@pytest.mark.parametrize(
    ("index", "levels"),
    [
        (0, LEVELS),
        (1, [0, 0, 1, 1, 0, 0, 1]),
        (2, [0, 1, 1, 1, 0, 0, 1]),
        (3, [0, 1, 2, 0, 0, 0, 1]),
    ],
)
def test_outdents_a_block(index, levels):
    assert outdented(LEVELS, index) == levels


@pytest.mark.parametrize(
    ("index", "following", "order", "levels"),
    [
        # An item joins its function: the third level below it goes up with it.
        (0, 1, [0, 2, 1, 3, 4, 5, 6], [0, 1, 1, 1, 0, 0, 1]),
        # A function joins an item: its own item hangs from that.
        (3, 4, [0, 1, 2, 3, 4, 5, 6], LEVELS),
        (4, 5, [0, 1, 2, 3, 4, 6, 5], [0, 1, 2, 1, 0, 1, 0]),
    ],
)
def test_joins_a_row_and_keeps_what_hung_from_it(index, following, order, levels):
    assert joined(LEVELS, index, following, 2) == (order, levels)


def test_joins_nothing_that_would_be_too_deep():
    assert joined([0, 1, 2, 0, 1], 2, 3, 2) is None
