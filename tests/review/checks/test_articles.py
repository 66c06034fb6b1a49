"""Articles that no noun follows."""

import pytest

from tests.review.checks.support import marked


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Informar a los e instituciones.", "los e instituciones"),
        ("Atender las y trabajadoras.", "las y trabajadoras"),
        ("Avisar cerca del en la puerta.", "del en la"),
        ("Dar vista al para su trámite.", "al para su"),
    ],
)
def test_a_noun_that_was_lost_is_missed(text, wrong):
    assert marked("article_alone", text) == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "Atender a las y los patrones, y al o la titular.",
        "Informar al INFONAVIT y a los demás.",
        "Coordinar la y sus tareas.",
        "Aplicar un criterio distinto del de otras áreas y similar al de estas.",
        "Comprar al por mayor.",
        "Atender lo que en el ámbito proceda.",
        "Informar al y del área, a la y de la otra.",
    ],
)
def test_articles_in_a_row_with_others_are_right(text):
    assert marked("article_alone", text) == []
