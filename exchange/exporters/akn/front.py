"""The front matter of an edition: title, notice and the text of its authorisation."""

from __future__ import annotations

from lxml.etree import _Element

from exchange.exporters.akn.elements import add
from exchange.exporters.akn.identifiers import Context
from exchange.exporters.akn.texts import add_blocks


def add_front(parent: _Element, context: Context) -> None:
    manual, edition = context.document.manual, context.document.edition
    preface = add(parent, "preface", {"eId": "preface"})
    title = add(add(preface, "longTitle"), "p")
    add(title, "docTitle", text=manual.title)
    if manual.notice:
        container = add(preface, "container", {"name": "notice"})
        add(container, "p", text=manual.notice)
    if edition.authorisation_text and edition.authorisation_text.strip():
        preamble = add(parent, "preamble", {"eId": "preamble"})
        container = add(preamble, "container", {"name": "authorisation"})
        add_blocks(container, edition.authorisation_text, context, "preamble")
