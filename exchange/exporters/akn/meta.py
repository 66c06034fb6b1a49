"""What Akoma Ntoso says about a document: its identity, dates, people and things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml.etree import _Element

from exchange.exporters.addresses import plain
from exchange.exporters.akn.elements import OWN_NAMESPACE, add
from exchange.exporters.akn.identifiers import (
    Context,
    expression_iri,
    work_iri,
)

MEDIA_TYPE = "application/akn+xml"
# Akoma Ntoso demands a date where a draft has none.
UNDATED = date(9999, 12, 31)
INSTITUTION = "#institution"
IN_FORCE = "#inForce"
# (field of the edition, role, its name for people)
_PEOPLE = (
    ("authorised_by", "authorised", "Autorizó"),
    ("elaborated_by", "elaborated", "Elaboró"),
    ("reviewed_by", "reviewed", "Revisó"),
)
# (field of the edition, event, its name for people, what it does to the document)
_EVENTS = (
    ("ratified_on", "ratification", "Ratificación", "generation"),
    ("effective_from", "effectiveFrom", "Inicio de vigencia", None),
    ("effective_to", "effectiveTo", "Último día de vigencia", None),
    ("withdrawn_on", "withdrawal", "Baja", "repeal"),
)


def add_meta(parent: _Element, context: Context, portion: str = "") -> None:
    """``portion`` is the eId of what stands in a document that is no whole edition."""
    meta = add(parent, "meta")
    _add_identification(meta, context, portion)
    _add_publication(meta, context)
    _add_lifecycle(meta, context)
    _add_references(meta, context)
    _add_notes(meta, context, portion)
    _add_proprietary(meta, context)


def _add_identification(meta: _Element, context: Context, portion: str) -> None:
    manual, edition = context.document.manual, context.document.edition
    identification = add(meta, "identification", {"source": INSTITUTION})
    work, expression = work_iri(context.document), expression_iri(context.document)
    component = f"!main~{portion}" if portion else "!main"
    days = [
        (getattr(edition, field), name)
        for field, name, _said, _type in _EVENTS[:2]
        if getattr(edition, field)
    ] or [(UNDATED, "undated")]

    def add_level(name: str, iri: str, suffix: str = "") -> _Element:
        level = add(identification, name)
        add(level, "FRBRthis", {"value": f"{iri}/{component}{suffix}"})
        add(level, "FRBRuri", {"value": f"{iri}{suffix}"})
        return level

    level = add_level("FRBRWork", work)
    add(level, "FRBRalias", {"value": manual.title, "name": "title"})
    if manual.acronym:
        add(level, "FRBRalias", {"value": manual.acronym, "name": "acronym"})
    add(level, "FRBRalias", {"value": context.addresses.manual, "name": "address"})
    _add_day(level, *days[0])
    add(level, "FRBRauthor", {"href": INSTITUTION})
    add(level, "FRBRcountry", {"value": "mx"})
    add(level, "FRBRsubtype", {"value": "manual"})
    number = manual.registration_key or manual.slug or "nn"
    add(level, "FRBRnumber", {"value": number})

    level = add_level("FRBRExpression", expression)
    address = context.addresses.edition(edition.label)
    add(level, "FRBRalias", {"value": address, "name": "address"})
    for day, name in days:
        _add_day(level, day, name)
    people = list(_people(context))
    for person, _said, role, _role_said in people:
        add(level, "FRBRauthor", {"href": f"#{person}", "as": f"#{role}"})
    if not people:
        add(level, "FRBRauthor", {"href": INSTITUTION})
    add(level, "FRBRversionNumber", {"value": edition.label})
    if edition.status in ("draft", "review"):
        add(level, "FRBRauthoritative", {"value": "false"})
    add(level, "FRBRlanguage", {"language": "spa"})

    level = add_level("FRBRManifestation", expression, ".xml")
    _add_day(level, *days[0])
    add(level, "FRBRauthor", {"href": INSTITUTION})
    if portion:
        add(level, "FRBRportion", {"from": f"#{portion}"})
    add(level, "FRBRformat", {"value": MEDIA_TYPE})


def _add_day(level: _Element, day: date, name: str) -> None:
    add(level, "FRBRdate", {"date": day.isoformat(), "name": name})


def _add_publication(meta: _Element, context: Context) -> None:
    """The official letter that made the edition known."""
    edition = context.document.edition
    day = edition.document_date or edition.ratified_on
    if edition.document_number and day:
        attributes = {
            "date": day.isoformat(),
            "name": "oficio",
            "number": edition.document_number,
            "showAs": f"Oficio {edition.document_number}",
        }
        add(meta, "publication", attributes)


def _add_lifecycle(meta: _Element, context: Context) -> None:
    edition = context.document.edition
    events: dict[str, str] = {}
    lifecycle = None
    for field, name, _said, kind in _EVENTS:
        day = getattr(edition, field)
        if day is None:
            continue
        if lifecycle is None:
            lifecycle = add(meta, "lifecycle", {"source": INSTITUTION})
        events[name] = eid = f"eref_{len(events) + 1}"
        attributes = {
            "eId": eid,
            "date": day.isoformat(),
            "source": INSTITUTION,
            "refersTo": f"#{name}",
            "type": kind,
        }
        add(lifecycle, "eventRef", attributes)
    if "effectiveFrom" in events:
        # Withdrawn before the last day that had been set, it ends there.
        early = edition.withdrawn_on and edition.withdrawn_on <= (
            edition.effective_to or date.max
        )
        end = events["withdrawal"] if early else events.get("effectiveTo")
        data = add(meta, "temporalData", {"source": INSTITUTION})
        group = add(data, "temporalGroup", {"eId": "tmpg_1"})
        attributes = {
            "start": f"#{events['effectiveFrom']}",
            "end": f"#{end}" if end else None,
            "refersTo": IN_FORCE,
        }
        add(group, "timeInterval", attributes)


def _people(context: Context) -> Iterator[tuple[str, str, str, str]]:
    """(eId, name, role's eId, role's name) of who made the edition."""
    edition = context.document.edition
    for field, role, said in _PEOPLE:
        name = getattr(edition, field)
        if name:
            if field == "authorised_by" and edition.authorised_position:
                said = edition.authorised_position
            yield f"person_{role}", name, role, said


def _add_references(meta: _Element, context: Context) -> None:
    references = add(meta, "references", {"source": INSTITUTION})
    document, edition = context.document, context.document.edition
    institution = document.manual.institution or document.manual.title

    def add_thing(kind: str, eid: str, href: str, said: str) -> None:
        attributes = {"eId": eid, "href": href, "showAs": said}
        add(references, f"TLC{kind}", attributes)

    def ontology(kind: str, name: str) -> str:
        return f"/akn/ontology/{kind}/{name}"

    href = ontology("organization", f"mx/{plain(institution)}")
    add_thing("Organization", INSTITUTION[1:], href, institution)
    for unit in context.units:
        eid = context.organization_id(unit.key)
        href = context.addresses.unit_by_key(unit.key)
        add_thing("Organization", eid, href, unit.name)
    for eid, name, _role, _said in _people(context):
        add_thing("Person", eid, ontology("person", f"mx/{plain(name)}"), name)
    for _eid, _name, role, said in _people(context):
        add_thing("Role", role, ontology("role", f"mx/{role}"), said)
    for field, name, said, _type in _EVENTS:
        if getattr(edition, field) is not None:
            add_thing("Event", name, ontology("event", name), said)
    if edition.effective_from:
        name = IN_FORCE[1:]
        add_thing("Concept", name, ontology("concept", name), "En vigor")


def _add_notes(meta: _Element, context: Context, portion: str) -> None:
    """What was printed otherwise, and the manual's notice, which every part carries."""
    said = [
        (context.note_id(unit.key), f"El documento imprime el código {code}.")
        for unit in context.units
        if (code := unit.printed_code)
    ]
    if portion and context.document.manual.notice:
        said.append(("note_notice", context.document.manual.notice))
    if not said:
        return
    notes = add(meta, "notes", {"source": INSTITUTION})
    for eid, text in said:
        add(add(notes, "note", {"eId": eid, "marker": "*"}), "p", text=text)


def _add_proprietary(meta: _Element, context: Context) -> None:
    """What there is no other place for; docs/linked-data.md lists it."""
    edition = context.document.edition
    proprietary = add(meta, "proprietary", {"source": INSTITUTION})

    def add_own(name: str, attributes: dict[str, str | None]) -> None:
        add(proprietary, name, attributes, namespace=OWN_NAMESPACE)

    add_own("edition", {"status": edition.status, "numbering": edition.numbering})
    for source in edition.sources:
        add_own("source", {"name": source.name, "sha256": source.sha256})
    for unit in context.units:
        page = unit.printed_page
        add_own(
            "unit",
            {
                "href": f"#{context.unit_id(unit.key)}",
                "kind": unit.kind,
                "positions": ",".join(unit.positions) or None,
                "printedCode": unit.printed_code or None,
                "printedPage": None if page is None else str(page),
            },
        )
