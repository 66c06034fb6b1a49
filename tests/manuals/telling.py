"""A draft whose changes are told, for tests of the feed."""

from django.test import TestCase

from manuals.models import Change
from tests.factories import OPERATOR, REASON, make_edition, make_function, make_tree

WHO = {"user": OPERATOR, "reason": REASON}


class ToldTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        # 8.1 > 8.2 > 8.2.1, 8.2.2; 8.1 > 8.3
        cls.units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3", make_edition("2024"))
        cls.edition = cls.units["8.1"].edition
        cls.first = make_function(cls.units["8.2"], "Planear.")
        cls.second = make_function(cls.units["8.2"], "Dirigir.")
        cls.third = make_function(cls.units["8.2"], "Evaluar.")
        cls.item = make_function(cls.units["8.2"], "Lo propio.", parent=cls.second)

    def setUp(self):
        self.before = Change.objects.count()

    def told(self):
        """The rows since the test began, oldest first."""
        return list(Change.objects.order_by("id")[self.before :])

    def assertTold(self, *kinds):
        self.assertEqual([row.kind for row in self.told()], list(kinds))

    def assertContent(self, **parts):
        """One row, with these lists of these parts and no others."""
        [row] = self.told()
        self.assertEqual(row.kind, "content.changed")
        self.assertEqual(
            (row.manual_slug, row.edition_label, row.edition, row.public),
            ("dir", "2024", self.edition, False),
        )
        said = {
            part: {what: sorted(keys, key=str) for what, keys in lists.items()}
            for part, lists in row.details.items()
            if part != "whole"
        }
        wanted = {
            part: {
                what: sorted(str(getattr(one, "key", one)) for one in rows)
                for what, rows in lists.items()
            }
            for part, lists in parts.items()
        }
        self.assertEqual(said, wanted)
        self.assertIs(row.details["whole"], False)
