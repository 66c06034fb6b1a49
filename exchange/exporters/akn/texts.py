"""Texts of an edition as inline elements and blocks: emphasis, lists, references."""

from __future__ import annotations

from uuid import UUID

from lxml.etree import _Element

from exchange.exporters.akn.elements import add, append_text
from exchange.exporters.akn.identifiers import Context
from functions.references import Mention
from manuals.blocks import Block, split_blocks

_EMPHASIS = {"em": "i", "strong": "b"}


def add_plain(
    element: _Element, text: str, context: Context, own: UUID | None = None
) -> None:
    """A text without markup; names of other units than ``own`` become references."""
    _append(element, text, 0, _mentions(text, context, own), context)


def add_blocks(
    parent: _Element, markdown: str, context: Context, prefix: str, own=None
) -> None:
    """The blocks of a Markdown text as paragraphs and lists.

    A block keeps its number, by which pages cite it: ``#p12`` is ``<prefix>__p_12``.
    """
    lists: list[_Element] = []  # those open, the outermost first
    items: list[_Element] = []
    count = 0
    for block in split_blocks(markdown):
        opens = block.kind == "item"
        del lists[block.depth :], items[block.depth - opens :]
        while len(items) < block.depth:
            if len(lists) == len(items):
                count += 1
                place = items[-1] if items else parent
                lists.append(
                    add(place, "blockList", {"eId": f"{prefix}__list_{count}"})
                )
            deepest = len(items) + 1 == block.depth
            items.append(_add_item(lists[-1], block.marker if deepest else ""))
        place = items[-1] if items else parent
        if block.kind == "heading":
            attributes = {"name": "heading", "eId": f"{prefix}__block_{block.number}"}
            element = add(place, "block", attributes)
        else:
            element = add(place, "p", {"eId": f"{prefix}__p_{block.number}"})
        _add_inline(element, block, context, own)


def _add_item(blocks: _Element, marker: str) -> _Element:
    number = f"{blocks.get('eId')}__item_{len(blocks) + 1}"
    item = add(blocks, "item", {"eId": number})
    if marker:
        add(item, "num", text=marker)
    return item


def _add_inline(
    element: _Element, block: Block, context: Context, own: UUID | None
) -> None:
    pieces = [
        (token, " " if token.type in ("softbreak", "hardbreak") else token.content)
        for token in block.tokens
    ]
    mentions = _mentions("".join(text for _token, text in pieces), context, own)
    nested = [element]
    offset = 0
    for token, text in pieces:
        if token.nesting > 0:
            nested.append(add(nested[-1], _EMPHASIS[token.tag]))
        elif token.nesting < 0:
            nested.pop()
        elif token.type == "code_inline":
            append_text(add(nested[-1], "span", {"class": "code"}), text)
        else:
            if token.type == "hardbreak":
                add(nested[-1], "eol")
            _append(nested[-1], text, offset, mentions, context)
        offset += len(text)


def _mentions(text: str, context: Context, own: UUID | None) -> list[Mention]:
    """The references that a text makes; a name that several units bear makes none."""
    return [
        mention
        for mention in context.names.find(text)
        if len(mention.keys) == 1 and mention.keys[0] != own
    ]


def _append(
    element: _Element,
    text: str,
    offset: int,
    mentions: list[Mention],
    context: Context,
) -> None:
    """``text``, which begins at ``offset`` of what the mentions were found in.

    A mention that reaches over it, into or out of emphasis, makes no reference.
    """
    done = 0
    for start, end, keys in mentions:
        first, last = start - offset, end - offset
        if first < 0 or last > len(text):
            continue
        append_text(element, text[done:first])
        reference = add(element, "ref", {"href": context.reference(keys[0])})
        append_text(reference, text[first:last])
        done = last
    append_text(element, text[done:])
