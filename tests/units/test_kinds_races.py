"""Two imports at once that bring the same level: both have it."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import TestCase, TransactionTestCase

from manuals.history import recording
from manuals.permissions import OPERATOR
from tests.factories import REASON
from tests.manuals.test_races import PATIENCE, in_thread
from tests.support import require_postgres
from units.kinds import kinds_named
from units.models import UnitKind

NEW = {"Gerencia de Zona", "Enlace"}


def bring(names=NEW):
    with transaction.atomic(), recording(user=OPERATOR, reason=REASON):
        return kinds_named(set(names))


class AddingTests(TestCase):
    def test_a_level_is_added_once(self):
        _found, added = bring()
        self.assertEqual({kind.name for kind in added}, NEW)
        found, added = bring()
        self.assertEqual((set(found), added), (NEW, []))

    def test_a_plural_of_another_level_gives_way_to_one_by_its_name(self):
        bring(["Enlace"])
        UnitKind.objects.filter(name="Enlace").update(name="Enlaces por zona")
        found, _added = bring(["Enlace"])
        self.assertEqual(found["Enlace"].plural, "Enlace (plural)")
        UnitKind.objects.filter(name="Enlace").update(name="Otro")
        with self.assertRaises(ValidationError):
            bring(["Enlace"])

    def test_what_is_too_long_is_refused(self):
        with self.assertRaises(ValidationError):
            bring(["x" * 101])


class RaceTests(TransactionTestCase):
    def setUp(self):
        require_postgres()

    def test_who_comes_second_uses_what_the_first_added(self):
        added = threading.Event()

        @in_thread
        def lead():
            with transaction.atomic():
                found, _added = bring()
                added.set()
                # The other finds no level yet, and waits for this transaction.
                threading.Event().wait(0.3)
                return {name: kind.pk for name, kind in found.items()}

        @in_thread
        def follow():
            added.wait(PATIENCE)
            found, new = bring()
            return {name: kind.pk for name, kind in found.items()}, new

        with ThreadPoolExecutor(2) as pool:
            leading, following = pool.submit(lead), pool.submit(follow)
            ids = leading.result(PATIENCE)
            self.assertEqual(following.result(PATIENCE), (ids, []))
        self.assertEqual(UnitKind.objects.filter(name__in=NEW).count(), 2)
        self.assertEqual(UnitKind.history.filter(name__in=NEW).count(), 2)
