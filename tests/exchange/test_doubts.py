"""Doubtful matches of an import: kept, confirmed, corrected."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import TestCase

from exchange.doubts import (
    ItemGone,
    choices_of,
    confirm_doubt,
    correct_doubt,
    may_decide,
)
from exchange.models import MatchDoubt
from functions.models import Function
from functions.services import delete_function, rekey_function
from manuals.exceptions import EditionClosed, NotAllowed, ReasonRequired
from manuals.models import BranchGrant, Chart, Edition
from manuals.permissions import OPERATOR
from review.models import ChangeNote
from tests.exchange.test_import_edition import MANUAL, importing
from tests.factories import REASON, make_user
from units.models import Unit
from units.services import rekey_unit

WHO = {"user": OPERATOR, "reason": REASON}

# Reworded so far that a person should look: 3.2's first and 3.1's second.
FIRST = "Programar y evaluar los ensayos de todo el ejercicio."
LISTING = "Rendir cuentas a la Junta de lo siguiente:"
FRAGMENT = f"""\
3.2 Unidad de Ensayos

1. {FIRST}
2. Registrar los ensayos terminados.
"""
LISTED = f"""\
3.1 Dirección de Pruebas

1. Dirigir las pruebas.
2. {LISTING}
  a) Los resultados; y
  b) Los pendientes.
