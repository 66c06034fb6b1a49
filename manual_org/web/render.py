"""HTML that is too long for template loops: function lists, blocks.

Every function takes plain values and returns one escaped string, safe for templates.
Template loops would take several times as long, and these lists are most of a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString

from functions.labels import label, printed_label
from manual_org.web.citations import Citing
from manuals.blocks import Block, split_blocks

AsHtml = Callable[[str], str]


def function_list(
    rows: Iterable[tuple[int, int | None, int, str]],
    as_html: AsHtml = escape,
    *,
    page_url: str = "",
    id_prefix: str = "",
    citing: Citing | None = None,
) -> SafeString:
    """The functions of a unit with labels and anchors; empty when there are none.

    Rows are ``(id, parent id, position, text)``, siblings in order; ``as_html``
    escapes a text and may add links (see :mod:`manual_org.web.texts`). Where the list
    is not on the unit's own page, ``page_url`` is that page's, to which the numbers
    lead, and ``id_prefix`` sets the list's ids apart from those of other lists.
    ``citing`` adds what js/items.js offers to copy.
    """
    children = defaultdict(list)
    for pk, parent_id, position, text in rows:
        children[parent_id].append((pk, position, text))
    if None not in children:
        return SafeString()
    parts = [f'<ol class="items"{_citing_attributes(citing)}>']
    cites = citing.function if citing and citing.beginning else None

    def append(parent_id, prefix, above):
        level = len(above)
        for pk, position, text in children[parent_id]:
            positions = (*above, position)
            anchor = prefix + label(level, position)
            cite = f' data-cite="{escape(cites(positions, text))}"' if cites else ""
            parts.append(
                f'<li id="{id_prefix}{anchor}"{cite}>'
                f'<a class="n" href="{page_url}#{anchor}">'
                f"{printed_label(level, position)}</a><p>{as_html(text)}</p>"
            )
            if pk in children:
                parts.append("<ol>")
                append(pk, f"{anchor}-", positions)
                parts.append("</ol>")
            parts.append("</li>\n")

    append(None, "f", ())
    parts.append("</ol>")
    return SafeString("".join(parts))


def _citing_attributes(citing):
    """What a list says to js/items.js: how citations begin, or why there are none."""
    if citing is None:
        return ""
    if citing.refusal:
        return f' data-refusal="{escape(citing.refusal)}"'
    return f' data-cite="{escape(citing.beginning)}"'


def blocks(
    numbered: Sequence[Block], as_html: AsHtml = str, citing: Citing | None = None
) -> SafeString:
    """A chapter's blocks, each with its number and anchor (``#p12``).

    ``as_html`` may add links to a block's safe HTML; ``citing`` as above.
    """
    if not numbered:
        return SafeString()
    parts = [f'<ol class="items blocks"{_citing_attributes(citing)}>']
    cites = citing.block if citing and citing.beginning else None
    for block in numbered:
        anchor = f"p{block.number}"
        cite = f' data-cite="{escape(cites(block))}"' if cites else ""
        parts.append(
            f'<li id="{anchor}"{cite}><a class="n" href="#{anchor}">{block.number}</a>'
            f"{_block_body(block, as_html(block.html))}</li>\n"
        )
    parts.append("</ol>")
    return SafeString("".join(parts))


def _block_body(block, html):
    if block.kind == "heading":
        return f"<h2>{html}</h2>"
    marker = f"{escape(block.marker)} " if block.marker else ""
    return f'<p class="depth-{min(block.depth, 3)}">{marker}{html}</p>'


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
