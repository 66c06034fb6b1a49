"""Mending what the checks find and may mend: functions, items and chapters at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from functions.models import Function
from functions.texts import change_texts
from manuals.exceptions import Stale
from manuals.history import recording
from manuals.models import Edition
from manuals.services import change_chapter, demand_reason, lock_draft
from review.checks.findings import Finding, Place, fixed
from review.checks.texts import block_text, with_block


@transaction.atomic
def mend(*, edition: Edition, findings: Sequence[Finding], user, reason: str) -> int:
    """Apply the fixes of these findings of a draft as one change.

    Returns how many texts changed; those of one text are applied together. Raises
    NotAllowed, EditionClosed, ReasonRequired, ValidationError, and Stale if a text
    does not read any more as it was judged.
    """
    edition = lock_draft(edition)
    reason = demand_reason(reason)
    by_place: dict[Place, list[Finding]] = {}
    for finding in findings:
        by_place.setdefault(finding.place, []).append(finding)
    texts = {place: fixed(place.text, some) for place, some in by_place.items()}
    who = {"user": user, "reason": reason}
    with recording(**who):
        return _mend_functions(edition, texts, who) + _mend_chapters(
            edition, texts, who
        )


def _of_field(places: Iterable[Place], field: str) -> list[Place]:
    return [place for place in places if place.field == field]


def _mend_functions(edition: Edition, texts: dict[Place, str], who: dict) -> int:
    places = _of_field(texts, "text")
    if not places:
        return 0
    keys = [place.function_key for place in places]
    rows = Function.objects.for_edition(edition).filter(key__in=keys)
    ids = dict(rows.values_list("key", "pk"))
    if len(ids) < len(keys):
        raise Stale
    return change_texts(
        edition=edition,
        texts={ids[place.function_key]: texts[place] for place in places},
        seen={ids[place.function_key]: place.text for place in places},
        **who,
    )


def _mend_chapters(edition: Edition, texts: dict[Place, str], who: dict) -> int:
    places = _of_field(texts, "block")
    if not places:
        return 0
    chapters = {chapter.number: chapter for chapter in edition.chapters.all()}
    bodies: dict[int, str] = {}
    for place in places:
        number = place.chapter_number
        if number not in chapters:
            raise Stale
        body = bodies.get(number, chapters[number].body)
        if block_text(body, place.block_number) != place.text:
            raise Stale
        bodies[number] = with_block(body, place.block_number, texts[place])
        if bodies[number] is None:
            raise Stale
    for number, body in bodies.items():
        change_chapter(chapter=chapters[number], body=body, **who)
    return len(places)
