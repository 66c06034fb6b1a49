"""Chapters, charts, data, notes and keys return too."""

from datetime import date

from manuals.charts import ListedChart, save_charts
from manuals.models import Chapter
from manuals.services import (
    change_chapter,
    change_edition,
    create_chapter,
    delete_chapter,
    move_functions_chapter,
)
from review.models import ChangeNote
from review.notes import delete_note, write_note
from tests.review.undo.steps import state
from tests.review.undo.support import UndoTestCase
from units.services import create_unit, rekey_unit, renumber_edition


class ContentsTests(UndoTestCase):
    def chapters(self):
        """Chapter 7 with three charts, and the one of functions, 8."""
        for number, kind in ((7, "charts"), (8, "functions")):
            create_chapter(
                edition=self.draft,
                number=number,
                title=f"Capítulo {number}",
                kind=kind,
                **self.who(),
            )
        rows = [ListedChart(f"7.{number}", f"Carta {number}") for number in (1, 2, 3)]
        save_charts(chapter=self.chapter(), rows=rows, **self.who())

    def chapter(self):
        return Chapter.objects.get(edition=self.draft, number=7)

    def assertUndone(self, write, **fields):
        """Undone it is as before; redone and undone again as well."""
        before = state(self.draft)
        moment = self.save((write, fields))
        after = state(self.draft)
        self.assertNotEqual(after, before)
        undo = self.undo(moment)
        self.assertEqual(state(self.draft), before)
        redo = self.undo(undo)
        self.assertEqual(state(self.draft), after)
        self.undo(redo)
        self.assertEqual(state(self.draft), before)

    def test_words_of_a_chapter(self):
        self.chapters()
        words = {"title": "Cartas", "body": "Dos."}
        self.assertUndone(change_chapter, chapter=self.chapter(), **words)

    def test_a_deleted_chapter_with_its_charts(self):
        self.chapters()
        self.assertUndone(delete_chapter, chapter=self.chapter())

    def test_a_new_chapter(self):
        self.chapters()
        new = {"number": 9, "title": "Nuevo", "kind": "text"}
        self.assertUndone(create_chapter, edition=self.draft, **new)

    def test_a_new_chapter_that_was_given_charts_since_stays(self):
        new = {"number": 7, "title": "Cartas", "kind": "charts"}
        moment = self.save((create_chapter, {"edition": self.draft, **new}))
        save_charts(
            chapter=self.chapter(), rows=[ListedChart("7.1", "Una")], **self.who()
        )
        self.assertRefused(moment, "puso «7.1 Una»")

    def test_charts_in_another_order_with_one_less_and_another_title(self):
        self.chapters()
        third, second, _first = self.chapter().charts.order_by("-position")
        rows = [
            ListedChart("7.3", "Carta bis", id=third.pk),
            ListedChart("7.2", second.title, id=second.pk),
        ]
        self.assertUndone(save_charts, chapter=self.chapter(), rows=rows)

    def test_data_of_the_edition(self):
        day = date(2024, 1, 1)
        self.assertUndone(change_edition, edition=self.draft, ratified_on=day)

    def test_two_chapters_that_exchanged_numbers(self):
        self.chapters()
        self.assertUndone(move_functions_chapter, edition=self.draft, number=7)

    def test_the_number_of_the_functions_chapter_returns_with_all_codes(self):
        moment = self.save(
            (move_functions_chapter, {"edition": self.draft, "number": 7}),
            (renumber_edition, {"edition": self.draft}),
        )
        self.assertEqual(self.codes()[0], "7.1=8.1")
        create_unit(
            edition=self.draft,
            parent=self.unit("7.2"),
            name="Nueva",
            kind=self.unit("7.2").kind,
            **self.who(),
        )
        self.undo(moment)
        self.assertIn("8.2.3=Nueva", self.codes())
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.functions_chapter, 8)

    def test_a_note_and_the_key_of_a_unit_return(self):
        unit = self.unit("8.2")
        note = {"edition": self.draft, "unit_key": unit.key, "minor": False}
        write_note(**note, text="Por acuerdo", **self.who())
        moment = self.save((rekey_unit, {"unit": unit, "key": self.draft.key}))
        self.undo(moment)
        self.assertEqual(state(self.draft), self.original)
        self.assertEqual(ChangeNote.objects.get().unit_key, unit.key)
        moment = self.save((write_note, {**note, "text": "Por otra cosa"}))
        self.undo(moment)
        self.assertEqual(ChangeNote.objects.get().text, "Por acuerdo")

    def test_notes_written_and_taken_back(self):
        unit = self.unit("8.2")
        note = {"edition": self.draft, "unit_key": unit.key, "minor": False}
        written = self.save((write_note, {**note, "text": "Por acuerdo"}))
        undo = self.undo(written)
        self.assertFalse(ChangeNote.objects.exists())
        self.undo(undo)
        deleted = self.save((delete_note, {"note": ChangeNote.objects.get()}))
        self.undo(deleted)
        self.assertEqual(ChangeNote.objects.get().text, "Por acuerdo")
