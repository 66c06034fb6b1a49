"""Findings for people at a terminal: unit by unit, in reading order. Pure."""

from __future__ import annotations

from exchange.document import Document
from review.checks.findings import Finding, Place, Severity
from review.checks.registry import all_rules
from review.checks.summary import summary

_SEVERITIES = {
    Severity.ERROR: ("error", "errores"),
    Severity.WARNING: ("advertencia", "advertencias"),
    Severity.ADVICE: ("sugerencia", "sugerencias"),
}


def dumps(findings: list[Finding], document: Document) -> bytes:
    """The report as UTF-8 text: a line of counts, the findings, the rules in them."""
    lines = [_head(findings, document)]
    names: dict[str | int | None, str] = {None: "La edición"}
    names |= {unit.code: f"{unit.code} {unit.name}" for unit in document.units}
    names |= {one.number: f"{one.number}. {one.title}" for one in document.chapters}
    before: object = object()
    for finding in findings:
        part = finding.place.unit_code or finding.place.chapter_number
        if part != before:
            lines += ["", names[part]]
            before = part
        lines += _lines(finding)
    lines += _rules(findings)
    return ("\n".join(lines) + "\n").encode("utf-8")


def _head(findings: list[Finding], document: Document) -> str:
    counts = summary(findings)
    said = [
        f"{counts[severity]} {names[counts[severity] != 1]}"
        for severity, names in _SEVERITIES.items()
    ]
    if counts["waived"]:
        said.append(f"{counts['waived']} con dispensa")
    title = f"{document.manual.title}, edición {document.edition.label}"
    return f"{title}: {', '.join(said)}."


def _lines(finding: Finding) -> list[str]:
    place = finding.place
    waived = " (con dispensa)" if finding.waived else ""
    severity = _SEVERITIES[finding.severity][0]
    lines = [
        f"  {_location(place)}{severity}{waived}: {finding.message} [{finding.rule}]"
    ]
    if place.field in ("text", "block") and finding.excerpt:
        lines.append(f"      {finding.excerpt}")
    if finding.has_fix:
        start, end = finding.hit.start, finding.hit.end
        old, new = place.text[start:end], finding.hit.replacement
        lines.append(f"      Se puede corregir: «{old}» por «{new}».")
    return lines


def _location(place: Place) -> str:
    if place.block_number is not None:
        return f"párrafo {place.block_number}: "
    if place.function_number is None:
        return ""
    if place.item_label is None:
        return f"función {place.function_number}: "
    label = place.item_label.replace("-", ") ")
    return f"función {place.function_number}, inciso {label}): "


def place_name(place: Place) -> str:
    """The place in a sentence: ``8.2.1, función 3, inciso a)``; a chapter's title."""
    if place.block_number is not None:
        return f"capítulo {place.chapter_number}, párrafo {place.block_number}"
    if place.unit_code is None:
        return place.text
    return f"{place.unit_code}, {_location(place)}".removesuffix(": ").rstrip(", ")


def _rules(findings: list[Finding]) -> list[str]:
    """What each rule in the report means, and how often it speaks."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    if not counts:
        return []
    lines = ["", "Reglas"]
    for name, rule in all_rules().items():
        if name in counts:
            lines.append(f"  {name} ({counts[name]}): {rule.title}. {rule.explanation}")
    return lines
