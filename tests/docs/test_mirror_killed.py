"""docs/mirror.py as a program of its own, killed by the system while it reads."""

import subprocess
import sys

from django.test import LiveServerTestCase

from exchange.services import duplicate_edition
from manuals.permissions import OPERATOR
from tests.api.support import make_small_manual
from tests.docs.mirroring import SCRIPT, MirrorMixin
from tests.factories import REASON, authorise

STEP = 0.12  # seconds
MOST_RUNS = 60


class MirrorKilledTests(MirrorMixin, LiveServerTestCase):
    def test_killed_again_and_again_it_ends_as_if_it_never_was(self):
        edition, _units, _functions = make_small_manual("2021")
        edition = authorise(edition)
        new = authorise(
            duplicate_edition(
                edition=edition, label="2024", user=OPERATOR, reason=REASON
            ),
            edition.effective_from.replace(year=2024),
        )
        edition.refresh_from_db()
        whole = self.database.with_name("whole.db")
        with self.started(whole) as process:
            self.assertEqual(process.wait(60), 0)
        # Each run lives a little longer, until one comes to its end.
        for run in range(1, MOST_RUNS):
            with self.started(self.database) as process:
                try:
                    status = process.wait(run * STEP)
                except subprocess.TimeoutExpired:
                    process.kill()
                    continue
            self.assertEqual(status, 0)
            break
        else:
            self.fail("No run came to its end.")
        self.assertGreater(run, 1)
        self.assertEqual(self.content(), self.content(whole))
        self.assertMirrorsTheRegister(edition, new)

    def started(self, database):
        return subprocess.Popen(
            [sys.executable, SCRIPT, self.live_server_url, "dir", database],
            stdout=subprocess.DEVNULL,
        )
