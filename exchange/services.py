"""Import, export and duplication of whole editions.

Each is one transaction: a failure, or a killed process, leaves nothing behind.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from exchange import document, jsonformat
from exchange.destination import find_base, find_manual
from exchange.doubts import store_doubts
from exchange.exporters import EXPORTERS
from exchange.fragments import apply_fragment
from exchange.glossary import propose_from
from exchange.importers import read_source
from exchange.importers.errors import ImportRejected
from exchange.importers.report import Doubt, Reading
from exchange.matching import match_onto
from exchange.reading import read_document
from exchange.writing import edition_fields, write_document
from manuals import permissions
from manuals.exceptions import DomainError
from manuals.history import recording
from manuals.models import Edition, Transition
from manuals.services import (
    create_edition,
    demand_reason,
    lock_edition,
    record_authorised_edition,
    withdraw_edition,
)
from units.models import UnitKind

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What an import did, or would have done."""

    CREATED = "created"  # an edition
    UPDATED = "updated"  # a draft, to which a fragment was added
    UNCHANGED = "unchanged"  # the edition holds what the source says


@dataclass
class ImportResult:
    """What an import did: ``edition`` is None when nothing is stored (dry run)."""

    reading: Reading
    edition: Edition | None
    outcome: Outcome

    @property
    def written(self) -> bool:
        return self.edition is not None and self.outcome != Outcome.UNCHANGED


# What upper layers do with a draft just read onto its base, while it is open:
# callables (edition, reading, user, reason), in the import's own transaction.
_completions: list[Callable[..., object]] = []


def complete_imports_with(step: Callable[..., object]) -> None:
    """Have ``step`` run at the end of every import onto a base (from ``ready()``)."""
    if step not in _completions:
        _completions.append(step)


class UnitNotFound(DomainError):
    """A branch was asked for that the edition does not have."""

    code = "unit_not_found"
    status = 404


class _DryRun(Exception):
    """Everything was tried; undo it."""


def import_edition(
    *,
    data: bytes,
    name: str,
    user,
    manual_slug: str | None = None,
    label: str | None = None,
    base_label: str | None = None,
    authorised: bool = False,
    effective_from: date | None = None,
    dry_run: bool = False,
    reason: str | None = None,
) -> ImportResult:
    """Read a source and write it as a draft; the same source again changes nothing.

    ``base_label`` reads it onto an existing edition: a fragment replaces the functions
    of the units it contains, a whole document keeps keys by matching; without
    ``manual_slug`` a fragment is of the manual that has that edition. ``authorised``
    records it as authorised outside the system. ``dry_run`` tries all and undoes it.

    Raises ImportRejected (also when the label is taken by another source), NotAllowed,
    and what manuals.services.record_authorised_edition raises.
    """
    reading = read_source(name, data, kinds=UnitKind.objects.names())
    reason = demand_reason(reason or _("Importación de %(name)s") % {"name": name})
    stored = None
    try:
        with transaction.atomic(), recording(user=user, reason=reason):
            edition, outcome = _import(
                reading,
                user=user,
                manual_slug=manual_slug,
                label=label,
                base_label=base_label,
                reason=reason,
            )
            written = outcome != Outcome.UNCHANGED
            if written and edition.base_id is not None:
                for complete in _completions:
                    complete(edition=edition, reading=reading, user=user, reason=reason)
            if written:
                propose_from(reading, edition=edition, user=user, reason=reason)
            if written and authorised:
                edition = _record(reading, edition, user, effective_from, reason)
            if dry_run:
                raise _DryRun
            stored = edition
    except _DryRun:
        pass
    return ImportResult(reading, stored, outcome)


def _import(
    reading: Reading, *, user, manual_slug, label, base_label, reason
) -> tuple[Edition, Outcome]:
    whole = reading.document
    manual = find_manual(
        whole.manual,
        manual_slug,
        base_label=base_label,
        fragment=reading.fragment,
        user=user,
        reason=reason,
    )
    label = label or whole.edition.label or _year(whole)
    if not label:
        raise ImportRejected(
            _("El documento no dice su edición: indíquela con --edition."),
            code="edition_required",
        )
    base = find_base(manual, base_label, user) if base_label else None
    existing = Edition.objects.filter(manual=manual, label=label).first()
    if existing is not None:
        # Whoever asks the same question again waits here for the first answer.
        existing = lock_edition(existing)
        if _same_source(existing, reading):
            return existing, Outcome.UNCHANGED
        adds_to_draft = (
            base is not None
            and reading.fragment
            and existing.is_draft
            and existing.base_id == base.pk
        )
        if not adds_to_draft:
            raise ImportRejected(
                _("La edición %(edition)s ya existe y procede de otro documento.")
                % {"edition": existing},
                code="edition_exists",
                about=[existing],
            )
    if base is None:
        edition = create_edition(
            manual=manual,
            label=label,
            user=user,
            reason=reason,
            step=Transition.Step.IMPORTED,
            **edition_fields(whole.edition),
        )
        _write(reading, edition, user, reason)
    elif reading.fragment:
        edition = existing or duplicate_edition(
            edition=base,
            label=label,
            user=user,
            reason=reason,
            step=Transition.Step.IMPORTED,
        )
        apply_fragment(reading, edition=edition, user=user, reason=reason)
    else:
        matches = match_onto(read_document(base), whole, fragment=False)
        reading.report.doubts.extend(matches.doubts)
        edition = create_edition(
            manual=manual,
            label=label,
            base=base,
            user=user,
            reason=reason,
            step=Transition.Step.IMPORTED,
            **edition_fields(whole.edition),
        )
        _write(reading, edition, user, reason)
        store_doubts(
            edition=edition,
            matches=matches,
            sha256=reading.report.sha256,
            user=user,
            reason=reason,
        )
    edition.refresh_from_db()
    logger.info("%s imported into %s", reading.report.source_name, edition)
    return edition, Outcome.UPDATED if existing else Outcome.CREATED


