"""What answers say, as plain values; serializers.py declares the same shapes.

Built by hand from plain rows: model serializers cost twice as much and would tie the
contract to the tables. Names are those of the interchange format ``manual-org/1``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from urllib.parse import quote

from django.urls import reverse

from functions.labels import anchor, label
from functions.querysets import Node
from manuals import cache
from manuals.models import Chapter, Edition, Manual
from units.outline import OutlineUnit
from units.querysets import Row


class Links:
    """Addresses of one edition's things, absolute, always with the edition's label."""

    def __init__(self, request, edition: Edition):
        self._request = request
        self._names = [edition.manual.slug, edition.label]

    @cached_property
    def edition(self) -> str:
        return self._absolute("api:v1:edition")

    @cached_property
    def page(self) -> str:
        return self._absolute("web:edition")

    def unit(self, code: str) -> str:
        return f"{self.edition}units/{quote(code, safe='')}/"

    def unit_page(self, code: str) -> str:
        return f"{self.page}{quote(code, safe='')}/"

    def function(self, key) -> str:
        return f"{self.edition}functions/{key}/"

    def chapter(self, number: int) -> str:
        return f"{self.edition}chapters/{number}/"

    def chapter_page(self, number: int) -> str:
        return f"{self.page}capitulos/{number}/"

    def _absolute(self, name: str) -> str:
        return self._request.build_absolute_uri(reverse(name, args=self._names))


def stamp(edition: Edition) -> dict:
    """Which edition an answer speaks of."""
    return {
        "manual": edition.manual.slug,
        "label": edition.label,
        "status": edition.status,
        "effective_from": _day(edition.effective_from),
        "effective_to": _day(edition.effective_to),
    }


def manual(manual: Manual, current: Edition | None, request) -> dict:
    address = reverse("api:v1:manual", args=[manual.slug])
    page = reverse("web:manual", args=[manual.slug])
    return {
        "slug": manual.slug,
        "title": manual.title,
        "acronym": manual.acronym or None,
        "institution": manual.institution or None,
        "registration_key": manual.registration_key or None,
        "notice": manual.notice or None,
        "current_edition": stamp(current) if current else None,
        "url": request.build_absolute_uri(address),
        "html_url": request.build_absolute_uri(page),
    }


def edition(edition: Edition, links: Links) -> dict:
    return {
        "edition": stamp(edition),
        "in_force": edition.is_in_force(),
        "numbering": edition.numbering,
        "functions_chapter": edition.functions_chapter,
        "withdrawn_on": _day(edition.withdrawn_on),
        "authorised_by": edition.authorised_by or None,
        "authorised_position": edition.authorised_position or None,
        "authorisation_text": edition.authorisation_text or None,
        "elaborated_by": edition.elaborated_by or None,
        "reviewed_by": edition.reviewed_by or None,
        "ratified_on": _day(edition.ratified_on),
        "document_number": edition.document_number or None,
        "document_date": _day(edition.document_date),
        "url": links.edition,
        "html_url": links.page,
    }


def edition_detail(
    of: Edition, sources: Iterable, chapters: Iterable[Chapter], links: Links
) -> dict:
    return {
        **edition(of, links),
        "sources": [
            {"name": source.name, "sha256": source.sha256} for source in sources
        ],
        "chapters": [chapter(one, links) for one in chapters],
    }


def chapter(chapter: Chapter, links: Links) -> dict:
    return {
        "number": chapter.number,
        "title": chapter.title,
        "kind": chapter.kind,
        "url": links.chapter(chapter.number),
        "html_url": links.chapter_page(chapter.number),
    }


def chapter_detail(of: Chapter, edition: Edition, links: Links) -> dict:
    head = chapter(of, links)
    addresses = {name: head.pop(name) for name in ("url", "html_url")}
    return {
        "edition": stamp(edition),
        **head,
        "body": of.body,
        "blocks": cache.for_edition(
            edition, f"api.blocks.{of.number}", lambda: _blocks(of)
        ),
        "charts": [
            {
                "number": chart.number,
                "title": chart.title,
                "unit_key": str(chart.unit_key) if chart.unit_key else None,
                "effective_from": _day(chart.effective_from),
            }
            for chart in of.charts.all()
        ],
        **addresses,
    }


def unit(row: Row, links: Links) -> dict:
    """A unit without its functions, as lists show it."""
    return {
        "key": str(row.key),
        "code": row.code,
        "printed_code": row.printed_code or None,
        "printed_page": row.printed_page,
        "name": row.name,
        "kind": row.kind,
        "positions": row.positions,
        "parent_code": row.parent_code,
        "objective": row.objective or None,
        "url": links.unit(row.code),
        "html_url": links.unit_page(row.code),
    }


def unit_detail(
    row: Row, functions: Iterable[Node], edition: Edition, links: Links
) -> dict:
    plain = unit(row, links)
    addresses = {name: plain.pop(name) for name in ("url", "html_url")}
    return {
        "edition": stamp(edition),
        **plain,
        "functions": [listed(node) for node in functions],
        **addresses,
    }


def unit_functions(
    row: Row, functions: Iterable[Node], edition: Edition, links: Links
) -> dict:
    return {
        "edition": stamp(edition),
        "unit_key": str(row.key),
        "unit_code": row.code,
        "functions": [listed(node) for node in functions],
        "url": f"{links.unit(row.code)}functions/",
    }


def listed(node: Node) -> dict:
    """A function inside its unit."""
    return {
        "key": str(node.key),
        "number": node.position,
        "text": node.text,
        "items": items(node),
    }


def items(node: Node) -> list[dict]:
    return [
        {
            "key": str(item.key),
            "label": item.label,
            "text": item.text,
            "items": items(item),
        }
        for item in node.items
    ]


def function(
    node: Node, unit_key, unit_code: str, links: Links, parent_key=None
) -> dict:
    """A function, or an item, with an address of its own."""
    return {
        "key": str(node.key),
        "unit_key": str(unit_key),
        "unit_code": unit_code,
        "parent_key": str(parent_key) if parent_key else None,
        "number": node.position if node.level == 0 else None,
        "label": label(node.level, node.position),
        "text": node.text,
        "items": items(node),
        "url": links.function(node.key),
        "html_url": f"{links.unit_page(unit_code)}#{anchor(*node.positions)}",
    }


def branch(top: OutlineUnit, links: Links) -> dict:
    """A unit with all that hangs from it, nested; the tree's depth is bounded."""
    return {
        "key": str(top.key),
        "code": top.code,
        "name": top.name,
        "kind": top.kind,
        "url": links.unit(top.code),
        "children": [branch(child, links) for child in top.children],
    }


def _blocks(of: Chapter) -> list[dict]:
    return [
        {
            "number": block.number,
            "depth": block.depth,
            "kind": block.kind,
            "marker": block.marker,
            "text": block.text,
        }
        for block in of.blocks()
    ]


def _day(day) -> str | None:
    return day.isoformat() if day else None
