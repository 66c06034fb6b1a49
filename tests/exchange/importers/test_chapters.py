"""Where the chapters begin among everything else that is numbered."""

import pytest

from tests.exchange.importers.support import read, said

FUNCTIONS = "\n{} Funciones.\n\n{}.1 Dirección de Prueba.\n\n- Dirigir las áreas.\n"


def chapters(text: str) -> list[tuple[int, str, str]]:
    return [
        (chapter.number, chapter.title, chapter.kind)
        for chapter in read(text).document.chapters
    ]


EXPECTED = [
    (1, "Introducción", "text"),
    (2, "Antecedentes", "text"),
    (3, "Organigramas", "charts"),
    (4, "Funciones", "functions"),
]


@pytest.mark.parametrize("sign", ["", "# ", "## ", "**"])
@pytest.mark.parametrize(
    "numerals",
    [
        ("1.", "2.", "3.", "4."),
        ("I.", "II.", "III.", "IV."),
        ("1.-", "2.-", "3.-", "4.-"),
    ],
)
def test_headings_in_any_form(sign, numerals):
    titles = ("Introducción", "Antecedentes", "Organigramas", "Funciones")
    end = "**" if sign == "**" else ""
    text = "".join(
        f"{sign}{numeral} {title}.{end}\n\nUn párrafo.\n\n"
        for numeral, title in zip(numerals, titles, strict=True)
    )
    text = (
        text.removesuffix("Un párrafo.\n\n") + "4.1 Dirección de Prueba\n\n- Dirigir.\n"
    )
    assert chapters(text) == EXPECTED


def test_capitals_are_read_and_kept():
    text = "1. INTRODUCCIÓN\n\nUno.\n" + FUNCTIONS.format("2.", "2")
    assert chapters(text)[0] == (1, "INTRODUCCIÓN", "text")


def test_numbered_paragraphs_of_the_history_are_no_chapters():
    text = (
        "1. Introducción.\n\nUno.\n\n2. Antecedentes Históricos.\n\nCambios:\n\n"
        "1.- Reducción de áreas.\n\n2.- Redistribución de cargas en:\n\n- Patrones.\n\n"
        "3.- Nueva estructura.\n\n4.- Cierre.\n\n3. Marco Jurídico.\n\n- Ley A.\n"
        + FUNCTIONS.format("4.", "4")
    )
    assert [number for number, _, _ in chapters(text)] == [1, 2, 3, 4]
    assert read(text).document.chapters[1].body.count("\n\n") == 5


def test_numbered_paragraphs_with_a_dot_are_no_chapters_either():
    text = (
        "1. Introducción.\n\nUno.\n\n2. Antecedentes Históricos.\n\nCambios:\n\n"
        "1. Reducción de áreas.\n\n2. Redistribución de cargas.\n\n"
        "3. Nueva estructura.\n\n3. Marco Jurídico.\n\n- Ley de Prueba.\n"
        + FUNCTIONS.format("4.", "4")
    )
    assert [title for _, title, _ in chapters(text)] == [
        "Introducción",
        "Antecedentes Históricos",
        "Marco Jurídico",
        "Funciones",
    ]


def test_numbered_functions_are_no_chapters():
    text = "1. Introducción.\n\nUno.\n\n2. Funciones.\n\n2.1 Dirección de Prueba\n\n"
    text += "".join(f"{n}. Realizar la tarea {n}.\n\n" for n in range(1, 12))
    assert len(chapters(text)) == 2
    assert len(read(text).document.units[0].functions) == 11


def test_an_unusual_title_is_a_chapter_where_the_index_says_so():
    text = (
        "Índice\n1. Introducción 2\n2. Semblanza 3\n3. Funciones 4\n"
        "3.1 Dirección de Prueba 4\n\n1. Introducción\n\nUno.\n\n2. Semblanza\n\nDos.\n"
        + FUNCTIONS.format("3.", "3")
    )
    assert [title for _, title, _ in chapters(text)] == [
        "Introducción",
        "Semblanza",
        "Funciones",
    ]


