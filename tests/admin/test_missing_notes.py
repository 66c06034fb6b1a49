"""The notes that a draft lacks are written on one page, each with a proposal."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.services import duplicate_edition
from functions.services import change_function
from manuals.permissions import OPERATOR
from review.models import ChangeNote
from review.notes import write_note
from tests.admin.support import form_of
from tests.factories import REASON, authorise, make_function, make_tree, make_user

WHO = {"user": OPERATOR, "reason": REASON}


class MissingNotesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        units = make_tree("8.1 8.2 8.3")
        make_function(units["8.2"], "Uno.")
        make_function(units["8.3"], "Dos.")
        base = authorise(units["8.1"].edition)
        cls.draft = duplicate_edition(edition=base, label="2030", **WHO)
        for text, reason in (("Uno.", "Reforma"), ("Dos.", "Nuevo nombre")):
            change_function(
                function=cls.draft.functions.get(text=text),
                text=f"{text} Más.",
                user=OPERATOR,
                reason=reason,
            )
        cls.keys = {code: unit.key for code, unit in units.items()}
        cls.editor = make_user("editor")
        cls.page = reverse("admin:manuals_edition_motivos", args=[cls.draft.pk])
        cls.back = reverse("admin:manuals_edition_change", args=[cls.draft.pk])

    def setUp(self):
        self.client.force_login(self.editor)

    def fields(self):
        return form_of(self.client.get(self.page))

    def text(self, code):
        return f"text-{self.keys[code]}"

    def notes(self):
        texts = dict(ChangeNote.objects.values_list("unit_key", "text"))
        return {code: texts[key] for code, key in self.keys.items() if key in texts}

    def test_the_edition_leads_there_while_a_note_is_missing(self):
        self.assertContains(self.client.get(self.back), self.page)

    def test_proposes_what_was_said_and_saves_it_as_one_change(self):
        fields = self.fields()
        self.assertEqual(fields[self.text("8.2")], "Reforma")
        self.assertEqual(fields[self.text("8.3")], "Nuevo nombre")
        answer = self.client.post(self.page, {**fields, "reason": "Motivos"})
        self.assertRedirects(answer, self.back)
        self.assertEqual(self.notes(), {"8.2": "Reforma", "8.3": "Nuevo nombre"})
        said = (
            ChangeNote.history.order_by()
            .values_list("history_date", "history_user", "history_change_reason")
            .distinct()
        )
        self.assertEqual(len(said), 1)
        self.assertEqual(said[0][1:], (self.editor.pk, "Motivos"))
        self.assertContains(self.client.get(self.back), "Deshacer")
        self.assertNotContains(self.client.get(self.back), "Falta el motivo")

    def test_what_is_left_blank_stays_missing_and_minor_needs_no_words(self):
        fields = {**self.fields(), self.text("8.2"): "", self.text("8.3"): ""}
        fields[f"minor-{self.keys['8.3']}"] = "on"
        self.client.post(self.page, {**fields, "reason": "Motivos"})
        self.assertTrue(ChangeNote.objects.get().minor)
        self.assertEqual(list(self.notes()), ["8.3"])
        self.assertNotIn(self.text("8.3"), self.fields())

    def test_nothing_said_is_refused_and_what_was_said_stays_in_the_form(self):
        blank = {self.text("8.2"): " ", self.text("8.3"): ""}
        answer = self.client.post(self.page, {**self.fields(), **blank, "reason": "x"})
        self.assertContains(answer, "Escriba al menos un motivo.")
        answer = self.client.post(
            self.page, {**self.fields(), self.text("8.2"): "Mi texto", "reason": ""}
        )
        self.assertEqual(form_of(answer)[self.text("8.2")], "Mi texto")
        self.assertEqual(self.notes(), {})

    def test_a_note_written_meanwhile_is_kept(self):
        fields = self.fields()
        write_note(
            edition=self.draft,
            unit_key=self.keys["8.2"],
            text="De otra persona",
            minor=False,
            **WHO,
        )
        answer = self.client.post(self.page, {**fields, "reason": "x"})
        self.assertEqual(answer.status_code, 412)
        self.assertEqual(self.notes(), {"8.2": "De otra persona"})

    def test_with_none_missing_there_is_nothing_to_write(self):
        self.client.post(self.page, {**self.fields(), "reason": "x"})
        self.assertRedirects(self.client.get(self.page), self.back)

    def test_the_form_of_one_note_proposes_too(self):
        page = self.client.get(
            reverse("admin:review_changenote_add"),
            {"edition": self.draft.pk, "unit_code": "8.2"},
        )
        self.assertEqual(form_of(page)["text"], "Reforma")

    def test_takes_no_more_queries_for_more_units(self):
        before = self.queries()
        write_note(
            edition=self.draft,
            unit_key=self.keys["8.2"],
            text="Ya",
            minor=False,
            **WHO,
        )
        self.assertEqual(self.queries(), before)

    def queries(self):
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.page)
        return len(queries)
