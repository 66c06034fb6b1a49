"""An edition's page says what is missing for its next step."""

from django.test import TestCase
from django.urls import reverse

from exchange.services import duplicate_edition
from functions.services import change_function
from manuals.permissions import OPERATOR
from manuals.services import change_edition
from review.notes import write_note
from tests.factories import REASON, authorise, make_function, make_tree, make_user

WHO = {"user": OPERATOR, "reason": REASON}


class ReadinessTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.3")
        make_function(cls.units["8.2"], "Uno.")
        base = authorise(cls.units["8.1"].edition)
        cls.draft = duplicate_edition(edition=base, label="2030", **WHO)
        cls.page = reverse("admin:manuals_edition_change", args=[cls.draft.pk])
        cls.submit = reverse("admin:manuals_edition_enviar", args=[cls.draft.pk])

    def setUp(self):
        self.client.force_login(make_user("editor"))

    def reword(self):
        change_function(
            function=self.draft.functions.get(text="Uno."), text="Otra.", **WHO
        )

    def test_names_the_units_without_a_note_and_leads_to_writing_it(self):
        self.assertNotContains(self.client.get(self.page), "Falta el motivo")
        self.reword()
        answer = self.client.get(self.page)
        self.assertContains(answer, "Falta el motivo del cambio de 1 unidad.")
        self.assertContains(
            answer, f"edition={self.draft.pk}&amp;unit_code=8.2", html=False
        )
        form = self.client.get(
            reverse("admin:review_changenote_add"),
            {"edition": self.draft.pk, "unit_code": "8.2"},
        )
        self.assertContains(form, 'name="unit_code" value="8.2"')

    def test_submitting_without_a_note_is_refused_naming_the_unit(self):
        self.reword()
        answer = self.client.post(self.submit, {"reason": "Listo", **self.seen()})
        self.assertContains(answer, "8.2 Coordinación 8.2", status_code=409)
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.status, "draft")

    def test_with_its_note_the_draft_goes_to_review(self):
        self.reword()
        write_note(
            edition=self.draft,
            unit_key=self.units["8.2"].key,
            text="Nueva ley.",
            minor=False,
            **WHO,
        )
        answer = self.client.post(self.submit, {"reason": "Listo", **self.seen()})
        self.assertEqual(answer.status_code, 302)
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.status, "review")

    def test_warns_that_the_data_of_authorisation_are_the_old_ones(self):
        self.assertContains(
            self.client.get(self.page), "son todavía los de la edición 2021"
        )

    def test_warns_that_a_provisional_name_would_last(self):
        self.assertNotContains(self.client.get(self.page), "se llamará siempre")
        change_edition(edition=self.draft, label="borrador-2", **WHO)
        self.assertContains(
            self.client.get(self.page), "se llamará siempre «borrador-2»"
        )

    def seen(self):
        form = self.client.get(self.submit).context["form"]
        return {
            name: form[name].value()
            for name in form.fields
            if name not in ("reason",) and form[name].value() is not None
        }
