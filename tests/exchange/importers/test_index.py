"""The index: its entries, where it ends, and its comparison with the body."""

import pytest

from tests.exchange.importers.support import read, said

BODY = """
7. Funciones.

7.1 Dirección de Prueba.

- Dirigir.

7.2 Unidad de Ensayos.

- Aprobar.
"""


def with_index(*entries: str, body: str = BODY):
    return read("Índice\n\n" + "\n".join(entries) + "\n" + body)


@pytest.mark.parametrize(
    "entries",
    [
        (
            "7.\tFunciones.\t5",
            "\t7.1 Dirección de Prueba.\t5",
            "7.2\tUnidad de Ensayos.\t6",
        ),
        ("7. Funciones 5", "7.1 Dirección de Prueba 5", "7.2 Unidad de Ensayos 6"),
        (
            "7. Funciones ........ 5",
            "7.1 Dirección de Prueba.....5",
            "7.2. Unidad de Ensayos … 6",
        ),
        (
            "- 7. Funciones 5",
            "- 7.1 Dirección de Prueba 5",
            "- 7.2 Unidad de Ensayos 6",
        ),
        ("## 7. Funciones 5", "7.1 Dirección de Prueba 5", "7.2 Unidad de Ensayos 6"),
        ("7. Funciones 5", "7.1 Dirección de", "Prueba 5", "7.2 Unidad de Ensayos 6"),
        ("7. Funciones", "7.1 Dirección de Prueba", "7.2 Unidad de Ensayos"),
    ],
)
def test_entries_are_read_in_any_of_their_forms(entries):
    reading = with_index(*entries)
    check = reading.report.index_check
    assert reading.report.counts["index_entries"] == 3
    assert not check.missing_in_body and not check.missing_in_index
    assert not check.written_otherwise and not check.spelling
    assert reading.report.accounted["not_understood"] == 0
    pages = [unit.printed_page for unit in reading.document.units]
    assert pages == ([5, 6] if entries[0][-1].isdigit() else [None, None])


def test_a_page_header_inside_the_index_is_no_entry():
    reading = with_index(
        "7. Funciones 5",
        "\n\nMANUAL DE ORGANIZACIÓN DE PRUEBA\n",
        "7.1 Dirección de Prueba 5",
    )
    assert reading.report.counts["index_entries"] == 2


def test_a_spelling_of_its_own_is_reported():
    reading = with_index(
        "7. Funciones 5", "7.1 Direción de Prueba 5", "7.2 Unidad de Ensayos 6"
    )
    check = reading.report.index_check
    assert [one["code"] for one in check.spelling] == ["7.1"]
    assert [doubt.line for doubt in said(reading.report.doubts, "index_name")] == [4]


def test_punctuation_of_its_own_is_written_otherwise():
    body = "\n7. Funciones.\n\n7.1 Unidades de Prueba (A,B).\n\n- Dirigir.\n"
    reading = with_index("7. Funciones 5", "7.1 Unidades de Prueba A, B 5", body=body)
    (one,) = reading.report.index_check.written_otherwise
    assert (one["index"], one["body"]) == (
        "Unidades de Prueba A, B",
        "Unidades de Prueba (A,B)",
    )


def test_final_dots_are_only_counted():
    reading = with_index(
        "7. Funciones 5", "7.1 Dirección de Prueba 5", "7.2 Unidad de Ensayos. 6"
    )
    assert reading.report.index_check.final_dots == 2
    assert reading.report.doubts == []


def test_what_only_one_of_them_has_is_a_doubt():
    reading = with_index(
        "7. Funciones 5", "7.1 Dirección de Prueba 5", "7.3 Unidad de Actas 9"
    )
    check = reading.report.index_check
    assert [one["code"] for one in check.missing_in_body] == ["7.3"]
    assert [one["code"] for one in check.missing_in_index] == ["7.2"]


def test_a_mistyped_code_in_the_body_is_listed():
    body = BODY.replace("7.2 Unidad", "7.1 Unidad")
    reading = with_index(
        "7. Funciones 5",
        "7.1 Dirección de Prueba 5",
        "7.2 Unidad de Ensayos 6",
        body=body,
    )
    (one,) = reading.report.index_check.codes
    assert (one["index"], one["body"]) == ("7.2", "7.1")
    assert [unit.code for unit in reading.document.units] == ["7.1", "7.2"]
