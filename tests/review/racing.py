"""Two threads on one draft, the second forced to begin before the first commits."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from django.test import TransactionTestCase

from exchange.reading import read_document
from functions.lists import Listed, fingerprint, save_function_list
from functions.models import Function
from functions.services import change_function
from manuals.exceptions import DomainError
from manuals.models import Edition
from manuals.permissions import OPERATOR
from tests.factories import (
    REASON,
    fill_empty_units,
    make_edition,
    make_function,
    make_tree,
    make_user,
)
from tests.manuals.test_races import PATIENCE, in_thread
from tests.support import require_postgres
from units.models import Unit
from units.services import change_unit, move_unit
from units.trees import problems_of

WHO = {"user": OPERATOR, "reason": REASON}


class EditRaceTestCase(TransactionTestCase):
    """A draft: 8.1 with 8.2 (8.2.1, 8.2.2), 8.3 and 8.4; two functions in 8.2.

    The edits are called with what people had on their screens before the race.
    """

    def setUp(self):
        require_postgres()
        self.fill()

    def fill(self, label="2021"):
        units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3 8.4", make_edition(label))
        self.take(units["8.1"].edition)
        first = make_function(units["8.2"], "Planear las actividades.")
        make_function(units["8.2"], "Las de la unidad.", parent=first)
        make_function(units["8.2"], "Revisar los asuntos.")
        fill_empty_units(self.edition)

    def take(self, edition):
        self.edition = edition
        self.editor, self.authoriser = make_user("editor"), make_user("autorizador")

    def unit(self, code):
        return Unit.objects.select_related("edition__manual").get(
            edition=self.edition, code=code
        )

    def function(self, text):
        return Function.objects.select_related("edition__manual").get(
            edition=self.edition, text=text
        )

    def edits(self):
        """By name: an edit that is ready to be called, and what shows that it is in.

        They touch rows of their own, so that all of them can be made.
        """
        function = self.function("Revisar los asuntos.")
        renamed, moved, target = self.unit("8.4"), self.unit("8.2"), self.unit("8.3")
        listing = self.unit("8.2.1")
        seen = fingerprint(listing)
        rows = [Listed(0, "Una."), Listed(1, "Inciso."), Listed(0, "Otra.")]
        return {
            "change_function": (
                lambda: change_function(function=function, text="Otro texto.", **WHO),
                lambda: self.texts_of(function.unit_id)[-1] == "Otro texto.",
            ),
            "change_unit": (
                lambda: change_unit(unit=renamed, name="Coordinación Nueva", **WHO),
                lambda: self.named(renamed.pk) == "Coordinación Nueva",
            ),
            # Every unit but the root gets another code.
            "move_unit": (
                lambda: move_unit(unit=moved, target=target, position=1, **WHO),
                lambda: Unit.objects.get(pk=moved.pk).parent_id == target.pk,
            ),
            "save_function_list": (
                lambda: save_function_list(unit=listing, rows=rows, seen=seen, **WHO),
                lambda: self.texts_of(listing.pk) == ["Inciso.", "Otra.", "Una."],
            ),
        }

    def texts_of(self, unit_id):
        rows = Function.objects.filter(unit=unit_id).order_by("text")
        texts = list(rows.values_list("text", flat=True))
        return sorted(texts, key=lambda text: text == "Otro texto.")

    def named(self, pk):
        return Unit.objects.get(pk=pk).name

    def written(self):
        """All that an edit may write: the content, and how many rows of history."""
        return (
            read_document(Edition.objects.get(pk=self.edition.pk)).units,
            Unit.history.count(),
            Function.history.count(),
        )

    def assertHistoryTells(self):
        """The last row of each history says what its live row says."""
        for model, names in (
            (Unit, ("name", "code", "position", "parent_id")),
            (Function, ("text", "position", "parent_id", "unit_id")),
        ):
            last = {}
            for pk, *row in model.history.order_by("history_id").values_list(
                "id", *names
            ):
                last[pk] = row
            live = model.objects.filter(edition=self.edition)
            for pk, *row in live.values_list("pk", *names):
                self.assertEqual(last[pk], row)

    def assertSound(self):
        self.assertEqual(problems_of(self.edition), [])
        self.assertHistoryTells()

    def in_order(self, first, second, *, fails=False):
        """Outcomes of both; ``second`` begins while ``first`` is not yet committed.

        The first commits, or fails where ``fails``, once the second waits for a lock.
        """
        begun, release = threading.Event(), threading.Event()

        @in_thread
        def lead():
            try:
                with transaction.atomic():
                    outcome = outcome_of(first)
                    begun.set()
                    release.wait(PATIENCE)
                    if fails:
                        raise KilledError
            except KilledError:
                return "killed"
            return outcome

        @in_thread
        def follow():
            begun.wait(PATIENCE)
            return outcome_of(second)

        with ThreadPoolExecutor(2) as pool:
            leading, following = pool.submit(lead), pool.submit(follow)
            try:
                self.assertIs(begun.wait(PATIENCE), True)
                waited = self.somebody_waits(following)
            finally:
                release.set()
            outcomes = leading.result(PATIENCE), following.result(PATIENCE)
        self.assertIs(waited, True, "the second did not wait for the first")
        return outcomes

    def somebody_waits(self, future):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not future.done():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                if cursor.fetchone()[0]:
                    return True
            time.sleep(0.01)
        return False


class KilledError(Exception):
    """A process that dies before its commit."""


def outcome_of(call):
    """The class of the refusal, or "done"."""
    try:
        call()
    except DomainError as error:
        return type(error)
    return "done"
