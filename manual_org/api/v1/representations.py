"""What answers say, as plain values; serializers.py declares the same shapes.

Built by hand from plain rows: model serializers cost twice as much and would tie the
contract to the tables. Names are those of the interchange format ``manual-org/1``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils import timezone

from functions.querysets import Node
from manuals import cache
from manuals.blocks import split_blocks
from manuals.models import Edition, Manual, Transition
from review.models import ChangeNote
from review.readiness import Missing
from units.outline import OutlineUnit
from units.querysets import Row


class Links:
    """Addresses of one edition's things, absolute, always with the edition's label."""

    def __init__(self, request, edition: Edition):
        self._request = request
        self._edition = edition
        self._names = [edition.manual.slug, edition.label]

    @cached_property
    def edition(self) -> str:
        return self._absolute("api:v1:edition")

    @cached_property
    def page(self) -> str:
        return self._absolute("web:edition")

    @cached_property
    def stamp(self) -> dict:
        """Which edition they lead to."""
        return stamp(self._edition)

    def unit(self, code: str) -> str:
        return f"{self.edition}units/{quote(code, safe='')}/"

    def unit_page(self, code: str) -> str:
        return f"{self.page}{quote(code, safe='')}/"

    @cached_property
    def functions(self) -> str:
        return f"{self.edition}functions/"

    def note(self, unit_key: UUID) -> str:
        return f"{self.edition}notes/{unit_key}/"

    def chapter(self, number: int) -> str:
        return f"{self.edition}chapters/{number}/"

    def chapter_page(self, number: int) -> str:
        return f"{self.page}capitulos/{number}/"

    def _absolute(self, name: str) -> str:
        path = _path(get_script_prefix(), name, *self._names)
        return self._request.build_absolute_uri(path)


@lru_cache(maxsize=512)
def _path(prefix: str, name: str, *names: str) -> str:
    """``reverse()``, remembered: it costs as much as a query."""
    return reverse(name, args=names)


def key_text(raw: str) -> str:
    """A key in its usual form; SQLite's own text of it has no hyphens."""
    if len(raw) == 36:
        return raw
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"


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
    absolute = request.build_absolute_uri
    return {
        "slug": manual.slug,
        "title": manual.title,
        "acronym": manual.acronym or None,
        "institution": manual.institution or None,
        "registration_key": manual.registration_key or None,
        "notice": manual.notice or None,
        "current_edition": stamp(current) if current else None,
        "url": absolute(address),
        "html_url": absolute(page),
        "editions_url": absolute(f"{address}editions/"),
        "changes_url": absolute(f"{reverse('api:v1:changes')}?manual={manual.slug}"),
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
        "units_url": f"{links.edition}units/",
        "functions_url": links.functions,
    }


def edition_detail(
    of: Edition, *, status_since, sources: Iterable, chapters: Iterable, links: Links
) -> dict:
    """``sources`` are (name, sha256), ``chapters`` (number, title, kind)."""
    return {
        **edition(of, links),
        "status_since": moment(status_since) if status_since else None,
        "sources": [{"name": name, "sha256": sha256} for name, sha256 in sources],
        "chapters": [chapter(*row, links) for row in chapters],
    }


def transition(row: Transition) -> dict:
    """A step that was taken; without a person when a command took it."""
    person = row.user
    return {
        "step": row.step,
        "at": moment(row.at),
        "person": (person.get_full_name() or person.get_username()) if person else None,
        "comment": row.comment or None,
    }


def missing(one: Missing, links: Links) -> dict:
    """What a draft or an edition in review lacks, and the units that it is about."""
    return {
        "code": one.code,
        "text": one.text,
        "blocks": one.blocks,
        "units": [
            {
                "key": str(unit.key),
                "code": unit.side.code,
                "name": unit.side.name,
                "url": links.unit(unit.side.code) if unit.new else None,
                "note_url": links.note(unit.key),
            }
            for unit in one.units
        ],
    }


