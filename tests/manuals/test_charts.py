"""The charts of a chapter saved as one list."""

import datetime

from django.core.exceptions import ValidationError
from django.test import TestCase

from manuals.charts import ListedChart, save_charts
from manuals.exceptions import EditionClosed, NotAllowed, ReasonRequired
from manuals.models import Chapter, Chart
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, authorise, make_edition, make_user


class SaveChartsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.chapter = create_chapter(
            edition=cls.edition,
            number=7,
            title="Organogramas",
            kind=Chapter.Kind.CHARTS,
            user=OPERATOR,
            reason=REASON,
        )
        save_charts(
            chapter=cls.chapter,
            rows=[ListedChart("7.1", "Dirección"), ListedChart("7.2", "Unidad")],
            user=OPERATOR,
            reason=REASON,
        )

    def save(self, rows, user=OPERATOR, reason=REASON):
        return save_charts(chapter=self.chapter, rows=rows, user=user, reason=reason)

    def stored(self):
        return [
            ListedChart(
                chart.number,
                chart.title,
                chart.unit_key,
                chart.effective_from,
                chart.pk,
            )
            for chart in self.chapter.charts.order_by("position")
        ]

    def shown(self):
        return [f"{chart.number} {chart.title}" for chart in self.stored()]

    def test_swaps_inserts_changes_and_deletes_at_once(self):
        first, second = self.stored()
        second.effective_from = datetime.date(2017, 12, 16)
        new = ListedChart("7.0", "Nueva")
        self.assertEqual(self.save([second, new, first]), 3)
        self.assertEqual(self.shown(), ["7.2 Unidad", "7.0 Nueva", "7.1 Dirección"])
        self.assertEqual(self.save([self.stored()[1]]), 3)
        self.assertEqual(self.shown(), ["7.0 Nueva"])
        deleted = Chart.history.filter(history_type="-")
        self.assertEqual({row.title for row in deleted}, {"Unidad", "Dirección"})
        self.assertEqual({row.history_change_reason for row in deleted}, {REASON})

    def test_only_what_changes_gets_history(self):
        before = Chart.history.count()
        rows = self.stored()
        self.assertEqual(self.save(rows), 0)
        self.assertEqual(Chart.history.count(), before)
        rows[1].title = "Otra"
        self.assertEqual(self.save(rows), 1)
        self.assertEqual(Chart.history.count(), before + 1)

    def test_names_the_row_that_is_wrong_and_writes_nothing(self):
        rows = self.stored()
        rows[1].title = ""
        rows[0].title = "Cambiada"
        with self.assertRaisesMessage(ValidationError, "Fila 2"):
            self.save(rows)
        self.assertEqual(self.shown(), ["7.1 Dirección", "7.2 Unidad"])

    def test_refuses_a_chart_twice_and_one_of_another_chapter(self):
        rows = self.stored()
        with self.assertRaises(ValidationError):
            self.save([rows[0], rows[0]])
        with self.assertRaises(ValidationError):
            self.save([ListedChart("9", "Ajena", id=999_999)])

    def test_asks_for_role_reason_and_an_open_edition(self):
        rows = self.stored()[:1]
        with self.assertRaises(NotAllowed):
            self.save(rows, user=make_user("lector"))
        with self.assertRaises(ReasonRequired):
            self.save(rows, reason=" ")
        authorise(self.edition)
        with self.assertRaises(EditionClosed):
            self.save(rows)
        self.assertEqual(len(self.shown()), 2)
