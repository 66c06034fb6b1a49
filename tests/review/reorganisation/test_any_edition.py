"""Whatever was edited: an edition has no effect on itself, and nothing is lost."""

from collections import Counter
from copy import deepcopy
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from review.reorganisation import csvformat, effect_of, jsonformat, textformat
from review.reorganisation.effect import KEPT
from tests.review.compare.editing import Author, every_function, with_other_keys

dice = st.integers(0, 2**32).map(Random)


@given(dice)
@settings(max_examples=8, deadline=None)
def test_an_edition_has_no_effect_on_itself(dice):
    document = Author(dice).document()
    effect = effect_of(document, deepcopy(document))
    assert effect.is_none
    assert len(effect.spans.old.spans) == len(effect.spans.new.spans)
    counts = effect.homes.counts
    assert sum(counts["functions"].values()) == counts["functions"][KEPT]
    assert sum(counts["items"].values()) == counts["items"][KEPT]


@given(dice, st.integers(1, 8), st.booleans())
@settings(max_examples=12, deadline=None)
def test_every_function_of_the_base_has_exactly_one_outcome(dice, steps, independent):
    author = Author(dice)
    old = author.document()
    new = author.revised(old, steps)
    if independent:
        new = with_other_keys(new)
    before, after = deepcopy(old), deepcopy(new)
    effect = effect_of(old, new)
    assert (old, new) == (before, after)
    counts = effect.homes.counts
    total = Counter(len(fate.path) > 1 for fate in effect.homes.fates)
    top = sum(len(unit.functions) for unit in old.units)
    everything = sum(1 for _one in every_function(old))
    assert sum(counts["functions"].values()) == top
    assert sum(counts["items"].values()) == everything - top
    assert counts["functions"][KEPT] == top - total[False]
    assert counts["items"][KEPT] == everything - top - total[True]
    keys = [fate.key for fate in effect.homes.fates]
    assert len(keys) == len(set(keys))
    totals = effect.totals
    branches = [count for _unit, count in totals.branches]
    branches += [totals.root[1]] if totals.root else []
    for name in ("units", "functions", "items"):
        found = [getattr(count, name) for count in branches]
        assert tuple(map(sum, zip(*found, strict=True))) == getattr(totals.all, name)
    for module in (csvformat, jsonformat, textformat):
        assert module.dumps(effect)
