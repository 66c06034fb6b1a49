"""The catalogues of the checks in the database: what holds, and who changes it.

Obsolete names belong to a manual, verbs by level and acronyms to an institution; all
of them, without one, to everybody. Written by editors without a branch limit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from manuals import permissions
from manuals.exceptions import DomainError
from manuals.history import recording, write_in_bulk
from manuals.models import Manual
from manuals.services import demand_reason
from review.checks import catalogues
from review.checks.catalogues import BadCatalogue, Catalogues
from review.checks.words import fold
from review.models import Entry, KnownAcronym, LevelVerb, ObsoleteName

logger = logging.getLogger(__name__)

LARGEST = 1024 * 1024  # bytes of a file
_BATCH = 500

# What a row says, as the rules take it.
VALUES: dict[type[Entry], type] = {
    ObsoleteName: catalogues.ObsoleteName,
    LevelVerb: catalogues.LevelVerb,
    KnownAcronym: catalogues.KnownAcronym,
}


class EntryGone(DomainError):
    """The row of the catalogue was removed meanwhile."""

    code = "entry_gone"

    def __init__(self):
        super().__init__(_("La entrada ya no existe en el catálogo."))


class CatalogueRejected(DomainError):
    """A file is no catalogue; the message tells the line."""

    code = "catalogue_rejected"
    status = 400


# Reading


def stored(manual: Manual) -> Catalogues:
    """The catalogues by which a manual is checked; what is narrower precedes."""
    institution = fold(manual.institution or "")

    def of_institution(model):
        return [
            row
            for row in model.objects.order_by("pk")
            if not row.institution or fold(row.institution) == institution
        ]

    names = ObsoleteName.objects.filter(
        models.Q(manual=None) | models.Q(manual=manual)
    ).order_by("pk")
    return Catalogues(
        obsolete_names=_narrowest(names),
        level_verbs=_narrowest(of_institution(LevelVerb)),
        acronyms=_narrowest(of_institution(KnownAcronym)),
    )


def _narrowest(rows: Iterable[Entry]) -> tuple:
    """The values of the rows, one for each thing that they name."""
    found = {}
    for row in sorted(rows, key=_is_narrow):
        found[tuple(getattr(row, name) for name in row.keys)] = row
    # Of two with one name the rules take the last one.
    return tuple(value_of(row) for row in sorted(found.values(), key=_is_narrow))


def _is_narrow(row: Entry) -> tuple[bool, bool]:
    return _scope_of(row) is not None, bool(row.institution)


def _scope_of(row: Entry):
    return getattr(row, row.scope) or None


def value_of(row: Entry) -> Any:
    """A row as the rules take it."""
    kind = VALUES[type(row)]
    return kind(**{one.name: getattr(row, one.name) for one in fields(kind)})


def export_catalogue(model: type[Entry], scope: Manual | str | None = None) -> str:
    """The rows of a manual or an institution as CSV; without one, those of all."""
    rows = _rows_of(model, scope).order_by(*model._meta.ordering)
    return catalogues.write_entries(VALUES[model], map(value_of, rows))


def _rows_of(model: type[Entry], scope: Manual | str | None):
    if model.scope == "institution":
        return model.objects.filter(institution=scope or "")
    return model.objects.filter(**{model.scope: scope})


# Writing


@transaction.atomic
def add_entry(*, entry: Entry, user, reason: str) -> Entry:
    """Write a new row. Raises NotAllowed, ValidationError."""
    permissions.demand(permissions.may_manage_catalogues(user))
    entry.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        entry.save()
    logger.info("catalogue: %s added", entry)
    return entry


@transaction.atomic
def change_entry(*, entry: Entry, user, reason: str, **values) -> Entry:
    """Change what a row says. Raises NotAllowed, EntryGone, ValidationError."""
    entry = _locked(entry, user)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        entry.save()
    return entry


@transaction.atomic
def remove_entry(*, entry: Entry, user, reason: str) -> None:
    """Delete a row. Raises NotAllowed, EntryGone."""
    entry = _locked(entry, user)
    with recording(user=user, reason=demand_reason(reason)):
        entry.delete()
    logger.info("catalogue: %s removed", entry)


def _locked(entry: Entry, user) -> Entry:
    permissions.demand(permissions.may_manage_catalogues(user))
    try:
        return type(entry).objects.select_for_update().get(pk=entry.pk)
    except type(entry).DoesNotExist:
        raise EntryGone from None


@dataclass
class Imported:
    """What an import of a catalogue did, in numbers."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def total(self) -> int:
        return self.added + self.changed + self.removed


