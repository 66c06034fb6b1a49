"""Which edition answers, and for whom it exists."""

import datetime

from django.test import override_settings

from tests.api.support import API, EDITION, ApiTestCase, client_of, make_small_manual
from tests.factories import ManualFactory, authorise, make_edition, make_user
from units.models import Unit
from units.services import change_unit


class WhichEditionTests(ApiTestCase):
    """2017 (until 3 March 2021), 2021 (in force), 2024 (a draft); one key in all."""

    @classmethod
    def setUpTestData(cls):
        old, units, functions = make_small_manual("2017")
        cls.unit, cls.function = units["8.2"], functions["first"]
        cls.gone = units["8.3"]
        authorise(old, datetime.date(2017, 12, 16))
        for label in ("2021", "2024"):
            edition = make_edition(label)
            root = Unit(
                edition=edition, name="Coordinación", kind=cls.unit.kind, code="7.1"
            )
            root.save()
            cls.copied = Unit(
                edition=edition,
                parent=root,
                name=f"Coordinación {label}",
                kind=cls.unit.kind,
                code="7.2",
                key=cls.unit.key,
            )
            cls.copied.save()
            if label == "2021":
                authorise(edition, datetime.date(2021, 3, 4))
        cls.by_key = f"{API}/units/{cls.unit.key}/"

    def label(self, address, client=None):
        response = (client or self.client).get(address)
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()["edition"]["label"]

    def test_current_is_the_edition_in_force_today_or_on_a_day(self):
        current = f"{API}/manuals/dir/editions/current"
        self.assertEqual(self.label(f"{current}/"), "2021")
        self.assertEqual(self.label(f"{current}/?on=2021-03-03"), "2017")
        self.assertEqual(self.label(f"{current}/?on=2021-03-04"), "2021")
        self.assertEqual(self.label(f"{current}/units/8.2/?on=2018-01-01"), "2017")
        self.assertProblem(
            self.client.get(f"{current}/?on=2017-12-15"), 404, "not_found"
        )

    def test_a_day_goes_with_current_only(self):
        response = self.client.get(f"{EDITION}/?on=2021-03-04")
        body = self.assertProblem(response, 400, "invalid_query")
        self.assertPointers(body, {("on", "only_with_current")})

    def test_a_key_is_looked_up_today_or_as_the_query_says(self):
        self.assertEqual(self.label(self.by_key), "2021")
        self.assertEqual(self.label(f"{self.by_key}?on=2020-01-01"), "2017")
        self.assertEqual(self.label(f"{self.by_key}?edition=2017"), "2017")
        self.assertEqual(self.label(f"{self.by_key}?edition=current"), "2021")
        self.assertEqual(self.label(f"{self.by_key}?manual=dir"), "2021")

    def test_a_key_that_is_gone_leads_to_the_last_edition_that_had_it(self):
        self.assertEqual(self.label(f"{API}/units/{self.gone.key}/"), "2017")
        self.assertEqual(self.label(f"{API}/functions/{self.function.key}/"), "2017")
        for query in ("?edition=current", "?on=2022-01-01", "?edition=2021"):
            self.assertProblem(
                self.client.get(f"{API}/units/{self.gone.key}/{query}"),
                404,
                "not_found",
            )

    def test_a_draft_is_looked_up_when_named_by_who_may_read_it(self):
        address = f"{self.by_key}?edition=2024"
        self.assertProblem(self.client.get(address), 404, "not_found")
        self.assertEqual(self.label(address, client_of(make_user("lector"))), "2024")
        self.assertEqual(
            self.label(self.by_key, client_of(make_user("lector"))), "2021"
        )

    def test_a_key_in_several_manuals_asks_for_the_manual(self):

        other = make_edition("2021", manual=ManualFactory(slug="otro", title="Otro"))
        Unit(
            edition=other,
            name="Coordinación",
            kind=self.unit.kind,
            code="8.1",
            key=self.unit.key,
        ).save()
        authorise(other)
        body = self.assertProblem(self.client.get(self.by_key), 400, "invalid_query")
        self.assertPointers(body, {("manual", "required")})
        answer = self.client.get(f"{self.by_key}?manual=otro").json()
        self.assertEqual(answer["edition"]["manual"], "otro")

    def test_a_change_of_an_edition_is_seen_at_once(self):
        reader = client_of(make_user("lector"))
        address = f"{API}/manuals/dir/editions/2024/units/7.2/"
        before = reader.get(address)
        change_unit(
            unit=self.copied, name="Otra", user=make_user("editor"), reason="Prueba"
        )
        after = reader.get(address)
        self.assertEqual(after.json()["name"], "Otra")
        self.assertNotEqual(before.headers["ETag"], after.headers["ETag"])


class VisibilityTests(ApiTestCase):
    """Drafts exist only for people with a role; a setting closes the rest."""

    @classmethod
    def setUpTestData(cls):
        cls.draft, cls.units, cls.functions = make_small_manual("2024")
        cls.people = {
            role: make_user(role)
            for role in ("lector", "editor", "revisor", "autorizador", "superuser")
        }
        cls.nobody = make_user()

    def addresses(self, edition):
        function = self.functions["first"].key
        for path in (
            "",
            "chapters/",
            "tree/",
            "units/",
            "units/8.2/",
            "units/8.2/subtree/",
            "units/8.2/functions/",
            "functions/",
            f"functions/{function}/",
        ):
            yield f"{API}/manuals/dir/editions/{edition}/{path}"
        yield f"{API}/units/{self.units['8.2'].key}/?edition={edition}"
        yield f"{API}/functions/{function}/?edition={edition}"
        yield f"{API}/manuals/dir/"
        yield f"{API}/manuals/dir/editions/"

    def test_a_draft_does_not_exist_for_people_without_a_role(self):
        for person in (None, self.nobody):
            for address in self.addresses("2024"):
                with self.subTest(person=person, address=address):
                    response = client_of(person).get(address)
                    self.assertProblem(response, 404, "not_found")
            self.assertEqual(
                client_of(person).get(f"{API}/manuals/").json()["count"], 0
            )

    def test_a_draft_and_one_that_does_not_exist_are_refused_alike(self):
        hidden = self.client.get(f"{API}/manuals/dir/editions/2024/units/8.2/")
        absent = self.client.get(f"{API}/manuals/dir/editions/2030/units/8.2/")
        self.assertEqual(hidden.content, absent.content)

    def test_people_with_a_role_read_drafts(self):
        for role, person in self.people.items():
            for address in self.addresses("2024"):
                with self.subTest(role=role, address=address):
                    response = client_of(person).get(address)
                    self.assertEqual(response.status_code, 200, response.content)

    def test_everybody_reads_authorised_editions(self):
        authorise(self.draft)
        for person in (None, self.nobody, self.people["lector"]):
            for address in self.addresses("2024"):
                with self.subTest(person=person, address=address):
                    response = client_of(person).get(address)
                    self.assertEqual(response.status_code, 200, response.content)

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_asks_who_reads(self):
        authorise(self.draft)
        for address in self.addresses("2024"):
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertProblem(response, 401, "not_authenticated")
                self.assertEqual(
                    response.headers["WWW-Authenticate"], 'Bearer realm="api"'
                )
                response = client_of(self.nobody).get(address)
                self.assertEqual(response.status_code, 200, response.content)
                self.assertIn("private", response.headers["Cache-Control"])
