"""A process killed in the middle of a change leaves nothing half written."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.db import connection
from django.test import TransactionTestCase

from exchange.reading import read_document
from manuals.permissions import OPERATOR
from tests.factories import REASON
from tests.units.hands import make_draft
from units.models import Unit
from units.services import move_unit
from units.trees import broken_trees

ROOT = Path(__file__).resolve().parent.parent.parent


def database_url() -> str:
    """The address of the database of this test."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    account = f"{said['USER']}:{said['PASSWORD']}".rstrip(":")
    return f"postgres://{account}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


class KilledTests(TransactionTestCase):
    def setUp(self):
        self.edition = make_draft("2024", 60)

    def stored(self):
        return (
            read_document(self.edition).units,
            list(Unit.objects.order_by("pk").values_list()),
            Unit.history.count(),
        )

    def move(self):
        units = {unit.code: unit for unit in self.edition.units.all()}
        return {"unit": units["8.3"], "target": units["8.5"]}

    def kill_after(self, writes: int) -> str:
        asked = {name: unit.pk for name, unit in self.move().items()}
        child = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.units.killed",
                json.dumps({**asked, "writes": writes}),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": database_url(),
                "DJANGO_SETTINGS_MODULE": "manual_org.settings.dev",
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            return child.stdout.readline().strip()
        finally:
            child.kill()  # SIGKILL: nothing of its own can clean up
            child.wait()
            child.stdout.close()

    def test_a_move_is_whole_or_was_never_begun(self):
        before = self.stored()
        # After the parking, after the new places, before the unit's own history.
        for writes in (1, 2, 5):
            with self.subTest(writes=writes):
                self.assertEqual(self.kill_after(writes), "in the middle")
                self.assertEqual(self.stored(), before)
                self.assertEqual(broken_trees(), [])
        # The dead one's lock is gone with it.
        move_unit(**self.move(), position=1, user=OPERATOR, reason=REASON)
        self.assertNotEqual(self.stored()[0], before[0])
        self.assertEqual(broken_trees(), [])
