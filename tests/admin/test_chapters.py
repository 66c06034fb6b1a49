"""Chapters and their charts in the admin."""

import datetime

from manuals.charts import ListedChart, save_charts
from manuals.models import Chapter
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.admin.support import AdminTestCase, form_of
from tests.factories import REASON


class ChapterTests(AdminTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.text = cls.make(1, "Introducción", "text", body="Primero.\n\nSegundo.")
        cls.charts = cls.make(7, "Organogramas", "charts")
        save_charts(
            chapter=cls.charts,
            rows=[
                ListedChart("7.1", "La raíz", cls.units["8.1"].key),
                ListedChart("7.2", "La primera", cls.units["8.2"].key),
            ],
            user=OPERATOR,
            reason=REASON,
        )

    @classmethod
    def make(cls, number, title, kind, **fields):
        return create_chapter(
            edition=cls.draft,
            number=number,
            title=title,
            kind=kind,
            user=OPERATOR,
            reason=REASON,
            **fields,
        )

    def listed(self):
        return [
            (chart.number, chart.title, chart.unit_key, chart.effective_from)
            for chart in self.charts.charts.order_by("position")
        ]

    def test_lists_the_chapters_of_one_edition_in_order(self):
        rows = self.open("chapter", "changelist").context["cl"].result_list
        self.assertEqual([chapter.number for chapter in rows], [1, 7])
        closed = self.open("chapter", "changelist", edicion=self.closed.pk)
        self.assertEqual(list(closed.context["cl"].result_list), [])

    def test_changes_a_chapter_with_user_and_reason(self):
        response = self.send(
            "chapter", "change", self.text.pk, body="Otro texto.", reason="Actualizado"
        )
        self.assertRedirects(response, self.url("chapter", "changelist"))
        self.text.refresh_from_db()
        self.assertEqual(self.text.body, "Otro texto.")
        record = self.text.history.first()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Actualizado")

    def test_line_breaks_alone_are_no_change(self):
        before = self.text.history.count()
        form = form_of(self.open("chapter", "change", self.text.pk))
        self.assertEqual(form["body"], "Primero.\n\nSegundo.")
        self.send(
            "chapter",
            "change",
            self.text.pk,
            body="Primero.\r\n\r\nSegundo.",
            reason="x",
        )
        self.assertEqual(self.text.history.count(), before)

    def test_adds_and_deletes_a_chapter(self):
        self.send(
            "chapter", "add", number=2, title="Objetivos", kind="text", reason="Se crea"
        )
        chapter = Chapter.objects.get(title="Objetivos")
        self.assertEqual(chapter.edition, self.draft)
        self.assertEqual(chapter.history.get().history_change_reason, "Se crea")
        self.send("chapter", "delete", chapter.pk, reason="Sobra")
        self.assertFalse(Chapter.objects.filter(pk=chapter.pk).exists())
        last = Chapter.history.filter(history_type="-").get()
        self.assertEqual(last.history_change_reason, "Sobra")

    def test_a_number_that_is_taken_is_refused_in_words(self):
        response = self.send("chapter", "change", self.text.pk, number=7, reason="x")
        self.assertEqual(response.status_code, 200)
        self.assertIn("La edición ya tiene este capítulo.", self.errors(response))
        response = self.send(
            "chapter", "add", number=7, title="Dos", kind="text", reason="x"
        )
        self.assertIn("La edición ya tiene este capítulo.", self.errors(response))

    def test_a_stale_form_keeps_the_text(self):
        page = self.open("chapter", "change", self.text.pk)
        self.send(
            "chapter",
            "change",
            self.text.pk,
            user=self.superuser,
            body="De ella.",
            reason="Uno",
        )
        response = self.send(page=page, body="Mía.", reason="x")
        self.assertEqual(form_of(response)["body"], "Mía.")
        self.assertIn("Está guardado: «De ella.».", self.errors(response))
        self.text.refresh_from_db()
        self.assertEqual(self.text.body, "De ella.")

    def test_charts_name_their_unit_by_its_code(self):
        form = form_of(self.open("chapter", "change", self.charts.pk))
        self.assertEqual(form["charts-1-unit_code"], "8.2")
        self.send(
            "chapter",
            "change",
            self.charts.pk,
            **{
                "charts-0-effective_from": "2017-12-16",
                "charts-1-delete": "on",
                "charts-2-number": "7.3",
                "charts-2-title": "La segunda",
                "charts-2-unit_code": "8.3",
            },
            reason="Organogramas nuevos",
        )
        self.assertEqual(
            self.listed(),
            [
                ("7.1", "La raíz", self.units["8.1"].key, datetime.date(2017, 12, 16)),
                ("7.3", "La segunda", self.units["8.3"].key, None),
            ],
        )

    def test_an_unknown_code_is_refused_at_its_row(self):
        response = self.send(
            "chapter",
            "change",
            self.charts.pk,
            **{"charts-0-unit_code": "8.9"},
            reason="x",
        )
        self.assertContains(response, "No hay ninguna unidad con el código 8.9.")
        self.assertEqual(self.listed()[0][2], self.units["8.1"].key)

    def test_charts_are_rearranged_without_saving(self):
        response = self.send(
            "chapter", "change", self.charts.pk, **{"charts-op": "up-1"}
        )
        self.assertEqual(form_of(response)["charts-0-title"], "La primera")
        self.assertEqual(self.listed()[0][1], "La raíz")
        self.send(page=response, reason="Orden")
        self.assertEqual(self.listed()[0][1], "La primera")

    def test_charts_changed_by_two_people_are_joined(self):
        page = self.open("chapter", "change", self.charts.pk)
        self.send(
            "chapter",
            "change",
            self.charts.pk,
            user=self.superuser,
            **{"charts-1-title": "De ella"},
            reason="Uno",
        )
        response = self.send(page=page, **{"charts-0-title": "Mía"}, reason="x")
        form = form_of(response)
        self.assertEqual(form["charts-0-title"], "Mía")
        self.assertEqual(form["charts-1-title"], "De ella")
        self.send(page=response)
        self.assertEqual([row[1] for row in self.listed()], ["Mía", "De ella"])

    def test_a_unit_of_another_edition_named_by_a_chart_is_kept(self):
        other = "11111111-1111-4111-8111-111111111111"
        self.charts.charts.filter(number="7.2").update(unit_key=other)
        self.send(
            "chapter",
            "change",
            self.charts.pk,
            **{"charts-1-title": "Cambiada"},
            reason="x",
        )
        self.assertEqual(str(self.listed()[1][2]), other)
        self.assertEqual(self.listed()[1][1], "Cambiada")
