"""A note is proposed from what people said while saving."""

from django.test import TestCase

from exchange.services import duplicate_edition
from functions.services import change_function, move_function
from manuals.history import recording
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import move_functions_chapter
from review.reasons import proposed_notes
from review.undo.services import undo_save
from tests.factories import REASON, authorise, make_function, make_tree
from units.models import Unit
from units.services import (
    change_unit,
    delete_unit,
    renumber_edition,
)

WHO = {"user": OPERATOR, "reason": REASON}


def saying(reason):
    return {"user": OPERATOR, "reason": reason}


class ProposedNotesTests(TestCase):
    # 8.1 > 8.2 (Uno. Dos.), 8.3 (Tres.)
    @classmethod
    def setUpTestData(cls):
        units = make_tree("8.1 8.2 8.3")
        make_function(units["8.2"], "Uno.")
        make_function(units["8.2"], "Dos.")
        make_function(units["8.3"], "Tres.")
        base = authorise(units["8.1"].edition)
        cls.draft = duplicate_edition(edition=base, label="2030", **WHO)
        cls.keys = dict(cls.draft.units.values_list("code", "key"))

    def reword(self, old, new, reason):
        function = self.draft.functions.get(text=old)
        change_function(function=function, text=new, **saying(reason))

    def unit(self, code):
        return Unit.objects.get(edition=self.draft, code=code)

    def proposed(self):
        draft = Edition.objects.get(pk=self.draft.pk)
        found = proposed_notes(draft, self.keys.values())
        return {code: found[key] for code, key in self.keys.items() if found.get(key)}

    def test_a_draft_that_nobody_changed_has_nothing_to_say(self):
        self.assertEqual(self.proposed(), {})

    def test_one_reason_stays_as_it_was_written(self):
        self.reword("Uno.", "Otra.", "Reforma del reglamento")
        self.assertEqual(self.proposed(), {"8.2": "Reforma del reglamento"})

    def test_several_are_sentences_each_said_once_the_first_one_first(self):
        self.reword("Uno.", "Otra.", "Reforma")
        self.reword("Dos.", "Más.", "Nuevo nombre.")
        self.reword("Otra.", "Una más.", "Reforma")
        self.assertEqual(self.proposed(), {"8.2": "Reforma. Nuevo nombre."})

    def test_a_function_that_moves_says_why_in_both_units(self):
        function = self.draft.functions.get(text="Uno.")
        move_function(function=function, unit=self.unit("8.3"), **saying("Traslado"))
        self.assertEqual(self.proposed(), {"8.2": "Traslado", "8.3": "Traslado"})

    def test_the_unit_itself_counts_and_a_code_that_follows_does_not(self):
        change_unit(unit=self.unit("8.3"), name="Otra", **saying("Nuevo nombre"))
        with recording(user=OPERATOR, reason="Capítulo 7"):
            move_functions_chapter(edition=self.draft, number=7, **saying("Capítulo 7"))
            renumber_edition(edition=self.draft, **saying("Capítulo 7"))
        self.assertEqual(self.unit("7.3").name, "Otra")
        self.assertEqual(self.proposed(), {"8.3": "Nuevo nombre"})

    def test_a_suppressed_unit_says_why_it_went(self):
        delete_unit(unit=self.unit("8.3"), **saying("Se suprime"))
        self.assertEqual(self.proposed(), {"8.3": "Se suprime"})

    def test_what_was_undone_says_nothing_until_the_undo_is_undone(self):
        with recording(user=OPERATOR, reason="Error") as change:
            self.reword("Uno.", "Mal.", "Error")
        self.reword("Dos.", "Más.", "Reforma")
        undone = undo_save(
            edition=self.draft, moment=change.moment.time, **saying("Deshacer: Error")
        )
        self.assertEqual(self.proposed(), {"8.2": "Reforma"})
        undo_save(edition=self.draft, moment=undone, **saying("Rehacer: Error"))
        self.assertEqual(self.proposed(), {"8.2": "Error. Reforma."})

    def test_takes_as_many_queries_for_one_unit_as_for_all(self):
        self.reword("Uno.", "Otra.", "Reforma")
        self.reword("Tres.", "Otra más.", "Reforma")
        for keys in ([self.keys["8.2"]], self.keys.values()):
            with self.assertNumQueries(5):
                proposed_notes(self.draft, keys)
