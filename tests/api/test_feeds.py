"""Atom feeds of authorised editions: as RFC 4287 says, and as news readers read."""

import re
from datetime import date, datetime
from uuid import UUID
from xml.etree import ElementTree

import feedparser
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from manuals.permissions import OPERATOR
from manuals.services import change_manual, withdraw_edition
from tests.api.support import API, ApiTestCase, client_of
from tests.api.test_queries import MOST
from tests.factories import (
    REASON,
    ManualFactory,
    authorise,
    make_edition,
    make_tree,
    make_user,
)

ALL = f"{API}/feed/"
DIR = f"{API}/manuals/dir/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


class FeedTestCase(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.old = make_edition("2021")
        make_tree("8.1", cls.old)
        cls.old = authorise(cls.old, date(2021, 3, 4))
        cls.new = authorise(make_edition("2024"), date(2024, 4, 1))
        make_edition("borrador")

    def setUp(self):
        self.client = client_of()

    def feed(self, address: str = DIR):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.headers["Content-Type"], "application/atom+xml")
        read = feedparser.parse(response.content)
        self.assertFalse(read.bozo)
        self.assertEqual(read.version, "atom10")
        return read


class FormTests(FeedTestCase):
    def test_has_the_elements_that_the_format_requires(self):
        withdraw_edition(edition=self.new, user=OPERATOR, reason=REASON)
        for address in (ALL, DIR):
            root = ElementTree.fromstring(  # noqa: S314 - our own
                self.client.get(address).content
            )
            self.assertEqual(root.tag, f"{ATOM}feed")
            entries = root.findall(f"{ATOM}entry")
            self.assertEqual(len(entries), 3)
            for element in (root, *entries):
                for name in ("id", "title", "updated"):
                    (found,) = element.findall(f"{ATOM}{name}")
                    self.assertTrue(found.text)
                UUID(element.find(f"{ATOM}id").text.removeprefix("urn:uuid:"))
                moment = datetime.fromisoformat(element.find(f"{ATOM}updated").text)
                self.assertTrue(timezone.is_aware(moment))
                self.assertTrue(element.find(f"{ATOM}author/{ATOM}name").text)
                links = element.findall(f"{ATOM}link")
                kinds = [(link.get("rel"), link.get("type")) for link in links]
                self.assertEqual(len(kinds), len(set(kinds)))
            self_link = root.find(f"{ATOM}link[@rel='self']").get("href")
            self.assertEqual(self_link, f"http://testserver{address}")
            identities = [one.text for one in root.iter(f"{ATOM}id")]
            self.assertEqual(len(identities), len(set(identities)))

    def test_is_named_and_found_from_the_pages(self):
        for address, feed in (
            ("/", ALL),
            ("/manuales/dir/2021/", DIR),
            ("/manuales/dir/a/2000-01-01/", DIR),
        ):
            page = self.client.get(address).content.decode()
            (link,) = re.findall(r'<link rel="alternate"[^>]*>', page)
            self.assertIn('type="application/atom+xml"', link)
            self.assertIn(f'href="{feed}"', link)

    def test_asking_for_another_form_is_refused(self):
        response = self.client.get(DIR, headers={"accept": "application/rss+xml"})
        self.assertProblem(response, 406, "not_acceptable")
        self.assertProblem(self.client.get(f"{DIR}?x=1"), 400, "invalid_query")


