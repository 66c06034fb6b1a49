"""The guard of the catalogue of levels.

A level's name is part of every edition that uses it, so it stays as it is once an
authorised edition does.
"""

# ruff: noqa: S608 - names come from the models, never from a person

from manuals.guard_sql import CLOSED_MESSAGE
from manuals.guards import CLOSED_STATUSES


def kind_guards(dialect, model):
    listed = ", ".join(f"'{status}'" for status in CLOSED_STATUSES)
    in_use = (
        'EXISTS (SELECT 1 FROM "units_unit" JOIN "manuals_edition"'
        ' ON "manuals_edition"."id" = "units_unit"."edition_id"'
        f' WHERE "units_unit"."kind_id" = OLD."id" AND "status" IN ({listed}))'
    )
    return [
        dialect.trigger(
            model, "UPDATE", f"{dialect.changed(['name'])} AND {in_use}", CLOSED_MESSAGE
        ),
        *dialect.truncate_guards(model),
    ]
