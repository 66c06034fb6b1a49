"""The guard of the catalogue of levels.

A level's name is part of every edition that uses it, so the level stays, under this
name, once an authorised edition does.
"""

# ruff: noqa: S608 - names come from the models, never from a person

from manuals.guard_sql import CLOSED_MESSAGE
from manuals.guards import CLOSED_STATUSES


def kind_guards(dialect, model):
    listed = ", ".join(f"'{status}'" for status in CLOSED_STATUSES)

    def in_use(row):
        return (
            'EXISTS (SELECT 1 FROM "units_unit" JOIN "manuals_edition"'
            ' ON "manuals_edition"."id" = "units_unit"."edition_id"'
            f' WHERE "units_unit"."kind_id" = {row}."id" AND "status" IN ({listed}))'
        )

    # An edition that uses the level is not authorised while its name changes.
    using = dialect.lock(
        'SELECT "edition_id" FROM "units_unit" WHERE "kind_id" = OLD."id"'
    )
    other = ' AND clash."id" <> OLD."id"'
    return [
        dialect.trigger(
            model, "INSERT", dialect.clash(model, in_use("clash")), CLOSED_MESSAGE
        ),
        # The id too: keys are checked at the end, when another row may have taken it.
        dialect.trigger(
            model,
            "UPDATE",
            f"({dialect.changed(['id', 'name'])} AND {in_use('OLD')})"
            f" OR {dialect.clash(model, in_use('clash'), but=other)}",
            CLOSED_MESSAGE,
            lock=using,
        ),
        dialect.trigger(model, "DELETE", in_use("OLD"), CLOSED_MESSAGE, lock=using),
        *dialect.truncate_guards(model),
    ]
