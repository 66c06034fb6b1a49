"""The search over the API: whose editions, how narrowed, in what shape."""

from unittest import mock

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from functions.search import shelf
from manual_org.api.v1 import found
from manuals import cache
from tests.api.support import API, ApiTestCase, client_of
from tests.api.test_openapi import TrueToDocument
from tests.factories import authorise, make_edition, make_function, make_unit, make_user
from tests.web.searching import SECRET, write_all
from tests.web.support import published

SEARCH = f"{API}/search/"
PAGES = "http://testserver/manuales/dir/2024/"


class SearchTestCase(TrueToDocument, ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.draft = write_all()

    def setUp(self):
        cache.clear()

    def ask(self, text, user=None, **query):
        response = client_of(user).get(SEARCH, {"q": text, **query})
        self.assertEqual(response.status_code, 200, response.content)
        self.assertTrueToDocument(response)
        return response.json()

    def refuse(self, status=400, code="invalid_query", user=None, **query):
        return self.assertProblem(client_of(user).get(SEARCH, query), status, code)

    @staticmethod
    def places(answer):
        return [hit["html_url"] for hit in answer["results"]]


class AnswerTests(SearchTestCase):
    def test_every_hit_says_what_it_is_where_and_in_which_edition(self):
        answer = self.ask("teléfono")
        (hit,) = answer["results"]
        self.assertEqual(
            hit,
            {
                "kind": "item",
                "edition": answer["editions"][0],
                "editions": 1,
                "key": hit["key"],
                "unit": hit["unit"],
                "chain": [{"code": "8.1", "name": "Dirección de Pruebas"}],
                "chapter": None,
                "label": hit["label"],
                "snippet": [
                    {"text": "Las quejas por ", "match": False},
                    {"text": "teléfono", "match": True},
                    {"text": ";", "match": False},
                ],
                "url": f"http://testserver{API}/manuals/dir/editions/2024/units/8.2/",
                "html_url": f"{PAGES}8.2/#f2-a",
            },
        )
        self.assertEqual(hit["edition"]["label"], "2024")
        self.assertEqual(hit["unit"]["name"], "Unidad de Quejas")

    def test_chapters_are_found_by_their_paragraphs(self):
        answer = self.ask("manual", kind="chapter")
        self.assertEqual(self.places(answer), [f"{PAGES}capitulos/1/#p1"])
        self.assertEqual(
            answer["results"][0]["chapter"], {"number": 1, "title": "Introducción"}
        )

    def test_where_more_answers_than_is_ranked_it_says_so(self):
        self.assertIs(self.ask("quejas")["partial"], False)
        cache.clear()
        with mock.patch.object(shelf, "MOST_PLACES", 3):
            answer = self.ask("quejas")
        self.assertIs(answer["partial"], True)
        self.assertEqual(answer["count"], 3)

    def test_facets_count_and_narrow(self):
        answer = self.ask("quejas")
        kinds = {one["kind"]: one["count"] for one in answer["facets"]["kinds"]}
        self.assertEqual(
            {kind: count for kind, count in kinds.items() if count},
            {"unit": 1, "function": 2, "item": 1, "chapter": 1},
        )
        narrowed = self.ask("quejas", kind="function")
        self.assertEqual(narrowed["count"], 2)
        self.assertEqual(narrowed["facets"]["kinds"], answer["facets"]["kinds"])
        (branch,) = answer["facets"]["branches"]
        self.assertEqual((branch["code"], branch["count"]), ("8.2", 4))
        self.assertEqual(self.ask("quejas", branch=branch["key"])["count"], 4)

    def test_under_a_unit_by_code_or_key(self):
        for under in ("8.2.1", str(self.draft.units.get(code="8.2.1").key)):
            self.assertEqual(
                self.places(self.ask("quejas", under=under)), [f"{PAGES}8.2.1/#f1"]
            )

    def test_pages(self):
        first = self.ask("quejas", page_size=2)
        self.assertEqual((first["count"], len(first["results"])), (5, 2))
        self.assertIn("page=2", first["next"])
        last = self.ask("quejas", page_size=2, page=3)
        self.assertIsNone(last["next"])
        self.assertEqual(len(last["results"]), 1)
        self.refuse(404, "not_found", q="quejas", page_size=2, page=4)

    def test_a_code_is_answered_directly(self):
        direct = self.ask("8.2 f1")["direct"]
        self.assertEqual(direct["html_url"], f"{PAGES}8.2/#f1")
        self.assertEqual(direct["unit"]["code"], "8.2")
        self.assertIsNone(self.ask("quejas")["direct"])

    def test_unfinished_and_mistyped_words(self):
        self.assertEqual(self.ask("telef", typing="true")["count"], 1)
        answer = self.ask("telefnoo")
        self.assertEqual(answer["suggestions"][0]["query"], "teléfono")

    def test_who_does_this(self):
        self.assertEqual(self.ask("quejas")["responsible"], [])
        found = self.ask("quejas", who="true")["responsible"]
        self.assertEqual({one["unit"]["code"] for one in found}, {"8.2", "8.2.1"})
        self.assertTrue(all(one["hits"] for one in found))

    def test_whatever_is_asked_there_is_an_answer(self):
        for text in ("x" * 10_000, "de la", "¿?", '"quejas', "'; DROP TABLE x", "🧾"):
            self.ask(text)


class EditionTests(SearchTestCase):
    def labels(self, **query):
        return {one["label"] for one in self.ask("pagos", **query)["editions"]}

    def test_which_editions_are_searched(self):
        for query, expected in (
            ({}, {"2024"}),
            ({"on": "2022-05-01"}, {"2021"}),
            ({"on": "1999-01-01"}, set()),
            ({"editions": "all"}, {"2021", "2024"}),
            ({"manual": "dir"}, {"2024"}),
            ({"manual": "dir", "edition": "2021"}, {"2021"}),
            ({"manual": "dir", "edition": "current"}, {"2024"}),
            ({"manual": "dir", "edition": "current", "on": "2022-05-01"}, {"2021"}),
        ):
            with self.subTest(query):
                self.assertEqual(self.labels(**query), expected)

    def test_all_manuals_or_one(self):
        other = make_edition(manual__slug="otro")
        make_function(make_unit(other), "Hacer pagos.")
        authorise(other)
        both = {one["manual"] for one in self.ask("pagos")["editions"]}
        self.assertEqual(both, {"dir", "otro"})
        found = self.ask("pagos", manual="otro")
        self.assertEqual(
            [hit["edition"]["manual"] for hit in found["results"]], ["otro"]
        )

    def test_all_editions_list_each_thing_once(self):
        answer = self.ask("autorizar", editions="all")
        self.assertEqual(self.places(answer), [f"{PAGES}8.3/#f1"])
        self.assertEqual(answer["results"][0]["editions"], 2)

    def test_parameters_are_explicit(self):
        for query, expected in (
            ({}, {("q", "required")}),
            ({"q": " "}, {("q", "blank")}),
            ({"q": "x", "nada": "1"}, {("nada", "unknown_parameter")}),
            ({"q": "x", "kind": "nada"}, {("kind", "invalid_choice")}),
            ({"q": "x", "on": "ayer"}, {("on", "invalid")}),
            ({"q": "x", "edition": "2021"}, {("manual", "required")}),
            (
                {"q": "x", "manual": "dir", "edition": "2021", "on": "2022-05-01"},
                {("on", "only_with_current")},
            ),
            (
                {"q": "x", "editions": "all", "on": "2022-05-01"},
                {("on", "only_in_force")},
            ),
            (
                {"q": "x", "manual": "dir", "edition": "2021", "editions": "all"},
                {("editions", "only_without_edition")},
            ),
            ({"q": "x", "under": "9.9"}, {("under", "unknown_unit")}),
            (
                {"q": "x", "under": "8.2", "editions": "all"},
                {("under", "needs_one_edition")},
            ),
            ({"q": "x", "branch": "8.2"}, {("branch", "invalid")}),
            ({"q": "x", "typing": "quizá"}, {("typing", "invalid")}),
        ):
            with self.subTest(query):
                self.assertPointers(self.refuse(**query), expected)
        self.refuse(404, "not_found", q="x", manual="nada")
        self.refuse(404, "not_found", q="x", manual="dir", edition="nada")


class DraftTests(SearchTestCase):
    def test_a_draft_is_searched_where_it_is_named_by_who_may_read_it(self):
        draft = {"manual": "dir", "edition": "b"}
        for user in (None, make_user()):
            self.refuse(404, "not_found", user=user, q=SECRET, **draft)
        for role in ("lector", "editor", "revisor", "autorizador"):
            user = make_user(role)
            found = self.ask(SECRET, user, **draft)
            self.assertEqual(found["count"], 1)
            self.assertEqual(found["editions"][0]["status"], "draft")
            response = client_of(user).get(SEARCH, {"q": SECRET, **draft})
            self.assertEqual(response.headers["Cache-Control"], "private, no-store")

    def test_nothing_tells_of_it_elsewhere(self):
        for user in (None, make_user("lector"), make_user("editor")):
            for text in (SECRET, "zurcr", "zurc", "uniformes"):
                for query in ({}, {"editions": "all"}, {"typing": "1"}, {"who": "1"}):
                    answer = self.ask(text, user, **query)
                    self.assertEqual(answer["count"], 0)
                    self.assertEqual(answer["suggestions"], [])
                    self.assertEqual(
                        sum(len(one) for one in answer["facets"].values()), 0
                    )

    def test_a_code_or_key_that_only_a_draft_has_leads_nowhere(self):
        unit = make_unit(self.draft.units.get(code="8.3"), name="División de Cosido")
        make_function(unit, "Quemar retazos.")
        for user in (None, make_user("lector"), make_user("editor")):
            for text in (unit.code, f"{unit.code} f1", "cosido", "kemar"):
                for query in ({}, {"editions": "all"}, {"typing": "1"}):
                    answer = self.ask(text, user, **query)
                    self.assertIsNone(answer["direct"])
                    self.assertEqual(answer["results"], [])
                    self.assertEqual(answer["suggestions"], [])
            answer = self.ask("quejas", user, branch=str(unit.key))
            self.assertEqual(answer["count"], 0)
            self.assertNotIn(str(unit.key), str(answer["facets"]))

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_demands_an_account(self):
        self.refuse(401, "not_authenticated", q="quejas")
        self.assertEqual(self.ask("quejas", make_user())["count"], 5)


class CostTests(SearchTestCase):
    def test_other_ports_of_the_host_do_not_fill_the_cache(self):
        with mock.patch.object(cache, "CAPACITY", 10_000):
            self.ask("pagos")
            before = len(cache._kept)
            for port in range(1, 2 * found.HOSTS):
                host = f"testserver:{port}"
                hits = self.client.get(
                    SEARCH, {"q": "pagos"}, headers={"host": host}
                ).json()["results"]
                self.assertIn(f"http://{host}/", hits[0]["unit"]["url"])
        self.assertEqual(len(cache._kept), before)

    def queries(self, **query):
        with CaptureQueriesContext(connection) as captured:
            self.ask("planear", **query)
        return len(captured)

    def test_the_same_queries_for_3_units_and_for_300(self):
        published("chica", units=3, manual__slug="chico")
        published("grande", units=300, manual__slug="grande")
        counts = []
        for manual in ("chico", "grande"):
            cache.clear()
            self.queries(manual=manual)  # what any process has read once
            cache.clear()
            counts.append([self.queries(manual=manual), self.queries(manual=manual)])
        self.assertEqual(*counts)
        self.assertLessEqual(counts[0][0], 8)
        self.assertLessEqual(counts[0][1], 2)

    def test_an_answer_still_holds(self):
        client = client_of()
        response = client.get(SEARCH, {"q": "quejas"})
        self.assertIn("public", response.headers["Cache-Control"])
        again = client.get(
            SEARCH, {"q": "quejas"}, headers={"if-none-match": response.headers["ETag"]}
        )
        self.assertEqual(again.status_code, 304)
