"""What a service returns is what the database holds, the tree's columns included."""

from django.forms.models import model_to_dict
from django.test import TestCase

from tests.factories import OPERATOR, REASON, make_kind, make_tree
from units.models import TREE_COLUMNS, Unit
from units.services import create_unit, move_unit

WHO = {"user": OPERATOR, "reason": REASON}


class ReturnedUnitTests(TestCase):
    def setUp(self):
        # 8.1 > 8.2 > (8.2.1, 8.2.2), 8.3 > 8.3.1, 8.4
        self.units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3 8.3.1 8.4")
        self.edition = self.units["8.1"].edition

    def assertAsStored(self, unit):
        stored = Unit.objects.get(pk=unit.pk)
        for name in TREE_COLUMNS:
            self.assertEqual(getattr(unit, name), getattr(stored, name), name)
        self.assertEqual(model_to_dict(unit), model_to_dict(stored))
        self.assertEqual(unit.edition, self.edition)

    def test_created_units(self):
        for position in (1, 2, None):
            unit = create_unit(
                edition=self.edition,
                parent=self.units["8.2"],
                name="Área",
                kind=make_kind(),
                position=position,
                **WHO,
            )
            self.assertAsStored(unit)

    def test_moved_units(self):
        for code, target, position in (
            ("8.2", "8.4", None),
            ("8.3", "8.2.1", 1),
            ("8.2.2", "8.1", 1),
            ("8.4", "8.1", 1),
        ):
            unit = move_unit(
                unit=self.units[code],
                target=self.units[target],
                position=position,
                **WHO,
            )
            self.assertAsStored(unit)
            self.assertEqual(unit.parent, self.units[target])

    def test_a_returned_unit_can_be_moved_on(self):
        unit = self.units["8.3"]
        for target in ("8.2", "8.4", "8.2.1", "8.1"):
            unit = move_unit(unit=unit, target=self.units[target], **WHO)
            self.assertAsStored(unit)
