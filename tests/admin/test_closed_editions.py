"""What is authorised can be read in the admin and never written, whatever is posted."""

from functions.models import Function
from manuals.models import Chapter, Edition
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.admin.support import AdminTestCase
from tests.factories import REASON, authorise, make_edition, make_tree
from units.models import Unit


class ClosedEditionTests(AdminTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.edition = make_edition("2018", ratified_on="2018-01-01")
        cls.edition_units = make_tree("8.1 8.2 8.3", edition=cls.edition)
        cls.chapter = create_chapter(
            edition=cls.edition, number=1, title="Cerrado", user=OPERATOR, reason=REASON
        )
        authorise(cls.edition)

    def rows(self):
        return [
            list(model.objects.filter(**where).order_by("pk").values())
            for model, where in (
                (Edition, {"pk": self.edition.pk}),
                (Unit, {"edition": self.edition}),
                (Chapter, {"edition": self.edition}),
                (Function, {"edition": self.edition}),
            )
        ]

    def test_pages_say_why_nothing_can_be_changed(self):
        unit = self.edition_units["8.2"]
        for address in (
            ("unit", "change", unit.pk),
            ("chapter", "change", self.chapter.pk),
            ("edition", "change", self.edition.pk),
        ):
            with self.subTest(address):
                page = self.open(*address, user=self.superuser)
                self.assertContains(page, "La edición 2018 está autorizada")
                self.assertNotContains(page, 'name="_save"')
                self.assertNotContains(page, 'name="reason"')
                self.assertNotContains(page, "/delete/")

    def test_no_post_changes_anything(self):
        unit = self.edition_units["8.2"]
        before = self.rows()
        forms = [
            (("unit", "change", unit.pk), {"name": "X", "kind": unit.kind_id}),
            (
                ("unit", "change", unit.pk),
                {
                    "name": unit.name,
                    "kind": unit.kind_id,
                    "functions-TOTAL_FORMS": 1,
                    "functions-INITIAL_FORMS": 0,
                    "functions-0-text": "Nueva.",
                    "functions-0-level": 0,
                },
            ),
            (("unit", "mover", unit.pk), {"target": self.edition_units["8.3"].pk}),
            (("unit", "delete", unit.pk), {}),
            (
                ("chapter", "change", self.chapter.pk),
                {"number": 1, "title": "X", "kind": "text"},
            ),
            (("chapter", "delete", self.chapter.pk), {}),
            (("edition", "change", self.edition.pk), {"label": "2019"}),
            (("edition", "delete", self.edition.pk), {}),
            (("edition", "enviar", self.edition.pk), {}),
            (("edition", "renumerar", self.edition.pk), {}),
            (("edition", "devolver", self.edition.pk), {}),
        ]
        for user in (self.editor, self.superuser):
            self.client.force_login(user)
            for address, values in forms:
                with self.subTest(user=user, address=address):
                    page = self.client.get(self.url(*address))
                    seen = ""
                    if page.status_code == 200 and "adminform" in page.context:
                        form = page.context["adminform"].form
                        seen = getattr(form, "shown", "")
                    response = self.client.post(
                        self.url(*address),
                        {**values, "reason": "Prueba", "seen": seen},
                        follow=True,
                    )
                    self.assertNotContains(
                        response, 'class="success"', status_code=response.status_code
                    )
                    self.assertEqual(self.rows(), before)

    def test_units_are_not_added_to_a_closed_edition(self):
        self.client.force_login(self.superuser)
        response = self.client.get(
            self.url("unit", "add"), {"edition": self.edition.pk}, follow=True
        )
        # The newest draft is offered instead.
        self.assertEqual(response.context["subtitle"], str(self.draft))
