"""Making Akoma Ntoso elements, and writing them as bytes that never vary."""

from __future__ import annotations

import re

from lxml import etree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# What Akoma Ntoso has no place for; names of this namespace never change.
OWN_NAMESPACE = "urn:manual-org:akn:1"

# What XML 1.0 cannot hold, not even escaped.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Inside these a line end would be part of the text.
_TEXTUAL = frozenset(
    f"{{{NAMESPACE}}}{name}" for name in ("p", "num", "heading", "block", "docTitle")
)


def writable(text: str) -> str:
    """The text with U+FFFD in the place of each character that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)


def root(name: str) -> etree._Element:
    """The outermost element."""
    return etree.Element(
        f"{{{NAMESPACE}}}{name}", nsmap={None: NAMESPACE, "mo": OWN_NAMESPACE}
    )


def add(
    parent: etree._Element,
    name: str,
    attributes: dict[str, str | None] | None = None,
    text: str = "",
    *,
    namespace: str = NAMESPACE,
) -> etree._Element:
    """A new last child; attributes without a value are left out."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    for key, value in (attributes or {}).items():
        if value is not None:
            element.set(key, writable(value))
    if text:
        element.text = writable(text)
    return element


def append_text(element: etree._Element, text: str) -> None:
    """More text at the end of an element, behind its last child."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + writable(text)
    else:
        element.text = (element.text or "") + writable(text)


def to_bytes(element: etree._Element) -> bytes:
    """UTF-8 with a declaration, one line per element that holds no text, a line end."""
    _indent(element, "\n")
    return (
        etree.tostring(element, encoding="UTF-8", xml_declaration=True).replace(
            b"<?xml version='1.0' encoding='UTF-8'?>",
            b'<?xml version="1.0" encoding="UTF-8"?>',
            1,
        )
        + b"\n"
    )


def _indent(element: etree._Element, line: str) -> None:
    if element.tag in _TEXTUAL or not len(element):
        return
    element.text = f"{line} "
    for child in element:
        _indent(child, f"{line} ")
        child.tail = f"{line} "
    element[-1].tail = line
