"""Nothing that changed goes to review without its reason."""

from django.test import TestCase

from exchange.services import duplicate_edition, import_edition
from functions.services import change_function, create_function, move_function
from manuals.exceptions import NotAllowed
from manuals.permissions import OPERATOR
from manuals.services import send_back_edition
from review.models import ChangeNote
from review.notes import write_note
from review.submission import NotesMissing, submit_edition, units_without_note
from tests.exchange.test_import_edition import FRAGMENT, MANUAL
from tests.factories import REASON, authorise, make_function, make_tree, make_user
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit

WHO = {"user": OPERATOR, "reason": REASON}


class NotesTests(TestCase):
    # 8.1 > 8.2 (Uno. Dos.) > 8.2.1, 8.2.2;  8.3 (Tres.)
    @classmethod
    def setUpTestData(cls):
        units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3")
        make_function(units["8.2"], "Uno.")
        make_function(units["8.2"], "Dos.")
        make_function(units["8.3"], "Tres.")
        cls.base = authorise(units["8.1"].edition)
        cls.draft = duplicate_edition(edition=cls.base, label="2030", **WHO)

    def unit(self, code):
        return Unit.objects.get(edition=self.draft, code=code)

    def missing(self):
        return [unit.side.code for unit in units_without_note(self.draft)]

    def function(self, text):
        return self.draft.functions.get(text=text)

    def test_a_draft_like_its_base_needs_no_note(self):
        self.assertEqual(self.missing(), [])
        self.assertEqual(
            submit_edition(edition=self.draft, user=OPERATOR).status, "review"
        )

    def test_changed_functions_need_a_note(self):
        change_function(function=self.function("Uno."), text="Otra.", **WHO)
        self.assertEqual(self.missing(), ["8.2"])

    def test_a_new_order_of_functions_needs_a_note(self):
        move_function(function=self.function("Dos."), position=1, **WHO)
        self.assertEqual(self.missing(), ["8.2"])

    def test_a_function_that_moves_needs_a_note_where_it_was_and_where_it_is(self):
        move_function(function=self.function("Uno."), unit=self.unit("8.3"), **WHO)
        self.assertEqual(self.missing(), ["8.2", "8.3"])

    def test_functions_that_only_follow_a_new_one_are_of_the_unit_that_has_it(self):
        create_function(unit=self.unit("8.2"), text="Nueva.", position=1, **WHO)
        self.assertEqual(self.missing(), ["8.2"])

    def test_name_and_parent_need_a_note_and_codes_that_follow_do_not(self):
        change_unit(unit=self.unit("8.3"), name="Coordinación otra", **WHO)
        move_unit(unit=self.unit("8.2.1"), target=self.unit("8.3"), **WHO)
        # What was 8.2.2 is 8.2.1 now: renumbered alone.
        self.assertEqual(set(self.missing()), {"8.3", "8.3.1"})

    def test_new_and_suppressed_units_need_a_note(self):
        delete_unit(unit=self.unit("8.2.2"), **WHO)
        create_unit(
            edition=self.draft,
            parent=self.unit("8.3"),
            name="Coordinación nueva",
            kind=self.unit("8.3").kind,
            **WHO,
        )
        self.assertEqual(set(self.missing()), {"8.2.2", "8.3.1"})

    def test_submitting_names_the_units_and_changes_nothing(self):
        change_function(function=self.function("Tres."), text="Otra.", **WHO)
        with self.assertRaisesMessage(NotesMissing, "8.3 Coordinación 8.3"):
            submit_edition(edition=self.draft, user=OPERATOR)
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.status, "draft")

    def test_a_note_or_a_minor_change_is_enough(self):
        change_function(function=self.function("Tres."), text="Otra.", **WHO)
        change_function(function=self.function("Uno."), text="Otra más.", **WHO)
        for code, text, minor in (("8.3", "Nueva ley.", False), ("8.2", "", True)):
            write_note(
                edition=self.draft,
                unit_key=self.unit(code).key,
                text=text,
                minor=minor,
                **WHO,
            )
        submit_edition(edition=self.draft, user=OPERATOR)

    def test_more_than_five_units_are_counted(self):
        for code in ("8.1", "8.2", "8.2.1", "8.2.2", "8.3"):
            change_unit(unit=self.unit(code), name=f"Coordinación n{code}", **WHO)
        create_unit(
            edition=self.draft,
            parent=self.unit("8.3"),
            name="Coordinación nueva",
            kind=self.unit("8.3").kind,
            **WHO,
        )
        with self.assertRaisesMessage(NotesMissing, "y 1 más"):
            submit_edition(edition=self.draft, user=OPERATOR)

    def test_permission_is_asked_for(self):
        with self.assertRaises(NotAllowed):
            submit_edition(edition=self.draft, user=make_user("lector"))

    def test_after_sending_back_the_notes_remain(self):
        change_function(function=self.function("Tres."), text="Otra.", **WHO)
        write_note(
            edition=self.draft,
            unit_key=self.unit("8.3").key,
            text="Nueva ley.",
            minor=False,
            **WHO,
        )
        submit_edition(edition=self.draft, user=make_user("editor"))
        send_back_edition(
            edition=self.draft, user=make_user("revisor"), comment="Falta algo"
        )
        submit_edition(edition=self.draft, user=make_user("editor"))


class ImportNotesTests(TestCase):
    def test_an_import_onto_a_base_says_its_source(self):
        importing = {"user": OPERATOR, "manual_slug": "pruebas"}
        import_edition(
            data=MANUAL.encode(), name="base.txt", authorised=True, **importing
        )
        draft = import_edition(
            data=FRAGMENT.encode(),
            name="posterior.txt",
            base_label="2021",
            label="2024",
            **importing,
        ).edition
        note = ChangeNote.objects.get()
        unit = Unit.objects.get(edition=draft, code="4.2")
        self.assertEqual(note.unit_key, unit.key)
        self.assertIn("posterior.txt", note.text)
        self.assertEqual(note.history.count(), 1)
        self.assertEqual(units_without_note(draft), [])
