"""Who kept their place in an order, and orders joined."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from review.undo.order import joined, steady, surely_steady

ORDERS = st.permutations(range(6)).flatmap(
    lambda order: st.integers(0, 6).map(lambda size: list(order[:size]))
)


def longest_common(before, after):
    """Every longest common subsequence, by trying all."""
    common = [one for one in after if one in before]
    for size in range(len(common), -1, -1):
        found = [
            set(chosen)
            for chosen in combinations(common, size)
            if list(chosen) == sorted(chosen, key=before.index)
        ]
        if found:
            return found
    return []


@given(before=ORDERS, after=ORDERS)
def test_steady_are_one_longest_common_subsequence(before, after):
    assert steady(before, after) in longest_common(before, after)


@given(before=ORDERS, after=ORDERS)
def test_surely_steady_are_in_every_longest_common_subsequence(before, after):
    every = set.intersection(*longest_common(before, after))
    assert surely_steady(before, after) == every


@given(before=ORDERS, after=ORDERS)
def test_joining_what_moved_gives_the_order_before(before, after):
    movers = (set(before) | set(after)) - steady(before, after)
    assert joined(after, before, movers) == before


def test_what_came_since_keeps_its_place():
    assert joined(list("xbcy"), list("abc"), {"a"}) == list("axbcy")
    assert joined(list("axy"), list("abc"), {"b", "c"}) == list("abcxy")
    assert joined(list("xya"), list("abc"), {"a", "b"}) == list("abxy")


def test_of_neighbours_that_changed_places_neither_is_sure():
    assert surely_steady("ab", "ba") == set()
    assert surely_steady("abcd", "bcda") == set("bcd")
