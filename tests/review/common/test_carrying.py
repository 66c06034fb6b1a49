"""A change of one text carried over to texts that are nearly the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.common.carrying import carried

OLD = "Elaborar el programa anual de la unidad y difundirlo."
WORDS = st.lists(
    st.sampled_from(["el", "la", "Plan", "plan,", "año", "(1)", "2.5", "—"]),
    max_size=8,
)
TEXTS = st.builds(
    lambda words, end: " ".join(words) + end, WORDS, st.sampled_from(".;")
)


@pytest.mark.parametrize(
    ("new", "other", "expected"),
    [
        pytest.param(
            "Elaborar y revisar el programa anual de la unidad y difundirlo.",
            "Elaborar el programa anual de la División y difundirlo.",
            "Elaborar y revisar el programa anual de la División y difundirlo.",
            id="words put in, its own wording kept",
        ),
        pytest.param(
            "Elaborar el plan anual de la unidad y difundirlo.",
            "ELABORAR EL PROGRAMA ANUAL de la unidad y difundirlo",
            "ELABORAR EL plan ANUAL de la unidad y difundirlo",
            id="its own capitals and its own end kept",
        ),
        pytest.param(
            "Elaborar el programa anual de la unidad.",
            "Elaborar el programa mensual de la unidad y difundirlo.",
            "Elaborar el programa mensual de la unidad.",
            id="words taken out at the end",
        ),
        pytest.param(
            "Oportunamente elaborar el programa anual de la unidad y difundirlo.",
            "Elaborar el programa anual de la unidad y darle difusión.",
            "Oportunamente elaborar el programa anual de la unidad y darle difusión.",
            id="at the beginning",
        ),
        pytest.param(
            "Elaborar el programa anual de la unidad y difundirlo;",
            "Elaborar el programa anual de la unidad y publicarlo.",
            "Elaborar el programa anual de la unidad y publicarlo;",
            id="the end alone",
        ),
        pytest.param(
            "Elaborar el programa anual de la dirección y difundirlo.",
            "Elaborar el programa anual de la dirección y publicarlo.",
            "Elaborar el programa anual de la dirección y publicarlo.",
            id="it has the change already",
        ),
        pytest.param(
            "Elaborar el programa anual de la Dirección y difundirlo.",
            "Elaborar el programa anual de la oficina y difundirlo.",
            None,
            id="both changed the same word",
        ),
        pytest.param(
            "Elaborar el programa anual y difundirlo.",
            "Elaborar el programa anual de la oficina y difundirlo.",
            None,
            id="what is taken out is not there as it was",
        ),
        pytest.param(
            "Elaborar el programa anual de la unidad y difundirlo.".replace(
                "anual", "mensual"
            ),
            "Elaborar el programa anual, de la unidad y difundirlo.",
            None,
            id="it differs right beside",
        ),
        pytest.param(
            "Elaborar el programa anual de la unidad y difundirlo;",
            "Elaborar el programa anual de la unidad y difundirlo",
            None,
            id="both changed the end",
        ),
        pytest.param(
            "Integrar los expedientes.",
            "Elaborar el programa anual de la unidad y publicarlo.",
            None,
            id="written anew",
        ),
    ],
)
def test_a_change_is_carried_over_where_that_is_clear(new, other, expected):
    assert carried(OLD, new, other) == expected


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_no_change_carried_over_changes_nothing(old, other):
    assert carried(old, old, other) == other


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_the_same_text_and_the_new_one_become_the_new_one(old, new):
    assert carried(old, new, old) == new
    assert carried(old, new, new) == new
