"""From a page of one edition to the page of another that answers to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from manual_org.web.standing import Standing, standing_of
from manual_org.web.words import validity
from manuals.models import Chapter, Edition


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition in the list of editions and where in it this page leads.

    ``lacking`` says what the edition has not, in words; then the address is its home.
    """

    label: str
    url: str
    standing: Standing
    validity: str
    is_current: bool = False
    lacking: str = ""


def readable_editions(editions: Iterable[Edition], shown: Edition) -> list[Edition]:
    """The published ones and the one shown, newest first.

    The page of a published edition is the same for everybody: it names no draft.
    """
    listed = [one for one in editions if one.is_closed or one.pk == shown.pk]
    return sorted(
        listed,
        key=lambda one: (not one.is_closed, str(one.effective_from or ""), one.label),
        reverse=True,
    )


def choice_of(
    edition: Edition,
    day: date,
    url: str,
    *,
    is_current: bool = False,
    lacking: str = "",
) -> Choice:
    days = ""
    if edition.is_closed:
        days = validity(edition.effective_from, edition.last_day())
    return Choice(
        edition.label, url, standing_of(edition, day), days, is_current, lacking
    )


def previous_edition(
    editions: Iterable[Edition], edition: Edition, base_id: int | None
) -> Edition | None:
    """What an edition is compared with: the one before it; of a draft, its base.

    A draft whose base is not published is compared with the newest published edition.
    """
    before = [
        one
        for one in editions
        if one.pk != edition.pk
        and one.is_closed
        and (not edition.is_closed or one.effective_from < edition.effective_from)
    ]
    if not edition.is_closed:
        before = [one for one in before if one.pk == base_id] or before
    return max(before, key=lambda one: one.effective_from, default=None)


def matching_chapter(chapter: Mapping, others: Iterable[Mapping]) -> Mapping | None:
    """The chapter of another edition that answers to one, or None.

    By title first; then by what it is, for charts and functions; else by number. All of
    them are mappings with ``number``, ``title`` and ``kind``.
    """
    alike = [other for other in others if other["kind"] == chapter["kind"]]
    title = _plain(chapter["title"])
    for other in alike:
        if _plain(other["title"]) == title:
            return other
    if chapter["kind"] != Chapter.Kind.TEXT:
        return alike[0] if alike else None
    return next((one for one in alike if one["number"] == chapter["number"]), None)


def _plain(title):
    return " ".join(title.split()).strip(".").casefold()
