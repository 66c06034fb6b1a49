"""A manual's editions read at once, as cheaply as every page and answer needs it.

An edition comes with its manual; what says which edition it is and how it stands is
loaded, the rest deferred. A manual has a handful of editions.
"""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS

from manuals.models import Edition, Manual
from manuals.prepared import PreparedQuery

EDITION_FIELDS = (
    *("id", "key", "manual_id", "base_id", "label", "status", "numbering"),
    *("effective_from", "effective_to", "withdrawn_on", "ratified_on"),
)
MANUAL_FIELDS = (
    *("id", "slug", "title", "acronym", "institution", "notice", "publication"),
)


def _columns(model, names=()):
    """These columns, all unless said, in the order in which from_db() takes them."""
    columns = [field.attname for field in model._meta.concrete_fields]
    return [column for column in columns if not names or column in names]


def edition_reader(lookup: str, *, whole: bool = False):
    """A function from the value of an exact lookup to its editions, in no order.

    ``whole`` loads every field of edition and manual.
    """
    edition_fields = _columns(Edition, () if whole else EDITION_FIELDS)
    manual_fields = _columns(Manual, () if whole else MANUAL_FIELDS)
    # Unordered: the model's ordering would join two more tables.
    rows = PreparedQuery(
        lambda value: (
            Edition.objects.filter(**{lookup: value})
            .order_by()
            .values_list(
                *edition_fields, *(f"manual__{name}" for name in manual_fields)
            )
        )
    )

    def read(value) -> list[Edition]:
        editions = []
        for row in rows(value):
            edition = Edition.from_db(DEFAULT_DB_ALIAS, edition_fields, row)
            edition.manual = Manual.from_db(
                DEFAULT_DB_ALIAS, manual_fields, row[len(edition_fields) :]
            )
            editions.append(edition)
        return editions

    return read


editions_in_brief = edition_reader("manual__slug")
whole_editions = edition_reader("manual__slug", whole=True)


def linked_editions(slug: str) -> list[Edition]:
    """The manual's whole editions, each with the one that it started from."""
    editions = whole_editions(slug)
    by_id = {edition.pk: edition for edition in editions}
    for edition in editions:
        edition.manual = editions[0].manual
        # Of another manual, it is read when asked for.
        if edition.base_id in by_id:
            edition.base = by_id[edition.base_id]
    return editions


_published = PreparedQuery(
    lambda slug: (
        Edition.objects.published()
        .filter(manual__slug=slug)
        .order_by("pk")
        .values_list("manual__publication", *EDITION_FIELDS)
    )
)


def publication_state(slug: str) -> tuple:
    """A value that changes with all that a manual publishes; empty: it has nothing."""
    return tuple(_published(slug))


_all_published = PreparedQuery(
    lambda: (
        Edition.objects.published()
        .order_by("pk")
        .values_list("manual__publication", *EDITION_FIELDS)
    )
)


def state_of_all() -> tuple:
    """A value that changes with all that any manual publishes; empty: none does."""
    return tuple(_all_published())
