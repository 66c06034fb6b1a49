"""Checking a stored edition, and the findings as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from exchange.document import Document
from exchange.reading import read_document
from manuals import cache, permissions
from manuals.models import Edition, GlossaryTerm, Manual
from review.catalogues import stored
from review.checks import jsonformat, textformat
from review.checks.catalogues import Catalogues, KnownAcronym
from review.checks.findings import Finding, Severity
from review.checks.registry import all_rules, check
from review.checks.summary import blocking, waived
from review.waivers import fingerprints_waived

Renderer = Callable[[list[Finding], Document], bytes]

RENDERERS: dict[str, Renderer] = {
    "json": jsonformat.dumps,
    "text": textformat.dumps,
}


@dataclass(frozen=True)
class Report:
    """An edition as it was read, and what the rules found in it."""

    document: Document
    findings: list[Finding]


def check_edition(*, edition: Edition, user) -> Report:
    """What the rules find in an edition. Raises NotAllowed if it may not be read."""
    permissions.demand(permissions.may_read(user, edition))
    document = read_document(edition)
    found = check(document, catalogues_of(edition.manual))
    return Report(document, waived(found, fingerprints_waived(edition.manual)))


class Kept(list):
    """Findings as they are kept; they hold the texts that they are about."""

    cache_weight = 4


def findings_of(edition: Edition, catalogues: Catalogues) -> list[Finding]:
    """What the rules find, without the waivers; computed once for a closed edition.

    As long as the catalogues say the same: another list is another result.
    """
    digest = hashlib.sha256(repr(catalogues).encode()).hexdigest()
    return cache.for_edition(
        edition,
        f"review.checks:{digest}",
        lambda: Kept(check(read_document(edition), catalogues)),
    )


def new_errors(
    edition: Edition, document: Document, base_document: Document | None
) -> list[Finding]:
    """The errors of a draft that nobody waived and that its base does not have.

    The base has an error when the same rule says it of the same unit or function, or
    with the same fingerprint: who only renames an empty unit did not empty it.
    """
    errors = _errors(document)
    if not errors:
        return []
    if base_document is not None:
        known = {mark for one in _errors(base_document) for mark in _marks(one)}
        errors = [one for one in errors if known.isdisjoint(_marks(one))]
    return blocking(waived(errors, fingerprints_waived(edition.manual)))


def _errors(document: Document) -> list[Finding]:
    """Errors are of structure alone: no catalogue is asked."""
    rules = [
        name for name, one in all_rules().items() if one.severity is Severity.ERROR
    ]
    return check(document, Catalogues(), only=rules)


def _marks(finding: Finding) -> set:
    place = finding.place
    marks: set = {finding.fingerprint}
    if place.unit_key is not None:
        marks.add((finding.rule, place.field, place.unit_key, place.function_key))
    return marks


def catalogues_of(manual: Manual) -> Catalogues:
    """The catalogues by which a manual is checked.

    An accepted term of its glossary needs no explanation in the text: readers find it
    beside the word.
    """
    known = stored(manual)
    terms = GlossaryTerm.objects.filter(manual=manual).accepted()
    glossary = tuple(
        KnownAcronym(term, meaning, common=True)
        for term, meaning in terms.order_by("pk").values_list("term", "meaning")
    )
    return replace(known, acronyms=(*known.acronyms, *glossary))
