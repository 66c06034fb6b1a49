"""Two people moving units at the same time never corrupt the tree nor lose a change.

Eight people work at once on a draft, and on another one. ``bench/many_hands.py`` does
the same with many more changes.
"""

from unittest import mock

from django.test import TransactionTestCase

from manuals.models import Edition
from tests.support import require_postgres
from tests.units.hands import make_hands


class ManyHandsTests(TransactionTestCase):
    HANDS, OPERATIONS = 8, 25

    def test_what_was_acknowledged_is_all_that_happened_in_the_order_of_commits(self):
        hands = make_hands(people=self.HANDS, operations=self.OPERATIONS)
        hands.work()
        self.assertEqual(hands.faults(), [])
        self.assertEqual(len(hands.deeds), self.HANDS * self.OPERATIONS)
        # Hands that are all refused, or never, would show nothing.
        done = sum(deed.done for deed in hands.deeds)
        self.assertGreater(done, len(hands.deeds) // 3)
        self.assertLess(done, len(hands.deeds))
        for draft in hands.drafts:
            steps = {deed.step for deed in hands.done(draft)}
            self.assertLessEqual({"create", "move", "delete", "rename"}, steps)

    def test_without_the_edition_s_lock_the_same_hands_are_found_at_fault(self):
        require_postgres()  # on SQLite a transaction is a lock by itself

        def not_locked(edition):
            return Edition.objects.select_related("manual").get(pk=edition.pk)

        # A deadlock takes a second each.
        hands = make_hands(people=self.HANDS, operations=4)
        with mock.patch("manuals.services.locks.lock_edition", not_locked):
            hands.work()
        self.assertNotEqual(hands.faults(), [])
