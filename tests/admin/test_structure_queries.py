"""The desk asks no more of the database because there are more units."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from manuals.models import BranchGrant
from tests.admin.support import form_of
from tests.admin.test_query_counts import FEW, fill
from tests.factories import make_edition, make_user

MANY = 3_000


class StructureQueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.limited = make_user("editor"), make_user("editor")
        cls.small, cls.large = make_edition("2023"), make_edition("2024")
        cls.units = {
            one: fill(one, n) for one, n in ((cls.small, FEW), (cls.large, MANY))
        }
        for units in cls.units.values():
            BranchGrant.objects.create(
                user=cls.limited, manual=cls.small.manual, unit_key=units["8.2"].key
            )

    def count(self, address, user, data=None):
        self.client.force_login(user)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            response = (
                self.client.get(address)
                if data is None
                else self.client.post(address, data)
            )
        self.assertIn(response.status_code, (200, 302), address)
        return len(caught), response

    def assertConstant(self, address_of, at_most):
        """The same few queries with 3 units and with 3,000."""
        for user in (self.editor, self.limited):
            with self.subTest(user=user):
                self.count(address_of(self.small), user)  # what is read only once
                few, _page = self.count(address_of(self.small), user)
                many, _page = self.count(address_of(self.large), user)
                self.assertEqual(few, many)
                self.assertLessEqual(many, at_most)

    def test_the_page(self):
        self.assertConstant(
            lambda edition: reverse("admin:units_unit_structure", args=[edition.pk]), 12
        )

    def test_the_steps(self):
        for name, query, at_most in (
            ("mover", "?target={target}&place=1", 18),
            ("agregar", "", 18),
            ("nombre", "", 18),
            ("delete", "", 19),
        ):
            with self.subTest(name):
                self.assertConstant(
                    lambda edition, name=name, query=query: (
                        reverse(
                            f"admin:units_unit_{name}",
                            args=[self.units[edition]["8.2.1"].pk],
                        )
                        + query.format(target=self.units[edition]["8.2"].pk)
                    ),
                    at_most,
                )

    def test_what_is_shown_again(self):
        """Sent without its reason the step is planned again, and nothing written."""
        counts = []
        for edition in (self.small, self.small, self.large):
            unit = self.units[edition]["8.2.1"]
            address = reverse("admin:units_unit_delete", args=[unit.pk])
            _count, page = self.count(address, self.editor)
            data = {**form_of(page), "reason": ""}
            counts.append(self.count(address, self.editor, data)[0])
        self.assertEqual(*counts[1:])
