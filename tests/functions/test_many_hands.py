"""People who edit the functions of one unit at once lose nothing of each other's work.

Whoever saves a list that somebody changed meanwhile is refused; every acknowledged
change has its history and can be replayed in the order of the commits.
"""

from collections import Counter
from unittest import mock

from django.test import TransactionTestCase

from functions.models import Function
from manuals.exceptions import Stale
from manuals.models import Edition
from tests.functions.hands import make_hands
from tests.support import require_postgres


class ManyHandsTests(TransactionTestCase):
    HANDS, OPERATIONS = 4, 20

    def assertPlacesWithoutGaps(self, edition):
        """Siblings stand at 1, 2, 3 ..., an item in the unit of its function."""
        families = {}
        for function in Function.objects.filter(edition=edition).select_related(
            "parent"
        ):
            family = (function.unit_id, function.parent_id)
            families.setdefault(family, []).append(function.position)
            if function.parent:
                self.assertEqual(function.unit_id, function.parent.unit_id)
        for positions in families.values():
            self.assertEqual(sorted(positions), list(range(1, len(positions) + 1)))

    def test_what_was_acknowledged_is_all_that_happened_in_the_order_of_commits(self):
        hands = make_hands(people=self.HANDS, operations=self.OPERATIONS)
        hands.work()
        self.assertEqual(hands.faults(), [])
        for edition in hands.drafts:
            self.assertPlacesWithoutGaps(edition)
        outcomes = Counter((deed.step, deed.done) for deed in hands.deeds)
        for step in ("save", "move", "create", "reword", "delete"):
            self.assertGreater(outcomes[step, True], 0)
        self.assertIn(Stale, {type(deed.refusal) for deed in hands.deeds})

    def test_without_the_edition_s_lock_the_same_hands_are_found_at_fault(self):
        require_postgres()  # on SQLite a transaction is a lock by itself

        def not_locked(edition):
            return Edition.objects.select_related("manual").get(pk=edition.pk)

        # A deadlock takes a second each.
        hands = make_hands(people=self.HANDS, operations=12)
        with mock.patch("manuals.services.locks.lock_edition", not_locked):
            hands.work()
        self.assertNotEqual(hands.faults(), [])
