"""Commas and periods where none can stand."""

import pytest

from tests.review.checks.support import fixes, marked


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Dar la, entrega.", "Dar la entrega."),
        ("Ver las cartas de, entrega.", "Ver las cartas de entrega."),
        ("Dar cursos y, talleres.", "Dar cursos y talleres."),
        ("Dar cursos o , apoyo.", "Dar cursos o apoyo."),
        (
            "Atender a gremios y, Oficinas.",
            "Atender a gremios y Oficinas.",
        ),
    ],
)
def test_the_comma_is_taken_out(text, right):
    assert fixes("stray_comma", text) == [right]


@pytest.mark.parametrize(
    "text",
    [
        "Revisar y, en su caso, proponer.",
        "Revisar y, cuando proceda, proponer.",
        "Revisar y, previa autorización, proponer.",
        "Contar con, al menos, tres integrantes.",
        "Atender lo de, entre otras, las materias siguientes.",
        "Dar apoyo, cursos y talleres.",
        "Sumar 1,000 en el 2,500.",
        "Revisar la norma o, según proceda, el criterio.",
        "Atender a Kafka, y así, todo.",
        "Ver el inciso a), y lo demás.",
    ],
)
def test_other_commas_stay(text):
    assert marked("stray_comma", text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Atender los casos. para su trámite.", ". para"),
        ("Atender los casos. Y los demás.", ". Y los"),
    ],
)
def test_a_sentence_cut_in_two_is_found(text, found):
    assert marked("broken_sentence", text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Atender los casos. Informar de ellos.",
        "Atender conforme al art. doce y a la fracc. cuarta.",
        "Revisar altas, bajas, etc. de los patrones.",
        "Informar a la H. comisión y a S. y M.",
        "Consultar www.gob.mx. Yucatán queda aparte.",
        "Sumar 1. 2.",
    ],
)
def test_abbreviations_and_whole_sentences_are_not(text):
    assert marked("broken_sentence", text) == []
