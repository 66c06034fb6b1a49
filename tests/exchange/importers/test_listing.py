"""Placing the lines of a unit: function, sub-item, third level, or rest of an item.

Each input is a few lines under the heading of one unit; the result shows a function as
its text, or as a list of its text and its items.
"""

import pytest

from exchange.importers.report import Reading
from tests.exchange.importers.support import UNIT, not_understood, read, read_list, said

HEADER = "\n\n\nMANUAL DE ORGANIZACIÓN DE LA DIRECCIÓN DE PRUEBA\n\n"


def doubts(lines: str, kind: str) -> list:
    return said(read(UNIT + lines).report.doubts, kind)


def corrections(lines: str, kind: str) -> list:
    return said(read(UNIT + lines).report.corrections, kind)


def test_bullets_are_functions():
    assert read_list("- Elaborar actas.\n- Revisar actas.\n") == [
        "Elaborar actas.",
        "Revisar actas.",
    ]


def test_numbers_are_functions_and_the_edition_says_so():
    reading = read(UNIT + "1. Elaborar actas.\n2. Revisar actas.\n")
    assert len(reading.document.units[0].functions) == 2
    assert reading.document.edition.numbering == "numbers"
    bulleted = read(UNIT + "- Elaborar actas.\n")
    assert bulleted.document.edition.numbering == "bullets"


@pytest.mark.parametrize(
    ("first", "second"),
    [("a) ", "b) "), ("a. ", "b. "), ("- a) ", "- b) "), ("  - a. ", "- b. ")],
)
def test_labels_make_sub_items_in_any_column(first, second):
    lines = f"- Elaborar actas de:\n{first}Altas.\n{second}Bajas.\n- Revisar.\n"
    assert read_list(lines) == [["Elaborar actas de:", "Altas.", "Bajas."], "Revisar."]


def test_the_label_decides_after_a_page_break_not_the_column():
    lines = f"- Elaborar:\n - a) Altas;{HEADER}- b) Bajas.\n - Revisar actas.\n"
    assert read_list(lines) == [["Elaborar:", "Altas;", "Bajas."], "Revisar actas."]


def test_a_third_level_of_bullets_stands_under_a_lettered_item_with_a_colon():
    lines = (
        "- Elaborar:\n - a) Actas con:\n - Firma,\n - Sello.\n - b) Oficios.\n"
        "- Revisar.\n"
    )
    assert read_list(lines) == [
        ["Elaborar:", ["Actas con:", "Firma,", "Sello."], "Oficios."],
        "Revisar.",
    ]


def test_the_first_i_of_a_list_is_roman_and_the_one_after_h_a_letter():
    third = "- Elaborar:\na) Actas:\ni) Firma;\nii) Sello.\nb) Oficios.\n"
    assert read_list(third) == [
        ["Elaborar:", ["Actas:", "Firma;", "Sello."], "Oficios."]
    ]
    letters = "".join(f"{letter}) Tipo {letter};\n" for letter in "abcdefghij")
    ((_, *items),) = read_list("- Elaborar:\n" + letters)
    assert len(items) == 10


def test_numbers_under_a_letter_are_a_third_level():
    lines = "1. Elaborar:\na) Actas:\n1) Firma;\n2) Sello.\nb) Oficios.\n2. Revisar.\n"
    assert read_list(lines) == [
        ["Elaborar:", ["Actas:", "Firma;", "Sello."], "Oficios."],
        "Revisar.",
    ]


def test_unlettered_nouns_after_a_colon_are_sub_items_until_an_infinitive():
    lines = "- Participar en:\n- Trámite de altas.\n- Registro de bajas.\n- Revisar.\n"
    assert read_list(lines) == [
        ["Participar en:", "Trámite de altas.", "Registro de bajas."],
        "Revisar.",
    ]


def test_an_unlettered_list_of_infinitives_closes_where_its_column_does():
    lines = "- Coordinar:\n  - Registrar altas.\n  - Emitir actas.\n- Revisar.\n"
    assert read_list(lines) == [
        ["Coordinar:", "Registrar altas.", "Emitir actas."],
        "Revisar.",
    ]


def test_a_list_stays_open_after_a_comma_or_a_semicolon():
    lines = "- Coordinar:\n- Registrar altas;\n- Emitir actas.\n- Revisar.\n"
    assert read_list(lines) == [
        ["Coordinar:", "Registrar altas;", "Emitir actas."],
        "Revisar.",
    ]


def test_lower_case_sub_items_after_a_colon_are_sub_items():
    lines = "- Revisar:\n- altas;\n- bajas.\n- Emitir actas.\n"
    assert read_list(lines) == [["Revisar:", "altas;", "bajas."], "Emitir actas."]


@pytest.mark.parametrize("rest", ["y bajas.", "Seguro Social.", "2021."])
@pytest.mark.parametrize(
    "gap", ["\n", "\n\n", HEADER, HEADER.replace("MANUAL", "## MANUAL")]
)
def test_a_line_without_any_sign_continues_the_item(rest, gap):
    assert read_list(f"- Elaborar actas del{gap}{rest}\n- Revisar.\n") == [
        f"Elaborar actas del {rest}",
        "Revisar.",
    ]


