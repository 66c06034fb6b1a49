"""What words tell about a line."""

from datetime import date

import pytest

from exchange.importers import wording


@pytest.mark.parametrize(
    "text",
    [
        "Elaborar informes",
        "Dar seguimiento",
        "Coordinarse con las áreas",
        "Oír a las partes",
        "Las demás que le encomienden",
        "Asegurarse de ello",
    ],
)
def test_functions_begin_with_an_infinitive_or_the_closing_formula(text):
    assert wording.begins_like_a_function(text)


@pytest.mark.parametrize(
    "text",
    [
        "Trámite de altas",
        "Titular del área",
        "Las actas",
        "Apoyo legal",
        "1 de enero",
        "",
    ],
)
def test_nouns_do_not_begin_a_function(text):
    assert not wording.begins_like_a_function(text)


@pytest.mark.parametrize(
    ("text", "finished", "breaks_off"),
    [
        ("Elaborar informes.", True, False),
        ("las materias siguientes:", True, False),
        ("altas y bajas; y", True, True),
        ("conforme a la Ley General de", False, True),
        ("los patrones, sujetos obligados,", False, True),
        ("el programa de trabajo", False, False),
        ("llamado “programa.”", True, False),
    ],
)
def test_sentences_end_or_break_off(text, finished, breaks_off):
    assert wording.is_finished(text) is finished
    assert wording.breaks_off(text) is breaks_off


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("con fecha 04 de marzo de 2021,", date(2021, 3, 4)),
        ("el 1º de abril de 1970", date(1970, 4, 1)),
        ("el 1ro. de agosto de 2009", date(2009, 8, 1)),
        ("el primero de julio de 2010", date(2010, 7, 1)),
        ("Vigencia: 16 de Diciembre del 2017", date(2017, 12, 16)),
        ("2024-03-01", date(2024, 3, 1)),
        ("16/12/2017", date(2017, 12, 16)),
        ("31 de febrero de 2020", None),
        ("en marzo de 2021", None),
    ],
)
def test_dates_are_read_as_they_are_written(text, day):
    assert wording.read_date(text) == day


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("I", 1), ("iv", 4), ("IX", 9), ("XVIII", 18), ("MCMXC", 1990)],
)
def test_roman_numerals_are_read(numeral, value):
    assert wording.read_roman(numeral) == value


@pytest.mark.parametrize("numeral", ["", "IIII", "VX", "A", "XL1"])
def test_what_is_no_roman_numeral_has_no_value(numeral):
    assert wording.read_roman(numeral) is None


def test_a_title_in_capitals_takes_the_case_of_known_words():
    assert (
        wording.recased(
            "MANUAL DE LA DIRECCIÓN DE TIC Y ARCHIVO", "Dirección de TIC y Archivo"
        )
        == "Manual de la Dirección de TIC y Archivo"
    )


def test_a_title_in_mixed_case_stays():
    assert wording.recased("Manual de la DIR") == "Manual de la DIR"


def test_normal_form_ignores_case_accents_and_punctuation():
    assert (
        wording.normal("División  de «Análisis», (A,B)") == "division de analisis a b"
    )


def test_only_one_final_dot_goes():
    assert wording.without_final_dot("Nombre.") == "Nombre"
    assert wording.without_final_dot("Nombre...") == "Nombre..."
