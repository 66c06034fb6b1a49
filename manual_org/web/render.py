"""HTML that is too long for template loops: function lists, the tree, blocks.

Every function takes plain values and returns one escaped string, safe for templates.
Template loops would take several times as long, and these lists are most of a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from functions.labels import label, printed_label
from manual_org.web.words import function_count, number
from manuals.blocks import Block, split_blocks
from units.outline import Outline, OutlineUnit

OPEN_DEPTH = 2  # levels of the whole tree whose children are in view at first
SIBLINGS_SHOWN = 12


def function_list(rows: Iterable[tuple[int, int | None, int, str]]) -> SafeString:
    """The functions of a unit with labels and anchors; empty when there are none.

    Rows are ``(id, parent id, position, text)``, siblings in order.
    """
    children = defaultdict(list)
    for pk, parent_id, position, text in rows:
        children[parent_id].append((pk, position, text))
    if None not in children:
        return SafeString()
    parts = ['<ol class="items">']
    _append_items(parts, children, None, 0, "f")
    parts.append("</ol>")
    return SafeString("".join(parts))


def _append_items(parts, children, parent_id, level, prefix):
    for pk, position, text in children[parent_id]:
        anchor = prefix + label(level, position)
        parts.append(
            f'<li id="{anchor}"><a class="n" href="#{anchor}">'
            f"{printed_label(level, position)}</a><p>{escape(text)}</p>"
        )
        if pk in children:
            parts.append("<ol>")
            _append_items(parts, children, pk, level + 1, f"{anchor}-")
            parts.append("</ol>")
        parts.append("</li>\n")


def tree(
    outline: Outline,
    function_counts: Mapping[int, int],
    edition_url: str,
    open_depth: int = OPEN_DEPTH,
) -> SafeString:
    """The whole structure as nested lists that fold without JavaScript."""
    functions = escape(_("funciones"))
    fold = escape(_("Unidades que dependen de"))
    parts = ['<div class="tree"><ul>']
    for unit in outline:
        code = escape(unit.code)
        parts.append(
            f'<li><div class="node"><a href="{_href(edition_url, unit)}">'
            f'<span class="code">{code}</span>{escape(unit.name)}</a>'
            f'<span class="count">{number(function_counts.get(unit.id, 0))}'
            f'<span class="visually-hidden"> {functions}</span></span></div>'
        )
        if unit.children:
            is_open = " open" if unit.depth < open_depth else ""
            parts.append(
                f'<details{is_open}><summary><span class="visually-hidden">'
                f"{fold} {code}</span></summary><ul>"
            )
        else:
            parts.append("</li>\n")
            following_depth = unit.next.depth if unit.next else 0
            parts.append("</ul></details></li>\n" * (unit.depth - following_depth))
    parts.append("</ul></div>")
    return SafeString("".join(parts))


def branch(
    unit: OutlineUnit, function_counts: Mapping[int, int], edition_url: str
) -> SafeString:
    """What hangs from a unit and what stands beside it, as two short panels.

    Only a window of the siblings is shown: a page does not grow with its neighbours.
    """
    parts = []
    if unit.children:
        parts.append(_panel_head("dependen", _("Dependen de esta unidad")))
        for child in unit.children:
            parts.append(_branch_item(child, function_counts, edition_url))
        parts.append("</ul></nav>\n")
    siblings = unit.parent.children if unit.parent else []
    if len(siblings) > 1:
        parts.append(_panel_head("al-lado", _("Al mismo nivel")))
        first = unit.position - 1 - SIBLINGS_SHOWN // 2
        first = max(0, min(first, len(siblings) - SIBLINGS_SHOWN))
        for sibling in siblings[first : first + SIBLINGS_SHOWN]:
            if sibling is unit:
                parts.append(
                    f'<li><span aria-current="page">{_label(unit)}</span></li>'
                )
            else:
                parts.append(_branch_item(sibling, function_counts, edition_url))
        parts.append("</ul>")
        if len(siblings) > SIBLINGS_SHOWN:
            everything = _("Ver las %(count)s unidades que dependen de %(name)s") % {
                "count": number(len(siblings)),
                "name": unit.parent.name,
            }
            parts.append(
                f'<p><a href="{_href(edition_url, unit.parent)}#dependen">'
                f"{escape(everything)}</a></p>"
            )
        parts.append("</nav>\n")
    return SafeString("".join(parts))


def _panel_head(anchor, title):
    return (
        f'<nav class="panel branch" aria-labelledby="{anchor}">'
        f'<h2 id="{anchor}">{escape(title)}</h2><ul>'
    )


def _branch_item(unit, function_counts, edition_url):
    return (
        f'<li><a href="{_href(edition_url, unit)}">{_label(unit)}</a>'
        f"<small>{escape(function_count(function_counts.get(unit.id, 0)))}</small></li>"
    )


def _label(unit):
    return f'<span class="code">{escape(unit.code)}</span> {escape(unit.name)}'


def _href(edition_url, unit):
    return f"{edition_url}{quote(unit.code, safe='')}/"


def blocks(numbered: Sequence[Block]) -> SafeString:
    """A chapter's blocks, each with its number and anchor (``#p12``)."""
    if not numbered:
        return SafeString()
    parts = ['<ol class="items blocks">']
    for block in numbered:
        anchor = f"p{block.number}"
        parts.append(
            f'<li id="{anchor}"><a class="n" href="#{anchor}">{block.number}</a>'
            f"{_block_body(block)}</li>\n"
        )
    parts.append("</ol>")
    return SafeString("".join(parts))


def _block_body(block):
    if block.kind == "heading":
        return f"<h2>{block.html}</h2>"
    marker = f"{escape(block.marker)} " if block.marker else ""
    return f'<p class="depth-{min(block.depth, 3)}">{marker}{block.html}</p>'


def prose(markdown: str) -> SafeString:
    """A short Markdown text, such as an objective: paragraphs and lists, no numbers."""
    parts = []
    in_list = False
    for block in split_blocks(markdown):
        if (block.depth > 0) != in_list:
            parts.append("</ul>" if in_list else "<ul>")
            in_list = not in_list
        tag = "li" if in_list else "p"
        marker = f"{escape(block.marker)} " if block.marker else ""
        parts.append(f"<{tag}>{marker}{block.html}</{tag}>")
    if in_list:
        parts.append("</ul>")
    return SafeString("".join(parts))
