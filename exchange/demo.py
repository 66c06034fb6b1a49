"""The demonstration manual: two authorised editions and a draft to try things on.

Its structure is that of a real manual; its texts are our own. It takes the same road
as any other manual.
"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.glossary import sightings
from exchange.reading import read_document
from exchange.services import duplicate_edition, import_edition
from manuals.models import Edition, Manual
from manuals.permissions import OPERATOR
from manuals.services import (
    accept_terms,
    change_manual,
    change_term,
    create_manual,
    propose_terms,
)

SLUG = "demo"
DRAFT = "borrador"
UNDECIDED = "TFJA"  # a term of the glossary that is left for people to try
SAMPLES = Path(__file__).parent / "samples"


@transaction.atomic
def load_demo() -> list[Edition]:
    """Make the demonstration manual what it should be; what is there stays.

    Returns the editions that were written, none the second time.
    """
    reason = _("Manual de demostración")
    notice = _("Manual de demostración: textos ficticios")
    manual = Manual.objects.filter(slug=SLUG).first()
    if manual is None:
        create_manual(
            slug=SLUG,
            title=_(
                "Manual de Organización de la Dirección de Incorporación y Recaudación"
            ),
            acronym="DIR",
            institution=_("Instituto Mexicano del Seguro Social"),
            notice=notice,
            user=OPERATOR,
            reason=reason,
        )
    elif manual.notice != notice:
        change_manual(manual=manual, notice=notice, user=OPERATOR, reason=reason)
    written = [
        edition
        for edition in (
            _import("dir-2021.md", "2021", base=None),
            _import("dir-2024.md", "2024", base="2021"),
        )
        if edition is not None
    ]
    latest = Edition.objects.with_manual().get(manual__slug=SLUG, label="2024")
    if not Edition.objects.filter(manual__slug=SLUG, label=DRAFT).exists():
        written.append(
            duplicate_edition(edition=latest, label=DRAFT, user=OPERATOR, reason=reason)
        )
    _decide_glossary(manual or latest.manual, latest, reason)
    return written


def _decide_glossary(manual: Manual, latest: Edition, reason: str) -> None:
    """Accept what the imports proposed, all but one; nothing where people decided."""
    by = {"user": OPERATOR, "reason": reason}
    if not manual.glossary.exists():
        # Loaded before manuals had glossaries.
        found = sightings(read_document(latest))
        proposals = [sighting.proposal() for sighting in found]
        propose_terms(manual=manual, proposals=proposals, edition=latest, **by)
    if manual.glossary.exclude(status="proposed").exists():
        return
    terms = list(manual.glossary.exclude(term=UNDECIDED))
    for term in terms:
        if term.term == "PAE":
            change_term(
                entry=term,
                explanation=_(
                    "Es la vía por la que el Instituto cobra por sí mismo los créditos "
                    "que no se pagaron a tiempo: requerimiento de pago, embargo y "
                    "remate."
                ),
                **by,
            )
    accept_terms(terms=terms, **by)


def _import(file: str, label: str, base: str | None) -> Edition | None:
    path = SAMPLES / file
    result = import_edition(
        data=path.read_bytes(),
        name=path.name,
        user=OPERATOR,
        manual_slug=SLUG,
        label=label,
        base_label=base,
        authorised=True,
    )
    return result.edition if result.written else None
