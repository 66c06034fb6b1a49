"""The report in Markdown and the comparative table in Word."""

import re
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from review.compare import compare
from review.compare.docx import render as render_docx
from review.compare.markdown import escaped
from review.compare.markdown import render as render_markdown
from review.compare.table import comparative_table
from tests.review.compare.building import edition, function, key, of_texts, unit
from tests.review.compare.test_demo import demo

TITLE = "Manual de Organización de prueba"


def section(code: str, comparison=None, **options):
    sections = comparative_table(comparison or demo("keys"), **options)
    return next(one for one in sections if one.title.startswith(f"{code} "))


def text(lines) -> str:
    """A cell as text, deletions in [- -], insertions in {+ +}."""
    marks = {"=": "%s", "-": "[-%s-]", "+": "{+%s+}"}
    return " / ".join(
        f"{line.label} ".lstrip()
        + "".join(marks[mark] % part for mark, part in line.segments)
        for line in lines
    )


def small(**options):
    old = edition(
        unit("8.1", "Dirección", function("a", "Dirigir."), of="root"),
        unit(
            "8.2",
            "División de Cobro",
            function("b", "Ver:", function("i", "uno;"), function("j", "dos; y")),
            function("c", "Cobrar | recaudar *todo*."),
            of="cobro",
        ),
    )
    new = edition(
        unit("8.1", "Dirección", function("a", "dirigir"), of="root"),
        unit(
            "8.2",
            "División de Cobro",
            function("b", "Ver:", function("i", "uno;"), function("j", "tres.")),
            of="cobro",
        ),
        unit("8.3", "División Nueva", function("c", "Cobrar | recaudar *todo*.")),
    )
    return compare(old, new)


def test_the_table_shows_the_function_with_the_items_that_changed():
    first, second = section("8.2", small()).rows
    assert text(first.old) == "1. Ver: / […] / b) [-dos; y-]"
    assert text(first.new) == "1. Ver: / […] / b) {+tres.+}"
    assert [line.level for line in first.new] == [0, 1, 1]


def test_each_cell_lists_its_items_in_the_order_of_its_edition():
    (row,) = (row for row in section("7.5.2.2").rows if text(row.old).startswith("2."))
    labels = [line.label for line in row.old], [line.label for line in row.new]
    assert labels == (["2.", "", "c)", "d)"], ["2.", "", "c)", "d)"])


def test_the_table_shows_a_moved_function_where_it_was_and_where_it_is():
    _first, second = section("8.2", small()).rows
    assert text(second.new) == "(Pasa a 8.3, número 1)"
    name, moved = section("8.3", small()).rows
    assert text(name.old) == "(Sin correlativo)"
    assert text(moved.old) == "8.2, 2. Cobrar | recaudar *todo*."
    assert moved.remark == "Viene de 8.2, número 2."


def test_the_table_leaves_out_what_is_only_cosmetic_when_asked():
    titles = [one.title for one in comparative_table(small())]
    assert titles == ["8.1 Dirección", "8.2 División de Cobro", "8.3 División Nueva"]
    titles = [one.title for one in comparative_table(small(), cosmetic=False)]
    assert titles == ["8.2 División de Cobro", "8.3 División Nueva"]


def test_the_table_leaves_out_units_that_do_not_differ():
    titles = [one.title for one in comparative_table(demo("keys"))]
    assert not any(title.startswith("7.2.2.1.3 ") for title in titles)
    assert len(titles) == len(set(titles))


def test_the_reason_is_the_note_of_the_unit():
    assert (
        section("8.2", small(), reasons={key("cobro"): "Reforma."}).reason == "Reforma."
    )
    assert section("8.1", small(), reasons={key("cobro"): "Reforma."}).reason == ""


def test_a_suppressed_unit_is_shown_with_all_its_functions():
    gone = section("8.4.1.3.3")
    assert gone.remarks == ["Unidad suprimida."]
    assert text(gone.rows[0].new) == "(Se suprime)"
    assert len(gone.rows) == 1 + 6


def test_mergers_and_splits_are_said_with_both_codes():
    (merged, _renamed) = section("7.4.1.1.1").remarks
    assert merged == (
        "Fusión: 8.4.1.1.1, 8.4.1.1.2 pasan a ser 7.4.1.1.1 "
        "(propuesta, semejanza de 97 %)."
    )


# Markdown


