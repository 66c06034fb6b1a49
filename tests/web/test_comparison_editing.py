"""A comparison leads who may edit a unit of the draft to its page of the admin."""

from django.test import TestCase
from django.urls import reverse

from manuals.models import BranchGrant
from tests.factories import authorise, make_user
from tests.web.support import LATER, Reader
from tests.web.test_comparison import ADDRESS, compared_editions


class EditingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.old, cls.new = compared_editions()
        cls.reader = make_user("lector")

    def test_who_may_edit_a_unit_of_the_draft_is_led_to_its_functions(self):
        limited = make_user("editor", username="de-rama")
        branch = self.new.units.get(code="8.2")
        BranchGrant.objects.create(
            user=limited, manual=self.new.manual, unit_key=branch.key
        )
        expected = {
            self.reader: [],
            make_user("editor", username="de-todo"): ["8.1", "8.2", "8.2.1"],
            limited: ["8.2", "8.2.1"],
        }
        for user, codes in expected.items():
            for address in (ADDRESS, "/manuales/dir/comparar/2024/2021/"):
                with self.subTest(user=user, address=address):
                    self.client.force_login(user)
                    links = Reader(self.client.get(address)).links
                    self.assertEqual(
                        [one for one in links if "/admin/units/" in one],
                        [
                            reverse("admin:units_unit_change", args=[unit.pk])
                            + "#functions"
                            for unit in self.new.units.filter(code__in=codes).order_by(
                                "code"
                            )
                        ],
                    )

    def test_nobody_is_led_to_edit_what_is_closed(self):
        authorise(self.new, LATER)
        self.client.force_login(make_user("superuser"))
        self.assertNotContains(self.client.get(ADDRESS), "/admin/units/")