def test_a_bullet_in_lower_case_continues_the_item_and_is_reported():
    lines = (
        f"- Elaborar:\n - a) Actas de las obligaciones{HEADER}- patronales.\n - b) X.\n"
    )
    assert read_list(lines) == [
        ["Elaborar:", "Actas de las obligaciones patronales.", "X."]
    ]
    (joined,) = corrections(lines, "joined")
    assert joined.line == 9
    assert joined.printed == "- patronales."


def test_a_bullet_after_a_text_that_breaks_off_continues_it_with_a_doubt():
    lines = f"- Elaborar actas conforme a la Ley General de{HEADER}- Archivos.\n"
    assert read_list(lines) == ["Elaborar actas conforme a la Ley General de Archivos."]
    assert len(doubts(lines, "rest")) == 1


def test_a_function_without_its_period_stays_a_function_of_its_own():
    lines = "- Elaborar actas de la Unidad\n- Apoyo jurídico a las áreas.\n- Revisar.\n"
    assert len(read_list(lines)) == 3


def test_a_label_out_of_turn_inside_a_text_is_text():
    lines = "- Aplicar lo previsto en el inciso\nb) del artículo 5.\n- Revisar.\n"
    assert read_list(lines) == [
        "Aplicar lo previsto en el inciso b) del artículo 5.",
        "Revisar.",
    ]


def test_a_number_out_of_turn_inside_a_text_is_text():
    lines = "1. Aplicar el artículo\n71. Bis de la Ley.\n2. Revisar.\n"
    assert read_list(lines) == ["Aplicar el artículo 71. Bis de la Ley.", "Revisar."]


def test_a_missing_letter_is_a_doubt_and_no_item_is_lost():
    lines = "- Elaborar:\n- a) Altas;\n- c) Bajas.\n"
    assert read_list(lines) == [["Elaborar:", "Altas;", "Bajas."]]
    (doubt,) = doubts(lines, "label")
    assert doubt.line == 5


def test_consecutive_letters_give_no_doubt():
    lines = "- Elaborar:\n" + "".join(f"- {one}) X;\n" for one in "abcdefghijklmnñopq")
    assert doubts(lines, "label") == []


def test_a_skipped_number_is_a_doubt():
    lines = "1. Elaborar actas.\n3. Revisar actas.\n"
    assert len(read_list(lines)) == 2
    assert len(doubts(lines, "label")) == 1


def test_a_stray_dash_is_a_mark():
    reading = read(UNIT + "- Elaborar actas.\n-\n- Revisar actas.\n")
    assert len(reading.document.units[0].functions) == 2
    assert reading.report.accounted["marks"] == 4  # three dashes, the heading's dot


def test_lettered_functions_are_read_where_a_unit_has_those():
    assert read_list("a) Elaborar:\n1. Actas;\n2. Oficios.\nb) Revisar.\n") == [
        ["Elaborar:", "Actas;", "Oficios."],
        "Revisar.",
    ]


def test_functions_without_signs_are_told_by_their_infinitives():
    lines = "Elaborar actas de las\nsesiones.\n\nRevisar actas.\n\nEmitir oficios.\n"
    assert read_list(lines) == [
        "Elaborar actas de las sesiones.",
        "Revisar actas.",
        "Emitir oficios.",
    ]


def test_a_bullet_among_numbered_functions_is_no_function():
    lines = "1. Elaborar actas.\n- Oficios.\n2. Revisar.\n"
    assert read_list(lines) == [["Elaborar actas.", "Oficios."], "Revisar."]
    assert len(doubts(lines, "unlabelled")) == 1


def test_a_heading_that_is_no_units_ends_the_item_and_is_reported():
    reading: Reading = read(UNIT + "- Elaborar actas.\n\n## Firmas\n\nNombre y cargo\n")
    assert reading.document.units[0].functions[0].text == "Elaborar actas."
    assert [doubt.text for doubt in said(reading.report.doubts, "not_understood")] == [
        "## Firmas",
        "Nombre y cargo",
    ]
    assert not_understood(reading) == len("## Firmas") + len("Nombre y cargo")


def test_the_deepest_list_has_three_levels():
    lines = "- A:\n- a) B:\n- C:\n- d.\n"
    ((_, (_, *third)),) = read_list(lines)
    assert third == ["C: d."]


def test_every_item_knows_its_line():
    (function,) = (
        read(UNIT + "- Elaborar:\n\n - a) Altas.\n").document.units[0].functions
    )
    assert (function.source_line, function.items[0].source_line) == (3, 5)


@pytest.mark.parametrize("gap", ["\n", HEADER])
def test_a_marker_that_a_page_break_leaves_alone_finds_its_text(gap):
    lines = f"-{gap}Elaborar:\n- a){gap}Altas;\nb){gap}Bajas.\n-{gap}Revisar.\n"
    assert read_list(lines) == [["Elaborar:", "Altas;", "Bajas."], "Revisar."]
    numbers = f"1.{gap}Elaborar.\n2.{gap}Revisar.\n"
    assert read_list(numbers) == ["Elaborar.", "Revisar."]


def test_a_stray_dash_before_the_rest_of_an_item_is_a_mark():
    assert read_list("- Elaborar actas de\n-\nsesiones.\n- Revisar.\n") == [
        "Elaborar actas de sesiones.",
        "Revisar.",
    ]


def test_a_number_that_ends_a_sentence_is_its_end():
    assert read_list("- Aplicar el artículo\n71.\n- Revisar.\n") == [
        "Aplicar el artículo 71.",
        "Revisar.",
    ]
