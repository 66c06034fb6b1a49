"""The interchange format ``manual-org/1``: a document as JSON and back, lossless.

Its JSON Schema is docs/manual-org-1.schema.json. Reading checks more than the schema
can say: keys and codes are unique, parents stand before their children, numbers and
labels are those of the positions. Pure: no Django, no database.
"""

from __future__ import annotations

import json
from typing import Any

from exchange.document import (
    MAX_DEPTH,
    Chapter,
    Chart,
    Document,
    Edition,
    Function,
    Manual,
    Source,
    Unit,
)
from exchange.importers.errors import ImportRejected
from exchange.jsonvalues import Place, unique_object
from functions.labels import label

FORMAT = "manual-org/1"
STATUSES = ("draft", "review", "authorised", "withdrawn")
NUMBERINGS = ("numbers", "bullets")
CHAPTER_KINDS = ("text", "charts", "functions")
_DATES = frozenset(
    ("effective_from", "effective_to", "withdrawn_on", "ratified_on", "document_date")
)
_MANUAL = ("slug", "title", "acronym", "institution", "registration_key", "notice")
_EDITION = (
    "label",
    "status",
    "numbering",
    "functions_chapter",
    "effective_from",
    "effective_to",
    "withdrawn_on",
    "authorised_by",
    "authorised_position",
    "authorisation_text",
    "elaborated_by",
    "reviewed_by",
    "ratified_on",
    "document_number",
    "document_date",
)


def dumps(document: Document) -> bytes:
    """The document as UTF-8 JSON with a stable order of keys and a final line end."""
    tree = {
        "format": FORMAT,
        "manual": {name: getattr(document.manual, name) for name in _MANUAL},
        "edition": _edition_tree(document.edition),
        "chapters": [_chapter_tree(chapter) for chapter in document.chapters],
        "units": [_unit_tree(unit) for unit in document.units],
    }
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _edition_tree(edition: Edition) -> dict[str, Any]:
    tree = {
        name: _date(getattr(edition, name))
        if name in _DATES
        else getattr(edition, name)
        for name in _EDITION
    }
    tree["sources"] = [
        {"name": source.name, "sha256": source.sha256} for source in edition.sources
    ]
    return tree


def _chapter_tree(chapter: Chapter) -> dict[str, Any]:
    return {
        "number": chapter.number,
        "title": chapter.title,
        "kind": chapter.kind,
        "body": chapter.body,
        "charts": [
            {
                "number": chart.number,
                "title": chart.title,
                "unit_key": str(chart.unit_key) if chart.unit_key else None,
                "effective_from": _date(chart.effective_from),
            }
            for chart in chapter.charts
        ],
    }


def _unit_tree(unit: Unit) -> dict[str, Any]:
    return {
        "key": str(unit.key),
        "code": unit.code,
        "printed_code": unit.printed_code,
        "printed_page": unit.printed_page,
        "name": unit.name,
        "kind": unit.kind,
        "positions": list(unit.positions),
        "parent_code": unit.parent_code,
        "objective": unit.objective,
        "functions": [
            {
                "key": str(function.key),
                "number": number,
                "text": function.text,
                "items": _item_trees(function.items, 1),
            }
            for number, function in enumerate(unit.functions, 1)
        ],
    }


def _item_trees(items: list[Function], level: int) -> list[dict[str, Any]]:
    return [
        {
            "key": str(item.key),
            "label": label(level, position),
            "text": item.text,
            "items": _item_trees(item.items, level + 1) if item.items else [],
        }
        for position, item in enumerate(items, 1)
    ]


def _date(value) -> str | None:
    return value.isoformat() if value else None


def loads(data: bytes) -> Document:
    """The document that the bytes hold.

    Raises ImportRejected naming the place as a JSON Pointer, such as
    ``/units/3/functions/0/text``. A field that may be null may also be absent; an
    unknown field is refused, since it would be lost.
    """
    root = Place(_parse(data), "")
    root.demand_fields(("format", "manual", "edition", "chapters", "units"))
    if root["format"].value != FORMAT:
        root["format"].refuse(f"el formato no es «{FORMAT}»")
    return Document(
        manual=_read_manual(root["manual"]),
        edition=_read_edition(root["edition"]),
        chapters=_read_chapters(root["chapters"]),
        units=_read_units(root["units"]),
    )


def _parse(data: bytes) -> Any:
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=unique_object,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        raise ImportRejected(
            "El archivo JSON no está en UTF-8.", code="undecodable"
        ) from error
    except json.JSONDecodeError as error:
        raise ImportRejected(
            "El archivo no es JSON válido.", code="json_syntax", line=error.lineno
        ) from error
    except RecursionError as error:
        raise ImportRejected(
            "El archivo JSON anida demasiados niveles.", code="json_nesting"
        ) from error
    except ValueError as error:
        raise ImportRejected(
            "El archivo JSON contiene un número desmedido.", code="json_syntax"
        ) from error


