"""Two programs at once: one of two changes of the same version is written."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import connections
from django.test import TransactionTestCase

from functions.models import Function
from manuals.models import Edition
from manuals.services import submit_edition
from tests.api.support import API, DRAFT, client_of, make_small_manual
from tests.factories import REASON, authorise, make_edition, make_user
from units.trees import problems_of


class RaceTests(TransactionTestCase):
    def setUp(self):
        self.edition, self.units, self.functions = make_small_manual()
        self.editor = make_user("editor")
        client_of(self.editor)  # makes the token

    def at_once(self, *writes, user=None):
        """The statuses of writes that start together, each in its own thread."""
        start = threading.Barrier(len(writes))

        def run(write):
            client = client_of(user or self.editor)
            try:
                start.wait(timeout=20)
                return write(client).status_code
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(writes)) as pool:
            return sorted(pool.map(run, writes))

    def test_of_changes_of_one_version_the_first_is_written_and_the_rest_are_stale(
        self,
    ):
        address = f"{DRAFT}/functions/{self.functions['first'].key}/"
        etag = client_of(self.editor).get(address).headers["ETag"]

        def change(number):
            return lambda client: client.patch(
                address,
                {"text": f"Versión {number}.", "reason": REASON},
                headers={"if-match": etag},
            )

        self.assertEqual(self.at_once(*map(change, range(5))), [200] + [412] * 4)
        rows = Function.history.filter(
            key=self.functions["first"].key, history_type="~"
        )
        self.assertEqual(rows.count(), 1)

    def test_of_editions_authorised_at_once_from_one_day_one_is(self):
        base = authorise(make_edition("2021"), date(2021, 3, 4))
        rivals = [self.edition, make_edition("2025"), make_edition("2026")]
        for edition in rivals:
            submit_edition(edition=edition, user=self.editor)
        authoriser = make_user("autorizador")
        client_of(authoriser)

        def step(edition):
            return lambda client: client.post(
                f"{API}/manuals/dir/editions/{edition.label}/authorise/",
                {"effective_from": "2026-03-01", "reason": REASON},
                headers={"if-match": "*"},
            )

        statuses = self.at_once(*map(step, rivals * 2), user=authoriser)
        self.assertEqual(statuses, [200] + [409] * 5)
        found = Edition.objects.filter(pk__in=[one.pk for one in rivals])
        self.assertEqual(
            sorted(found.values_list("status", flat=True)),
            ["authorised", "review", "review"],
        )
        base.refresh_from_db()
        self.assertEqual(base.effective_to, date(2026, 2, 28))
        self.assertEqual(base.transitions.filter(step="closed").count(), 1)

    def test_creations_and_moves_at_once_leave_a_sound_tree(self):
        body = {"name": "Nueva", "kind": "Coordinación", "parent_code": "8.2"}

        def create(client):
            return client.post(
                f"{DRAFT}/units/", {**body, "position": 1, "reason": REASON}
            )

        def move(client):
            return client.post(
                f"{DRAFT}/units/8.3/move/",
                {"parent_code": "8.2", "reason": REASON},
                headers={"if-match": "*"},
            )

        statuses = self.at_once(create, create, create, move)
        self.assertEqual(statuses, [200, 201, 201, 201])
        self.assertEqual(problems_of(self.edition), [])
