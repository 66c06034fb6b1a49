"""Checking a stored edition, and the findings as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from exchange.document import Document
from exchange.reading import read_document
from manuals import permissions
from manuals.models import Edition, GlossaryTerm, Manual
from review.checks import jsonformat, textformat
from review.checks.catalogues import Catalogues, KnownAcronym, shipped
from review.checks.findings import Finding
from review.checks.registry import check

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
    return Report(document, check(document, catalogues_of(edition.manual)))


def catalogues_of(manual: Manual) -> Catalogues:
    """The catalogues by which a manual is checked.

    An accepted term of its glossary needs no explanation in the text: readers find it
    beside the word.
    """
    known = shipped()
    terms = GlossaryTerm.objects.filter(manual=manual).accepted()
    glossary = tuple(
        KnownAcronym(term, meaning, common=True)
        for term, meaning in terms.values_list("term", "meaning")
    )
    return replace(known, acronyms=(*known.acronyms, *glossary))
