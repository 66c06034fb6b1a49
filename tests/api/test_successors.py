"""What became of a unit or function, asked as a system of human resources asks."""

from datetime import date

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from exchange.services import duplicate_edition
from functions.models import Function
from functions.services import delete_function, move_function
from manuals import cache
from manuals.permissions import OPERATOR
from review.successions import record_succession
from tests.api.support import API, ApiTestCase, client_of
from tests.api.test_openapi import TrueToDocument
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_unit,
    make_user,
)
from units.models import Unit
from units.services import change_unit, delete_unit

WHO = {"user": OPERATOR, "reason": REASON}
EDITIONS = f"{API}/manuals/dir/editions"


def unit(edition, code):
    return Unit.objects.get(edition=edition, code=code)


class SuccessorTests(TrueToDocument, ApiTestCase):
    # 2016: 8.1 > 8.2 (> 8.2.1) 8.3 8.4
    # 2021: 8.2 split, recorded: 8.2 and 8.5; 8.2.1 renamed
    # 2024: 8.3 and 8.4 merged, recorded: 8.6, now 8.4;
    #       8.2.1 gone, its functions now of 8.5, now 8.3: proposed
    # 2030: a draft that adds 8.5
    @classmethod
    def setUpTestData(cls):
        cls.old = make_edition("2016")
        units = make_tree("8.1 8.2 8.2.1 8.3 8.4", cls.old)
        cls.keys = {code: one.key for code, one in units.items()}
        for text in ("Visitar.", "Anotar.", "Informar."):
            make_function(units["8.2.1"], text)
        cls.lost = make_function(units["8.3"], "Archivar.")
        authorise(cls.old, date(2016, 1, 1))

        cls.middle = duplicate_edition(edition=cls.old, label="2021", **WHO)
        part = make_unit(unit(cls.middle, "8.1"), "Coordinación de Visitas")
        cls.keys["part"] = part.key
        record_succession(
            edition=cls.middle,
            kind="split",
            from_keys=[cls.keys["8.2"]],
            to_keys=[cls.keys["8.2"], part.key],
            **WHO,
        )
        change_unit(unit=unit(cls.middle, "8.2.1"), name="Coordinación B", **WHO)
        authorise(cls.middle, date(2021, 1, 1))

        cls.new = duplicate_edition(edition=cls.middle, label="2024", **WHO)
        part = Unit.objects.get(edition=cls.new, key=part.key)
        for function in Function.objects.filter(
            edition=cls.new, unit__key=cls.keys["8.2.1"]
        ):
            move_function(function=function, unit=part, parent=None, **WHO)
        delete_unit(unit=unit(cls.new, "8.2.1"), **WHO)
        merged = make_unit(unit(cls.new, "8.1"), "Coordinación fusionada")
        cls.keys["merged"] = merged.key
        origins = [cls.keys["8.3"], cls.keys["8.4"]]
        record_succession(
            edition=cls.new,
            kind="merged",
            from_keys=origins,
            to_keys=[merged.key],
            **WHO,
        )
        for key in origins:
            delete_unit(unit=Unit.objects.get(edition=cls.new, key=key), **WHO)
        authorise(cls.new, date(2024, 1, 1))

        cls.draft = duplicate_edition(edition=cls.new, label="2030", **WHO)
        cls.keys["drafted"] = make_unit(unit(cls.draft, "8.1"), "Coordinación N").key
        cls.lector = make_user("lector")

    def setUp(self):
        cache.clear()

    def url(self, name, kind="units"):
        return f"{API}/{kind}/{self.keys.get(name, name)}/successors/"

    def read(self, address, user=None, **query):
        response = client_of(user).get(address, query)
        self.assertEqual(response.status_code, 200, response.content)
        self.assertTrueToDocument(response)
        return response.json()

    def name(self, key):
        return next(name for name, one in self.keys.items() if str(one) == key)

    def today(self, body):
        return [
            (self.name(one["key"]), one["code"], one["source"]) for one in body["today"]
        ]

    def events(self, body):
        return [
            (
                one["after"]["label"],
                one["kind"],
                one["source"],
                [self.name(unit["key"]) for unit in one["from"]],
                [self.name(unit["key"]) for unit in one["to"]],
            )
            for one in body["became"]
        ]

    def test_a_unit_that_was_split_is_itself_and_its_part(self):
        body = self.read(f"{EDITIONS}/2016/units/8.2/successors/")
        self.assertEqual(body["since"]["label"], "2016")
        self.assertEqual(body["edition"]["label"], "2024")
        self.assertEqual(
            self.events(body), [("2021", "split", "recorded", ["8.2"], ["part"])]
        )
        self.assertEqual(
            self.today(body), [("8.2", "8.2", "same"), ("part", "8.3", "recorded")]
        )
        self.assertIsNone(body["ended"])
        self.assertEqual(body, {**self.read(self.url("8.2")), "url": body["url"]})

    def test_of_a_record_made_after_the_split_the_unit_alone_is_what_it_is(self):
        for body in (
            self.read(f"{EDITIONS}/2021/units/8.2/successors/"),
            self.read(self.url("8.2"), since="2021"),
        ):
            self.assertEqual(self.today(body), [("8.2", "8.2", "same")])
            self.assertEqual(body["became"], [])

    def test_says_where_a_unit_stood_and_what_changed_on_the_way(self):
        body = self.read(self.url("8.2.1"))
        self.assertEqual(
            [
                (one["edition"]["label"], one["name"], one["changes"])
                for one in body["editions"]
            ],
            [
                ("2016", "Coordinación 8.2.1", []),
                ("2021", "Coordinación B", ["renamed"]),
            ],
        )
        self.assertEqual(body["ended"]["label"], "2024")
        moved = self.read(self.url("part"))["editions"][-1]
        self.assertEqual((moved["code"], moved["changes"]), ("8.3", ["renumbered"]))
        for address in (moved["url"], body["editions"][0]["url"]):
            self.assertEqual(client_of().get(address).status_code, 200)

    def test_what_has_most_functions_of_a_gone_unit_is_proposed(self):
        body = self.read(self.url("8.2.1"))
        self.assertEqual(self.today(body), [("part", "8.3", "proposed")])
        (event,) = body["became"]
        self.assertEqual((event["kind"], event["source"]), ("merged", "proposed"))
        self.assertLess(event["confidence"], 1)

    def test_merged_units_are_one_today(self):
        for code in ("8.3", "8.4"):
            body = self.read(f"{EDITIONS}/2016/units/{code}/successors/")
            self.assertEqual(self.today(body), [("merged", "8.4", "recorded")])
            self.assertEqual(body["ended"]["label"], "2024")

    def test_backwards_it_says_what_a_unit_was(self):
        body = self.read(self.url("merged"), edition="2016")
        self.assertEqual(
            self.today(body),
            [("8.3", "8.3", "recorded"), ("8.4", "8.4", "recorded")],
        )
        self.assertEqual(
            self.events(body),
            [("2024", "merged", "recorded", ["8.3", "8.4"], ["merged"])],
        )
        part = self.read(self.url("part"), on="2017-01-01")
        self.assertEqual(self.today(part), [("8.2", "8.2", "recorded")])
        # The root is a new unit nowhere.
        self.assertEqual(self.events(self.read(self.url("8.1"), edition="2016")), [])

    def test_another_end_is_a_day_or_an_edition(self):
        for query in ({"on": "2022-05-01"}, {"edition": "2021"}):
            body = self.read(self.url("8.3"), **query)
            self.assertEqual(body["edition"]["label"], "2021")
            self.assertEqual(self.today(body), [("8.3", "8.3", "same")])
            # What the key's own editions are does not depend on the end.
            self.assertEqual(body["ended"]["label"], "2024")

    def test_drafts_answer_only_where_they_are_named_and_may_be_read(self):
        drafted = self.url("drafted")
        for query in ({}, {"edition": "2030"}, {"since": "2030"}):
            answer = client_of().get(drafted, query)
            self.assertProblem(answer, 404, "not_found")
        self.assertProblem(
            client_of().get(self.url("8.2"), {"edition": "2030"}), 404, "not_found"
        )
        self.assertProblem(client_of(self.lector).get(drafted), 404, "not_found")
        body = self.read(drafted, self.lector, edition="2030")
        self.assertEqual(self.today(body), [("drafted", "8.5", "same")])
        seen = self.read(self.url("8.2"), self.lector)
        self.assertNotIn("2030", str(seen))
        answer = client_of(self.lector).get(f"{self.url('8.2')}?edition=2030")
        self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
        # From a draft back to what is in force.
        address = f"{EDITIONS}/2030/units/8.5/successors/"
        body = self.read(address, self.lector)
        self.assertEqual((body["today"], body["became"][0]["kind"]), ([], "new"))

    def test_reading_may_be_closed(self):
        with override_settings(PUBLIC_READING=False):
            answer = client_of().get(self.url("8.2"))
            self.assertProblem(answer, 401, "not_authenticated")

    def test_refuses_what_it_does_not_know(self):
        for query, error in (
            ("since=2024", ("since", "unknown_key")),
            ("on=2022-05-01&edition=2021", ("on", "only_with_current")),
            ("page=1", ("page", "unknown_parameter")),
        ):
            with self.subTest(query=query):
                answer = client_of().get(f"{self.url('8.3')}?{query}")
                body = self.assertProblem(answer, 400, "invalid_query")
                self.assertPointers(body, {error})
        for address in (
            f"{EDITIONS}/2016/units/9.9/successors/",
            f"{EDITIONS}/1999/units/8.2/successors/",
            f"{API}/units/{self.lost.key}/successors/",
            f"{self.url('8.3')}?on=1999-01-01",
            f"{self.url('8.3')}?manual=otro",
        ):
            with self.subTest(address=address):
                self.assertProblem(client_of().get(address), 404, "not_found")

    def test_a_function_that_moved_is_followed_by_its_key(self):
        function = Function.objects.get(edition=self.old, text="Anotar.")
        body = self.read(self.url(function.key, "functions"))
        (found,) = body["today"]
        self.assertEqual(
            (found["unit_code"], found["source"], found["label"]), ("8.3", "same", "2")
        )
        self.assertEqual(body["editions"][-1]["changes"], ["moved"])
        self.assertEqual(body["units"], [])

    def test_of_a_function_that_is_gone_the_unit_is_what_is_left(self):
        body = self.read(self.url(self.lost.key, "functions"))
        self.assertEqual(body["today"], [])
        (event,) = body["became"]
        self.assertEqual((event["kind"], event["to"]), ("suppressed", []))
        self.assertEqual(
            [(self.name(one["key"]), one["source"]) for one in body["units"]],
            [("merged", "recorded")],
        )

    def test_takes_few_queries_once_the_ways_between_editions_are_kept(self):
        for address in (
            self.url("8.2"),
            f"{EDITIONS}/2016/units/8.2/successors/",
            self.url(self.lost.key, "functions"),
        ):
            first = client_of().get(address)
            with CaptureQueriesContext(connection) as captured:
                again = client_of().get(address)
            self.assertEqual(first.content, again.content)
            self.assertLessEqual(len(captured), 6, address)


