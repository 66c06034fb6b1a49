"""Articles that agree with another gender."""

import pytest

from functions.articles import agreeing


@pytest.mark.parametrize(
    ("before", "gender", "after"),
    [
        ("las ", "m", "los "),
        ("Las ", "m", "Los "),
        ("LAS ", "m", "LOS "),
        ("en las ", "m", "en los "),
        ("de las ", "m", "de los "),
        ("de la ", "m", "del "),
        ("a la ", "m", "al "),
        ("A la ", "m", "Al "),
        ("a las ", "m", "a los "),
        ("la ", "m", "el "),
        ("para la ", "m", "para el "),
        ("del ", "f", "de la "),
        ("Al ", "f", "A la "),
        ("el ", "f", "la "),
        ("los ", "f", "las "),
        ("contra los ", "f", "contra las "),
        ("verla ", "m", "verla "),
        ("los ", "m", "los "),
        ("del ", "m", "del "),
        ("las áreas ", "m", "las áreas "),
        ("", "m", ""),
        ("una palabra larguísima de la ", "m", "una palabra larguísima del "),
    ],
)
def test_the_article_right_before_changes_and_nothing_else(before, gender, after):
    start, article = agreeing(f"{before}X", len(before), gender)
    assert before[:start] + article + before[
        start + len(before[start:]) :
    ] == after or ((start, article) == (len(before), "") and before == after)


def test_a_word_cut_by_the_reach_is_no_article():
    text = "x" * 30 + "las" + " " * 17 + "X"
    assert agreeing(text, len(text) - 1, "m") == (len(text) - 1, "")
