"""What stands in the way of a refused request, for programs: which things, and where.

A refusal of the domain holds them in ``about``; those of a submission are lists of
their own. Each becomes an entry of the problem's ``errors``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import ProtectedError, RestrictedError
from django.urls import reverse

from functions.models import Function
from manuals.exceptions import DomainError
from manuals.models import Edition
from review.submission import ErrorsFound, NotesMissing
from units.codes import Place
from units.models import Unit

MOST = 100  # entries of one problem


def blockers_of(exc: Exception, request, edition: Edition | None) -> list[dict]:
    """The entries that name what blocks; none where the sentence says all.

    ``edition`` is the one that the address speaks of.
    """
    if isinstance(exc, NotesMissing):
        return [
            {
                **_entry("note_missing", f"{one.side.code} {one.side.name}"),
                "unit": _unit(
                    one.key, one.side.code, request, edition, here=bool(one.new)
                ),
            }
            for one in exc.units[:MOST]
        ]
    if isinstance(exc, ErrorsFound):
        return [_finding(one, request, edition) for one in exc.errors[:MOST]]
    if isinstance(exc, (ProtectedError, RestrictedError)):
        found = getattr(exc, "protected_objects", ()) or exc.restricted_objects
        entries = ((_entry("blocked", str(one)), one) for one in found)
    elif isinstance(exc, DomainError):
        entries = ((_entry(exc.code, str(exc)), one) for one in exc.about)
    else:
        return []
    return list(_naming(entries, request, edition))[:MOST]


def _entry(code: str, detail: str) -> dict:
    return {"pointer": "#", "code": code, "detail": detail}


def _naming(entries: Iterable[tuple], request, edition) -> Iterator[dict]:
    for entry, one in entries:
        if isinstance(one, Edition):
            yield {**entry, "edition": _edition(one, request)}
        elif isinstance(one, Place):
            key = Unit.objects.filter(pk=one.id).values_list("key", flat=True).first()
            unit = _unit(key, one.code, request, edition, here=key is not None)
            yield {**entry, "unit": unit}
        elif isinstance(one, Unit):
            yield {**entry, "unit": _unit(one.key, one.code, request, edition)}
        elif isinstance(one, Function):
            yield {**entry, "function": _function(one.key, request, None)}
        else:
            yield entry


def _finding(finding, request, edition) -> dict:
    place = finding.place
    entry = {**_entry("error_found", finding.message), "rule": finding.rule}
    if place.unit_key is not None:
        entry["unit"] = _unit(place.unit_key, place.unit_code, request, edition)
    if place.function_key is not None:
        entry["function"] = _function(place.function_key, request, edition)
    return entry


def _edition(edition: Edition, request) -> dict:
    return {
        "manual": edition.manual.slug,
        "label": edition.label,
        "status": edition.status,
        "url": _address(request, "edition", edition),
    }


def _unit(key, code: str, request, edition, *, here: bool = True) -> dict:
    """``here`` is false for one that the edition does not have (any more)."""
    found = edition is not None and here
    return {
        "key": str(key) if key else None,
        "code": code,
        "url": _address(request, "unit", edition, code) if found else None,
    }


def _function(key, request, edition) -> dict:
    """Without an edition it is in none any more."""
    found = edition is not None
    return {
        "key": str(key),
        "url": _address(request, "function", edition, key) if found else None,
    }


def _address(request, name: str, edition: Edition, *names) -> str:
    path = reverse(f"api:v1:{name}", args=[edition.manual.slug, edition.label, *names])
    return request.build_absolute_uri(path)