def _refuse_constant(name: str) -> None:
    raise ImportRejected(f"El archivo JSON contiene {name}.", code="json_syntax")


def _read_manual(place: Place) -> Manual:
    place.demand_fields(_MANUAL)
    return Manual(
        slug=place["slug"].text(),
        title=place["title"].text(),
        **{name: place[name].text_or_none() for name in _MANUAL[2:]},
    )


def _read_edition(place: Place) -> Edition:
    place.demand_fields((*_EDITION, "sources"))
    fields: dict[str, Any] = {}
    for name in _EDITION[4:]:
        one = place[name]
        fields[name] = one.date_or_none() if name in _DATES else one.text_or_none()
    numbering = place["numbering"]
    return Edition(
        label=place["label"].text(),
        status=place["status"].one_of(STATUSES),
        numbering=numbering.one_of(NUMBERINGS) if numbering.given else "numbers",
        functions_chapter=place["functions_chapter"].integer_or_none(),
        sources=_read_sources(place["sources"]),
        **fields,
    )


def _read_sources(place: Place) -> list[Source]:
    sources = []
    seen: set[str] = set()
    for one in place.elements():
        one.demand_fields(("name", "sha256"))
        source = Source(one["name"].text(), one["sha256"].digest())
        one["sha256"].demand_new(source.sha256, seen)
        sources.append(source)
    return sources


def _read_chapters(place: Place) -> list[Chapter]:
    chapters = []
    seen: set[int] = set()
    for one in place.elements():
        one.demand_fields(("number", "title", "kind", "body", "charts"))
        number = one["number"].integer()
        one["number"].demand_new(number, seen)
        kind = one["kind"].one_of(CHAPTER_KINDS)
        if kind == "functions" and any(chapter.kind == kind for chapter in chapters):
            one["kind"].refuse("ya hay un capítulo de funciones")
        chapters.append(
            Chapter(
                number=number,
                title=one["title"].text(),
                kind=kind,
                body=one["body"].text_or_none() or "",
                charts=_read_charts(one["charts"]),
            )
        )
    return chapters


def _read_charts(place: Place) -> list[Chart]:
    charts = []
    for one in place.elements():
        one.demand_fields(("number", "title", "unit_key", "effective_from"))
        charts.append(
            Chart(
                number=one["number"].text(),
                title=one["title"].text(),
                unit_key=one["unit_key"].key_or_none(),
                effective_from=one["effective_from"].date_or_none(),
            )
        )
    return charts


_UNIT = (
    "key",
    "code",
    "printed_code",
    "printed_page",
    "name",
    "kind",
    "positions",
    "parent_code",
    "objective",
    "functions",
)


def _read_units(place: Place) -> list[Unit]:
    units: list[Unit] = []
    codes: set[str] = set()
    unit_keys: set[Any] = set()
    function_keys: set[Any] = set()
    for one in place.elements():
        one.demand_fields(_UNIT)
        unit = Unit(
            key=one["key"].key(),
            code=one["code"].code(),
            printed_code=one["printed_code"].text_or_none(),
            printed_page=one["printed_page"].integer_or_none(),
            name=one["name"].text(),
            kind=one["kind"].text(),
            positions=[position.text() for position in one["positions"].elements()],
            parent_code=one["parent_code"].text_or_none(),
            objective=one["objective"].text_or_none(),
        )
        one["key"].demand_new(unit.key, unit_keys)
        if unit.parent_code is None and units:
            one["parent_code"].refuse("ya hay una unidad raíz")
        if unit.parent_code is not None and unit.parent_code not in codes:
            one["parent_code"].refuse(
                f"la unidad superior {unit.parent_code} no está antes que esta"
            )
        one["code"].demand_new(unit.code, codes)
        unit.functions = _read_functions(one["functions"], 0, function_keys)
        units.append(unit)
    return units


def _read_functions(place: Place, level: int, keys: set[Any]) -> list[Function]:
    shown = "number" if level == 0 else "label"
    functions = []
    for position, one in enumerate(place.elements(), 1):
        if level >= MAX_DEPTH:
            place.refuse(f"hay más de {MAX_DEPTH} niveles")
        one.demand_fields(("key", shown, "text", "items"))
        expected = position if level == 0 else label(level, position)
        said = one[shown].value
        same = type(said) is type(expected) and said == expected
        if one[shown].given and not same:
            one[shown].refuse(f"por su lugar le corresponde «{expected}»")
        key = one["key"].key()
        one["key"].demand_new(key, keys)
        functions.append(
            Function(
                text=one["text"].text(),
                key=key,
                items=_read_functions(one["items"], level + 1, keys),
            )
        )
    return functions
