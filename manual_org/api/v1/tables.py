"""The columns of each list as a CSV table; names as in JSON, nested ones joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from manual_org.api.formats.csvtable import Table, results
from units.outline import outline_of


def _functions(data: dict, view) -> Iterator[dict]:
    """A row for each function and, below it, for each of its items.

    ``number`` is the function's on the rows of its items too, so that they are sorted
    and filtered with it.
    """
    units = outline_of(view.edition).by_code
    for function in results(data, view):
        unit = units.get(function["unit_code"])
        yield from _with_items(function, unit.name if unit else None)


def _functions_of_unit(data: dict, view) -> Iterator[dict]:
    """The same of one unit's list, whose functions do not name it."""
    code, links = data["unit_code"], view.links
    unit = outline_of(view.edition).by_code.get(code)
    for function in data["functions"]:
        whole = {
            **function,
            "unit_code": code,
            "unit_key": data["unit_key"],
            "parent_key": None,
            "label": str(function["number"]),
            "url": f"{links.functions}{function['key']}/",
            "html_url": f"{links.unit_page(code)}#f{function['number']}",
        }
        yield from _with_items(whole, unit.name if unit else None)


def _with_items(function: dict, unit_name: str | None) -> Iterator[dict]:
    row = {**function, "unit_name": unit_name, "depth": 1}
    yield row
    yield from _items(function["items"], row)


def _items(items: Iterable[dict], above: dict) -> Iterator[dict]:
    for item in items:
        row = {
            **above,
            "depth": above["depth"] + 1,
            "key": item["key"],
            "parent_key": above["key"],
            "label": item["label"],
            "text": item["text"],
            "url": above["url"].replace(above["key"], item["key"]),
            "html_url": f"{above['html_url']}-{item['label']}",
        }
        yield row
        yield from _items(item["items"], row)


def _hits(data: dict, view) -> Iterator[dict]:
    """Hits, their snippets as text; where a code was looked for, what it leads to."""
    if data["direct"] is not None:
        unit = data["direct"]["unit"]
        yield {
            **data["direct"],
            "kind": "direct",
            "key": None,
            "chapter": None,
            "label": None,
            "text": unit["name"],
            "url": unit["url"],
        }
    for hit in results(data, view):
        yield {**hit, "text": "".join(piece["text"] for piece in hit["snippet"])}


_UNIT = {"unit_code": "8.4.3", "unit_name": "Coordinación de Ejemplo"}
_FUNCTION = (
    "unit_code unit_name number label depth text key parent_key unit_key url html_url"
)
_ONE_FUNCTION = {
    **_UNIT,
    "number": "1",
    "label": "1",
    "depth": "1",
    "text": "Coordinar, entre otros:",
    "key": "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90",
}
MANUALS = Table(
    "manuales",
    "slug title acronym institution registration_key notice"
    " current_edition=current_edition.label url html_url",
    of_edition=False,
    example={"slug": "demo", "title": "Manual", "current_edition": "2021"},
)
EDITIONS = Table(
    "ediciones",
    "manual=edition.manual edition=edition.label status=edition.status"
    " effective_from=edition.effective_from effective_to=edition.effective_to"
    " in_force numbering functions_chapter withdrawn_on authorised_by"
    " authorised_position authorisation_text elaborated_by reviewed_by ratified_on"
    " document_number document_date url html_url",
    of_edition=False,
    example={"manual": "demo", "edition": "2021", "in_force": "true"},
)
CHAPTERS = Table(
    "capitulos",
    "number title kind url html_url",
    example={"number": "8", "title": "Funciones", "kind": "functions"},
)
UNITS = Table(
    "unidades",
    "code name kind parent_code positions printed_code printed_page objective key"
    " url html_url",
    example={
        "code": "8.4.3",
        "name": "Coordinación de Ejemplo",
        "kind": "Coordinación",
        "parent_code": "8.4",
        "key": "9dd1b5c8-eb5a-4e53-a5e9-343100b4bd1f",
    },
)
FUNCTIONS = Table("funciones", _FUNCTION, rows=_functions, example=_ONE_FUNCTION)
FUNCTIONS_OF_UNIT = Table(
    "funciones", _FUNCTION, rows=_functions_of_unit, example=_ONE_FUNCTION
)
NOTES = Table(
    "motivos",
    "unit_code unit_name text minor unit_key url",
    example={**_UNIT, "text": "Artículo 71 reformado.", "minor": "false"},
)
TRANSITIONS = Table(
    "tramites",
    "step at person comment",
    example={"step": "submitted", "person": "Eva Ruiz", "comment": "Listo."},
)
HITS = Table(
    "busqueda",
    "manual=edition.manual edition=edition.label kind unit_code=unit.code"
    " unit_name=unit.name chapter=chapter.number chapter_title=chapter.title label"
    " text key unit_key=unit.key url html_url",
    rows=_hits,
    of_edition=False,
    example={
        "manual": "demo",
        "edition": "2021",
        "kind": "function",
        **_UNIT,
        "label": "12",
        "text": "Atender las quejas de las personas usuarias.",
    },
)
