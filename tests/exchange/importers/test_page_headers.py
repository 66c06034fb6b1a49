"""Headers and page numbers that a page break leaves in the text."""

from exchange.importers.context import Context
from exchange.importers.headers import read_page_headers
from exchange.importers.lines import split_lines
from tests.exchange.importers.support import KINDS, UNIT, not_understood, read

TITLE = "MANUAL DE ORGANIZACIÓN DE LA DIRECCIÓN DE PRUEBA"


def headers(text: str) -> list[str]:
    context = Context(text=text, kinds=KINDS, lines=split_lines(text))
    read_page_headers(context)
    return [
        text[span.start : span.end]
        for span in context.spans
        if span.kind == "page_headers"
    ]


def test_the_title_in_capitals_is_a_header_even_once():
    assert headers(f"- Elaborar\n\n{TITLE}\n\nactas.\n") == [TITLE]


def test_as_a_markdown_heading_its_sign_is_a_mark():
    reading = read(f"{UNIT}- Elaborar\n\n## {TITLE}\n\nactas.\n")
    assert reading.document.units[0].functions[0].text == "Elaborar actas."
    assert reading.report.accounted["page_headers"] == len(TITLE)


def test_a_title_in_mixed_case_is_a_header_where_it_repeats():
    title = "Manual de Organización de la Dirección de Prueba"
    assert headers(f"a\n{title}\nb\n{title}\n") == [title, title]
    assert headers(f"a\n{title}\nb\n") == []


def test_other_capitals_are_headers_where_they_repeat_on_pages():
    line = "INSTITUTO DE PRUEBA\n"
    assert headers(f"a\n{line}b\n{line}c\n{line}") == ["INSTITUTO DE PRUEBA"] * 3
    assert headers(f"a\n{line}b\n{line}") == []


def test_a_sentence_about_the_manual_is_no_header():
    assert headers("- Revisar el\nManual de Organización de la unidad.\n") == []


def test_page_numbers_are_headers():
    assert headers("a\nPágina 3 de 20\nb\nPágina 4 de 20\n") == [
        "Página 3 de 20",
        "Página 4 de 20",
    ]


def test_bare_numbers_are_headers_only_where_they_count_up():
    assert headers("a\n3\nb\n4\nc\n5\n") == ["3", "4", "5"]
    assert headers("conforme al artículo\n71\n") == []


def test_the_number_left_by_a_cut_sentence_stays_in_it():
    reading = read(f"{UNIT}- Aplicar el artículo\n\n{TITLE}\n\n71\n")
    assert reading.document.units[0].functions[0].text == "Aplicar el artículo 71"


def test_a_header_glued_to_a_line_is_cut_off():
    reading = read(f"{UNIT}- Elaborar actas. {TITLE}\n\n{TITLE}\n\n- Revisar.\n")
    texts = [function.text for function in reading.document.units[0].functions]
    assert texts == ["Elaborar actas.", "Revisar."]
    assert not_understood(reading) == 0


def test_form_feeds_before_a_header_are_blank():
    reading = read(f"{UNIT}- Elaborar\n\f{TITLE}\nactas.\n")
    assert reading.document.units[0].functions[0].text == "Elaborar actas."
