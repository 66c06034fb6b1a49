"""The comparative table (cuadro comparativo) as a Word document.

Letter paper across, as offices print it: one table of Dice, Debe decir and Motivo whose
head is repeated on every page. Deleted words are struck through, new ones underlined;
colour only repeats what the marks say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from uuid import UUID

from django.utils.translation import gettext as _
from docx import Document as new_document
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Inches, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from review.compare.changes import Comparison
from review.compare.table import Line, Section, comparative_table

FONT = "Arial"
WIDTHS = (Inches(3.85), Inches(3.85), Inches(1.9))
MARGIN = Inches(0.7)
_DELETED, _INSERTED, _GREY = (
    RGBColor(0x9B, 0x1C, 0x1C),
    RGBColor(0x00, 0x5C, 0x2E),
    RGBColor(0x59, 0x59, 0x59),
)
_HEAD, _SECTION = "D9E5DD", "EEF3F0"  # shades
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(
    comparison: Comparison, title: str, reasons: Mapping[UUID, str] | None = None
) -> bytes:
    """The document; ``title`` names the manual, ``reasons`` explain units by key."""
    document = new_document()
    _set_page(document)
    _set_styles(document)
    editions = _("Edición %(old)s — edición %(new)s") % {
        "old": comparison.old.edition,
        "new": comparison.new.edition,
    }
    document.core_properties.title = legible(
        _("Cuadro comparativo: %(title)s") % {"title": title}
    )
    document.core_properties.subject = legible(editions)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "es-MX"
    document.add_heading(_("Cuadro comparativo"), level=1)
    document.add_paragraph(legible(title))
    document.add_paragraph(legible(editions))
    _add_legend(document)
    sections = comparative_table(comparison, reasons)
    if sections:
        _add_table(document, sections)
    else:
        document.add_paragraph(_("Las dos ediciones dicen lo mismo."))
    _add_page_numbers(document, legible(f"{title}. {editions}."))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def legible(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


# The page


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Inches(11), Inches(8.5)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    section.footer_distance = Inches(0.4)


def _set_styles(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(9)
    normal.paragraph_format.space_after = Pt(3)
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size = FONT, Pt(15)
    heading.font.color.rgb = RGBColor(0, 0, 0)
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        heading.element.rPr.rFonts.attrib.pop(qn(f"w:{name}"), None)
    languages = document.styles.element.find(f".//{qn('w:lang')}")
    if languages is not None:
        languages.set(qn("w:val"), "es-MX")


def _add_legend(document: Document) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(_("Lo que se suprime aparece "))
    _mark(paragraph.add_run(_("tachado")), "-")
    paragraph.add_run(_("; lo que se agrega, "))
    _mark(paragraph.add_run(_("subrayado")), "+")
    paragraph.add_run(".")


def _add_page_numbers(document: Document, text: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between = _("Página "), _(" de ")
    for words, code in ((f"{text} {before}", "PAGE"), (between, "NUMPAGES")):
        paragraph.add_run(words).font.size = Pt(8)
        run = paragraph.add_run()
        run.font.size = Pt(8)
        for kind, instruction in (("begin", ""), ("", code), ("end", "")):
            if instruction:
                part = OxmlElement("w:instrText")
                part.text = instruction
            else:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
            run._r.append(part)


# The table


def _add_table(document: Document, sections: list[Section]) -> None:
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    table.autofit = False
    _pad(table)
    head = table.rows[0]
    for cell, words in zip(
        head.cells, (_("Dice"), _("Debe decir"), _("Motivo")), strict=True
    ):
        cell.paragraphs[0].add_run(words).bold = True
        _shade(cell, _HEAD)
    _set_row(head, "w:tblHeader", "w:cantSplit")
    for section in sections:
        _add_section_row(table, section)
        _add_rows(table, section)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    _set_widths(table)


def _add_section_row(table: Table, section: Section) -> None:
    row = table.add_row()
    _set_row(row, "w:cantSplit")
    cell, *others = row.cells
    for other in others:
        row._tr.remove(other._tc)
    cell._tc.grid_span = len(WIDTHS)
    _shade(cell, _SECTION)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(legible(section.title)).bold = True
    if section.remarks:
        remarks = cell.add_paragraph()
        remarks.paragraph_format.keep_with_next = True
        _add_remark(remarks, " ".join(section.remarks))


def _add_rows(table: Table, section: Section) -> None:
    for at, row in enumerate(section.rows):
        written = table.add_row()
        old, new, reason = written.cells
        _write(old, row.old)
        _write(new, row.new)
        if row.remark:
            _add_remark(new.add_paragraph(), row.remark)
        if at == 0:
            reason.paragraphs[0].add_run(legible(section.reason))
        if len(section.rows) > 1:
            # One reason for the unit: its cell reaches down over all rows.
            merge = OxmlElement("w:vMerge")
            if at == 0:
                merge.set(qn("w:val"), "restart")
            reason._tc.get_or_add_tcPr().append(merge)


def _write(cell: _Cell, lines: Iterable[Line]) -> None:
    paragraph = cell.paragraphs[0]
    for at, line in enumerate(lines):
        if at:
            paragraph = cell.add_paragraph()
        paragraph.paragraph_format.left_indent = Inches(0.2 * line.level)
        if line.remark:
            _add_remark(paragraph, "".join(text for _mark, text in line.segments))
            continue
        if line.label:
            paragraph.add_run(legible(f"{line.label} "))
        for mark, text in line.segments:
            _mark(paragraph.add_run(legible(text)), mark)


def _add_remark(paragraph: Paragraph, words: str) -> None:
    run = paragraph.add_run(legible(words))
    run.italic = True
    run.font.size = Pt(8)
    run.font.color.rgb = _GREY


def _mark(run, mark: str) -> None:
    if mark == "-":
        run.font.strike = True
        run.font.color.rgb = _DELETED
    elif mark == "+":
        run.font.underline = True
        run.font.color.rgb = _INSERTED


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _pad(table: Table) -> None:
    """Air between the text and the lines of the table."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        width = OxmlElement(f"w:{side}")
        width.set(qn("w:w"), str(40 if side in ("top", "bottom") else 90))
        width.set(qn("w:type"), "dxa")
        margins.append(width)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def _set_row(row: _Row, *names: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in sorted(names):
        properties.append(OxmlElement(name))


def _set_widths(table: Table) -> None:
    """Every cell says its width; Word ignores what only the columns say."""
    for row in table._tbl.tr_lst:
        at = 0
        for cell in row.tc_lst:
            span = cell.grid_span
            cell.width = Emu(sum(WIDTHS[at : at + span]))
            at += span