class DraftTests(ApiTestCase):
    def test_a_unit_typed_anew_that_took_the_functions_is_proposed(self):
        units = make_tree("8.1 8.2")
        make_function(units["8.2"], "Planear.")
        base = authorise(units["8.1"].edition)
        draft = duplicate_edition(edition=base, label="2030", **WHO)
        anew = make_unit(unit(draft, "8.1"), "Coordinación otra")
        (function,) = Function.objects.filter(edition=draft)
        move_function(function=function, unit=anew, parent=None, **WHO)
        delete_unit(unit=unit(draft, "8.2"), **WHO)
        answer = client_of(make_user("lector")).get(
            f"{EDITIONS}/2021/units/8.2/successors/?edition=2030"
        )
        (found,) = answer.json()["today"]
        (event,) = answer.json()["became"]
        self.assertEqual(found["key"], str(anew.key))
        self.assertEqual((event["kind"], event["source"]), ("replaced", "proposed"))
        self.assertEqual((found["source"], found["confidence"]), ("proposed", 1.0))

    def test_of_drafts_too_the_number_of_queries_does_not_depend_on_units(self):
        base = authorise(make_tree("8.1 8.2")["8.1"].edition)
        draft = duplicate_edition(edition=base, label="2030", **WHO)
        key = unit(draft, "8.2").key
        client = client_of(make_user("lector"))

        def count():
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                client.get(f"{API}/units/{key}/successors/?edition=2030")
            return len(captured)

        few = count()
        for name in ("A", "B", "C"):
            one = make_unit(unit(draft, "8.2"), f"Coordinación {name}")
            delete_function(function=make_function(one, "Una."), **WHO)
        self.assertEqual(count(), few)
