"""Whom an undo names when it refuses, and what it never undoes."""

from datetime import date

from functions.services import delete_function, move_function
from manuals.exceptions import EditionClosed, NotAllowed, ReasonRequired
from manuals.history import recording
from manuals.services import authorise_edition, submit_edition
from review.models import Undoing
from review.undo.exceptions import AlreadyUndone, CannotUndo
from tests.factories import make_function, make_user
from tests.review.undo.steps import state
from tests.review.undo.support import UndoTestCase
from units.services import change_unit, create_unit, delete_unit, move_unit


class WhatStandsInTheWayTests(UndoTestCase):
    def test_who_changed_the_same_is_named_with_date_and_reason(self):
        moment = self.save((change_unit, {"unit": self.unit("8.2"), "name": "Otra"}))
        then = self.save(
            (change_unit, {"unit": self.unit("8.2"), "name": "Otra más"}),
            user=self.beto,
            reason="Acuerdo 7",
        )
        later = self.assertRefused(moment, "Beto", "Acuerdo 7", "cambió «8.2 Otra más»")
        self.assertEqual([one.at for one in later], [then])
        self.undo(then)
        self.undo(moment)
        self.assertEqual(state(self.draft), self.original)

    def test_of_several_the_latest_that_holds_is_named_first(self):
        unit = self.unit("8.2")
        moments = [
            self.save((change_unit, {"unit": unit, "name": name}))
            for name in ("Uno", "Dos", "Tres")
        ]
        self.assertEqual(self.assertRefused(moments[0])[0].at, moments[2])
        self.undo(moments[2])
        # What undid it is in nobody's way.
        self.assertEqual(self.assertRefused(moments[0])[0].at, moments[1])

    def test_a_later_move_a_later_order_and_a_later_deletion_are_named(self):
        unit = {"unit": self.unit("8.2.1")}
        first = self.save((move_unit, {**unit, "target": self.unit("8.3")}))
        with recording(**self.who("Luego")) as change:
            move_unit(
                unit=self.unit("8.3.2"),
                target=self.unit("8.3"),
                position=1,
                **self.who("Luego"),
            )
        later = self.assertRefused(first, "movió", "Luego")
        self.assertEqual([one.at for one in later], [change.moment.time])
        delete_unit(unit=self.unit("8.3.1"), **self.who("Se va"))
        self.assertRefused(first, "eliminó", "Se va")

    def test_a_unit_that_was_filled_since_does_not_go(self):
        kind = self.unit("8.2").kind
        with recording(**self.who()) as change:
            new = create_unit(
                edition=self.draft,
                parent=self.unit("8.1"),
                name="Nueva",
                kind=kind,
                **self.who(),
            )
        make_function(new, "Atender.")
        self.assertRefused(change.moment.time, "puso «Atender.»")
        delete_function(function=self.function("Atender."), **self.who())
        move_unit(unit=self.unit("8.3.1"), target=new, **self.who("Se llena"))
        self.assertRefused(change.moment.time, "Coordinación 8.3.1", "Se llena")

    def test_what_hung_from_something_deleted_names_that_deletion(self):
        moment = self.save((delete_unit, {"unit": self.unit("8.2.1")}))
        delete_unit(unit=self.unit("8.2"), **self.who("Todo fuera"))
        self.assertRefused(moment, "eliminó «8.2 Coordinación 8.2»", "Todo fuera")

    def test_a_parent_that_went_below_its_former_child_is_named(self):
        moment = self.save(
            (move_unit, {"unit": self.unit("8.2.1"), "target": self.unit("8.3")})
        )
        moved = {"unit": self.unit("8.2"), "target": self.unit("8.3.2")}
        self.save((move_unit, moved), reason="Debajo")
        self.assertRefused(moment, "movió", "Debajo")

    def test_items_that_would_be_too_deep_are_named(self):
        item = self.function("El personal.")
        moment = self.save((move_function, {"function": item, "unit": item.unit}))
        parent = self.function("El personal.")
        one = make_function(self.unit("8.2"), "Uno.", parent=parent)
        make_function(self.unit("8.2"), "Dos.", parent=one)
        self.assertRefused(moment, "movió «")

    def test_an_undone_save_is_not_undone_again_but_its_undo_is(self):
        moment = self.save((change_unit, {"unit": self.unit("8.2"), "name": "Otra"}))
        undo = self.undo(moment)
        with self.assertRaises(AlreadyUndone) as caught:
            self.undo(moment)
        self.assertEqual(caught.exception.at, undo)
        redo = self.undo(undo)
        self.assertEqual(self.unit("8.2").name, "Otra")
        self.assertEqual(Undoing.objects.count(), 2)
        with self.assertRaises(AlreadyUndone):
            self.undo(undo)
        self.undo(redo)
        with self.assertRaises(AlreadyUndone):
            self.undo(moment)
        self.assertEqual(state(self.draft), self.original)

    def test_beginnings_other_moments_and_blank_reasons_are_refused(self):
        begun = self.draft.history.earliest("history_id").history_date
        with self.assertRaisesMessage(CannotUndo, "descártelo"):
            self.undo(begun)
        with self.assertRaisesMessage(CannotUndo, "No hay ningún cambio"):
            self.undo(begun.replace(year=2001))
        moment = self.save((change_unit, {"unit": self.unit("8.2"), "name": "Otra"}))
        with self.assertRaises(ReasonRequired):
            self.undo(moment, reason=" ")
        change_unit(unit=self.unit("8.2"), name="Coordinación 8.2", **self.who())
        with self.assertRaisesMessage(CannotUndo, "como antes"):
            self.undo(moment)

    def test_only_drafts_and_only_by_who_edits(self):
        moment = self.save((change_unit, {"unit": self.unit("8.2"), "name": "Otra"}))
        for role in ("lector", "revisor", "autorizador", None):
            with self.subTest(role=role), self.assertRaises(NotAllowed):
                self.undo(moment, user=make_user(role))
        submit_edition(edition=self.draft, user=self.ana)
        with self.assertRaises(EditionClosed):
            self.undo(moment)
        self.draft.refresh_from_db()
        authorise_edition(
            edition=self.draft,
            user=make_user("autorizador"),
            effective_from=date(2024, 1, 1),
        )
        with self.assertRaises(EditionClosed):
            self.undo(moment)
