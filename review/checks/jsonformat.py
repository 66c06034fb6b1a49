"""The stable JSON form ``manual-org/check/1`` of findings (DESIGN, section 8).

Its JSON Schema is docs/manual-org-check-1.schema.json. Pure: no Django, no database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from exchange.document import Document
from review.checks.findings import Finding, Place
from review.checks.registry import all_rules
from review.checks.summary import summary

FORMAT = "manual-org/check/1"


def dumps(findings: list[Finding], document: Document) -> bytes:
    """The findings as UTF-8 JSON with a stable order of keys and a final line end."""
    tree = to_dict(findings, document)
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def to_dict(findings: list[Finding], document: Document) -> dict[str, Any]:
    """The findings as plain values, ready for any JSON writer."""
    return {
        "format": FORMAT,
        "manual": document.manual.slug,
        "edition": document.edition.label,
        "summary": summary(findings),
        "rules": [
            {
                "id": rule.id,
                "severity": str(rule.severity),
                "title": rule.title,
                "explanation": rule.explanation,
                "findings": sum(finding.rule == rule.id for finding in findings),
            }
            for rule in all_rules().values()
        ],
        "findings": [finding_to_dict(finding) for finding in findings],
    }


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    place, hit = finding.place, finding.hit
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        **_where(place),
        "start": hit.start,
        "end": hit.end,
        "excerpt": finding.excerpt,
        "message": hit.message,
        "fix": finding.fix,
        "waived": finding.waived,
        "replacement": hit.replacement,
        "field": place.field,
        "chapter_number": place.chapter_number,
        "block_number": place.block_number,
        "unit_key": _key(place.unit_key),
        "function_key": _key(place.function_key),
        "related": [_where(one) for one in _in_order(hit.related)],
        "fingerprint": finding.fingerprint,
    }


def _where(place: Place) -> dict[str, Any]:
    return {
        "unit_code": place.unit_code,
        "function_number": place.function_number,
        "item_label": place.item_label,
    }


def _in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: place.order)


def _key(key) -> str | None:
    return str(key) if key else None
