"""Who is common with whom: verbatim and similar groups across units."""

from review.common.grouping import (
    Member,
    Surroundings,
    similar_groups,
    units_of,
    verbatim_groups,
    wordings,
    words_of,
)
from review.common.likeness import Families, families

PLAN = "Integrar el programa anual de trabajo de la unidad y darle seguimiento."


def members(*texts_by_unit):
    """One member for each text; ids count from 1, units from 0."""
    found = []
    for unit, texts in enumerate(texts_by_unit):
        for at, text in enumerate(texts):
            found.append(Member(len(found) + 1, unit, (unit, at), text))
    return found


def ids(groups):
    return [[member.id for member in group] for group in groups]


def test_a_verbatim_group_has_one_text_and_two_units():
    found = members(["Planear.", PLAN], [PLAN, "Planear"], [PLAN, PLAN])
    groups = verbatim_groups(found)
    assert ids(groups) == [[2, 3, 5, 6]]
    assert units_of(groups[0]) == 3


def test_the_same_text_twice_in_one_unit_alone_is_no_group():
    found = members([PLAN, PLAN], ["Planear."])
    assert verbatim_groups(found) == similar_groups(found) == []


def test_capitals_and_marks_do_not_count_for_similar_ones():
    found = members([PLAN], [PLAN.upper().rstrip(".") + ";"])
    assert verbatim_groups(found) == []
    assert ids(similar_groups(found)) == [[1, 2]]


def test_similar_is_at_least_95_of_100_near_misses_are_not():
    # Twenty letters: 19 of 20 in common is 95, 18 are 90.
    text = "abcdefghijklmnopqrst"
    hit, miss = text[:19] + "z", text[:18] + "zz"
    assert ids(similar_groups(members([text], [hit]))) == [[1, 2]]
    assert similar_groups(members([text], [miss])) == []


def test_similar_ones_are_joined_through_others():
    first = "abcdefghijklmnopqrst"
    second, third = first[:19] + "z", first[:18] + "yz"
    assert families([first, third]) == [[first], [third]]
    found = members([first], [third], [second])
    assert ids(similar_groups(found)) == [[1, 2, 3]]
    assert ids([Surroundings(found).of(first)]) == [[1, 2, 3]]


def test_accents_count_and_texts_without_words_are_like_none():
    assert words_of("¡Ágil, ÁGIL!") == "ágil ágil"
    found = members(["—"], ["..."])
    assert similar_groups(found) == [] == Surroundings(found).of("—")


def test_the_Families_a_text_is_the_one_that_all_families_have():
    texts = [f"revisar la cuenta {n} de los {n * 7} organismos" for n in range(60)]
    known = Families(texts)
    for family in families(texts):
        assert known.of(family[0]) == set(family)
    assert known.of("nada de eso") == {"nada de eso"}


def test_the_largest_group_is_first_then_the_reading_order():
    found = members(["b", "a", "c"], ["a", "b", "c"], ["c"])
    assert [group[0].text for group in verbatim_groups(found)] == ["c", "b", "a"]


def test_the_wording_that_most_have_is_first_or_the_one_read_first():
    found = members([PLAN], [PLAN + "."], [PLAN + "."])
    assert ids(wordings(found)) == [[2, 3], [1]]
    assert ids(wordings(found[:2])) == [[1], [2]]
