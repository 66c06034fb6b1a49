"""The comparative table (cuadro comparativo) as rows of an HTML table."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from manual_org.web.marks import lines, marked
from review.compare.table import Line, Row, Section


def table_body(section: Section) -> SafeString:
    """A unit or chapter of the comparative table: its heading and its rows.

    Cells repeat their column's name for windows too narrow for columns.
    """
    remarks = " ".join(filter(None, section.remarks))
    says, should_say, why = (
        f'<p class="side">{escape(name)}</p>'
        for name in (_("Dice"), _("Debe decir"), _("Motivo"))
    )
    written = [
        f'<tbody><tr class="of"><th colspan="3" scope="rowgroup" id="{section.anchor}">'
        f"{escape(section.title)}"
        + (f"<small>{escape(remarks)}</small>" if remarks else "")
        + "</th></tr>\n"
    ]
    for at, row in enumerate(section.rows):
        reason = _reason(row, section.reason if at == 0 else "")
        written.append(
            f"<tr><td>{says}{_cell(row.old)}</td><td>{should_say}{_cell(row.new)}</td>"
            f"<td>{why + reason if reason else ''}</td></tr>\n"
        )
    written.append("</tbody>\n")
    return SafeString("".join(written))


def _reason(row: Row, reason: str) -> str:
    written = f"<p>{lines(reason)}</p>" if reason else ""
    if row.remark:
        written += f"<p><small>{escape(row.remark)}</small></p>"
    return written


def _cell(paragraphs: Iterable[Line]) -> str:
    return "".join(
        f'<p class="depth-{line.level}{" quiet" if line.remark else ""}">'
        + (f"{escape(line.label)} " if line.label else "")
        + f"{marked(line.segments)}</p>"
        for line in paragraphs
    )
