"""The waivers of a manual as an edition sees them; fixes of chapters; the trend."""

from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext

from manuals import cache
from manuals.models import Chapter
from manuals.permissions import OPERATOR
from manuals.services import change_chapter
from review.admin import checks_trend
from review.models import Waiver
from review.waivers import waive, withdraw_waivers
from tests.admin.support import AdminTestCase, FormReader
from tests.factories import REASON, make_edition, make_function, make_tree

WHO = {"user": OPERATOR, "reason": REASON}
BODY = "Lo primero.\n\nConforme a la la ley.\n\nPor la la norma."


class WaiversListTests(AdminTestCase):
    # Six units without functions; those of 8.2 end without a period.
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        make_function(cls.units["8.2"], "Revisar las cuentas")

    def page(self, user=None, **query):
        return self.open("edition", "waivers", self.draft.pk, user=user, **query)

    def waive(self, *rules):
        page = self.open("edition", "checks", self.draft.pk)
        found = [
            row.finding
            for group in page.context["groups"]
            for row in group["rows"]
            if row.finding.rule in rules
        ]
        return waive(
            edition=self.draft,
            findings=found,
            user=self.editor,
            reason="Así se acordó.",
        )

    def test_it_says_who_gave_and_who_withdrew_when_and_why(self):
        (waiver,) = self.waive("ending_missing")
        page = self.page(user=self.lector)
        self.assertContains(page, "8.2, función 4")
        self.assertContains(page, "La dio editora el")
        self.assertContains(page, "Así se acordó.")
        self.assertContains(page, "vale en esta edición")
        self.assertNotContains(page, "Retirar la dispensa…")
        withdraw_waivers(waivers=[waiver], user=self.editor, reason="Se corregirá.")
        page = self.page(user=self.lector)
        self.assertContains(page, "La retiró editora el")
        self.assertContains(page, "Se corregirá.")
        self.assertEqual([row.state for row in page.context["rows"]], ["retiradas"])
        self.assertContains(page, "Retiradas (1)")

    def test_a_waiver_of_a_text_that_changed_has_no_effect_here(self):
        self.waive("ending_missing")
        function = self.units["8.2"].functions.last()
        function.text = "Revisar las cuentas."
        function.save()
        (row,) = self.page().context["rows"]
        self.assertEqual(row.state, "sin-efecto")
        self.assertEqual(self.page(estado="aqui").context["rows"], [])
        self.assertEqual(len(self.page(estado="sin-efecto").context["rows"]), 1)

    def test_who_may_withdraw_is_led_there(self):
        self.waive("ending_missing")
        page = self.page(user=self.branch_editor)
        self.assertContains(page, "Retirar la dispensa…")
        (row,) = page.context["rows"]
        step = self.client.get(
            self.url("edition", "unwaive", self.draft.pk), {"f": row.value}
        )
        self.assertEqual(step.status_code, 200)

    def test_the_checks_lead_to_it(self):
        page = self.open("edition", "checks", self.draft.pk)
        self.assertContains(page, self.url("edition", "waivers", self.draft.pk))

    def test_the_queries_are_the_same_for_few_waivers_and_many(self):
        counts = []
        self.client.force_login(self.editor)
        for rules in ((), ("ending_missing",), ("unit_empty",)):
            self.waive(*rules)
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                self.client.get(self.url("edition", "waivers", self.draft.pk))
            counts.append(len(captured))
        self.assertGreater(Waiver.objects.count(), 3)
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 30)


class ChaptersTests(AdminTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.chapter = Chapter.objects.create(
            edition=cls.draft, number=1, title="Marco jurídico", body=BODY
        )

    def shown(self, **query):
        page = self.open("edition", "checks", self.draft.pk, **query)
        return page, [row for group in page.context["groups"] for row in group["rows"]]

    def fix(self, user=None, **query):
        self.client.force_login(user or self.editor)
        address = self.url("edition", "fix", self.draft.pk)
        page = self.client.get(address, query)
        if page.status_code != 200:
            return page
        reader = FormReader()
        reader.feed(page.content.decode())
        (form,) = [form for form in reader.forms if "seen" in form]
        form["f"] = [one.value for one in page.context["shown"]]
        return address, page, {**form, "reason": "Palabras de más."}

    def test_paragraphs_are_shown_with_their_chapter(self):
        page, rows = self.shown(rama="capitulos", vista="unidad", regla="doubled_word")
        self.assertEqual(
            [row.place for row in rows],
            ["capítulo 1, párrafo 2", "capítulo 1, párrafo 3"],
        )
        self.assertContains(page, "Capítulo 1. Marco jurídico")
        self.assertContains(page, "Editar el capítulo")
        self.assertContains(page, self.url("chapter", "change", self.chapter.pk))

    def test_paragraphs_and_functions_are_mended_as_one_change(self):
        make_function(self.units["8.2"], "Revisar las las cuentas.")
        address, page, form = self.fix(regla="doubled_word")
        self.assertEqual(len(page.context["shown"]), 3)
        response = self.client.post(f"{address}?regla=doubled_word", form)
        done = self.client.get(response.url)
        self.assertContains(done, "Se corrigieron 3 textos.")
        self.chapter.refresh_from_db()
        self.assertEqual(self.chapter.body, BODY.replace("la la", "la"))
        self.assertIn("Revisar las cuentas.", self.texts())
        records = Chapter.history.filter(history_change_reason="Palabras de más.")
        self.assertEqual(records.count(), 1)

    def test_a_chapter_changed_meanwhile_is_not_written_over(self):
        address, _page, form = self.fix(regla="doubled_word")
        change_chapter(chapter=self.chapter, body="Por la la norma.", **WHO)
        response = self.client.post(f"{address}?regla=doubled_word", form)
        self.assertEqual(response.status_code, 412)
        self.chapter.refresh_from_db()
        self.assertEqual(self.chapter.body, "Por la la norma.")

    def test_a_branch_editor_mends_no_chapter(self):
        response = self.fix(user=self.branch_editor, regla="doubled_word")
        self.assertRedirects(response, self.url("edition", "checks", self.draft.pk))


class TrendTests(AdminTestCase):
    def test_what_is_not_counted_in_time_is_said_and_counted_later(self):
        cache.clear()
        make_tree("8.1", make_edition("2030"))
        page = self.open("edition", "checks", self.draft.pk, tendencia="1")
        self.assertNotContains(page, "Todavía sin contar")
        with patch.object(checks_trend, "SECONDS", -1):
            page = self.open("edition", "checks", self.draft.pk, tendencia="1")
        counted = {one.label: numbers for one, numbers in page.context["trend"]}
        self.assertEqual(counted["2021"], None)
        self.assertIsNotNone(counted["2024"])  # its own findings are at hand
        self.assertContains(page, "Contar otras ediciones")

    def test_the_overview_leads_to_each_rule(self):
        page = self.open("edition", "checks", self.draft.pk)
        overview = {one["rule"]: one["number"] for one in page.context["overview"]}
        self.assertGreater(overview["unit_empty"], 1)
        self.assertContains(page, 'href="?regla=unit_empty"')