def _write(reading: Reading, edition, user, reason) -> None:
    added = write_document(
        _sourced(reading.document), edition=edition, user=user, reason=reason
    )
    for kind in added:
        first = next(one for one in reading.document.units if one.kind == kind.name)
        reading.report.doubts.append(
            Doubt(
                first.source_line,
                "new_kind",
                f"{first.code} {first.name}",
                _("El nivel «%(name)s» no estaba en el catálogo y se agregó.")
                % {"name": kind.name},
            )
        )


def _record(reading, edition, user, effective_from, reason) -> Edition:
    edition = record_authorised_edition(
        edition=edition, user=user, effective_from=effective_from, comment=reason
    )
    withdrawn_on = reading.document.edition.withdrawn_on
    if withdrawn_on is not None:
        edition = withdraw_edition(
            edition=edition, user=user, reason=reason, on=withdrawn_on
        )
    return edition


def _year(whole: document.Document) -> str:
    ratified_on = whole.edition.ratified_on
    return str(ratified_on.year) if ratified_on else ""


def _same_source(edition: Edition, reading: Reading) -> bool:
    """Whether the edition already holds what this source says."""
    if edition.sources.filter(sha256=reading.report.sha256).exists():
        return True
    if not reading.document.edition.label:
        return False  # not an interchange document: it is known by its digest
    stored = read_document(edition)
    return _content(stored) == _content(reading.document)


def _content(whole: document.Document) -> bytes:
    """The interchange form without what the life cycle and the place of import set."""
    return jsonformat.dumps(
        replace(
            whole,
            manual=document.Manual(slug="x", title="x"),
            edition=replace(
                whole.edition,
                label="x",
                status="draft",
                effective_from=None,
                effective_to=None,
                withdrawn_on=None,
            ),
        )
    )


def _sourced(whole: document.Document) -> document.Document:
    """Every item that knows its line knows its file too."""
    if len(whole.edition.sources) == 1:
        sha256 = whole.edition.sources[0].sha256

        def mark(function):
            function.source_sha256 = sha256 if function.source_line else None
            for item in function.items:
                mark(item)

        for chapter in whole.chapters:
            chapter.source_sha256 = sha256 if chapter.source_line else None
        for unit in whole.units:
            unit.source_sha256 = sha256 if unit.source_line else None
            for function in unit.functions:
                mark(function)
    return whole


@transaction.atomic
def duplicate_edition(
    *,
    edition: Edition,
    label: str,
    user,
    reason: str,
    step: str = Transition.Step.DUPLICATED,
) -> Edition:
    """Copy an edition into a new draft that keeps all keys; it becomes the base.

    The draft has no effective dates. Raises NotAllowed, ValidationError (label).
    """
    permissions.demand(permissions.may_read(user, edition))
    reason = demand_reason(reason)
    whole = read_document(edition)
    fields = edition_fields(whole.edition)
    fields.update(effective_from=None, effective_to=None)
    with recording(user=user, reason=reason):
        draft = create_edition(
            manual=edition.manual,
            label=label,
            base=edition,
            user=user,
            reason=reason,
            step=step,
            **fields,
        )
        write_document(whole, edition=draft, user=user, reason=reason)
    logger.info("edition %s duplicated as %s", edition, draft)
    return draft


def export_edition(
    *, edition: Edition, format: str, user, unit_code: str | None = None
) -> bytes:
    """An edition as a file in one of EXPORTERS' formats (KeyError for any other).

    ``unit_code`` narrows it to that unit and everything below it; UnitNotFound when
    the edition has none with this code.
    """
    permissions.demand(permissions.may_read(user, edition))
    exporter = EXPORTERS[format]
    whole = read_document(edition)
    if unit_code is None:
        return exporter.render(whole)
    try:
        return exporter.branch(whole, unit_code)
    except KeyError:
        raise UnitNotFound(
            _("La edición %(edition)s no tiene la unidad %(code)s.")
            % {"edition": edition, "code": unit_code}
        ) from None


def report_bytes(reading: Reading) -> bytes:
    """The report of a reading as ``manual-org/import/1``."""
    return (
        json.dumps(reading.report.to_dict(), ensure_ascii=False, indent=2) + "\n"
    ).encode()