@transaction.atomic
def import_catalogue(
    *,
    model: type[Entry],
    content: bytes,
    user,
    reason: str,
    scope: Manual | str | None = None,
    replace: bool = False,
) -> Imported:
    """Read a CSV file into the rows of a manual or an institution: all or nothing.

    Rows with the same keys are changed, others added; with ``replace`` those that the
    file lacks are removed. Raises NotAllowed, CatalogueRejected naming the line.
    """
    permissions.demand(permissions.may_manage_catalogues(user))
    reason = demand_reason(reason)
    # Whoever reads another file into the same catalogue waits.
    before = {
        tuple(getattr(row, name) for name in model.keys): row
        for row in _rows_of(model, scope).select_for_update().order_by("pk")
    }
    read = _read(model, content, scope)
    done, added, changed = Imported(), [], []
    for keys, (line, row) in read.items():
        known = before.get(keys)
        if known is None:
            added.append(row)
        elif value_of(known) != value_of(row):
            row.pk, row._state.adding = known.pk, False
            changed.append(row)
        else:
            continue
        _demand_sound(row, line)
    with recording(user=user, reason=reason):
        if replace:
            for keys, row in before.items():
                if keys not in read:
                    row.delete()
                    done.removed += 1
        model.objects.bulk_create(added, batch_size=_BATCH)
        write_in_bulk(added, created=True)
        names = [one.name for one in fields(VALUES[model])]
        if changed:
            model.objects.bulk_update(changed, names, batch_size=_BATCH)
        write_in_bulk(changed, created=False)
    done.added, done.changed = len(added), len(changed)
    logger.info("catalogue %s read from a file: %s", model._meta.label, done)
    return done


def _read(
    model: type[Entry], content: bytes, scope: Manual | str | None
) -> dict[tuple, tuple[int, Entry]]:
    """The rows of a file with their lines, by their keys. Raises CatalogueRejected."""
    if len(content) > LARGEST:
        raise CatalogueRejected(_("El archivo pesa más de 1 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueRejected(
            _("Línea %(line)d: no es UTF-8. Guarde el archivo como «CSV UTF-8».")
            % {"line": content[: error.start].count(b"\n") + 1}
        ) from None
    found: dict[tuple, tuple[int, Entry]] = {}
    try:
        entries = catalogues.numbered_entries(
            VALUES[model], text.splitlines(keepends=True)
        )
        for line, value in entries:
            row = model(**vars(value))
            _put_into(row, scope, line)
            row.clean_fields(exclude=[model.scope])
            row.clean()
            keys = tuple(getattr(row, name) for name in model.keys)
            if keys in found:
                raise BadCatalogue(
                    _("Línea %(line)d: repite la línea %(first)d.")
                    % {"line": line, "first": found[keys][0]}
                )
            found[keys] = (line, row)
    except BadCatalogue as error:
        raise CatalogueRejected(str(error)) from None
    except ValidationError as error:
        raise CatalogueRejected(_said(line, error)) from None
    if not found:
        raise CatalogueRejected(_("El archivo no tiene ninguna entrada."))
    return found


def _put_into(row: Entry, scope: Manual | str | None, line: int) -> None:
    setattr(row, row.scope, scope or (None if row.scope == "manual" else ""))


def _demand_sound(row: Entry, line: int) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise CatalogueRejected(_said(line, error)) from None


def _said(line: int, error: ValidationError) -> str:
    return _("Línea %(line)d: %(message)s") % {
        "line": line,
        "message": " ".join(error.messages),
    }
