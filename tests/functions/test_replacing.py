"""Terms found in texts, and the hits that a person chose replaced."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.replacing import BadTerm, Hit, Term, around, find_in, replaced


def hits(text, find, replace="", **options):
    return find_in({0: text}, Term(find, replace, **options)).get(0, [])


def olds(text, find, **options):
    return [hit.old for hit in hits(text, find, "·", **options)]


def result(text, find, replace, **options):
    return replaced(text, hits(text, find, replace, **options))


@pytest.mark.parametrize(
    ("text", "find", "number"),
    [
        ("Delegaciones y Subdelegaciones", "Delegaciones", 1),
        ("las Subdelegaciones", "delegaciones", 0),
        ("(Delegaciones), «Delegaciones». Delegaciones/Oficinas", "Delegaciones", 3),
        ("el año y los años", "año", 1),
        ("compañía", "compa", 0),
        ("compañía", "ía", 0),
        ("auditoría", "auditor", 0),
        ("práctico y teórico-práctico", "práctico", 1),
        ("teórico\u2011práctico", "teórico", 0),
        ("el trámite - trámite", "trámite", 2),
        ("2021 y 20210", "2021", 1),
        ("a) y b)", "a)", 1),
        ("(POT) POT", "(POT)", 1),
        ("x(POT)", "(POT)", 1),
    ],
)
def test_a_whole_word_ends_where_no_letter_or_hyphen_goes_on(text, find, number):
    assert len(hits(text, find)) == number


def test_parts_of_words_are_found_when_asked():
    assert olds("Subdelegaciones", "delegaciones", whole_word=False) == ["delegaciones"]


def test_case_counts_unless_said():
    text = "Delegaciones, delegaciones, DELEGACIONES, ÁREA"
    assert olds(text, "Delegaciones") == ["Delegaciones"]
    assert len(hits(text, "delegaciones", match_case=False)) == 3
    assert olds(text, "área", match_case=False) == ["ÁREA"]


def test_accents_are_found_composed_and_combining():
    apart = unicodedata.normalize("NFD", "auditoría")
    assert olds(f"La {apart} y la auditoría", "auditoría") == [apart, "auditoría"]
    assert olds(f"La {apart}", unicodedata.normalize("NFD", "auditoría")) == [apart]


def test_a_letter_is_no_part_of_an_accented_one():
    assert olds("n\u0303o", "n", whole_word=False) == []


def test_a_blank_stands_for_any_blanks():
    assert olds("órganos  de\u00a0gobierno", "órganos de gobierno") == [
        "órganos  de\u00a0gobierno"
    ]


def test_nothing_of_a_term_is_special_unless_it_is_an_expression():
    assert olds("a.c abc", "a.c") == ["a.c"]
    assert olds("a.c abc", "a.c", expression=True) == ["a.c", "abc"]
    assert result("uno", "uno", r"\1 \g<0>") == r"\1 \g<0>"


def test_an_expression_takes_its_groups_into_the_replacement():
    assert (
        result(
            "artículo 71 y artículo 9", r"artículo (\d+)", r"art. \1", expression=True
        )
        == "art. 71 y art. 9"
    )
    assert (
        result("uno dos", r"(?P<a>\w+) (\w+)", r"\2 \g<a>", expression=True)
        == "dos uno"
    )


def test_an_expression_that_may_be_empty_hits_only_where_it_is_not():
    assert olds("axxb", "x*", expression=True, whole_word=False) == ["xx"]


@pytest.mark.parametrize(
    ("find", "replace", "problem"),
    [
        ("  ", "", "empty"),
        ("x" * 201, "", "long"),
        ("x", "y" * 501, "long"),
        ("(", "", "syntax"),
        ("a)|(b", "", "syntax"),
        ("(?R)", "", "syntax"),
        ("(?:foo){e<=3}", "", "braces"),
        ("(?:a{100}){100}", "", "counts"),
        ("a{9999}", "", "counts"),
        ("a", r"\1", "group"),
        ("a", r"\g<nadie>", "group"),
        ("(?x)a # ", "", "syntax"),
    ],
)
def test_a_bad_expression_is_refused_before_it_runs(find, replace, problem):
    with pytest.raises(BadTerm) as refusal:
        find_in({0: "texto"}, Term(find, replace, expression=True))
    assert refusal.value.problem == problem


@pytest.mark.parametrize("find", [r"(a+)+$", r"(a|aa)+$", r"(.*a){20}c"])
def test_an_expression_that_would_hang_is_given_up(find):
    texts = dict.fromkeys(range(20), "a" * 4000 + "b")
    before = time.process_time()
    with pytest.raises(BadTerm) as refusal:
        find_in(texts, Term(find, expression=True, whole_word=False))
    assert refusal.value.problem == "slow"
    assert time.process_time() - before < 5


def test_replacements_do_not_grow_without_bound():
    with pytest.raises(BadTerm) as refusal:
        find_in({0: "a" * 20_000}, Term("(.*)", r"\1" * 200, expression=True))
    assert refusal.value.problem == "huge"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DELEGACIONES", "ÓRGANOS DE OPERACIÓN"),
        ("Delegaciones", "Órganos de Operación"),
        ("delegaciones", "órganos de operación"),
    ],
)
def test_the_replacement_may_take_the_case_of_each_hit(old, new):
    options = {"match_case": False, "adapt_case": True}
    assert result(old, "delegaciones", "Órganos de Operación", **options) == new
    assert result(old, "delegaciones", "órganos", **options) == new.split()[0]


def test_the_article_before_agrees_when_a_gender_is_given():
    text = "Las Delegaciones, de las Delegaciones y Delegaciones"
    assert result(text, "Delegaciones", "Órganos", article="m") == (
        "Los Órganos, de los Órganos y Órganos"
    )
    assert result(text, "Delegaciones", "Órganos").startswith("Las Órganos, de las")


def test_an_article_that_is_itself_a_hit_is_not_taken_twice():
    found = hits("las las", "las", "los", article="m")
    assert replaced("las las", found) == "los los"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("las propias oficinas", "las oficinas"),
        ("las oficinas propias, y", "las oficinas, y"),
        ("las oficinas propias", "las oficinas"),
        ("(propias)", "()"),
        ("propias propias", ""),
    ],
)
def test_what_is_taken_out_takes_a_blank_along(text, left):
    assert result(text, "propias", "").strip() == left


def test_part_of_a_word_taken_out_joins_no_words():
    assert result("las Subdelegaciones", "Sub", "", whole_word=False) == (
        "las delegaciones"
    )


def test_only_the_chosen_hits_are_replaced():
    text = "uno, uno, uno"
    first, _second, third = hits(text, "uno", "dos")
    assert replaced(text, [third, first]) == "dos, uno, dos"
    assert replaced(text, []) == text


def test_hits_over_each_other_or_of_another_text_are_refused():
    first = hits("uno dos", "uno", "x")[0]
    with pytest.raises(ValueError, match="no hit"):
        replaced("uno dos", [first, Hit(2, 4, "o ", "", 2, False)])
    with pytest.raises(ValueError, match="no hit"):
        replaced("dos uno", [first])


def test_a_hit_that_already_says_the_replacement_is_done():
    text = "Delegaciones Estatales y Delegaciones"
    found = hits(text, "Delegaciones", "Delegaciones Estatales")
    assert [hit.done for hit in found] == [True, False]
    assert hits("uno", "uno", "uno")[0].done
    assert not hits("uno", "uno", "")[0].done


def test_the_context_is_cut_between_words():
    text = " ".join(["palabra"] * 40) + " clave " + " ".join(["otra"] * 40)
    before, after = around(text, hits(text, "clave", "voz")[0], width=20)
    assert (before, after) == ("… palabra palabra ", " otra otra otra …")
    assert around("la clave.", hits("la clave.", "clave", "voz")[0]) == ("la ", ".")


WORDS = st.lists(
    st.sampled_from(
        ["Delegaciones", "delegaciones", "las", "de", "año", "Sub-Delegaciones"]
        + ["a\u0301rea", "área", "(Delegaciones)", "x", "y", "Subdelegaciones", ","]
    ),
    max_size=15,
).map(" ".join)
TERMS = st.builds(
    Term,
    find=st.sampled_from(["Delegaciones", "área", "las", "de las", "x y", "e"]),
    replace=st.sampled_from(["", "Órganos", "Delegaciones Estatales", "x", "las"]),
    whole_word=st.booleans(),
    match_case=st.booleans(),
    adapt_case=st.booleans(),
    article=st.sampled_from([None, "m", "f"]),
)


@given(st.text() | WORDS, TERMS, st.data())
def test_nothing_but_the_chosen_hits_changes(text, term, data):
    found = find_in({0: text}, term).get(0, [])
    chosen = [hit for hit in found if data.draw(st.booleans())]
    after = replaced(text, chosen)
    grown = sum(len(hit.new) - len(hit.old) for hit in chosen)
    assert len(after) == len(text) + grown
    kept, position = [], 0
    for hit in chosen:
        assert hit.start >= position  # in order, none over another
        assert text[hit.start : hit.end] == hit.old
        kept.append(text[position : hit.start])
        position = hit.end
    kept.append(text[position:])
    rest = after
    for part, hit in zip(kept, chosen, strict=False):
        assert rest.startswith(part + hit.new)
        rest = rest[len(part) + len(hit.new) :]
    assert rest == kept[-1]


@given(WORDS, TERMS)
def test_replacing_what_is_not_done_leaves_less_or_nothing_to_do(text, term):
    """Whole words and an article as it is: the second time there is nothing left."""
    if not term.whole_word or term.find in ("x y", "de las") or term.article:
        return
    if term.adapt_case or (not term.match_case and term.replace == "las"):
        return
    open_hits = [hit for hit in find_in({0: text}, term).get(0, []) if not hit.done]
    after = replaced(text, open_hits)
    again = find_in({0: after}, term).get(0, [])
    assert [hit for hit in again if not hit.done] == []


@given(st.text(max_size=60), st.text(min_size=1, max_size=6))
def test_a_plain_term_is_found_as_often_as_it_stands_there(text, find):
    if find != find.strip() or re.search(r"\s", find) or _combining(text + find):
        return
    found = olds(text, find, whole_word=False)
    assert len(found) == text.count(find)


def _combining(text):
    return any(
        unicodedata.normalize("NFD", char) != char or "\u0300" <= char <= "\u036f"
        for char in text
    )


@given(st.text(max_size=30))
def test_any_expression_finds_or_is_refused(find):
    try:
        found = hits("Las Delegaciones, 12 {a}", find, r"\g<0>", expression=True)
    except BadTerm:
        return
    assert all(hit.old for hit in found)