class ContentTests(FeedTestCase):
    def test_an_entry_for_each_authorised_edition_the_newest_first(self):
        read = self.feed()
        self.assertEqual(
            [entry.title for entry in read.entries],
            [
                "Manual de Organización de la Dirección de Pruebas: edición 2024",
                "Manual de Organización de la Dirección de Pruebas: edición 2021",
            ],
        )
        newest, oldest = read.entries
        self.assertEqual(newest.id, self.new.key.urn)
        self.assertEqual(newest.author, "Instituto de Pruebas")
        self.assertEqual(newest.link, "http://testserver/manuales/dir/2024/")
        self.assertEqual(
            newest.summary,
            "<p>La autorizó Ana Pérez, Titular de la Dirección. Vigente desde el 1 de "
            "abril de 2024.</p><p>Sustituye a la edición 2021. <a "
            'href="http://testserver/manuales/dir/comparar/2021/2024/">Vea qué '
            "cambió.</a></p>",
        )
        self.assertIn(
            "Vigente del 4 de marzo de 2021 al 31 de marzo de 2024.", oldest.summary
        )
        self.assertNotIn("borrador", str(read))

    def test_every_address_answers(self):
        for entry in self.feed().entries:
            for link in entry.links:
                response = self.client.get(link.href)
                self.assertEqual(response.status_code, 200, link.href)

    def test_a_withdrawal_is_an_entry_and_told_on_the_edition(self):
        before = self.feed()
        withdraw_edition(
            edition=self.new, user=OPERATOR, reason=REASON, on=date(2024, 5, 2)
        )
        withdrawal, newest, _oldest = self.feed().entries
        self.assertIn("baja de la edición 2024", withdrawal.title)
        self.assertIn("Dada de baja el 2 de mayo de 2024.", withdrawal.summary)
        self.assertTrue(newest.title.endswith("edición 2024 (dada de baja)"))
        self.assertIn("Dada de baja el 2 de mayo de 2024.", newest.summary)
        self.assertEqual(newest.id, before.entries[0].id)
        self.assertEqual(newest.published, before.entries[0].published)
        self.assertEqual(newest.updated, withdrawal.updated)
        self.assertLess(before.entries[0].updated, newest.updated)
        self.assertEqual(self.feed().feed.updated, withdrawal.updated)

    def test_identities_outlive_names(self):
        before = self.feed()
        change_manual(
            manual=self.new.manual,
            slug="otra",
            title="Otro",
            user=OPERATOR,
            reason=REASON,
        )
        after = self.feed(f"{API}/manuals/otra/feed/")
        self.assertEqual(after.feed.id, before.feed.id)
        self.assertEqual(
            [entry.id for entry in after.entries],
            [entry.id for entry in before.entries],
        )

    def test_what_people_write_is_text_and_no_markup(self):
        edition = make_edition("2025", authorised_by="<b>Ana</b> & Co.")
        authorise(edition, date(2025, 1, 1))
        self.assertIn(
            "&lt;b&gt;Ana&lt;/b&gt; &amp; Co.", self.feed().entries[0].summary
        )

    def test_of_all_manuals_and_of_one(self):
        other = ManualFactory(slug="otro", title="Otro")
        authorise(make_edition("2020", manual=other), date(2020, 1, 1))
        self.assertEqual(len(self.feed(ALL).entries), 3)
        self.assertEqual(len(self.feed(f"{API}/manuals/otro/feed/").entries), 1)
        self.assertNotEqual(self.feed(ALL).feed.id, self.feed().feed.id)

    def test_a_feed_without_entries_is_a_feed(self):
        ManualFactory(slug="nuevo", title="Nuevo")
        self.client = client_of(make_user("lector"))
        read = self.feed(f"{API}/manuals/nuevo/feed/")
        self.assertEqual((read.entries, read.feed.updated[:4]), ([], "1970"))


class AnswerTests(FeedTestCase):
    def test_an_unchanged_feed_is_304_until_something_is_published(self):
        for address in (ALL, DIR):
            response = self.client.get(address)
            self.assertIn("public, max-age=60", response.headers["Cache-Control"])
            seen = {"if-none-match": response.headers["ETag"]}
            make_edition(f"borrador-{len(address)}")
            again = self.client.get(address, headers=seen)
            self.assertEqual(again.status_code, 304)
        withdraw_edition(edition=self.new, user=OPERATOR, reason=REASON)
        for address in (ALL, DIR):
            again = self.client.get(address, headers=seen)
            self.assertEqual(again.status_code, 200)

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_shows_strangers_nothing(self):
        for address in (ALL, DIR):
            self.assertProblem(self.client.get(address), 401, "not_authenticated")
        self.client = client_of(make_user())
        self.assertEqual(len(self.feed().entries), 2)

    def test_a_manual_without_published_edition_is_not_there(self):
        ManualFactory(slug="nuevo", title="Nuevo")
        response = self.client.get(f"{API}/manuals/nuevo/feed/")
        self.assertProblem(response, 404, "not_found")

    def test_queries_are_as_many_for_one_edition_as_for_many(self):
        counts = []
        for year in (2025, 2026, 2027):
            with CaptureQueriesContext(connection) as captured:
                self.feed()
            counts.append(len(captured))
            authorise(make_edition(str(year)), date(year, 1, 1))
        self.assertEqual(len(set(counts)), 1)
        self.assertLessEqual(counts[0], MOST)
