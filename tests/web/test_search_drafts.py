"""What only a draft says is found by those who may read it, and by nobody else."""

from django.test import override_settings

from functions.services import change_function
from manuals import cache
from manuals.permissions import OPERATOR
from tests.factories import REASON, make_function, make_unit, make_user
from tests.web.searching import SECRET
from tests.web.test_search import ALL, SearchTestCase

DRAFT = "/manuales/dir/b/buscar/"
PLACE = "/manuales/dir/b/8.3/#f3"
ALMOST = "zurcr"  # mistyped
BEGUN = "zurc"
PUBLIC = (
    ALL,
    "/manuales/dir/2021/buscar/",
    "/manuales/dir/2024/buscar/",
)


class DraftSearchTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.people = {"nobody": None, "no role": make_user()} | {
            role: make_user(role)
            for role in ("lector", "editor", "revisor", "autorizador", "superuser")
        }
        cls.strangers = ("nobody", "no role")

    def become(self, name):
        self.client.logout()
        if self.people[name]:
            self.client.force_login(self.people[name])

    def test_its_page_exists_for_those_who_may_read_it_alone(self):
        for name in self.people:
            self.become(name)
            for address in (DRAFT, f"{DRAFT}resultados/"):
                with self.subTest(name=name, address=address):
                    allowed = name not in self.strangers
                    response = self.ask(SECRET, address, 200 if allowed else 404)
                    self.assertNotIn(
                        "public", response.headers.get("Cache-Control", "")
                    )
                    if allowed:
                        self.assertEqual(self.hits(response), [PLACE])
                        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_pages_of_what_is_published_say_nothing_of_it_to_anybody(self):
        """No hit, count, facet or suggestion; the same bytes for everybody."""
        for address in (*PUBLIC, *(f"{one}resultados/" for one in PUBLIC)):
            for text in (SECRET, ALMOST, BEGUN, f"{SECRET} pagos", "uniformes"):
                answers = set()
                for name in self.people:
                    self.become(name)
                    for parameters in (
                        {},
                        {"ediciones": "todas"},
                        {"vista": "quien"},
                        {"breve": "1"},  # completions
                    ):
                        response = self.ask(text, address, **parameters)
                        said = response.content.decode().lower()
                        for word in (SECRET, "uniforme"):
                            if word not in text:  # the page repeats the question
                                self.assertNotIn(word, said)
                        self.assertFalse(
                            [one for one in self.hits(response) if "f3" in one]
                        )
                        self.assertNotIn("/dir/b/", said)
                        if not parameters:
                            answers.add(response.content)
                with self.subTest(address=address, text=text):
                    self.assertEqual(len(answers), 1)

    def test_counts_do_not_tell_of_it(self):
        before = {
            (address, text): self.ask(text, address).content
            for address in PUBLIC
            for text in ("pagos", "quejas", "conciliar")
        }
        function = self.draft.functions.get(text="Zurcir uniformes.")
        change_function(
            function=function,
            text="Conciliar pagos y quejas de nóminas.",
            user=OPERATOR,
            reason=REASON,
        )
        cache.clear()
        for (address, text), content in before.items():
            with self.subTest(address=address, text=text):
                self.assertEqual(self.ask(text, address).content, content)

    def test_codes_and_ways_to_go_on_are_of_what_one_may_read(self):
        unit = make_unit(self.draft.units.get(code="8.3"), name="División de Cosido")
        make_function(unit, "Quemar retazos.")
        for name in self.people:
            self.become(name)
            for address in PUBLIC:
                for text in (unit.code, f"{unit.code} f1", "cosi", "recibir qu"):
                    with self.subTest(name=name, address=address, text=text):
                        for extra in ({}, {"breve": "1"}):
                            said = self.ask(
                                text, f"{address}resultados/", **extra
                            ).content.decode()
                            self.assertNotIn("cosido", said.lower())
                            self.assertNotIn("quemar", said.lower())
                            self.assertNotIn("/dir/b/", said)
        self.become("lector")
        brief = self.ask("cosi", f"{DRAFT}resultados/", breve="1")
        self.assertContains(brief, ">cosido</a>")
        self.assertRedirects(
            self.ask(unit.code, DRAFT, 303),
            f"/manuales/dir/b/{unit.code}/",
            status_code=303,
        )

    def test_what_a_draft_alone_explains_expands_no_public_query(self):
        """Neither a proposal of its glossary nor a synonym of its words tells."""
        for text in (SECRET, "uniformes"):
            for address in PUBLIC:
                response = self.ask(text, address)
                self.assertNotContains(response, "También se buscó")
                self.assertNotContains(response, "Palabras que faltan")

    def test_a_draft_answers_with_what_it_says_now(self):
        self.become("editor")
        function = self.draft.functions.get(text="Zurcir uniformes.")
        change_function(
            function=function, text="Bordar uniformes.", user=OPERATOR, reason=REASON
        )
        self.assertEqual(self.hits(self.ask("bordar", DRAFT)), [PLACE])
        self.assertEqual(self.hits(self.ask(SECRET, DRAFT)), [])

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_asks_to_sign_in(self):
        for address in PUBLIC:
            response = self.ask("quejas", address, 302)
            self.assertIn("/login/", response.headers["Location"])
        self.become("no role")
        response = self.ask("quejas", ALL)
        self.assertNotIn("public", response.headers["Cache-Control"])
