"""The headings of units, whatever signs they carry."""

import pytest

from exchange.importers.errors import ImportRejected
from exchange.importers.headings import kind_of, positions_of
from tests.exchange.importers.support import KINDS, outline, read, said

LIST = "\n- Dirigir las áreas.\n"


@pytest.mark.parametrize(
    "line",
    [
        "8.1 Dirección de Prueba",
        "8.1 Dirección de Prueba.",
        "8.1. Dirección de Prueba.",
        "8.1\tDirección de Prueba",
        "### 8.1 Dirección de Prueba",
        "#### 8.1. Dirección de Prueba.",
        "###8.1 Dirección de Prueba",
        "**8.1 Dirección de Prueba.**",
        "## **8.1 Dirección de Prueba**",
        "- 8.1 Dirección de Prueba",
        "  8.1   Dirección de Prueba",
        "8.1.- Dirección de Prueba",
        "VIII.1 Dirección de Prueba",
        "8,1 Dirección de Prueba",
        "8. 1 Dirección de Prueba",
    ],
)
def test_a_heading_is_read_in_any_form(line):
    reading = read(f"{line}\n{LIST}")
    assert outline(reading.document) == [
        ("8.1", None, "Dirección", "Dirección de Prueba")
    ]
    assert reading.report.accounted["not_understood"] == 0


@pytest.mark.parametrize("line", ["VIII.1 Dirección de X", "8,1 Dirección de X"])
def test_a_code_in_another_form_is_a_correction(line):
    (correction,) = said(read(f"{line}\n{LIST}").report.corrections, "code_form")
    assert correction.read == "8.1"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Subjefaturas de División de X", "Subjefatura"),
        ("JEFATURA DE SERVICIOS DE X", "Jefatura de Servicios"),
        ("Division de X", "División"),
        ("Divisionismo", None),
        ("Consultoría de X", None),
    ],
)
def test_the_level_is_the_longest_name_of_the_catalogue(name, kind):
    assert kind_of(name, KINDS) == kind


@pytest.mark.parametrize(
    ("name", "positions"),
    [
        ("Subjefaturas de Fiscalización (B,C,E)", ["B", "C", "E"]),
        ("Subjefaturas de Fiscalización A, B, C.", ["A", "B", "C"]),
        ("Subjefaturas de Fiscalización A y B", ["A", "B"]),
        ("Subjefatura de Fiscalización A", []),
        ("División de Planeación y Evaluación", []),
        ("División de Altas, Bajas y Cambios", []),
    ],
)
def test_a_grouped_unit_lists_its_positions(name, positions):
    assert positions_of(name) == positions


def test_a_repeated_heading_continues_its_unit():
    text = f"8.1 Dirección de X\n{LIST}\n8.1 Dirección de X (continuación)\n{LIST}"
    reading = read(text)
    (unit,) = reading.document.units
    assert len(unit.functions) == 2
    assert len(said(reading.report.corrections, "repeated_heading")) == 1


def test_an_unknown_level_with_a_code_in_turn_is_a_unit_and_a_doubt():
    reading = read(f"8.1 Dirección de X\n{LIST}\n8.2 Consultoría de Y\n{LIST}")
    assert outline(reading.document)[1] == (
        "8.2",
        "8.1",
        "Consultoría",
        "Consultoría de Y",
    )
    assert len(said(reading.report.doubts, "unknown_level")) == 1


def test_a_code_out_of_turn_before_an_unknown_name_is_text():
    text = f"8.1 Dirección de X\n\n- Aplicar el punto\n\n9.7 Bases del acuerdo.\n{LIST}"
    (unit,) = read(text).document.units
    assert unit.functions[0].text == "Aplicar el punto 9.7 Bases del acuerdo."


def test_a_name_without_its_code_is_a_unit_where_the_index_has_it():
    index = "Índice\n8. Funciones 2\n8.1 Dirección de X 2\n8.2 Unidad de Y 3\n\n"
    text = f"{index}8. Funciones\n\n8.1 Dirección de X\n{LIST}\nUnidad de Y\n{LIST}"
    reading = read(text)
    assert outline(reading.document)[1] == ("8.2", "8.1", "Unidad", "Unidad de Y")
    assert [one.read for one in said(reading.report.corrections, "code")] == ["8.2"]