def test_the_report_has_summary_terms_structure_and_table():
    report = render_markdown(demo("keys"), TITLE, {}).decode()
    heads = re.findall(r"^##? (.*)$", report, re.M)
    assert heads == [
        "Comparación de ediciones",
        "Resumen",
        "Términos que cambian",
        "Cambios de estructura",
        "Cuadro comparativo",
    ]
    assert "nuevas: 32, suprimidas: 17, movidas: 15, con otra redacción: 120" in report
    assert "| buzón IMSS | buzón tributario | 5 |" in report
    assert "Capítulo de las funciones: ~~8~~" in report


def test_every_row_of_the_report_has_its_three_cells():
    report = render_markdown(small(), TITLE, {key("cobro"): "Uno | dos\ntres"}).decode()
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(report)
    tables = re.findall(r"<tbody>(.*?)</tbody>", html, re.S)
    rows = [
        row for table in tables for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)
    ]
    assert rows
    assert {len(re.findall(r"<td>", row)) for row in rows} == {3}
    assert "<td>1. Ver:" in html
    assert "<s>dos; y</s>" in html
    assert "<strong>tres.</strong>" in html
    assert "Cobrar | recaudar *todo*." in html


@pytest.mark.parametrize("raw", ["a*b*", "~~x~~", "<b>", "a|b", "[x](y)", "`q`", "\\"])
def test_markdown_shows_a_text_as_it_is(raw):
    html = MarkdownIt("commonmark").enable("strikethrough").render(escaped(raw))
    shown = raw.replace("<", "&lt;").replace(">", "&gt;")
    assert html.strip() == f"<p>{shown}</p>"


def test_equal_editions_are_said_to_be_equal():
    old, new = of_texts(["Uno."], ["Uno."])
    report = render_markdown(compare(old, new), TITLE, {}).decode()
    assert "Las dos ediciones dicen lo mismo." in report
    assert "Cuadro comparativo" not in report


# Word


def word(comparison, reasons=None):
    return docx.Document(BytesIO(render_docx(comparison, TITLE, reasons or {})))


def runs(cell) -> list[tuple[str, bool, bool]]:
    """Its marked runs: text, struck through, underlined."""
    return [
        (run.text, bool(run.font.strike), bool(run.font.underline))
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if run.font.strike or run.font.underline
    ]


def test_the_page_lies_across_and_the_head_is_repeated():
    document = word(small())
    page = document.sections[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    assert page.page_width > page.page_height
    (table,) = document.tables
    head = table.rows[0]
    assert [cell.text for cell in head.cells] == ["Dice", "Debe decir", "Motivo"]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.core_properties.title == f"Cuadro comparativo: {TITLE}"
    assert document.core_properties.language == "es-MX"


def test_deletions_are_struck_through_and_insertions_underlined():
    (table,) = word(small()).tables
    rows = {row.cells[0].text: row.cells for row in table.rows}
    cells = rows["1. Ver:\n[…]\nb) dos; y"]
    assert runs(cells[0]) == [("dos; y", True, False)]
    assert cells[1].text == "1. Ver:\n[…]\nb) tres."
    assert runs(cells[1]) == [("tres.", False, True)]


def test_the_reason_reaches_over_the_rows_of_its_unit():
    (table,) = word(small(), {key("cobro"): "Reforma de 2023."}).tables
    reasons = [row.cells[2].text for row in table.rows]
    assert reasons.count("Reforma de 2023.") == 2
    merges = table._tbl.findall(f".//{qn('w:vMerge')}")
    assert [merge.get(qn("w:val")) for merge in merges] == [
        "restart",
        None,
        "restart",
        None,
    ]


def test_the_whole_demonstration_becomes_one_table_with_every_row():
    sections = comparative_table(demo("keys"))
    (table,) = word(demo("keys")).tables
    assert len(table._tbl.tr_lst) == 1 + len(sections) + sum(
        len(one.rows) for one in sections
    )


def test_characters_that_xml_cannot_hold_do_no_harm():
    old, new = of_texts(["Uno\x0bdos."], ["Uno\x00 dos\ud800\ntres."])
    cells = word(compare(old, new)).tables[0].rows[2].cells
    assert cells[0].text == "1. Unodos."
    assert cells[1].text == "1. Uno dos\ntres."


def test_equal_editions_make_a_document_without_a_table():
    old, new = of_texts(["Uno."], ["Uno."])
    document = word(compare(old, new))
    assert document.tables == []
    assert "dicen lo mismo" in document.paragraphs[-1].text
