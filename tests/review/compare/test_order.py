from hypothesis import given
from hypothesis import strategies as st

from review.compare.order import out_of_order, woven


def test_what_is_gone_stands_after_its_old_predecessor():
    assert woven([3, 1, 9], [0, 1, 2, 3, 4]) == [0, 3, 4, 1, 2, 9]


def test_nothing_gone_leaves_the_new_order():
    assert woven([2, 1], [1, 2]) == [2, 1]


@given(st.permutations(range(8)), st.permutations(range(8)), st.integers(0, 8))
def test_everything_stands_once_and_the_new_order_is_kept(new, old, kept):
    new = new[:kept]
    found = woven(new, old)
    assert sorted(found) == list(range(8))
    assert [one for one in found if one in new] == new
    for before, one in zip([None, *old], old, strict=False):
        if one not in new:
            at = found.index(one)
            assert (found[at - 1] if at else None) == before


def test_one_that_jumps_over_others_is_alone_out_of_order():
    assert out_of_order([3, 0, 1, 2]) == {0}
    assert out_of_order([0, 1, 2]) == set()
    assert out_of_order([]) == set()


@given(st.permutations(range(7)))
def test_the_rest_rises_and_no_smaller_set_would_do(ranks):
    moved = out_of_order(ranks)
    rest = [rank for at, rank in enumerate(ranks) if at not in moved]
    assert rest == sorted(rest)
    longest = [1] * len(ranks)
    for at, rank in enumerate(ranks):
        longest[at] += max(
            (longest[b] for b in range(at) if ranks[b] < rank), default=0
        )
    assert len(rest) == max(longest)
