import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.compare.redline import (
    line_redline,
    new_text,
    old_text,
    patched,
    redline,
)

words = st.lists(
    st.sampled_from(
        ["la", "de", "Unidad", "unidad", "cobro", ",", ".", "3", "\n", "é"]
    ),
    max_size=12,
).map(" ".join)
texts = st.one_of(words, st.text(max_size=40))


@given(texts, texts)
def test_a_redline_rebuilds_both_texts(old, new):
    segments = redline(old, new)
    assert (old_text(segments), new_text(segments)) == (old, new)
    assert patched(old, segments) == new
    assert all(text for _mark, text in segments)


@given(texts, texts)
def test_neighbouring_segments_are_of_different_kinds(old, new):
    marks = [mark for mark, _text in redline(old, new)]
    assert all(one != other for one, other in zip(marks, marks[1:], strict=False))
    assert ("+", "-") not in zip(marks, marks[1:], strict=False)


@given(texts)
def test_equal_texts_have_no_marks(text):
    assert [mark for mark, _text in redline(text, text)] == ["="] * bool(text)


@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6))
def test_a_redline_by_lines_rebuilds_both_texts(old, new):
    old, new = "\n".join(old), "\n".join(new)
    segments = line_redline(old, new)
    assert (old_text(segments), new_text(segments)) == (old, new)


def test_one_word_is_marked_and_the_spaces_around_it_are_not():
    assert redline(
        "Cobrar las cuotas en treinta días.", "Cobrar las cuotas en diez días."
    ) == (
        ("=", "Cobrar las cuotas en "),
        ("-", "treinta"),
        ("+", "diez"),
        ("=", " días."),
    )


def test_added_words_are_marked_with_the_space_before_them():
    assert redline("Llevar el registro.", "Llevar el registro de patrones.") == (
        ("=", "Llevar el registro"),
        ("+", " de patrones"),
        ("=", "."),
    )


def test_a_capital_is_marked_at_its_word():
    assert redline(
        "A la persona Titular de la Unidad", "A la persona titular de la Unidad"
    ) == (
        ("=", "A la persona "),
        ("-", "Titular"),
        ("+", "titular"),
        ("=", " de la Unidad"),
    )


def test_a_phrase_is_one_replacement_though_both_have_its_preposition():
    segments = redline("Oficina de Cobros", "Departamento de Recaudación")
    assert segments == (
        ("-", "Oficina de Cobros"),
        ("+", "Departamento de Recaudación"),
    )


def test_a_number_is_one_word():
    segments = redline("por 1,500.50 pesos", "por 1,500.75 pesos")
    assert ("-", "1,500.50") in segments
    assert ("+", "1,500.75") in segments


def test_only_a_space_is_marked_as_such():
    assert redline("obrero patronales", "obrero  patronales") == (
        ("=", "obrero"),
        ("+", " "),
        ("=", " patronales"),
    )


def test_a_very_long_text_is_compared_word_by_word_too():
    old = " ".join(f"palabra{number}" for number in range(2000))
    new = old.replace("palabra7 ", "otra ").replace("palabra1500 ", "otra ")
    changed = [text for mark, text in redline(old, new) if mark != "="]
    assert changed == ["palabra7", "otra", "palabra1500", "otra"]


def test_a_redline_of_another_text_is_refused():
    with pytest.raises(ValueError, match="another text"):
        patched("otro", redline("uno", "dos"))
