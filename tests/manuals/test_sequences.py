"""The longest rising run."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from manuals.sequences import longest_rising


def rises(values):
    return all(one < other for one, other in zip(values, values[1:], strict=False))


def test_what_moved_is_left_out():
    assert longest_rising([]) == []
    assert longest_rising([1, 2, 3]) == [0, 1, 2]
    assert longest_rising([4, 1, 2, 3]) == [1, 2, 3]


@given(st.permutations(range(7)))
def test_no_run_that_rises_is_longer(values):
    run = longest_rising(values)
    assert rises(run)
    assert rises([values[at] for at in run])
    longer = combinations(values, len(run) + 1)
    assert not any(rises(one) for one in longer)
