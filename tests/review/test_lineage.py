"""Following a thing through editions: chains, splits, mergers, what comes back."""

from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.compare.changes import MERGED, SPLIT
from review.lineage import (
    REPLACED,
    RETURNED,
    SUPPRESSED,
    Event,
    Heir,
    Link,
    Step,
    follow,
)

A, B, C, D, E = (UUID(int=number) for number in range(1, 6))


def step(old, new, *links) -> Step:
    return Step(frozenset(old), frozenset(new), links)


def heirs(key, *steps) -> set[UUID]:
    return {heir.key for heir in follow(key, steps)[1]}


def test_without_a_step_a_thing_is_itself():
    assert follow(A, []) == ([], [Heir(A)])


def test_a_key_that_both_editions_have_is_the_same_thing():
    assert follow(A, [step([A, B], [A]), step([A], [A, C])]) == ([], [Heir(A)])


def test_a_split_leads_to_all_parts_and_the_key_may_stay_one():
    split = [Link(A, A, SPLIT), Link(A, B, SPLIT)]
    events, found = follow(A, [step([A], [A, B], *split)])
    assert events == [Event(0, A, SPLIT, (B,), True)]
    assert found == [Heir(A), Heir(B)]


def test_splits_and_then_mergers_are_followed_through_several_editions():
    steps = [
        step([A, D], [B, C, D], Link(A, B, SPLIT), Link(A, C, SPLIT)),
        step([B, C, D], [B, E], Link(C, E, MERGED), Link(D, E, MERGED)),
        step([B, E], [E], Link(B, E, REPLACED, False, 0.6)),
    ]
    events, found = follow(A, steps)
    assert [(one.step, one.key, one.kind, one.to) for one in events] == [
        (0, A, SPLIT, (B, C)),
        (1, C, MERGED, (E,)),
        (2, B, REPLACED, (E,)),
    ]
    # Recorded all the way by C: that it also came by a proposal takes nothing away.
    assert found == [Heir(E)]
    assert heirs(D, *steps) == {E}


def test_a_way_is_as_sure_as_all_its_parts_together():
    steps = [
        step([A], [B], Link(A, B, REPLACED, False, 0.8)),
        step([B], [C], Link(B, C, MERGED)),
        step([C], [D], Link(C, D, REPLACED, False, 0.5)),
    ]
    assert follow(A, steps)[1] == [Heir(D, recorded=False, confidence=0.4)]


def test_what_nothing_continues_is_nothing_today():
    events, found = follow(A, [step([A], [B]), step([B], [B])])
    assert events == [Event(0, A, SUPPRESSED)]
    assert found == []


def test_what_comes_back_is_itself_again_besides_what_it_became():
    steps = [step([A], [B], Link(A, B, MERGED)), step([B], [A, B])]
    events, found = follow(A, steps)
    assert [one.kind for one in events] == [MERGED, RETURNED]
    assert {heir.key for heir in found} == {A, B}
    assert heirs(A, step([A], []), step([], []), step([], [A])) == {A}


def test_a_circle_of_records_ends():
    circle = [Link(A, B, MERGED), Link(B, C, MERGED), Link(C, A, MERGED)]
    steps = [step([A], [], *circle), step([], [A, B, C], *circle)]
    assert follow(A, steps[:1])[1] == []
    assert heirs(A, *steps) == {A}


def test_what_two_units_of_both_editions_gave_each_other_is_no_chain():
    swapped = [Link(A, B, SPLIT), Link(B, C, SPLIT)]
    assert heirs(A, step([A, B], [A, B, C], *swapped)) == {A, B}


def test_records_of_a_draft_between_lead_by_a_unit_that_neither_edition_has():
    by_draft = [Link(A, B, SPLIT), Link(A, C, SPLIT), Link(B, D, MERGED, True)]
    assert heirs(A, step([A], [C, D], *by_draft)) == {C, D}


# How long a busy machine takes to draw says nothing of the walk.
EXAMPLES = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
KEYS = st.sampled_from([A, B, C, D, E])
STEPS = st.lists(
    st.builds(
        Step,
        st.frozensets(KEYS),
        st.frozensets(KEYS),
        st.lists(
            st.builds(
                Link,
                KEYS,
                KEYS,
                st.sampled_from([SPLIT, MERGED, REPLACED]),
                st.booleans(),
                st.sampled_from([0.0, 0.4, 1.0]),
            ),
            max_size=4,
        ).map(tuple),
    ),
    max_size=4,
)


@EXAMPLES
@given(KEYS, STEPS)
def test_any_records_end_in_things_that_the_last_edition_has(key, steps):
    events, found = follow(key, steps)
    assert len({heir.key for heir in found}) == len(found)
    if steps:
        assert all(heir.key in steps[-1].new for heir in found)
    for event in events:
        assert all(to in steps[event.step].new for to in event.to)
    # The thing itself is never lost while the last edition has it.
    if steps and key in steps[-1].new:
        assert key in {heir.key for heir in found}
    assert all(0 <= heir.confidence <= 1 for heir in found)


@EXAMPLES
@given(KEYS, STEPS.filter(bool))
def test_back_and_forth_leads_to_where_one_began(key, steps):
    """Whatever became of a thing in one step came, among others, from that thing."""
    first = steps[0]
    if key not in first.old:
        return
    for heir in heirs(key, first):
        assert key in heirs(heir, first.reversed())
