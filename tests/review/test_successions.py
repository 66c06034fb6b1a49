"""Splits and mergers that a person records, and what comparisons make of them."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import TestCase
from django.urls import reverse

from exchange.services import duplicate_edition
from manuals.exceptions import EditionClosed, NotAllowed
from manuals.permissions import OPERATOR
from review.compare.editions import compare_editions
from review.models import Succession
from review.successions import delete_succession, record_succession
from tests.admin.support import form_of
from tests.factories import REASON, authorise, make_function, make_tree, make_user
from units.models import Unit
from units.services import create_unit, rekey_unit

WHO = {"user": OPERATOR, "reason": REASON}


class SuccessionTests(TestCase):
    # 2021: 8.1 > 8.2, 8.3;  2030: also 8.4, said to come from 8.2
    @classmethod
    def setUpTestData(cls):
        units = make_tree("8.1 8.2 8.3")
        make_function(units["8.2"], "Uno.")
        cls.base = authorise(units["8.1"].edition)
        cls.draft = duplicate_edition(edition=cls.base, label="2030", **WHO)
        cls.new = create_unit(
            edition=cls.draft,
            parent=cls.unit("8.1"),
            name="Coordinación nueva",
            kind=units["8.2"].kind,
            **WHO,
        )
        cls.split = {
            "edition": cls.draft,
            "kind": "split",
            "from_keys": [units["8.2"].key],
            "to_keys": [units["8.2"].key, cls.new.key],
        }

    @classmethod
    def unit(cls, code):
        return Unit.objects.get(edition=cls.draft, code=code)

    def changes(self):
        comparison = compare_editions(old=self.base, new=self.draft, user=OPERATOR)
        return {unit.side.code: unit.changes for unit in comparison.units}

    def test_a_recorded_split_is_what_the_comparison_says(self):
        self.assertNotIn("split", self.changes()["8.2"])
        record_succession(**self.split, **WHO)
        self.assertIn("split", self.changes()["8.2"])

    def test_refuses_what_is_no_split_or_merger(self):
        keys = [self.unit("8.2").key, self.unit("8.3").key]
        for wrong in (
            {"to_keys": keys[:1]},
            {"from_keys": keys},
            {"kind": "merged"},
            {"from_keys": [self.new.key]},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(ValidationError):
                record_succession(**{**self.split, **wrong}, **WHO)
        self.assertFalse(Succession.objects.exists())

    def test_asks_for_role_and_draft(self):
        with self.assertRaises(NotAllowed):
            record_succession(**self.split, user=make_user("lector"), reason=REASON)
        succession = record_succession(**self.split, **WHO)
        authorise(self.draft, self.base.effective_from.replace(year=2030))
        with self.assertRaises(EditionClosed):
            delete_succession(succession=succession, **WHO)
        with self.assertRaises(DatabaseError), transaction.atomic():
            Succession.objects.update(kind="merged")

    def test_follows_a_unit_to_its_new_key(self):
        succession = record_succession(**self.split, **WHO)
        key = uuid4()
        rekey_unit(unit=self.new, key=key, **WHO)
        succession.refresh_from_db()
        self.assertIn(str(key), succession.to_keys)

    def test_is_recorded_in_the_admin_by_codes_and_taken_back(self):
        self.client.force_login(make_user("editor"))
        address = f"{reverse('admin:review_succession_add')}?edition={self.draft.pk}"
        self.fill_in(
            address,
            kind="split",
            from_codes="8.2",
            to_codes="8.2, 8.4",
            reason="Reorganización",
        )
        succession = Succession.objects.get()
        self.assertEqual(
            succession.history.get().history_change_reason, "Reorganización"
        )
        page = reverse("admin:review_succession_change", args=[succession.pk])
        self.assertContains(self.client.get(page), "8.4 Coordinación nueva")
        self.fill_in(
            reverse("admin:review_succession_delete", args=[succession.pk]),
            reason="No era así",
        )
        self.assertFalse(Succession.objects.exists())

    def test_unknown_codes_are_named(self):
        self.client.force_login(make_user("editor"))
        answer = self.fill_in(
            f"{reverse('admin:review_succession_add')}?edition={self.draft.pk}",
            kind="split",
            from_codes="8.2",
            to_codes="8.2 8.9",
            reason="x",
        )
        self.assertContains(answer, "no tiene las unidades 8.9")

    def fill_in(self, address, **fields):
        """Post the page's form with these fields."""
        return self.client.post(
            address, {**form_of(self.client.get(address)), **fields}
        )
