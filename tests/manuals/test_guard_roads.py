"""Roads around a guard that is written for plain statements, and what closes them."""

from unittest import skipUnless

from django.db import DatabaseError, connection, transaction

from functions.models import Function
from manuals.models import BranchGrant, Edition
from tests.factories import make_kind, make_tree, make_user
from tests.manuals.test_guards import GuardedTestCase, execute
from units.models import Unit, UnitKind

only_sqlite = skipUnless(connection.vendor == "sqlite", "REPLACE is of SQLite")


def copied(verb, model, pk, **instead):
    """A statement that inserts a copy of a row with some columns set otherwise."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join("%s" if name in instead else f'"{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    table = model._meta.db_table
    return (
        f'{verb} INTO "{table}" ({names}) SELECT {values} FROM "{table}"'  # noqa: S608
        f' WHERE "{model._meta.pk.column}" = %s',
        [instead[name] for name in columns if name in instead] + [pk],
    )


@only_sqlite
class ReplacingTests(GuardedTestCase):
    """REPLACE deletes the row in its way without asking the guard of deletions."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.drafted = make_tree("8.1 8.2", edition=cls.draft)

    def assertReplaceRefused(self, model, pk, message="closed edition", **instead):
        sql, parameters = copied("INSERT OR REPLACE", model, pk, **instead)
        self.assertRefused(sql, *parameters, message=message)

    def test_content_is_not_replaced_by_a_row_of_a_draft(self):
        draft, unit = self.draft.pk, self.drafted["8.2"].pk
        for row, instead in (
            (self.function, {"edition_id": draft, "unit_id": unit}),
            (self.units["8.2.1"], {"edition_id": draft, "tree_id": draft}),
            (self.chapter, {"edition_id": draft}),
            (self.source, {"edition_id": draft}),
            (self.note, {"edition_id": draft}),
        ):
            with self.subTest(row=type(row).__name__):
                self.assertReplaceRefused(type(row), row.pk, **instead)

    def test_an_edition_is_not_replaced_by_a_draft(self):
        other = "0" * 32
        for instead in (
            {"status": "draft"},
            {"status": "draft", "id": 999, "key": other},
            {"status": "draft", "id": 999, "label": "otra"},
        ):
            with self.subTest(instead=instead):
                self.assertReplaceRefused(Edition, self.edition.pk, **instead)

    def test_a_draft_is_not_renamed_over_a_closed_edition(self):
        self.assertRefused(
            "UPDATE OR REPLACE manuals_edition SET label = %s WHERE id = %s",
            self.edition.label,
            self.draft.pk,
        )

    def test_a_row_of_a_draft_does_not_take_the_id_of_a_closed_one(self):
        self.assertRefused(
            "UPDATE OR REPLACE units_unit SET id = %s WHERE id = %s",
            self.units["8.2.1"].pk,
            self.drafted["8.2"].pk,
        )

    def test_levels_in_use_are_not_replaced(self):
        kind = self.units["8.2"].kind
        self.assertReplaceRefused(UnitKind, kind.pk, name="Otra", plural="Otras")
        self.assertReplaceRefused(UnitKind, kind.pk, id=999, plural="Otras")
        other = make_kind("Gerencia", "Gerencias")
        self.assertRefused(
            "UPDATE OR REPLACE units_unitkind SET plural = %s WHERE id = %s",
            kind.plural,
            other.pk,
        )

    def test_histories_and_steps_are_not_replaced(self):
        for row, instead in (
            (self.edition.transitions.first(), {"comment": "otro"}),
            (self.function.history.first(), {"text": "otro"}),
            (self.units["8.2"].history.first(), {"name": "otro"}),
            (self.edition.history.first(), {"label": "otra"}),
        ):
            with self.subTest(row=type(row).__name__):
                self.assertReplaceRefused(
                    type(row), row.pk, message="append-only", **instead
                )

    def test_rows_of_a_draft_can_still_be_replaced(self):
        unit = self.drafted["8.2"]
        sql, parameters = copied("INSERT OR REPLACE", Unit, unit.pk, name="Otra")
        execute(sql, *parameters)
        unit.refresh_from_db()
        self.assertEqual(unit.name, "Otra")


class OtherRoadsTests(GuardedTestCase):
    def test_nothing_of_a_draft_hangs_from_a_closed_edition(self):
        drafted = make_tree("8.1 8.2", edition=self.draft)
        for row, instead in (
            (
                Function(unit=drafted["8.2"], position=7, text="Invadir."),
                {"parent_id": self.function.pk},
            ),
            (drafted["8.2"], {"parent_id": self.units["8.2.1"].pk}),
        ):
            if row.pk is None:
                row.save()
            with (
                self.subTest(row=type(row).__name__),
                self.assertRaisesMessage(DatabaseError, "closed edition"),
                transaction.atomic(),
            ):
                type(row).objects.filter(pk=row.pk).update(**instead)

    def test_a_level_in_use_keeps_its_id_and_is_not_deleted(self):
        # Foreign keys are checked at the end: two statements could put another row
        # in its place.
        kind = self.units["8.2"].kind
        self.assertRefused(
            "UPDATE units_unitkind SET id = %s WHERE id = %s", kind.pk + 100, kind.pk
        )
        self.assertRefused("DELETE FROM units_unitkind WHERE id = %s", kind.pk)

    def test_a_level_that_nobody_uses_can_be_deleted(self):
        kind = make_kind("Gerencia", "Gerencias")
        execute("DELETE FROM units_unitkind WHERE id = %s", kind.pk)
        self.assertIs(UnitKind.objects.filter(pk=kind.pk).exists(), False)

    def test_every_history_is_guarded(self):
        BranchGrant.objects.create(
            user=make_user("editor"),
            manual=self.edition.manual,
            unit_key=self.units["8.2"].key,
        )
        self.assertRefused(
            "DELETE FROM manuals_historicalbranchgrant", message="append-only"
        )

    def test_a_history_is_not_given_another_author(self):
        self.assertRefused(
            "UPDATE functions_historicalfunction SET history_user_id = %s",
            make_user("editor").pk,
            message="append-only",
        )