def test_chapters_without_numbers_are_numbered_as_they_come():
    text = (
        "# Introducción\n\nUno.\n\n# Marco jurídico\n\n- Ley.\n\n# Funciones\n\n"
        "## 8.1 Dirección de Prueba\n\n- Dirigir.\n"
    )
    assert [number for number, _, _ in chapters(text)] == [1, 2, 3]
    assert read(text).document.edition.functions_chapter == 8


def test_charts_that_look_like_units_are_none():
    text = (
        "1. Organogramas.\n\n1.1 Dirección de Prueba.\n\n"
        "Vigencia: 1 de enero de 2020\n\n1.2 Unidad de Nadie.\n\n"
        "Vigencia: 31 de febrero de 2020\n" + FUNCTIONS.format("2.", "2")
    )
    reading = read(text)
    first, second = reading.document.chapters[0].charts
    (unit,) = reading.document.units
    assert (first.number, first.title, first.unit_key) == (
        "1.1",
        "Dirección de Prueba",
        unit.key,
    )
    assert first.effective_from.isoformat() == "2020-01-01"
    assert second.unit_key is None
    assert len(said(reading.report.doubts, "chart")) == 1
    assert len(said(reading.report.doubts, "date")) == 1


def test_charts_of_a_source_without_chapters_are_set_aside():
    text = (
        "7.1 Dirección de Prueba\n\nVigencia: 1 de enero de 2020\n\n"
        "8.1 Dirección de Prueba\n\n- Dirigir.\n"
    )
    reading = read(text)
    assert [unit.code for unit in reading.document.units] == ["8.1"]
    assert len(said(reading.report.doubts, "chart")) == 1
    assert reading.report.accounted["not_understood"] == 0


def test_a_source_without_chapters_is_a_fragment():
    assert read("8.1 Dirección de Prueba\n\n- Dirigir.\n").fragment
    assert not read("1. Objetivo.\n\nUno.\n" + FUNCTIONS.format("2.", "2")).fragment


def test_a_chapter_after_the_functions_ends_the_last_unit():
    text = "1. Objetivo.\n\nUno.\n" + FUNCTIONS.format("2.", "2")
    text += "\n3. Glosario.\n\nTérmino: su sentido.\n"
    reading = read(text)
    assert reading.document.chapters[2].body == "Término: su sentido."
    assert len(reading.document.units[0].functions) == 1


def test_charts_under_another_title_are_charts():
    text = (
        "1. Estructura.\n\n1.1 Dirección de Prueba.\n\nVigencia: 1 de enero de 2020\n"
    )
    document = read(text + FUNCTIONS.format("2.", "2")).document
    assert document.chapters[0].kind == "charts"
    assert document.chapters[0].charts[0].unit_key == document.units[0].key


def test_headings_of_another_chapter_without_functions_are_charts():
    text = "7.1 Dirección de X\n\n7.2 Unidad de Y\n\n8.1 Dirección de X\n\n- Dirigir.\n"
    reading = read(text)
    assert [unit.code for unit in reading.document.units] == ["8.1"]
    assert len(said(reading.report.doubts, "chart")) == 2


def test_a_text_before_the_first_unit_stays_in_the_functions_chapter():
    text = "1. Objetivo.\n\nUno.\n\n2. Funciones.\n\nSon:\n\n2.1 Dirección X\n\n- Ir.\n"
    reading = read(text)
    assert reading.document.chapters[1].body == "Son:"
    assert reading.report.accounted["not_understood"] == 0
    assert len(said(reading.report.doubts, "functions_body")) == 1


def test_a_list_before_the_first_unit_is_reported():
    text = (
        "1. Objetivo.\n\nUno.\n\n2. Funciones.\n\n- Nada.\n\n2.1 Dirección X\n\n- Ir.\n"
    )
    reading = read(text)
    assert [one.text for one in said(reading.report.doubts, "not_understood")] == [
        "- Nada."
    ]


def test_a_validity_that_completes_a_name_is_recorded_once():
    text = "8.1 Dirección X\n\n- Ir.\n\n8.2 Unidad de\nVigencia: 1 de mayo de 2020\n"
    assert sum(read(text).report.accounted.values()) == len(text)
