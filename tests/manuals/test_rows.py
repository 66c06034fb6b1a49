"""Rows of an indented list move with what stands below them."""

import pytest

from manuals.rows import block_end, moved_down, moved_up

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
