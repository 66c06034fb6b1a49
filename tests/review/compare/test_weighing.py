import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.compare.weighing import cosmetic_form, is_cosmetic
from tests.review.compare.building import weights

COSMETIC = [
    ("Planear, dirigir y evaluar.", "Planear dirigir y evaluar"),
    ("la Unidad Administrativa", "la unidad administrativa"),
    ("cuotas obrero patronales", "cuotas obrero-patronales"),
    ("dos  espacios", "dos espacios"),
    ("las “citas” – con raya", 'las "citas", con raya'),
    ("la caja de la negociación; y", "la caja de la negociación;"),
    ("Los conflictos de interés.", "Los conflictos de interés; y"),
    ("1º de enero", "1° de enero"),
    ("ca\u0301lculo", "cálculo"),
]
SUBSTANTIVE = [
    ("en 30 días", "en 15 días"),
    ("el 10.5 por ciento", "el 105 por ciento"),
    ("fracciones 1, 2 y 3", "fracciones 12 y 3"),
    ("el 5% de la cuota", "el 5 de la cuota"),
    ("$500", "500"),
    ("solicito el informe", "solicitó el informe"),
    ("La multa; o", "La multa; y"),
    ("la multa y el recargo", "la multa el recargo"),
    ("no procede", "procede"),
    ("a y b", "a, y, c"),
]


@pytest.mark.parametrize(("old", "new"), COSMETIC)
def test_capitals_punctuation_and_spacing_are_cosmetic(old, new):
    assert is_cosmetic(old, new)
    assert weights([old], [new]) == ["cosmetic"]


@pytest.mark.parametrize(("old", "new"), SUBSTANTIVE)
def test_everything_else_is_substantive(old, new):
    assert not is_cosmetic(old, new)
    assert weights([old], [new]) == ["substantive"]


texts = st.text(alphabet="aBbé12 .,;-%yo\n", max_size=14)


@given(texts, texts)
def test_the_short_way_to_a_weight_says_what_the_definition_says(old, new):
    assert is_cosmetic(old, new) == (cosmetic_form(old) == cosmetic_form(new))


inner = st.text(alphabet="aBbé12 .,;-%o\n", max_size=14)


@given(inner, inner, inner)
def test_the_same_words_around_change_nothing(before, old, new):
    same = is_cosmetic(old, new)
    assert is_cosmetic(f"antes {before} {old} fin", f"antes {before} {new} fin") >= same


def test_a_same_text_has_no_weight():
    assert weights(["Planear."], ["Planear."]) == [None]
