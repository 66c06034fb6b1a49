"""The reads that every page of an edition makes, as cheap as they can be."""

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F

from functions.models import Function
from manuals.models import Edition, Manual
from manuals.prepared import PreparedQuery


def _columns(model, *names):
    """These columns in the order in which Model.from_db() takes them."""
    columns = [field.attname for field in model._meta.concrete_fields]
    return [column for column in columns if column in names]


EDITION_COLUMNS = _columns(
    Edition,
    *("id", "key", "manual_id", "label", "status"),
    *("effective_from", "effective_to", "withdrawn_on", "ratified_on"),
)
MANUAL_COLUMNS = _columns(
    Manual,
    *("id", "slug", "title", "acronym", "institution", "registration_key"),
    *("notice", "publication"),
)

# Unordered: the model's ordering would join two more tables.
_edition_rows = PreparedQuery(
    lambda slug: (
        Edition.objects.filter(manual__slug=slug)
        .order_by()
        .values_list(*EDITION_COLUMNS, *(f"manual__{name}" for name in MANUAL_COLUMNS))
    )
)


def editions_of(slug: str) -> list[Edition]:
    """The editions of a manual, each with its manual, in no order.

    Only what says which edition it is and how it stands; other fields are deferred.
    """
    editions = []
    for row in _edition_rows(slug):
        edition = Edition.from_db(DEFAULT_DB_ALIAS, EDITION_COLUMNS, row)
        edition.manual = Manual.from_db(
            DEFAULT_DB_ALIAS, MANUAL_COLUMNS, row[len(EDITION_COLUMNS) :]
        )
        editions.append(edition)
    return editions


def edition_with_chapters(pk: int) -> tuple[Edition, list[dict]]:
    """An edition, and number and title of its chapters, with one query."""
    rows = list(
        Edition.objects.filter(pk=pk)
        .order_by("chapters__number")
        .annotate(
            chapter_number=F("chapters__number"), chapter_title=F("chapters__title")
        )
    )
    chapters = [
        {"number": row.chapter_number, "title": row.chapter_title}
        for row in rows
        if row.chapter_number is not None
    ]
    return rows[0], chapters


# (id, parent id, position, text) of a unit's functions and their items.
function_rows = PreparedQuery(
    lambda unit_id: (
        Function.objects.filter(unit=unit_id)
        .order_by("position")
        .values_list("pk", "parent_id", "position", "text")
    )
)