"""


class DoubtCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.base = importing(MANUAL, authorised=True).edition
        cls.draft = importing(FRAGMENT, base_label="2021", label="2024").edition

    def function(self, text, edition=None):
        return Function.objects.get(edition=edition or self.draft, text=text)

    def unit(self, code, edition=None):
        return Unit.objects.get(edition=edition or self.draft, code=code)

    def doubt(self, text=FIRST):
        return MatchDoubt.objects.get(edition=self.draft, text=text)


class StoringTests(DoubtCase):
    def test_an_unsure_match_is_kept_with_both_texts_line_and_file(self):
        doubt = self.doubt()
        self.assertEqual(
            (doubt.what, doubt.state, doubt.base_text, doubt.source_line),
            ("function", "pending", "Planear los ensayos de cada año.", 3),
        )
        self.assertEqual(doubt.key, doubt.base_key)
        self.assertEqual(doubt.key, self.function(FIRST).key)
        self.assertEqual(doubt.key, self.function(doubt.base_text, self.base).key)
        self.assertEqual(doubt.source.name, "manual.txt")
        self.assertLess(doubt.confidence, 0.75)
        self.assertEqual(MatchDoubt.objects.count(), 1)

    def test_history_says_who_imported(self):
        editor = make_user("editor")
        importing(LISTED, base_label="2021", label="2024", name="b.txt", user=editor)
        record = self.doubt(LISTING).history.get()
        self.assertEqual(record.history_user, editor)
        self.assertEqual(record.history_change_reason, "Importación de b.txt")

    def test_a_whole_document_keeps_doubts_about_units_too(self):
        later = (
            MANUAL.replace("2021", "2026")
            .replace("Coordinación de Difusión", "Coordinación de Difusiones")
            .replace("Publicar los resultados aprobados.", "Atender a la prensa.")
        )
        draft = importing(later, base_label="2021", name="c.txt").edition
        doubt = MatchDoubt.objects.get(edition=draft, what="unit")
        self.assertEqual(
            (doubt.text, doubt.base_text),
            ("3.3 Coordinación de Difusiones", "3.3 Coordinación de Difusión"),
        )
        self.assertEqual(doubt.key, self.unit("3.3", self.base).key)
        self.assertEqual(doubt.key, self.unit("3.3", draft).key)

    def test_a_sure_match_and_a_dry_run_keep_nothing(self):
        before = MatchDoubt.objects.count()
        importing(LISTED, base_label="2021", label="x", name="b.txt", dry_run=True)
        importing(MANUAL.replace("de prueba.", "otro."), base_label="2021", label="y")
        self.assertEqual(MatchDoubt.objects.count(), before)

    def test_a_further_import_asks_anew_and_compares_with_the_base(self):
        confirm_doubt(doubt=self.doubt(), **WHO)
        other = FRAGMENT.replace(FIRST, "Calendarizar y dirigir ensayos del semestre.")
        importing(other, base_label="2021", label="2024", name="b.txt")
        doubt = MatchDoubt.objects.get(edition=self.draft)
        self.assertEqual(doubt.state, "pending")
        self.assertEqual(doubt.text, "Calendarizar y dirigir ensayos del semestre.")
        self.assertEqual(doubt.base_text, "Planear los ensayos de cada año.")

    def test_open_ones_are_those_whose_item_is_still_there(self):
        doubts = MatchDoubt.objects.for_edition(self.draft)
        self.assertEqual(doubts.open().count(), 1)
        delete_function(function=self.function(FIRST), **WHO)
        self.assertEqual((doubts.pending().count(), doubts.open().count()), (1, 0))


class DecidingTests(DoubtCase):
    def test_confirming_keeps_the_key_and_says_who(self):
        editor, key = make_user("editor"), self.doubt().key
        doubt = confirm_doubt(doubt=self.doubt(), user=editor, reason="Lo verifiqué")
        doubt.refresh_from_db()
        self.assertEqual((doubt.state, doubt.decided_by), ("confirmed", editor))
        self.assertIsNotNone(doubt.decided_at)
        self.assertEqual(self.function(FIRST).key, key)
        record = doubt.history.latest()
        self.assertEqual(record.history_user, editor)
        self.assertEqual(record.history_change_reason, "Lo verifiqué")

    def test_a_new_function_takes_a_key_of_its_own(self):
        before = self.doubt().key
        doubt = correct_doubt(doubt=self.doubt(), **WHO)
        function = self.function(FIRST)
        self.assertEqual(doubt.state, "corrected")
        self.assertEqual(doubt.key, function.key)
        self.assertNotEqual(function.key, before)
        self.assertEqual(doubt.base_key, before)
        self.assertFalse(Function.objects.filter(edition=self.base, key=function.key))
        record = function.history.latest()
        self.assertEqual(record.history_change_reason, REASON)
        self.assertEqual(record.key, function.key)

    def test_said_again_to_be_new_it_stays_what_it_is(self):
        first = correct_doubt(doubt=self.doubt(), **WHO).key
        self.assertEqual(correct_doubt(doubt=self.doubt(), **WHO).key, first)

    def test_it_may_continue_another_function_of_the_base(self):
        delete_function(
            function=self.function("Registrar los ensayos terminados."), **WHO
        )
        (proposed,) = [
            one
            for one in choices_of(self.doubt())
            if one.text == "Registrar los ensayos terminados."
        ]
        self.assertEqual(proposed.place, "3.2, 2.")
        correct_doubt(doubt=self.doubt(), base_key=proposed.key, **WHO)
        self.assertEqual(self.function(FIRST).key, proposed.key)

    def test_one_that_another_item_continues_is_refused_naming_it(self):
        taken = self.function("Registrar los ensayos terminados.").key
        self.assertNotIn(taken, [one.key for one in choices_of(self.doubt())])
        with self.assertRaisesMessage(
            ValidationError, "3.2: Registrar los ensayos terminados."
        ):
            correct_doubt(doubt=self.doubt(), base_key=taken, **WHO)
        self.assertEqual(self.doubt().state, "pending")

    def test_one_that_the_base_does_not_have_is_refused(self):
        with self.assertRaisesMessage(ValidationError, "no tiene este elemento"):
            correct_doubt(doubt=self.doubt(), base_key=uuid4(), **WHO)
        with self.assertRaisesMessage(ValidationError, "confirme la duda"):
            correct_doubt(doubt=self.doubt(), base_key=self.doubt().base_key, **WHO)

    def test_a_correction_can_be_taken_back(self):
        before = self.doubt().key
        correct_doubt(doubt=self.doubt(), **WHO)
        doubt = confirm_doubt(doubt=self.doubt(), **WHO)
        self.assertEqual((doubt.state, doubt.key), ("confirmed", before))
        self.assertEqual(self.function(FIRST).key, before)

    def test_two_that_were_taken_for_each_other_can_be_exchanged(self):
        text = "Registrar los ensayos terminados."
        mine, other = self.function(FIRST).key, self.function(text).key
        correct_doubt(doubt=self.doubt(), **WHO)
        rekey_function(function=self.function(text), key=mine, **WHO)
        correct_doubt(doubt=self.doubt(), base_key=other, **WHO)
        self.assertEqual(self.function(FIRST).key, other)
        self.assertEqual(self.function(text).key, mine)

    def test_a_doubt_about_a_deleted_item_gives_way_to_who_takes_its_key(self):
        importing(LISTED, base_label="2021", label="2024", name="b.txt")
        gone = self.doubt(LISTING)
        delete_function(function=self.function(LISTING), **WHO)
        with self.assertRaises(ItemGone):
            confirm_doubt(doubt=gone, **WHO)
        correct_doubt(doubt=self.doubt(), base_key=gone.key, **WHO)
        self.assertEqual(MatchDoubt.objects.get().key, gone.key)

    def test_needs_a_reason_and_a_draft(self):
        with self.assertRaises(ReasonRequired):
            confirm_doubt(doubt=self.doubt(), user=OPERATOR, reason=" ")
        Edition.objects.filter(pk=self.draft.pk).update(status="review")
        for decide in (confirm_doubt, correct_doubt):
            with self.assertRaises(EditionClosed):
                decide(doubt=self.doubt(), **WHO)

    def test_only_who_edits_the_function_decides(self):
        inside, outside = make_user("editor"), make_user("editor")
        for user, code in ((inside, "3.2"), (outside, "3.3")):
            BranchGrant.objects.create(
                user=user, manual=self.draft.manual, unit_key=self.unit(code).key
            )
        for user in (outside, make_user("lector"), make_user("revisor")):
            self.assertIs(may_decide(user, self.doubt()), False)
            with self.assertRaises(NotAllowed):
                correct_doubt(doubt=self.doubt(), user=user, reason=REASON)
        self.assertIs(may_decide(inside, self.doubt()), True)
        confirm_doubt(doubt=self.doubt(), user=inside, reason=REASON)
        self.assertEqual(self.doubt().state, "confirmed")


class ItemTests(DoubtCase):
    """Items were recognised through their function: they follow it."""

    def setUp(self):
        importing(LISTED, base_label="2021", label="2024", name="b.txt")

    def items(self, edition=None, text=LISTING):
        function = self.function(text, edition)
        return [item.key for item in function.items.order_by("position")]

    def test_items_of_a_new_function_are_new(self):
        former = self.items()
        self.assertEqual(former, self.items(self.base, "Informar de lo siguiente:"))
        correct_doubt(doubt=self.doubt(LISTING), **WHO)
        self.assertTrue(set(former).isdisjoint(self.items()))

    def test_items_take_back_their_keys_with_their_function(self):
        former = self.items()
        correct_doubt(doubt=self.doubt(LISTING), **WHO)
        confirm_doubt(doubt=self.doubt(LISTING), **WHO)
        self.assertEqual(self.items(), former)

    def test_a_confirmed_function_leaves_its_items_alone(self):
        former = self.items()
        confirm_doubt(doubt=self.doubt(LISTING), **WHO)
        self.assertEqual(self.items(), former)

    def test_an_item_that_the_import_found_new_stays_the_same(self):
        function = self.function(LISTING)
        item = function.items.get(position=2)
        own = uuid4()
        rekey_function(function=item, key=own, **WHO)
        correct_doubt(doubt=self.doubt(LISTING), **WHO)
        self.assertEqual(self.items()[1], own)

    def test_doubts_about_items_are_settled_with_their_function(self):
        item = self.function(LISTING).items.get(position=2)
        doubt = MatchDoubt.objects.create(
            edition=self.draft,
            what="function",
            key=item.key,
            base_key=item.key,
            confidence=0.6,
            text=item.text,
            base_text="Los pendientes.",
        )
        editor = make_user("editor")
        correct_doubt(doubt=self.doubt(LISTING), user=editor, reason=REASON)
        doubt.refresh_from_db()
        self.assertEqual((doubt.state, doubt.decided_by), ("corrected", editor))
        self.assertEqual(doubt.key, self.items()[1])


class UnitTests(DoubtCase):
    """A unit is settled by who may place it; charts and notes follow its key."""

    def setUp(self):
        unit = self.unit("3.3")
        self.before = unit.key
        self.case = MatchDoubt.objects.create(
            edition=self.draft,
            what="unit",
            key=unit.key,
            base_key=unit.key,
            confidence=0.6,
            text="3.3 Coordinación de Difusión",
            base_text="3.3 Coordinación de Difusión",
        )

    def note(self, key, text):
        return ChangeNote.objects.create(edition=self.draft, unit_key=key, text=text)

    def test_a_new_unit_takes_its_charts_and_its_note_along(self):
        charts = self.draft.chapters.get(kind="charts").charts
        charts.update(unit_key=self.before)
        elsewhere = Chart.objects.filter(chapter__edition=self.base).get()
        note = self.note(self.before, "Se amplía")
        correct_doubt(doubt=self.case, **WHO)
        unit = self.unit("3.3")
        self.assertNotEqual(unit.key, self.before)
        chart = charts.get()
        self.assertEqual(chart.unit_key, unit.key)
        self.assertEqual(chart.history.latest().history_change_reason, REASON)
        note.refresh_from_db()
        self.assertEqual(note.unit_key, unit.key)
        self.assertEqual(note.history.latest().history_change_reason, REASON)
        key = elsewhere.unit_key
        elsewhere.refresh_from_db()
        self.assertEqual(elsewhere.unit_key, key)

    def test_notes_of_both_change_places(self):
        suppressed = self.unit("3.2.1")
        mine = self.note(self.before, "Se amplía")
        other = self.note(suppressed.key, "Se suprime")
        key = suppressed.key
        rekey_unit(unit=suppressed, key=uuid4(), **WHO)
        other.refresh_from_db()
        ChangeNote.objects.filter(pk=other.pk).update(unit_key=key)
        correct_doubt(doubt=self.case, base_key=key, **WHO)
        mine.refresh_from_db()
        other.refresh_from_db()
        self.assertEqual((mine.unit_key, other.unit_key), (key, self.before))

    def test_only_units_that_nothing_continues_are_offered(self):
        self.assertEqual(choices_of(self.case), [])
        unit = self.unit("3.2.1")
        key = unit.key
        rekey_unit(unit=unit, key=uuid4(), **WHO)
        self.assertEqual(
            [(one.key, one.place, one.text) for one in choices_of(self.case)],
            [(key, "3.2.1", "Coordinación de Registro")],
        )

    def test_a_unit_that_the_draft_has_is_refused_naming_it(self):
        with self.assertRaisesMessage(
            ValidationError, "3.2.1 Coordinación de Registro"
        ):
            correct_doubt(doubt=self.case, base_key=self.unit("3.2.1").key, **WHO)

    def test_the_top_of_a_branch_is_decided_above_it(self):
        user = make_user("editor")
        BranchGrant.objects.create(
            user=user, manual=self.draft.manual, unit_key=self.before
        )
        with self.assertRaises(NotAllowed):
            confirm_doubt(doubt=self.case, user=user, reason=REASON)
        with self.assertRaises(NotAllowed):
            rekey_unit(unit=self.unit("3.3"), key=uuid4(), user=user, reason=REASON)
        confirm_doubt(doubt=self.case, user=make_user("editor"), reason=REASON)


class GuardTests(DoubtCase):
    def test_a_closed_edition_keeps_its_doubts_as_they_are(self):
        draft = importing(
            MANUAL.replace("2021", "2026").replace(
                "Planear los ensayos de cada año.", FIRST
            ),
            base_label="2021",
            name="c.txt",
            authorised=True,
        ).edition
        self.assertEqual(draft.status, "authorised")
        doubts = MatchDoubt.objects.filter(edition=draft)
        self.assertEqual(doubts.count(), 1)
        with self.assertRaises(DatabaseError), transaction.atomic():
            doubts.update(confidence=1)
        with self.assertRaises(DatabaseError), transaction.atomic():
            MatchDoubt.history.update(text="x")
