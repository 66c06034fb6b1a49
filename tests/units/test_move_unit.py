"""Structural writes: places, codes, histories and the tree columns agree."""

from django.test import TestCase

from manuals.exceptions import EditionClosed, NotAllowed, ReasonRequired
from manuals.models import BranchGrant
from manuals.permissions import OPERATOR
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_kind,
    make_tree,
    make_unit,
    make_user,
)
from units.exceptions import TreeConflict
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit
from units.trees import problems_of


def shape(edition):
    """Codes in reading order, each with the first word after "Coordinación"."""
    return [
        (unit.code, unit.name.removeprefix("Coordinación "))
        for unit in Unit.objects.for_edition(edition).in_reading_order()
    ]


class MoveUnitTests(TestCase):
    # 8.1
    # ├── 8.2
    # │   ├── 8.2.1
    # │   │   └── 8.2.1.1
    # │   └── 8.2.2
    # └── 8.3
    #     └── 8.3.1
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.2.1 8.2.1.1 8.2.2 8.3 8.3.1")
        cls.edition = cls.units["8.1"].edition

    def assertTreeIsSound(self):
        self.assertEqual(problems_of(self.edition), [])

    def move(self, code, target, position=None, user=OPERATOR):
        return move_unit(
            unit=Unit.objects.get(edition=self.edition, code=code),
            target=Unit.objects.get(edition=self.edition, code=target),
            position=position,
            user=user,
            reason=REASON,
        )

    def test_factory_numbers_the_children_of_the_root_as_its_siblings(self):
        self.assertEqual(
            [code for code, _name in shape(self.edition)],
            ["8.1", "8.2", "8.2.1", "8.2.1.1", "8.2.2", "8.3", "8.3.1"],
        )
        self.assertTreeIsSound()

    def test_moves_a_unit_with_what_hangs_from_it_and_renumbers_both_families(self):
        moved = self.move("8.2.1", "8.3", position=1)
        self.assertEqual(moved.code, "8.3.1")
        self.assertEqual(
            shape(self.edition),
            [
                ("8.1", "8.1"),
                ("8.2", "8.2"),
                ("8.2.1", "8.2.2"),
                ("8.3", "8.3"),
                ("8.3.1", "8.2.1"),
                ("8.3.1.1", "8.2.1.1"),
                ("8.3.2", "8.3.1"),
            ],
        )
        self.assertTreeIsSound()

    def test_reorders_among_siblings(self):
        self.move("8.3", "8.1", position=1)
        self.assertEqual(
            [name for _code, name in shape(self.edition)],
            ["8.1", "8.3", "8.3.1", "8.2", "8.2.1", "8.2.1.1", "8.2.2"],
        )
        self.assertTreeIsSound()
        self.move("8.2", "8.1", position=2)
        self.assertEqual(
            [name for _code, name in shape(self.edition)],
            ["8.1", "8.2", "8.2.1", "8.2.1.1", "8.2.2", "8.3", "8.3.1"],
        )
        self.assertTreeIsSound()

    def test_writes_one_history_row_for_each_unit_whose_code_changed(self):
        before = Unit.history.count()
        self.move("8.2.2", "8.2", position=1)
        # 8.2.2 -> 8.2.1, 8.2.1 -> 8.2.2 and 8.2.1.1 -> 8.2.2.1
        self.assertEqual(Unit.history.count(), before + 3)
        latest = Unit.history.latest("history_id")
        self.assertEqual(latest.history_change_reason, REASON)

    def test_moving_to_the_same_place_changes_no_code_and_no_history_of_others(self):
        before = Unit.history.exclude(code="8.2.2").count()
        self.move("8.2.2", "8.2", position=2)
        self.assertEqual(Unit.history.exclude(code="8.2.2").count(), before)
        self.assertTreeIsSound()

    def test_refuses_to_move_a_unit_below_itself(self):
        with self.assertRaisesMessage(
            TreeConflict, "Una unidad no puede depender de sí misma."
        ):
            self.move("8.2", "8.2.1.1")
        self.assertTreeIsSound()

    def test_refuses_to_move_the_root(self):
        with self.assertRaises(TreeConflict):
            self.move("8.1", "8.2")

    def test_inserts_between_and_shifts_the_codes_after(self):
        unit = create_unit(
            edition=self.edition,
            parent=self.units["8.2"],
            position=1,
            name="Coordinación nueva",
            kind=make_kind(),
            user=OPERATOR,
            reason=REASON,
        )
        self.assertEqual(unit.code, "8.2.1")
        self.assertEqual(unit.history.count(), 1)
        self.assertEqual(
            shape(self.edition)[1:6],
            [
                ("8.2", "8.2"),
                ("8.2.1", "nueva"),
                ("8.2.2", "8.2.1"),
                ("8.2.2.1", "8.2.1.1"),
                ("8.2.3", "8.2.2"),
            ],
        )
        self.assertTreeIsSound()

    def test_deletes_with_everything_below_and_closes_up(self):
        delete_unit(unit=self.units["8.2.1"], user=OPERATOR, reason="Se suprime")
        self.assertEqual(
            shape(self.edition),
            [
                ("8.1", "8.1"),
                ("8.2", "8.2"),
                ("8.2.1", "8.2.2"),
                ("8.3", "8.3"),
                ("8.3.1", "8.3.1"),
            ],
        )
        self.assertTreeIsSound()
        deleted = Unit.history.filter(history_type="-")
        self.assertEqual(deleted.count(), 2)
        self.assertEqual(
            set(deleted.values_list("history_change_reason", flat=True)),
            {"Se suprime"},
        )

    def test_refuses_a_second_root(self):
        with self.assertRaises(TreeConflict):
            make_unit(self.edition, name="Dirección segunda")

    def test_needs_a_reason(self):
        with self.assertRaises(ReasonRequired):
            delete_unit(unit=self.units["8.3"], user=OPERATOR, reason="  ")
        self.assertEqual(len(shape(self.edition)), 7)

    def test_refuses_changes_of_an_authorised_edition(self):
        authorise(self.edition)
        with self.assertRaises(EditionClosed):
            self.move("8.3", "8.2")
        with self.assertRaises(EditionClosed):
            change_unit(
                unit=self.units["8.3"], name="Otra", user=OPERATOR, reason=REASON
            )

    def test_another_edition_is_not_touched(self):
        other = make_edition("2024")
        make_tree("8.1 8.2 8.3", edition=other)
        before = list(Unit.objects.filter(edition=other).order_by("pk").values())
        self.move("8.2.1", "8.3", position=1)
        delete_unit(unit=self.units["8.2"], user=OPERATOR, reason=REASON)
        self.assertEqual(
            list(Unit.objects.filter(edition=other).order_by("pk").values()), before
        )

    def test_an_editor_of_a_branch_stays_in_it(self):
        user = make_user("editor")
        BranchGrant.objects.create(
            user=user, manual=self.edition.manual, unit_key=self.units["8.2"].key
        )
        self.move("8.2.1.1", "8.2.2", user=user)
        with self.assertRaises(NotAllowed):
            self.move("8.2.1", "8.3", user=user)
        with self.assertRaises(NotAllowed):
            self.move("8.3", "8.2", user=user)
        with self.assertRaises(NotAllowed):
            delete_unit(unit=self.units["8.2"], user=user, reason=REASON)

    def test_a_reader_changes_nothing(self):
        for role in ("lector", "revisor", "autorizador", None):
            with self.assertRaises(NotAllowed):
                self.move("8.3", "8.2", user=make_user(role))
