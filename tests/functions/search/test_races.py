"""Two changes at once that add the same texts: neither is lost, neither fails."""

import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db import transaction
from django.test import TransactionTestCase

from exchange.services import import_edition
from functions.models import Passage, Word
from functions.search import Scope, checking, indexing, search
from manuals.models import Edition
from manuals.permissions import OPERATOR
from tests.manuals.test_races import PATIENCE, in_thread
from tests.support import require_postgres
from units.models import UnitKind

SAMPLE = Path(__file__).resolve().parents[3] / "exchange" / "samples" / "dir-2021.md"
FIRST, SECOND = "Custodiar xilófonos.", "Zurcir uniformes."


class AddingTests(TransactionTestCase):
    """Passages and words are rows that all editions share."""

    def setUp(self):
        require_postgres()

    def test_the_same_texts_in_the_opposite_order_do_not_lock_each_other_out(self):
        added, begun = threading.Event(), threading.Event()

        @in_thread
        def lead():
            with transaction.atomic():
                indexing.passages_of([FIRST])
                added.set()
                begun.wait(PATIENCE)
                # The other is in the middle of its own, or waits.
                threading.Event().wait(0.3)
                return indexing.passages_of([SECOND])

        @in_thread
        def follow():
            added.wait(PATIENCE)
            with transaction.atomic():
                begun.set()
                known = indexing.passages_of([SECOND])
                return known | indexing.passages_of([FIRST])

        with ThreadPoolExecutor(2) as pool:
            leading, following = pool.submit(lead), pool.submit(follow)
            ids = leading.result(PATIENCE), following.result(PATIENCE)
        self.assertEqual(Passage.objects.count(), 2)
        self.assertEqual(ids[0].items() <= ids[1].items(), True)
        self.assertEqual(Word.objects.filter(word="xilofonos").count(), 1)

    def test_two_imports_of_the_same_new_texts_both_succeed(self):
        # The catalogue of levels comes with a migration; the end of a test empties it.
        if not UnitKind.objects.exists():
            import_module("units.migrations.0002_levels").create_levels(apps, None)
        together = threading.Barrier(2, timeout=PATIENCE)
        data = SAMPLE.read_bytes()

        @in_thread
        def bring(slug):
            together.wait()
            import_edition(
                data=data,
                name=SAMPLE.name,
                user=OPERATOR,
                manual_slug=slug,
                label="2021",
            )

        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(bring, slug) for slug in ("uno", "otro")]:
                done.result(3 * PATIENCE)
        self.assertEqual(checking.wrong(), [])
        both = Edition.objects.with_manual()
        totals = {search(Scope.of(one), "patrones").total for one in both}
        self.assertEqual((len(both), len(totals)), (2, 1))
        self.assertNotIn(0, totals)
