"""A POST with an Idempotency-Key is carried out once and answered as often as asked."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from manual_org.api.idempotency import once
from manual_org.api.idempotency.models import RepeatableRequest
from manuals.models import Edition
from manuals.services import discard_edition, submit_edition
from tests.api.support import (
    API,
    DRAFT,
    DraftTestCase,
    StepTestCase,
    client_of,
    client_with,
    make_small_manual,
    make_token,
)
from tests.factories import REASON, make_user
from units.models import Unit
from units.services import delete_unit

NEW = {
    "name": "Coordinación de Padrones",
    "kind": "Coordinación",
    "parent_code": "8.2",
    "reason": REASON,
}
UNITS = f"{DRAFT}/units/"


class OnceTests(DraftTestCase):
    def create(self, client=None, body=None, key="a-1", address=UNITS):
        return (client or self.client).post(
            address, body or NEW, headers={"idempotency-key": key}
        )

    def made(self) -> int:
        return Unit.objects.filter(name=NEW["name"]).count()

    def test_the_second_time_gives_the_same_answer_and_writes_nothing(self):
        first, second = self.create(), self.create()
        self.assertEqual((first.status_code, second.status_code), (201, 201))
        self.assertEqual(first.content, second.content)
        for header in ("Location", "ETag", "Content-Type", "Cache-Control"):
            self.assertEqual(first.headers[header], second.headers[header])
        self.assertNotIn("Idempotent-Replayed", first.headers)
        self.assertEqual(second.headers["Idempotent-Replayed"], "true")
        self.assertEqual(self.made(), 1)

    def test_the_old_answer_is_given_after_the_thing_changed_and_went(self):
        first = self.create()
        unit = Unit.objects.get(name=NEW["name"])
        unit.edition = self.edition
        delete_unit(unit=unit, user=self.editor, reason=REASON)
        self.assertEqual(self.create().content, first.content)
        self.assertEqual(self.made(), 0)

    def test_by_key_it_is_given_even_when_the_key_is_gone(self):
        unit = self.units["8.3"]
        address = f"{API}/units/{unit.key}/move/?edition=2024"
        headers = {"if-match": "*", "idempotency-key": "m"}
        body = {"parent_code": "8.2", "reason": REASON}
        first = self.client.post(address, body, headers=headers)
        self.assertEqual(first.status_code, 200)
        delete_unit(unit=Unit.objects.get(pk=unit.pk), user=self.editor, reason=REASON)
        second = self.client.post(address, body, headers=headers)
        self.assertEqual(second.content, first.content)
        self.assertEqual(
            second.headers["Content-Location"], first.headers["Content-Location"]
        )

    def test_the_key_with_another_request_is_refused(self):
        self.create()
        for body, address in (
            ({**NEW, "name": "Otra"}, UNITS),
            (NEW, UNITS.replace("units", "functions")),
        ):
            problem = self.assertProblem(
                self.create(body=body, address=address), 422, "idempotency_key_reused"
            )
            self.assertEqual(problem["errors"][0]["header"], "Idempotency-Key")
        self.assertEqual(self.made(), 1)

    def test_the_same_body_written_otherwise_is_the_same_request(self):
        self.create()
        turned = dict(reversed(NEW.items()))
        self.assertEqual(
            self.create(body=turned).headers["Idempotent-Replayed"], "true"
        )

    def test_a_refusal_keeps_nothing_and_a_mended_request_may_use_the_key(self):
        for wrong, status in (
            ({**NEW, "kind": "Ninguno"}, 400),
            ({**NEW, "parent_code": "9.9"}, 400),
        ):
            self.assertEqual(self.create(body=wrong).status_code, status)
            self.assertFalse(RepeatableRequest.objects.exists())
        self.assertEqual(self.create().status_code, 201)

    def test_what_dies_between_write_and_answer_leaves_neither(self):
        self.client.raise_request_exception = False
        with (
            patch.object(once, "_keep", side_effect=SystemExit),
            self.assertRaises(SystemExit),
        ):
            self.create()
        self.assertEqual(self.made(), 0)
        self.assertFalse(RepeatableRequest.objects.exists())
        self.assertNotIn("Idempotent-Replayed", self.create().headers)
        self.assertEqual(self.made(), 1)

    def test_keys_of_another_account_or_token_are_others(self):
        self.create()
        self.assertEqual(self.create(client_of(make_user("editor"))).status_code, 201)
        self.assertEqual(self.create(client_of(self.editor)).status_code, 201)
        self.assertEqual(self.made(), 3)

    def test_a_session_has_keys_too(self):
        self.create()
        browser = APIClient()
        browser.force_login(self.editor)
        self.assertNotIn("Idempotent-Replayed", self.create(browser).headers)
        self.assertEqual(self.create(browser).headers["Idempotent-Replayed"], "true")
        self.assertEqual(self.made(), 2)

    def test_other_methods_have_if_match_and_keep_nothing(self):
        response = self.client.patch(
            self.unit_url("8.3"),
            {"name": "Otra", "reason": REASON},
            headers={"if-match": "*", "idempotency-key": "p"},
        )
        self.assertEqual(response.status_code, 200)
        self.assertFalse(RepeatableRequest.objects.exists())

    def test_what_is_no_key_is_refused(self):
        for key in ("", " ", "á", "a" * 256, "a\tb", "\x7f"):
            problem = self.assertProblem(
                self.create(key=key), 400, "invalid_idempotency_key"
            )
            self.assertEqual(problem["errors"][0]["header"], "Idempotency-Key")
        self.assertEqual(self.create(key="a" * 255).status_code, 201)
        self.assertEqual(self.create(key='"8e03978e-40d5 x"').status_code, 201)

    def test_a_malformed_body_under_a_used_key_is_malformed(self):
        self.create()
        response = self.client.generic(
            "POST",
            UNITS,
            b"{",
            content_type="application/json",
            headers={"idempotency-key": "a-1"},
        )
        self.assertProblem(response, 400, "parse_error")

    def test_who_lost_the_right_to_write_does_not_see_the_answer(self):
        self.create()
        self.editor.groups.clear()
        self.assertProblem(self.create(), 404, "not_found")
        reader = make_user("lector")
        self.editor.groups.set(reader.groups.all())
        self.assertProblem(self.create(), 403, "permission_denied")

    def test_after_24_hours_the_key_is_new_and_the_command_forgets_it(self):
        self.create()
        self.create(key="b")
        long_ago = timezone.now() - timedelta(hours=24, seconds=1)
        RepeatableRequest.objects.update(created_at=long_ago)
        call_command("clear_idempotency_keys", stdout=StringIO())
        self.assertFalse(RepeatableRequest.objects.exists())
        self.create()
        RepeatableRequest.objects.update(created_at=long_ago)
        self.assertNotIn("Idempotent-Replayed", self.create().headers)
        self.assertEqual(self.made(), 4)

    def test_a_new_key_sweeps_a_few_that_expired(self):
        long_ago = timezone.now() - timedelta(days=2)
        RepeatableRequest.objects.bulk_create(
            RepeatableRequest(name=str(n), user=self.editor, created_at=long_ago)
            for n in range(once._SWEPT + 5)
        )
        self.create()
        self.assertEqual(RepeatableRequest.objects.count(), 6)

    def test_an_answer_too_large_to_keep_is_not_acted_on_again(self):
        with override_settings(API_IDEMPOTENCY_MAX_BYTES=10):
            self.create()
        self.assertProblem(self.create(), 409, "already_done")
        self.assertEqual(self.made(), 1)

    def test_a_replay_costs_few_queries(self):
        self.create()
        with CaptureQueriesContext(connection) as seen:
            self.create()
        self.assertLessEqual(len(seen), 10)


class StepTests(StepTestCase):
    def test_a_step_is_taken_once_though_its_state_has_passed(self):
        submit_edition(edition=self.edition, user=self.editor)
        client = client_of(self.revisor)
        headers = {"if-match": self.etag(client, f"{DRAFT}/"), "idempotency-key": "s"}
        first, second = (
            client.post(f"{DRAFT}/send-back/", {"reason": REASON}, headers=headers)
            for _time in range(2)
        )
        self.assertTaken(first, "draft")
        self.assertEqual(second.content, first.content)
        self.assertUntouched("draft", ["submitted", "sent_back"])

    def test_a_duplicate_is_made_once_and_its_discarding_is_final(self):
        client = client_of(self.editor)
        body = {"label": "2026", "reason": REASON}

        def duplicate():
            return client.post(
                f"{DRAFT}/duplicate/", body, headers={"idempotency-key": "d"}
            )

        self.assertEqual(duplicate().status_code, 201)
        self.assertEqual(duplicate().headers["Idempotent-Replayed"], "true")
        copy = Edition.objects.get(label="2026")
        discard_edition(edition=copy, user=self.editor, reason=REASON)
        self.assertProblem(duplicate(), 404, "not_found")
        self.assertFalse(Edition.objects.filter(label="2026").exists())


class RaceTests(TransactionTestCase):
    def test_of_two_at_once_with_one_key_one_writes_and_both_get_its_answer(self):
        make_small_manual()
        _token, key = make_token(make_user("editor"))
        start = threading.Barrier(2)

        def create(_number):
            try:
                start.wait(timeout=20)
                return client_with(key).post(
                    UNITS, NEW, headers={"idempotency-key": "race"}
                )
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(create, range(2)))
        self.assertEqual([one.status_code for one in answers], [201, 201])
        self.assertEqual(answers[0].content, answers[1].content)
        self.assertEqual(
            sorted("Idempotent-Replayed" in one.headers for one in answers),
            [False, True],
        )
        self.assertEqual(Unit.objects.filter(name=NEW["name"]).count(), 1)
