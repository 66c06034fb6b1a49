"""Chapters, units, functions and their items as hierarchical elements."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from lxml.etree import _Element

from exchange.document import Chapter, Chart, Function, Unit
from exchange.exporters.addresses import plain
from exchange.exporters.akn.elements import add
from exchange.exporters.akn.identifiers import Context
from exchange.exporters.akn.texts import add_blocks, add_plain
from functions.labels import label, printed_label

# By level: the element and what the naming convention calls it.
_LEVELS = (("paragraph", "para"), ("point", "point"), ("point", "point"))
_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre"
_MONTHS = (*_MONTHS.split(), "noviembre", "diciembre")


def add_body(parent: _Element, context: Context) -> None:
    """Everything between front matter and end; an empty edition has one empty line."""
    place = parent
    for chapter in context.document.chapters:
        element = _add_chapter(parent, chapter, context)
        if chapter.kind == "functions":
            place = element
    add_units(place, context)
    if not len(parent):
        add(parent, "p")


def _add_chapter(parent: _Element, chapter: Chapter, context: Context) -> _Element:
    number = f"chp_{chapter.number}"
    element = add(parent, "chapter", {"eId": number})
    add(element, "num", text=str(chapter.number))
    add(element, "heading", text=chapter.title)
    if chapter.body.strip():
        # Where more elements follow, texts before them stand in an introduction.
        alone = not chapter.charts and chapter.kind != "functions"
        texts = add(element, "content" if alone else "intro")
        add_blocks(texts, chapter.body, context, number)
    taken: set[str] = set()
    for chart in chapter.charts:
        eid = f"{number}__hcontainer_{plain(chart.number)}"
        while eid in taken:
            eid += "-2"
        taken.add(eid)
        _add_chart(element, chart, eid, context)
    return element


def _add_chart(parent: _Element, chart: Chart, eid: str, context: Context) -> None:
    key = chart.unit_key if chart.unit_key in context.present else None
    about = f"#{context.organization_id(key)}" if key else None
    element = add(
        parent, "hcontainer", {"name": "chart", "eId": eid, "refersTo": about}
    )
    add(element, "num", text=chart.number)
    if key:
        link = {"href": context.reference(key)}
        add(add(element, "heading"), "ref", link, chart.title)
    else:
        add(element, "heading", text=chart.title)
    if chart.effective_from:
        day = chart.effective_from
        line = add(add(element, "content"), "p", text="Vigente a partir del ")
        add(line, "date", {"date": day.isoformat()}, spoken(day))


def spoken(day: date) -> str:
    """``4 de marzo de 2021``."""
    return f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}"


def add_units(parent: _Element, context: Context) -> None:
    """The units of the document as they hang from each other."""
    codes = {unit.code for unit in context.units}
    children = defaultdict(list)
    for unit in context.units:
        children[unit.parent_code if unit.parent_code in codes else None].append(unit)

    def add_family(element: _Element, code: str | None) -> None:
        for unit in children[code]:
            add_family(_add_unit(element, unit, context), unit.code)

    add_family(parent, None)


def _add_unit(parent: _Element, unit: Unit, context: Context) -> _Element:
    eid = context.unit_id(unit.key)
    element = add(
        parent,
        "hcontainer",
        {
            "name": "unit",
            "eId": eid,
            "wId": f"hcontainer_{unit.key}",
            "GUID": context.addresses.unit_by_key(unit.key),
            "refersTo": f"#{context.organization_id(unit.key)}",
        },
    )
    number = add(element, "num", text=unit.code)
    if unit.printed_code:
        note = f"#{context.note_id(unit.key)}"
        add(number, "noteRef", {"href": note, "marker": "*"})
    add(element, "heading", text=unit.name)
    if unit.objective:
        introduction = add(element, "intro")
        add_blocks(introduction, unit.objective, context, eid, own=unit.key)
    for position, function in enumerate(unit.functions, 1):
        _add_item(element, function, 0, position, eid, unit, context)
    return element


def _add_item(
    parent: _Element,
    item: Function,
    level: int,
    position: int,
    prefix: str,
    unit: Unit,
    context: Context,
) -> None:
    name, abbreviation = _LEVELS[level]
    eid = f"{prefix}__{abbreviation}_{label(level, position)}"
    element = add(
        parent,
        name,
        {
            "eId": eid,
            # The same on every level, so that it outlives a change of level.
            "wId": f"para_{item.key}",
            "GUID": context.addresses.function_by_key(item.key),
        },
    )
    # A source with bullets prints no such number: the register gives it.
    given = level == 0 and context.document.edition.numbering == "bullets"
    status = {"status": "editorial"} if given else None
    add(element, "num", status, printed_label(level, position))
    if not item.items:
        add_plain(add(add(element, "content"), "p"), item.text, context, unit.key)
        return
    members = add(element, "list", {"eId": f"{eid}__list_1"})
    add_plain(add(add(members, "intro"), "p"), item.text, context, unit.key)
    for place, one in enumerate(item.items, 1):
        _add_item(members, one, level + 1, place, f"{eid}__list_1", unit, context)
