"""«Revisión del texto»: findings read, waived and mended in the admin."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.services import duplicate_edition
from functions.models import Function
from functions.services import change_function
from manuals import cache
from manuals.permissions import OPERATOR
from review.models import Waiver
from tests.admin.support import AdminTestCase, FormReader
from tests.factories import REASON, make_edition, make_function, make_tree

WHO = {"user": OPERATOR, "reason": REASON}


def ticked(page) -> list[str]:
    """The values of the boxes of a page."""
    return [one.value for one in page.context["shown"]]


class ChecksTests(AdminTestCase):
    # Empty units; in 8.2 a function with a doubled word and no period; in 8.3 one.
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.double = make_function(cls.units["8.2"], "Revisar las las cuentas")
        make_function(cls.units["8.3"], "Atender las quejas")

    def page(self, user=None, **query):
        return self.open("edition", "checks", self.draft.pk, user=user, **query)

    def step(self, name, user=None, **query):
        self.client.force_login(user or self.editor)
        return self.client.get(self.url("edition", name, self.draft.pk), query)

    def confirm(self, name, page, chosen=None, user=None, **values):
        """Send the form of a step with these boxes, all of them if not said."""
        self.client.force_login(user or self.editor)
        reader = FormReader()
        reader.feed(page.content.decode())
        (form,) = [form for form in reader.forms if "seen" in form]
        form["f"] = ticked(page) if chosen is None else chosen
        query = page.request["QUERY_STRING"]
        address = f"{self.url('edition', name, self.draft.pk)}?{query}"
        return self.client.post(address, {**form, "reason": "Así es.", **values})

    def found(self, **query):
        return [
            (row.finding.rule, row.place)
            for group in self.page(**query).context["groups"]
            for row in group["rows"]
        ]

    def test_the_edition_leads_to_it_and_it_shows_place_and_range(self):
        page = self.open("edition", "change", self.draft.pk)
        self.assertContains(page, self.url("edition", "checks", self.draft.pk))
        page = self.page(user=self.lector, regla="unit_empty")
        self.assertContains(page, "4 errores")
        self.assertContains(page, "<mark>Coordinación 8.1</mark>")
        self.assertContains(page, self.url("unit", "change", self.unit("8.1").pk))
        self.assertNotContains(page, 'type="checkbox"')
        page = self.page(regla="ending_missing")
        self.assertContains(page, "<ins>")

    def test_errors_come_first_and_units_in_their_order(self):
        page = self.page()
        levels = [group["level"] for group in page.context["groups"]]
        self.assertEqual(
            levels, sorted(levels, key=["error", "warning", "advice"].index)
        )
        page = self.page(vista="unidad")
        titles = [group["title"] for group in page.context["groups"]]
        self.assertEqual(titles, sorted(titles))

    def test_it_is_filtered_by_severity_rule_and_branch(self):
        self.assertEqual(
            {rule for rule, _ in self.found(severidad="error")}, {"unit_empty"}
        )
        self.assertEqual(
            self.found(regla="unit_empty", rama="8.3"),
            [("unit_empty", "8.3.1")],
        )
        self.assertEqual(
            self.found(regla="ending_missing", rama="8.2"),
            [("ending_missing", "8.2, función 4")],
        )
        self.assertEqual(len(self.found(regla="nada", p="x")), len(self.found()))

    def test_several_are_waived_with_one_reason_and_back(self):
        page = self.step("waive", regla="unit_empty")
        chosen = ticked(page)[:2]
        response = self.confirm("waive", page, chosen)
        self.assertRedirects(response, self.url("edition", "checks", self.draft.pk))
        waiver = Waiver.objects.first()
        self.assertEqual((waiver.person, waiver.reason), (self.editor, "Así es."))
        page = self.page(regla="unit_empty", dispensa="si")
        self.assertContains(page, "Así es.")
        self.assertContains(page, "2 con dispensa")
        self.assertEqual(len(self.found(regla="unit_empty")), 2)
        page = self.step("unwaive", f=chosen)
        self.confirm("unwaive", page, chosen[:1], reason="Se llenará.")
        self.assertEqual(Waiver.objects.count(), 1)
        last = Waiver.history.latest("history_id")
        self.assertEqual(last.history_change_reason, "Se llenará.")

    def test_a_reason_and_a_choice_are_demanded(self):
        page = self.step("waive", regla="unit_empty")
        response = self.confirm("waive", page, reason=" ")
        self.assertContains(response, "Indique el motivo del cambio.")
        response = self.confirm("waive", page, [])
        self.assertContains(response, "Elija al menos un hallazgo.")
        self.assertFalse(Waiver.objects.exists())
        response = self.step("waive")
        self.assertRedirects(response, self.url("edition", "checks", self.draft.pk))

    def test_a_branch_editor_is_offered_the_branch_alone(self):
        page = self.step("fix", self.branch_editor, regla="ending_missing")
        self.assertEqual(
            {one.place for one in page.context["shown"]}, {"8.2, función 4"}
        )
        everything = ticked(self.step("fix", regla="ending_missing"))
        response = self.confirm("fix", page, everything, user=self.branch_editor)
        self.assertEqual(response.status_code, 412)
        self.assertIn("Atender las quejas", self.texts("8.3"))
        for user in (self.lector, self.revisor, self.autorizador):
            for name in ("waive", "unwaive", "fix"):
                self.assertEqual(self.step(name, user).status_code, 403)

    def test_fixes_are_one_save_with_one_undo(self):
        page = self.step("fix", regla="ending_missing")
        self.assertContains(page, "<ins>")
        response = self.confirm("fix", page)
        self.assertIn("Revisar las las cuentas.", self.texts())
        self.assertIn("Atender las quejas.", self.texts("8.3"))
        done = self.client.get(response.url)
        self.assertContains(done, "Se corrigieron 2 textos.")
        self.assertContains(done, "/deshacer/")
        records = Function.history.filter(history_change_reason="Así es.")
        self.assertEqual(len(set(records.values_list("history_date"))), 1)
        self.assertEqual(records.count(), 2)

    def test_two_fixes_of_a_text_are_made_together_or_one_alone(self):
        page = self.page(rama="8.2", vista="unidad")
        rows = [row for group in page.context["groups"] for row in group["rows"]]
        both = [row.value for row in rows if row.place == "8.2, función 4"]
        page = self.step("fix", f=both)
        self.assertEqual(len(ticked(page)), 2)
        self.confirm("fix", page)
        self.assertIn("Revisar las cuentas.", self.texts())

    def test_a_text_changed_meanwhile_is_not_written_over(self):
        page = self.step("fix", regla="ending_missing")
        change_function(function=self.double, text="Revisar todo", **WHO)
        response = self.confirm("fix", page)
        self.assertEqual(response.status_code, 412)
        self.assertIn("Revisar todo", self.texts())

    def test_a_closed_edition_is_read_and_waived_but_not_mended(self):
        address = self.url("edition", "checks", self.closed.pk)
        self.client.force_login(self.editor)
        self.assertContains(self.client.get(address), "Unidad")
        fix = self.client.get(
            self.url("edition", "fix", self.closed.pk),
            {"regla": "ending_missing"},
            follow=True,
        )
        self.assertContains(fix, "su contenido se puede leer, pero no cambiar")
        waive = self.client.get(
            self.url("edition", "waive", self.closed.pk), {"regla": "unit_empty"}
        )
        self.assertEqual(waive.status_code, 200)

    def test_the_trend_counts_each_edition(self):
        self.assertNotContains(self.page(), "Por edición")
        trend = self.page(tendencia="1").context["trend"]
        self.assertEqual([one.label for one, _numbers in trend], ["2021", "2024"])
        self.assertEqual([numbers[0] for _one, numbers in trend], [5, 4])

    def test_the_queries_are_the_same_for_few_findings_and_many(self):
        few = make_edition("2025")
        many = make_edition("2026")
        for edition, number in ((few, 2), (many, 60)):
            unit = make_tree("8.1", edition)["8.1"]
            for one in range(number):
                make_function(unit, f"Revisar la cuenta {one}")
        counts = []
        self.client.force_login(self.branch_editor)
        for edition in (few, few, many):
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                self.client.get(self.url("edition", "checks", edition.pk))
            counts.append(len(captured))
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 30)

    def test_waivers_hold_in_the_next_draft(self):
        page = self.step("waive", regla="unit_empty")
        self.confirm("waive", page)
        copy = duplicate_edition(edition=self.draft, label="2031", **WHO)
        page = self.open("edition", "checks", copy.pk, severidad="error")
        self.assertEqual(page.context["number"], 0)
