"""Chapters of a draft written together, so that two may exchange their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from manuals import permissions
from manuals.history import recording
from manuals.models import Chapter, Edition, Source
from manuals.services import demand_reason, lock_draft

_PARKED = 31_000  # beyond every number; the column takes no negative ones


@transaction.atomic
def rewrite_chapters(
    *,
    edition: Edition,
    removed: Sequence[int],
    changed: Mapping[int, Mapping[str, Any]],
    new: Mapping[int, Mapping[str, Any]],
    user,
    reason: str,
) -> dict[int, int]:
    """Delete, change and add chapters of a draft; returns the ids of new ones.

    ``changed`` and ``new`` are values by attribute; new ones stand under ids below 0.
    Raises NotAllowed, EditionClosed, ValidationError.
    """
    edition = lock_draft(edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    ids = {}
    with recording(user=user, reason=demand_reason(reason)):
        for chapter in edition.chapters.filter(pk__in=removed):
            chapter.delete()
        chapters = list(edition.chapters.filter(pk__in=changed))
        for place, chapter in enumerate(chapters):
            if "number" in changed[chapter.pk]:
                parked = edition.chapters.filter(pk=chapter.pk)
                parked.update(number=_PARKED + place)
        for chapter in chapters:
            _set(chapter, changed[chapter.pk], edition)
        for pk, values in new.items():
            ids[pk] = _set(Chapter(edition=edition), values, edition).pk
    return ids


def _set(chapter: Chapter, values: Mapping[str, Any], edition: Edition) -> Chapter:
    for name, value in values.items():
        setattr(chapter, name, value)
    known = Source.objects.filter(pk=chapter.source_id)
    if chapter.source_id and not known.exists():
        chapter.source_id = None
    chapter.edition = edition
    chapter.full_clean()
    chapter.save()
    return chapter
