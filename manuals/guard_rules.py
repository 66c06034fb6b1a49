"""The guards of the edition's own row, and of the change feed's rows.

Once authorised, an edition's row lets pass exactly: ``effective_to`` from null to a
date, once; status authorised to withdrawn together with ``withdrawn_on``. It is never
deleted. At most one edition of a manual is in force on any day; on PostgreSQL the
manual's row is locked first, so that two people cannot authorise at once.

A change is written without a cursor and gets one, once; for the rest it stays as it is,
but for its links to a manual or an edition that is deleted.
"""

# ruff: noqa: S608 - names come from the models, never from a person

from __future__ import annotations

from manuals.guard_sql import APPEND_ONLY_MESSAGE, CLOSED_MESSAGE, Guard, columns

OVERLAP_MESSAGE = "editions overlap: two would be in force on the same day"
MAY_CHANGE = ("status", "effective_to", "withdrawn_on")


def edition_guards(dialect, model) -> list[Guard]:
    closed = "OLD.\"status\" IN ('authorised', 'withdrawn')"
    forbidden = " OR ".join(
        (
            dialect.changed(columns(model, MAY_CHANGE)),
            # effective_to: null to a date, once
            f"({dialect.changed(['effective_to'])} AND NOT ("
            'OLD."effective_to" IS NULL AND NEW."effective_to" IS NOT NULL))',
            # withdrawal: both columns at once, and no way back
            f"({dialect.changed(['status'])} AND NOT (OLD.\"status\" = 'authorised'"
            ' AND NEW."status" = \'withdrawn\' AND NEW."withdrawn_on" IS NOT NULL))',
            f"({dialect.changed(['withdrawn_on'])} AND NOT ("
            "OLD.\"status\" = 'authorised' AND NEW.\"status\" = 'withdrawn'))",
        )
    )
    opens = (
        "NEW.\"status\" IN ('authorised', 'withdrawn')"
        f" AND {dialect.changed(MAY_CHANGE + ('effective_from',))}"
    )
    standing = "clash.\"status\" IN ('authorised', 'withdrawn')"
    other = ' AND clash."id" <> OLD."id"'
    return [
        dialect.trigger(
            model,
            "UPDATE",
            f"({closed} AND ({forbidden})) OR ({opens} AND {_overlap()})"
            f" OR {dialect.clash(model, standing, but=other)}",
            f"{CLOSED_MESSAGE}, or {OVERLAP_MESSAGE}",
            lock=_manual_lock(dialect),
        ),
        dialect.trigger(
            model,
            "INSERT",
            "NEW.\"status\" IN ('authorised', 'withdrawn')"
            f" OR {dialect.clash(model, standing)}",
            f"{CLOSED_MESSAGE}, and an edition begins as a draft",
        ),
        dialect.trigger(model, "DELETE", closed, CLOSED_MESSAGE),
        *dialect.truncate_guards(model),
    ]


def change_guards(dialect, model) -> list[Guard]:
    links = ("manual", "edition")
    forbidden = " OR ".join(
        (
            dialect.changed(columns(model, (*links, "cursor"))),
            f'(OLD."cursor" IS NOT NULL AND {dialect.changed(["cursor"])})',
            *(
                f'(NEW."{link}_id" IS NOT NULL AND {dialect.changed([f"{link}_id"])})'
                for link in links
            ),
            dialect.clash(model, "1 = 1", but=' AND clash."id" <> OLD."id"'),
        )
    )
    return [
        dialect.trigger(
            model,
            "INSERT",
            f'NEW."cursor" IS NOT NULL OR {dialect.clash(model, "1 = 1")}',
            APPEND_ONLY_MESSAGE,
        ),
        dialect.trigger(model, "UPDATE", forbidden, APPEND_ONLY_MESSAGE),
        dialect.trigger(model, "DELETE", "1 = 1", APPEND_ONLY_MESSAGE),
        *dialect.truncate_guards(model),
    ]


def _manual_lock(dialect) -> str:
    if not dialect.lock("0"):
        return ""
    return (
        " IF NEW.\"status\" IN ('authorised', 'withdrawn') THEN"
        ' PERFORM 1 FROM "manuals_manual" WHERE "id" = NEW."manual_id" FOR UPDATE;'
        " END IF;"
    )


def _overlap() -> str:
    """SQL: another edition of the manual is in force on a day of NEW's.

    An edition is in force from ``effective_from`` to ``effective_to``, both included,
    and before ``withdrawn_on``; a null end is open. Dates compare as such on both
    engines (ISO text on SQLite).
    """

    def starts_before_end(start: str, end: str) -> str:
        return (
            f'({end}."effective_to" IS NULL OR'
            f' {start}."effective_from" <= {end}."effective_to")'
            f' AND ({end}."withdrawn_on" IS NULL OR'
            f' {start}."effective_from" < {end}."withdrawn_on")'
        )

    def ever_in_force(row: str) -> str:
        return (
            f'({row}."withdrawn_on" IS NULL OR'
            f' {row}."effective_from" < {row}."withdrawn_on")'
        )

    return (
        'EXISTS (SELECT 1 FROM "manuals_edition" other'
        ' WHERE other."manual_id" = NEW."manual_id" AND other."id" <> NEW."id"'
        " AND other.\"status\" IN ('authorised', 'withdrawn')"
        f" AND {ever_in_force('other')} AND {ever_in_force('NEW')}"
        f" AND {starts_before_end('NEW', 'other')}"
        f" AND {starts_before_end('other', 'NEW')})"
    )
