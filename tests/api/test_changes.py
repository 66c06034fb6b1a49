"""The change feed over the API: each thing once, to whom it concerns."""

from datetime import date
from unittest import mock

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from functions.services import change_function, create_function
from manuals import cursors
from manuals.models import Change
from manuals.permissions import OPERATOR
from manuals.services import change_edition, discard_edition, withdraw_edition
from tests.api.support import API, ApiTestCase, client_of, make_small_manual
from tests.api.test_openapi import TrueToDocument
from tests.api.test_queries import FOR_THE_TOKEN, MOST
from tests.factories import (
    REASON,
    ManualFactory,
    authorise,
    make_edition,
    make_tree,
    make_user,
)

CHANGES = f"{API}/changes/"
WHO = {"user": OPERATOR, "reason": REASON}
DRAFT_KINDS = {"edition.created", "edition.changed", "content.changed"}


class ChangesTestCase(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        old = make_edition("2021")
        make_tree("8.1", old)
        cls.old = authorise(old, date(2021, 3, 4))
        cls.edition, cls.units, cls.functions = make_small_manual("2024")
        cls.lector = make_user("lector")

    def setUp(self):
        self.client = client_of(self.lector)
        self.public = client_of()

    def read(self, client=None, **parameters) -> dict:
        response = (client or self.client).get(CHANGES, parameters)
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def all_of(self, client, **parameters) -> list[dict]:
        """As a consumer reads it: from cursor to cursor until there is no more."""
        rows, cursor = [], 0
        while True:
            page = self.read(client, after=cursor, **parameters)
            rows += page["results"]
            self.assertIs(page["more"], bool(page["results"]) and page["more"])
            cursor = page["cursor"]
            if not page["more"]:
                return rows

    def change(self, text: str) -> None:
        change_function(function=self.functions["first"], text=text, **WHO)


class ReadingTests(ChangesTestCase):
    def test_a_consumer_with_any_limit_reads_each_change_once(self):
        whole = self.all_of(self.client)
        self.assertEqual(len(whole), Change.objects.count())
        for limit in (1, 2, 3, 500):
            with self.subTest(limit=limit):
                self.assertEqual(self.all_of(self.client, limit=limit), whole)
        numbers = [row["cursor"] for row in whole]
        self.assertEqual(numbers, sorted(set(numbers)))

    def test_what_was_not_told_before_the_cursor_is_told_after_it(self):
        page = self.read()
        last = page["cursor"]
        self.assertEqual(self.read(after=last), {**page, "results": [], "more": False})
        self.change("Programar.")
        self.change("Planificar.")
        [one, other] = self.read(after=last)["results"]
        self.assertLess(last, one["cursor"])
        self.assertLess(one["cursor"], other["cursor"])
        self.assertEqual(self.read(after=one["cursor"])["results"], [other])

    def test_next_leads_on_with_the_same_filters(self):
        page = self.read(kind="edition.created,edition.authorised", limit=1)
        self.assertIs(page["more"], True)
        following = self.client.get(page["next"]).json()
        self.assertEqual(
            [page["results"][0]["kind"], following["results"][0]["kind"]],
            ["edition.created", "edition.authorised"],
        )
        self.assertIn("kind=edition.created", following["next"])
        self.assertIn(f"after={following['cursor']}", following["next"])

    def test_content_names_keys_by_part_and_kind_of_change(self):
        last = self.read()["cursor"]
        added = create_function(
            unit=self.units["8.2"], text="Nueva.", position=1, **WHO
        )
        [row] = self.read(after=last)["results"]
        self.assertEqual(
            (row["kind"], row["manual"], row["edition"]),
            ("content.changed", "dir", "2024"),
        )
        told = {(one["part"], one["change"]): one["keys"] for one in row["content"]}
        self.assertEqual(told["functions", "created"], [str(added.key)])
        self.assertCountEqual(
            told["functions", "renumbered"],
            [str(self.functions[name].key) for name in ("first", "second")],
        )
        self.assertTrue(row["url"].endswith("/manuals/dir/editions/2024/"))

    def test_an_authorisation_names_what_to_fetch(self):
        last = self.read(self.public)["cursor"]
        authorise(self.edition, date(2024, 4, 1))
        [ended, row] = self.read(self.public, after=last)["results"]
        self.assertEqual(
            (ended["kind"], ended["edition"], ended["effective_to"]),
            ("edition.ended", "2021", "2024-03-31"),
        )
        self.assertEqual(
            (row["kind"], row["edition"], row["previous"], row["effective_from"]),
            ("edition.authorised", "2024", "2021", "2024-04-01"),
        )
        for name in ("url", "comparison_url"):
            response = self.public.get(row[name])
            self.assertEqual(response.status_code, 200, row[name])
        self.assertTrue(row["html_url"].endswith("/manuales/dir/2024/"))

    def test_a_draft_is_no_base_that_others_are_told_of(self):
        draft = make_edition("2025", base=self.edition)
        authorise(draft, date(2025, 1, 1))
        [*_others, row] = self.all_of(self.public)
        self.assertEqual((row["edition"], row["base"]), ("2025", None))

    def test_a_discarded_draft_is_told_of_without_address(self):
        discard_edition(edition=self.edition, **WHO)
        rows = self.all_of(self.client, manual="dir", edition="2024")
        self.assertEqual(rows[-1]["kind"], "edition.discarded")
        self.assertGreater(len(rows), 2)
        self.assertEqual({row["url"] for row in rows}, {None})

    def test_a_rename_says_what_it_was_called(self):
        change_edition(edition=self.edition, label="2025", **WHO)
        row = self.all_of(self.client)[-1]
        self.assertEqual(
            (row["edition"], row["renamed_from"], row["fields"]),
            ("2025", "2024", ["label"]),
        )
        rows = self.all_of(self.client, manual="dir", edition="2025")
        self.assertIn("2024", {row["edition"] for row in rows})

    def test_what_a_killed_process_left_is_told_by_the_next_answer(self):
        page = self.read()
        with mock.patch.object(cursors, "give"):
            self.change("Programar.")
            self.assertEqual(self.read(after=page["cursor"])["results"], [])
        self.assertEqual(len(self.read(after=page["cursor"])["results"]), 1)

    def test_is_answered_where_cursors_cannot_be_given(self):
        last = self.read()["cursor"]
        self.change("Programar.")
        with mock.patch.object(cursors, "give", return_value=False):
            self.assertEqual(self.read(after=last)["results"], [])


class FilterTests(ChangesTestCase):
    def test_by_manual_edition_and_kind(self):
        other = ManualFactory(slug="otro", title="Otro")
        authorise(make_edition("2021", manual=other))
        for filters, wanted in (
            ({"manual": "otro"}, {("otro", "2021"), ("otro", None)}),
            ({"manual": "dir", "edition": "2024"}, {("dir", "2024")}),
            ({"manual": "dir", "edition": "current"}, {("dir", "2021")}),
            (
                {"kind": "edition.authorised"},
                {("dir", "2021"), ("otro", "2021")},
            ),
            ({"manual": "otro", "kind": "manual.created"}, {("otro", None)}),
            ({"manual": "dir", "edition": "1999"}, set()),
        ):
            with self.subTest(filters=filters):
                rows = self.all_of(self.client, **filters)
                self.assertEqual(
                    {(row["manual"], row["edition"]) for row in rows}, wanted
                )

    def test_wrong_parameters_are_named(self):
        for parameters, parameter, code in (
            ({"after": "-1"}, "after", "invalid"),
            ({"after": "x"}, "after", "invalid"),
            ({"after": "1" * 17}, "after", "invalid"),
            ({"after": "9" * 16}, "after", "gone"),
            ({"after": "1"}, "after", "gone"),
            ({"limit": "0"}, "limit", "min_value"),
            ({"limit": "501"}, "limit", "max_value"),
            ({"kind": "otro"}, "kind", "unknown"),
            ({"edition": "2024"}, "manual", "required"),
            ({"page": "2"}, "page", "unknown_parameter"),
        ):
            with self.subTest(parameters=parameters):
                body = self.assertProblem(
                    self.client.get(CHANGES, parameters), 400, "invalid_query"
                )
                self.assertPointers(body, {(parameter, code)})

    def test_an_unknown_manual_is_not_found(self):
        response = self.client.get(CHANGES, {"manual": "nadie"})
        self.assertProblem(response, 404, "not_found")


class VisibilityTests(ChangesTestCase):
    def kinds(self, client) -> set[str]:
        return {row["kind"] for row in self.all_of(client)}

    def test_drafts_are_for_people_with_a_role(self):
        for role in ("lector", "editor", "revisor", "autorizador", "superuser"):
            with self.subTest(role=role):
                client = client_of(make_user(role))
                self.assertLess(DRAFT_KINDS - {"edition.changed"}, self.kinds(client))

    def test_nothing_of_drafts_is_for_the_public(self):
        withdraw_edition(edition=self.old, **WHO)
        for client in (self.public, client_of(make_user())):
            rows = self.all_of(client)
            self.assertEqual(
                [row["kind"] for row in rows],
                ["edition.authorised", "edition.withdrawn"],
            )
            self.assertNotIn("2024", str(rows))

    def test_a_reader_who_loses_the_role_goes_on_from_the_same_cursor(self):
        last = self.read()["cursor"]
        authorise(self.edition, date(2024, 4, 1))
        kinds = [row["kind"] for row in self.read(self.public, after=last)["results"]]
        self.assertEqual(kinds, ["edition.ended", "edition.authorised"])

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_tells_strangers_nothing(self):
        self.assertProblem(self.public.get(CHANGES), 401, "not_authenticated")
        self.assertEqual(self.kinds(client_of(make_user())), {"edition.authorised"})


class AnswerTests(TrueToDocument, ChangesTestCase):
    def test_is_what_the_document_says(self):
        change_edition(edition=self.edition, label="2025", **WHO)
        authorise(self.edition, date(2024, 4, 1))
        for query in ("", "?limit=1", "?after=5", "?manual=nadie"):
            with self.subTest(query=query):
                self.assertTrueToDocument(self.client.get(CHANGES + query))

    def test_an_unchanged_answer_is_304_until_something_happens(self):
        response = self.public.get(CHANGES)
        self.assertEqual(
            response.headers["Cache-Control"], "public, max-age=60, must-revalidate"
        )
        seen = {"if-none-match": response.headers["ETag"]}
        self.change("Programar.")
        self.assertEqual(self.public.get(CHANGES, headers=seen).status_code, 304)
        authorise(self.edition, date(2024, 4, 1))
        self.assertEqual(self.public.get(CHANGES, headers=seen).status_code, 200)

    def test_queries_are_as_many_for_one_change_as_for_many(self):
        address = f"{CHANGES}?manual=dir&edition=2024&limit="
        counts = []
        for limit in (1, 500):
            with CaptureQueriesContext(connection) as captured:
                self.read(after=self.read(limit=1)["cursor"])
            with CaptureQueriesContext(connection) as captured:
                response = self.client.get(f"{address}{limit}")
            self.assertEqual(response.status_code, 200)
            counts.append(len(captured))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], MOST + FOR_THE_TOKEN)
