"""Words that are part of the name of some body."""

import pytest

from functions.proper_names import name_around


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (
            "con la Dirección de Vinculación y Evaluación de Oficinas, a través",
            "Oficinas",
            "Dirección de Vinculación y Evaluación de Oficinas",
        ),
        (
            "la Unidad de Evaluación de Oficinas y de la Unidad",
            "Oficinas",
            "Unidad de Evaluación de Oficinas",
        ),
        ("las Oficinas Estatales del IMSS", "Oficinas", "Oficinas Estatales"),
        (
            "la Secretaría de Hacienda y Crédito Público",
            "Hacienda",
            "Secretaría de Hacienda y Crédito Público",
        ),
        (
            "la Secretaría de Hacienda y Crédito Público",
            "Crédito",
            "Secretaría de Hacienda y Crédito Público",
        ),
        ("de las Oficinas y Departamentos", "Oficinas", None),
        ("los Departamentos y Oficinas", "Oficinas", None),
        ("las Oficinas y Patrones", "Oficinas", None),
        ("la Unidad de las Oficinas", "Oficinas", None),
        ("Asesorar a las Oficinas", "Oficinas", None),
        ("Coordinar Oficinas del Instituto", "Oficinas", None),
        ("Función de Corrección en Oficinas", "Oficinas", None),
        ("de la Dirección de Pruebas, las Oficinas", "Oficinas", None),
        ("las Oficinas IMSS", "Oficinas", None),
        ("el Instituto a las Administradoras", "Instituto", None),
        ("LA UNIDAD DE EVALUACIÓN DE OFICINAS", "OFICINAS", None),
        ("las oficinas de la Unidad", "oficinas", None),
    ],
)
def test_a_name_holds_the_words_that_belong_to_it(text, word, name):
    start = text.index(word)
    found = name_around(text, start, start + len(word))
    assert (text[slice(*found)] if found else None) == name


def test_what_is_the_whole_name_is_no_part_of_one():
    text = "la Unidad de Evaluación"
    assert name_around(text, 3, len(text)) is None
    assert name_around(text, 0, len(text)) is None