def note(
    key: UUID, unit: OutlineUnit | None, note: ChangeNote | None, *, links: Links
) -> dict:
    """Why a unit changed; ``unit`` is of the edition, else of its base."""
    return {
        "unit_key": str(key),
        "unit_code": unit.code if unit else None,
        "unit_name": unit.name if unit else None,
        "text": (note.text or None) if note else None,
        "minor": bool(note and note.minor),
        "url": links.note(key),
    }


def chapter(number: int, title: str, kind: str, links: Links) -> dict:
    return {
        "number": number,
        "title": title,
        "kind": kind,
        "url": links.chapter(number),
        "html_url": links.chapter_page(number),
    }


def chapter_detail(row: tuple, charts: Iterable, edition: Edition, links: Links):
    """``row`` is (number, title, kind, body); ``charts`` have their four fields."""
    number, title, kind, body = row
    return {
        "edition": stamp(edition),
        "number": number,
        "title": title,
        "kind": kind,
        "body": body,
        "blocks": cache.for_edition(
            edition, f"api.blocks.{number}", lambda: _blocks(body)
        ),
        "charts": [_chart(*fields) for fields in charts],
        "url": links.chapter(number),
        "html_url": links.chapter_page(number),
    }


def chart(
    fields: Sequence, links: Links, chapter: int, unit: OutlineUnit | None
) -> dict:
    """A chart with its chapter's number and the unit that it shows."""
    return {
        "chapter": chapter,
        **_chart(*fields),
        "unit": unit_reference(unit, links) if unit else None,
        "url": links.chapter(chapter),
    }


def _chart(number: str, title: str, unit_key: UUID | None, effective_from) -> dict:
    return {
        "number": number,
        "title": title,
        "unit_key": str(unit_key) if unit_key else None,
        "effective_from": _day(effective_from),
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


def unit_reference(unit: OutlineUnit | Row, links: Links) -> dict:
    """A unit as others name it."""
    return {
        "key": str(unit.key),
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "url": links.unit(unit.code),
    }


def units_around(unit: OutlineUnit, names: Iterable[str], links: Links) -> dict:
    """What of a unit's place in the tree is asked for by name."""
    found = {}
    if "parent" in names:
        found["parent"] = unit.parent and unit_reference(unit.parent, links)
    if "chain" in names:
        found["chain"] = [unit_reference(one, links) for one in unit.chain()]
    if "children" in names:
        found["children"] = [unit_reference(one, links) for one in unit.children]
    return found


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
        "key": key_text(node.key),
        "number": node.position,
        "text": node.text,
        "items": items(node),
    }


def items(node: Node) -> list[dict]:
    return [
        {
            "key": key_text(item.key),
            "label": item.label,
            "text": item.text,
            "items": items(item),
        }
        for item in node.items
    ]


class Place(NamedTuple):
    """What the functions of one unit have in common."""

    unit_key: str
    unit_code: str
    functions_url: str
    page_url: str


def place(unit_key, unit_code: str, links: Links) -> Place:
    return Place(str(unit_key), unit_code, links.functions, links.unit_page(unit_code))


def function(node: Node, place: Place, parent_key=None) -> dict:
    """A function, or an item, with an address of its own."""
    key = key_text(node.key)
    is_item = node.level > 0
    number = node.position
    return {
        "key": key,
        "unit_key": place.unit_key,
        "unit_code": place.unit_code,
        "parent_key": key_text(parent_key) if parent_key else None,
        "number": None if is_item else number,
        "label": node.label if is_item else str(number),
        "text": node.text,
        "items": items(node) if node.items else [],
        "url": f"{place.functions_url}{key}/",
        "html_url": f"{place.page_url}#{node.anchor if is_item else f'f{number}'}",
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


def _blocks(body: str) -> list[dict]:
    return [
        {
            "number": block.number,
            "depth": block.depth,
            "kind": block.kind,
            "marker": block.marker,
            "text": block.text,
        }
        for block in split_blocks(body)
    ]


def moment(at: datetime) -> str:
    """A moment in the institution's time, which says its day too."""
    return timezone.localtime(at).isoformat()


def _day(day) -> str | None:
    return day.isoformat() if day else None
