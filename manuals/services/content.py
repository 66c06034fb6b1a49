"""Writes of what a manual and a draft say of themselves: data and chapters."""

from __future__ import annotations

import logging

from django.db import transaction

from manuals import permissions
from manuals.exceptions import ChapterGone
from manuals.history import recording
from manuals.models import Chapter, Edition, Manual, Transition
from manuals.services.locks import demand_reason, lock_draft
from manuals.services.steps import log_step

logger = logging.getLogger(__name__)

EDITION_DATA = (
    "numbering",
    "functions_chapter",
    "authorised_by",
    "authorised_position",
    "authorisation_text",
    "elaborated_by",
    "reviewed_by",
    "ratified_on",
    "document_number",
    "document_date",
    "effective_from",
    "effective_to",
)
_PARKED = 32_000  # a chapter number that no manual has
CHAPTER_DATA = ("number", "title", "kind", "body")


@transaction.atomic
def create_manual(*, user, reason: str, **fields) -> Manual:
    """Register a manual; ``fields`` are those of the model."""
    permissions.demand(permissions.may_create_manuals(user))
    manual = Manual(**fields)
    manual.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        manual.save()
    logger.info("manual %s created", manual.slug)
    return manual


@transaction.atomic
def change_manual(*, manual: Manual, user, reason: str, **fields) -> Manual:
    """Change what is said of a manual as a work."""
    manual = Manual.objects.select_for_update().get(pk=manual.pk)
    permissions.demand(permissions.may_edit_everything(user, manual))
    for name, value in fields.items():
        setattr(manual, name, value)
    manual.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        manual.save()
    return manual


@transaction.atomic
def create_edition(
    *,
    manual: Manual,
    label: str,
    user,
    reason: str,
    base: Edition | None = None,
    step: str = Transition.Step.CREATED,
    **fields,
) -> Edition:
    """Open an empty draft of a manual.

    Raises NotAllowed, or ValidationError (label malformed, reserved or taken).
    """
    permissions.demand(permissions.may_edit_everything(user, manual))
    edition = Edition(manual=manual, label=label, base=base, **fields)
    edition.full_clean()
    reason = demand_reason(reason)
    with recording(user=user, reason=reason):
        edition.save()
        log_step(edition, step, user, reason)
    logger.info("edition %s created", edition)
    return edition


@transaction.atomic
def change_edition(*, edition: Edition, user, reason: str, **fields) -> Edition:
    """Change the data of a draft's authorisation: the fields of EDITION_DATA."""
    edition = lock_draft(edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    _set(edition, fields, (*EDITION_DATA, "label"))
    edition.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        edition.save()
    return edition


@transaction.atomic
def discard_edition(*, edition: Edition, user, reason: str) -> None:
    """Delete a draft with all its content; histories remain."""
    edition = lock_draft(edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    name = str(edition)
    with recording(user=user, reason=demand_reason(reason)):
        edition.delete()
    logger.info("edition %s discarded", name)


@transaction.atomic
def create_chapter(*, edition: Edition, user, reason: str, **fields) -> Chapter:
    """Add a chapter to a draft."""
    edition = lock_draft(edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    chapter = Chapter(edition=edition)
    _set(chapter, fields, CHAPTER_DATA)
    chapter.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        chapter.save()
    return chapter


@transaction.atomic
def change_chapter(*, chapter: Chapter, user, reason: str, **fields) -> Chapter:
    """Change a chapter of a draft: the fields of CHAPTER_DATA."""
    edition = lock_draft(chapter.edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    chapter = _reload(chapter, edition)
    _set(chapter, fields, CHAPTER_DATA)
    chapter.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        chapter.save()
    return chapter


@transaction.atomic
def delete_chapter(*, chapter: Chapter, user, reason: str) -> None:
    """Delete a chapter of a draft."""
    edition = lock_draft(chapter.edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    chapter = _reload(chapter, edition)
    with recording(user=user, reason=demand_reason(reason)):
        chapter.delete()


@transaction.atomic
def move_functions_chapter(*, edition: Edition, number: int, user, reason: str) -> None:
    """Give the functions chapter of a draft another number.

    The chapter that had it, if any, takes the old one; numbers of charts follow their
    chapter. Codes of units are renumbered by units.services.renumber_edition.
    """
    edition = lock_draft(edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    edition.functions_chapter = number
    edition.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        chapters = {chapter.number: chapter for chapter in edition.chapters.all()}
        moved = next(
            (
                chapter
                for chapter in chapters.values()
                if chapter.kind == Chapter.Kind.FUNCTIONS
            ),
            None,
        )
        if moved is not None and moved.number != number:
            displaced = chapters.get(number)
            old = moved.number
            # Three steps: two chapters never have one number, not even in passing.
            Chapter.objects.filter(pk=moved.pk).update(number=_PARKED)
            if displaced is not None:
                _renumber_chapter(displaced, old)
            _renumber_chapter(moved, number)
        edition.save()


def _reload(chapter: Chapter, edition: Edition) -> Chapter:
    """The chapter as it stands under the lock; ChapterGone where it was deleted."""
    fresh = Chapter.objects.filter(pk=chapter.pk, edition=edition).first()
    if fresh is None:
        raise ChapterGone
    fresh.edition = edition
    return fresh


def _renumber_chapter(chapter: Chapter, number: int) -> None:
    for chart in chapter.charts.all():
        first, dot, rest = chart.number.partition(".")
        if dot and first == str(chapter.number):
            chart.number = f"{number}.{rest}"
            chart.save()
    chapter.number = number
    chapter.save()


def _set(instance, fields, allowed) -> None:
    unknown = set(fields) - set(allowed)
    if unknown:
        raise TypeError(f"not changeable here: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(instance, name, value)
