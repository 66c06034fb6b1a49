"""A chapter's Markdown as numbered blocks: paragraphs and list items.

Blocks are what people cite (``#p12``) and what is compared: an attribution, a legal
instrument, a paragraph of the introduction. A nested list item is a block of its own,
one level deeper. Pure: no Django, no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

# HTML in a body is shown as text, never obeyed; images and links would lead outside;
# what remains is what manuals have: paragraphs, lists, headings and emphasis.
_FOREIGN = ["image", "link", "autolink", "reference"]
_FOREIGN += ["code", "fence", "blockquote", "hr", "lheading"]
_PARSER = MarkdownIt("commonmark", {"html": False}).disable(_FOREIGN)
# Where blocks begin is known without looking into them.
_SPLITTER = MarkdownIt("commonmark", {"html": False}).disable([*_FOREIGN, "inline"])


@dataclass(frozen=True)
class Block:
    """One citable piece of a chapter.

    ``number`` counts from 1 through the chapter; ``depth`` is 0 for a paragraph and
    the level of the list, from 1, for an item; ``marker`` is the item's printed number
    in an ordered list, else empty; ``text`` is Markdown.
    """

    number: int
    depth: int
    kind: str  # paragraph, item or heading
    marker: str
    text: str

    @cached_property
    def html(self) -> str:
        """The safe rendering of the text."""
        return _PARSER.renderInline(self.text).replace("\n", " ")

    @property
    def tokens(self) -> list[Token]:
        """The text and its emphasis as markdown-it's inline tokens, in order."""
        return _PARSER.parseInline(self.text)[0].children or []


def split_blocks(body: str) -> list[Block]:
    """The blocks of a body in reading order; an empty body has none."""
    blocks: list[Block] = []
    depth = 0
    ordered: list[bool] = []
    marker = ""
    item_open = False
    heading = False
    for token in _SPLITTER.parse(body):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
            ordered.append(token.type == "ordered_list_open")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            ordered.pop()
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup}" if ordered[-1] else ""
            item_open = True
        elif token.type == "heading_open":
            heading = True
        elif token.type == "inline":
            blocks.append(
                Block(
                    number=len(blocks) + 1,
                    depth=depth,
                    kind="heading" if heading else "item" if item_open else "paragraph",
                    marker=marker,
                    text=token.content,
                )
            )
            heading, item_open, marker = False, False, ""
    return blocks
