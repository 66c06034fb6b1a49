"""Change notes in the admin."""

from manuals.models import Edition
from manuals.permissions import OPERATOR
from review.models import ChangeNote
from tests.admin.support import AdminTestCase
from tests.factories import REASON
from units.models import Unit
from units.services import delete_unit


class ChangeNoteTests(AdminTestCase):
    def add(self, user=None, **values):
        return self.send("changenote", "add", user=user, **values)

    def test_says_why_a_unit_changed(self):
        response = self.add(unit_code="8.3", text="Reforma del reglamento")
        self.assertRedirects(response, self.url("changenote", "changelist"))
        note = ChangeNote.objects.get()
        self.assertEqual(
            (note.edition, note.unit_key), (self.draft, self.unit("8.3").key)
        )
        record = note.history.get()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Reforma del reglamento")
        self.assertContains(
            self.open("changenote", "changelist"), "8.3 Coordinación 8.3"
        )

    def test_a_minor_change_needs_no_words_and_any_other_does(self):
        self.add(unit_code="8.3", minor="on")
        self.assertEqual(
            ChangeNote.objects.get().history.get().history_change_reason, "Cambio menor"
        )
        response = self.add(unit_code="8.2")
        self.assertIn("Escriba el motivo", self.errors(response))
        self.assertEqual(ChangeNote.objects.count(), 1)

    def test_writing_again_replaces_the_note(self):
        self.add(unit_code="8.3", text="Uno")
        self.add(unit_code="8.3", text="Dos")
        self.assertEqual(ChangeNote.objects.get().text, "Dos")

    def test_changes_and_deletes_a_note(self):
        self.add(unit_code="8.3", text="Uno")
        note = ChangeNote.objects.get()
        self.send("changenote", "change", note.pk, text="Dos")
        note.refresh_from_db()
        self.assertEqual(note.text, "Dos")
        self.send("changenote", "delete", note.pk, reason="Sobra")
        self.assertFalse(ChangeNote.objects.exists())
        self.assertContains(self.open("changenote", "deleted"), "Sobra")

    def test_an_unknown_code_is_refused(self):
        self.assertIn("código 8.9", self.errors(self.add(unit_code="8.9", text="x")))

    def test_a_unit_that_the_draft_suppressed_is_found_in_its_base(self):
        Edition.objects.filter(pk=self.draft.pk).update(base=self.closed)
        for closed in Unit.objects.for_edition(self.closed):
            Unit.objects.filter(edition=self.draft, code=closed.code).update(
                key=closed.key
            )
        delete_unit(unit=self.unit("8.3"), user=OPERATOR, reason=REASON)
        self.add(unit_code="8.3", text="Se suprime")
        self.assertEqual(
            ChangeNote.objects.get().unit_key, self.closed_units["8.3"].key
        )
        self.assertContains(
            self.open("changenote", "changelist"), "8.3 Coordinación 8.3 (suprimida)"
        )

    def test_an_editor_of_a_branch_writes_within_it_only(self):
        response = self.add(user=self.branch_editor, unit_code="8.3", text="x")
        self.assertEqual(response.status_code, 403)
        self.assertContains(response, "No tiene permiso", status_code=403)
        response = self.add(user=self.branch_editor, unit_code="8.2.1", text="x")
        self.assertEqual(response.status_code, 302)

    def test_a_note_of_a_closed_edition_stays_as_it_is(self):
        self.add(unit_code="8.3", text="Uno")
        note = ChangeNote.objects.get()
        page = self.open("changenote", "change", note.pk)
        Edition.objects.filter(pk=self.draft.pk).update(status="review")
        response = self.client.post(
            page.request["PATH_INFO"],
            {"text": "Dos", "seen": page.context["adminform"].form.shown},
        )
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, "Dos", status_code=409)
        note.refresh_from_db()
        self.assertEqual(note.text, "Uno")
