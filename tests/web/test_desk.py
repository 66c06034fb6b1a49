"""From a draft's pages to where it is edited and its steps are taken."""

from django.test import TestCase
from django.urls import reverse

from manuals.services import submit_edition
from tests.factories import REASON, authorise, make_user
from tests.web.support import PAST, filled_edition

STEPS = "Estado de la edición y siguientes pasos"
EDIT = "Editar esta unidad"


class DeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = filled_edition()
        cls.unit = cls.edition.units.get(code="8.2")

    def page(self, role, address="/manuales/dir/2021/8.2/"):
        self.client.force_login(make_user(role))
        return self.client.get(address)

    def test_an_editor_goes_from_the_unit_to_its_form_and_to_the_steps(self):
        response = self.page("editor")
        form = reverse("admin:units_unit_change", args=[self.unit.pk])
        steps = reverse("admin:manuals_edition_change", args=[self.edition.pk])
        self.assertContains(response, f'<a href="{form}">{EDIT}</a>')
        self.assertContains(response, f'<a href="{steps}">{STEPS}</a>')
        for address in (form, steps):
            self.assertEqual(self.client.get(address).status_code, 200)

    def test_who_only_reads_drafts_is_not_offered_to_edit(self):
        response = self.page("lector")
        self.assertNotContains(response, EDIT)
        self.assertContains(response, STEPS)

    def test_nobody_edits_what_is_in_review(self):
        submit_edition(edition=self.edition, user=make_user("editor"), comment=REASON)
        response = self.page("autorizador")
        self.assertNotContains(response, EDIT)
        self.assertContains(response, STEPS)

    def test_the_home_of_a_draft_leads_to_its_steps(self):
        self.assertContains(self.page("editor", "/manuales/dir/2021/"), STEPS)

    def test_pages_of_a_published_edition_are_the_same_for_everybody(self):
        authorise(self.edition, PAST)
        response = self.page("editor")
        self.assertNotContains(response, STEPS)
        self.assertNotContains(response, EDIT)
