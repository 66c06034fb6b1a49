"""Many structural changes at once ask what each of them alone would ask."""

from django.core.exceptions import ValidationError
from django.test import TestCase

from functions.models import Function
from functions.rewriting import Rewriting, take_out
from manuals.exceptions import NotAllowed
from manuals.models import BranchGrant
from tests.factories import REASON, make_function, make_tree, make_user
from units.models import Unit
from units.rearranging import Arrangement, rearrange_units


class BranchCase(TestCase):
    def setUp(self):
        self.units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3")
        self.edition = self.units["8.1"].edition
        self.editor = make_user("editor")
        top = self.units["8.2"].key
        BranchGrant.objects.create(
            user=self.editor, manual=self.edition.manual, unit_key=top
        )

    def id(self, code):
        return self.units[code].pk


class RearrangingTests(BranchCase):
    def rearrange(self, **arrangement):
        rearrange_units(
            edition=self.edition,
            arrangement=Arrangement(**arrangement),
            user=self.editor,
            reason=REASON,
        )

    def test_within_the_branch_families_get_another_order(self):
        self.rearrange(orders={self.id("8.2"): [self.id("8.2.2"), self.id("8.2.1")]})
        self.units["8.2.2"].refresh_from_db()
        self.assertEqual(self.units["8.2.2"].code, "8.2.1")

    def test_what_is_outside_the_branch_is_refused(self):
        outside = {
            "another family": {"orders": {self.id("8.1"): [self.id("8.2")]}},
            "a unit that comes in": {"parents": {self.id("8.3"): self.id("8.2")}},
            "a unit that goes out": {"parents": {self.id("8.2.1"): self.id("8.3")}},
            "the top of the branch": {"removed": [self.id("8.2")]},
            "what another unit says": {"fields": {self.id("8.3"): {"name": "Otra"}}},
            "codes alone": {"codes": {self.id("8.2.1"): "8.2.9"}},
            "the root's code": {"root_code": "7.1"},
        }
        before = list(Unit.objects.order_by("pk").values())
        for what, arrangement in outside.items():
            with self.subTest(what), self.assertRaises(NotAllowed):
                self.rearrange(**arrangement)
        self.assertEqual(list(Unit.objects.order_by("pk").values()), before)

    def test_what_a_unit_says_must_be_valid(self):
        with self.assertRaises(ValidationError):
            self.rearrange(fields={self.id("8.2.1"): {"name": ""}})


class RewritingTests(BranchCase):
    def setUp(self):
        super().setUp()
        self.inside = make_function(self.units["8.2.1"])
        self.outside = make_function(self.units["8.3"])

    def test_functions_outside_the_branch_are_refused(self):
        refused = {
            "deleted": Rewriting(removed=[self.outside.pk]),
            "reworded": Rewriting(fields={self.outside.pk: {"text": "Otra."}}),
            "taken in": Rewriting(places={self.outside.pk: (self.id("8.2"), None, 1)}),
            "taken out": Rewriting(places={self.inside.pk: (self.id("8.3"), None, 2)}),
        }
        before = list(Function.objects.order_by("pk").values())
        for what, rewriting in refused.items():
            with self.subTest(what), self.assertRaises(NotAllowed):
                self.take_out(rewriting)
        self.assertEqual(list(Function.objects.order_by("pk").values()), before)

    def test_a_text_must_be_valid(self):
        with self.assertRaises(ValidationError):
            self.take_out(Rewriting(fields={self.inside.pk: {"text": ""}}))

    def test_within_the_branch_functions_are_deleted(self):
        self.take_out(Rewriting(removed=[self.inside.pk]))
        self.assertFalse(Function.objects.filter(pk=self.inside.pk).exists())

    def take_out(self, rewriting):
        take_out(edition=self.edition, rewriting=rewriting, user=self.editor)