def test_the_name_of_a_unit_inside_a_cut_item_is_text():
    text = f"8.1 Dirección de X\n\n- Informar a la\n\nUnidad de Y.\n{LIST}"
    (unit,) = read(text).document.units
    assert unit.functions[0].text == "Informar a la Unidad de Y."


def test_a_markdown_heading_without_code_is_a_unit_among_units_with_codes():
    text = f"### 8.1 Dirección de X\n{LIST}\n### Unidad de Y\n{LIST}"
    reading = read(text)
    assert outline(reading.document)[1] == ("8.2", "8.1", "Unidad", "Unidad de Y")
    assert len(said(reading.report.doubts, "code")) == 1


def test_a_heading_cut_in_two_is_joined():
    text = f"8.1 Dirección de Planeación y\n\nEvaluación.\n{LIST}"
    reading = read(text)
    assert outline(reading.document)[0][3] == "Dirección de Planeación y Evaluación"
    assert len(said(reading.report.corrections, "joined_heading")) == 1


def test_the_index_tells_where_a_cut_heading_ends():
    index = "Índice\n8. Funciones 2\n8.1 Dirección de Análisis Fiscal 2\n\n"
    text = f"{index}8. Funciones\n\n8.1 Dirección de Análisis\n\nFiscal.\n{LIST}"
    assert outline(read(text).document)[0][3] == "Dirección de Análisis Fiscal"


def test_an_objective_and_the_label_of_the_functions_are_told_apart():
    text = (
        "8.1 Dirección de X\n\nObjetivo: Coordinar el área.\n\nFunciones:\n\n- Hacer.\n"
    )
    reading = read(text)
    (unit,) = reading.document.units
    assert unit.objective == "Coordinar el área."
    assert [function.text for function in unit.functions] == ["Hacer."]
    assert reading.report.accounted["not_understood"] == 0


def test_an_objective_on_a_line_of_its_own_is_read():
    text = "**Objetivo**\n\nUno.\n\nDos.\n\n**Funciones**\n\n- Hacer.\n"
    (unit,) = read(f"8.1 Dirección de X\n\n{text}").document.units
    assert unit.objective == "Uno.\n\nDos."


def test_a_paragraph_before_the_list_is_an_objective_with_a_doubt():
    reading = read("8.1 Dirección de X\n\nTiene a su cargo las actas.\n\n- Hacer.\n")
    assert reading.document.units[0].objective == "Tiene a su cargo las actas."
    assert len(said(reading.report.doubts, "objective")) == 1


def test_text_that_is_no_list_is_reported():
    reading = read("8.1 Dirección de X\n\nSin contenido todavía.\n")
    assert reading.document.units[0].functions == []
    assert [one.line for one in said(reading.report.doubts, "not_understood")] == [3]


def test_names_without_any_code_are_units_where_lists_stand_under_them():
    text = (
        "### Jefatura de Servicios de X\n\n1. Dirigir.\n\n#### Departamento de Y\n\n"
        "1. Emitir.\n\n#### Departamento de Z\n\n**Funciones**\n\n1. Revisar.\n"
    )
    reading = read(text)
    assert outline(reading.document) == [
        ("1.1", None, "Jefatura de Servicios", "Jefatura de Servicios de X"),
        ("1.2", "1.1", "Departamento", "Departamento de Y"),
        ("1.3", "1.1", "Departamento", "Departamento de Z"),
    ]
    assert reading.document.edition.functions_chapter is None
    assert len(said(reading.report.doubts, "code")) == 3


def test_names_without_codes_take_the_number_of_their_chapter():
    text = (
        "# 1. Objetivo\n\nUno.\n\n# 2. Funciones\n\n## Dirección de X\n\n- Dirigir.\n"
    )
    reading = read(text)
    assert outline(reading.document)[0][0] == "2.1"
    assert reading.document.edition.functions_chapter == 2


def test_a_text_with_headings_like_names_is_no_manual():
    with pytest.raises(ImportRejected):
        read("## Unidades administrativas\n\nSon las que siguen.\n\n- Una.\n- Dos.\n")
