"""The reads of the pages that no other layer makes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.http import Http404

from functions.models import Function
from manuals.brief import edition_reader
from manuals.models import Chapter, Edition, GlossaryTerm
from manuals.prepared import PreparedQuery
from manuals.querysets import PUBLISHED
from units.models import Unit

# What only a unit's own page shows of it, then (id, parent id, position, text) of one
# of its functions and items: a row for each; of a unit without any, one of Nones.
_unit_rows = PreparedQuery(
    lambda unit_id: (
        Unit.objects.filter(pk=unit_id)
        .order_by("functions__position")
        .values_list(
            *("objective", "positions", "printed_code", "printed_page"),
            *("functions__pk", "functions__parent_id"),
            *("functions__position", "functions__text"),
        )
    )
)


def unit_with_functions(pk: int) -> tuple[tuple, list[tuple]]:
    """A unit's (objective, positions, printed code, printed page) and its functions.

    With one query. The functions and their items are ``(id, parent id, position,
    text)``, siblings in order. Raises Http404 for a unit that is gone meanwhile.
    """
    rows = _unit_rows(pk)
    if not rows:
        raise Http404
    return rows[0][:4], [row[4:] for row in rows if row[4] is not None]


def units_with_functions(
    ids: Sequence[int],
) -> dict[int, tuple[str, list[str], list[tuple]]]:
    """Unit id -> its objective, positions and functions, as above; with two queries.

    A unit that is gone meanwhile is absent.
    """
    functions: dict[int, list[tuple]] = defaultdict(list)
    rows = (
        Function.objects.filter(unit__in=ids)
        .order_by("position")
        .values_list("unit_id", "pk", "parent_id", "position", "text")
    )
    for unit_id, *row in rows:
        functions[unit_id].append(tuple(row))
    details = (
        Unit.objects.filter(pk__in=ids)
        .order_by()
        .values_list("pk", "objective", "positions")
    )
    return {
        pk: (objective, positions, functions[pk])
        for pk, objective, positions in details
    }


def codes_in_editions(key: UUID, editions: Iterable[int]) -> dict[int, str]:
    """Edition id -> code of the unit with the key, for the editions that have it."""
    return dict(
        Unit.objects.filter(key=key, edition__in=editions)
        .order_by()
        .values_list("edition_id", "code")
    )


def chapters_of_editions(editions: Iterable[int]) -> dict[int, list[dict]]:
    """Edition id -> number, title and kind of its chapters, in order."""
    chapters = defaultdict(list)
    rows = (
        Chapter.objects.filter(edition__in=editions)
        .order_by("number")
        .values("edition_id", "number", "title", "kind")
    )
    for row in rows:
        chapters[row.pop("edition_id")].append(row)
    return chapters


# (term, meaning, explanation) of what a manual's glossary explains to readers.
accepted_terms = PreparedQuery(
    lambda manual_id: (
        GlossaryTerm.objects.accepted()
        .filter(manual=manual_id)
        .order_by()
        .values_list("term", "meaning", "explanation")
    )
)

_editions_by_status = edition_reader("status")


def published_editions() -> list[Edition]:
    """The published editions of all manuals, in brief, in no order."""
    return [edition for status in PUBLISHED for edition in _editions_by_status(status)]


def edition_with_chapters(pk: int) -> tuple[Edition, list[dict]]:
    """An edition, whole, and number and title of its chapters, with one query.

    ``has_glossary`` says whether its manual explains any term.
    """
    rows = list(
        Edition.objects.with_manual()
        .filter(pk=pk)
        .order_by("chapters__number")
        .annotate(
            chapter_number=F("chapters__number"),
            chapter_title=F("chapters__title"),
            has_glossary=Exists(
                GlossaryTerm.objects.accepted().filter(manual=OuterRef("manual"))
            ),
        )
    )
    chapters = [
        {"number": row.chapter_number, "title": row.chapter_title}
        for row in rows
        if row.chapter_number is not None
    ]
    return rows[0], chapters
