"""What pages of hostile or large content must not do."""

import re
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.test import TestCase

from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import (
    REASON,
    ManualFactory,
    authorise,
    make_edition,
    make_function,
    make_kind,
    make_unit,
)
from tests.web.support import PAST, Reader, filled_edition
from units.services import change_unit

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7 }} & {% x %}"
ADDRESSES = (
    "/",
    "/manuales/mal/2021/",
    "/manuales/mal/2021/8.1/",
    "/manuales/mal/2021/8.2/",
    "/manuales/mal/2021/capitulos/1/",
    "/manuales/mal/2021/9.9/",
    "/manuales/mal/a/2000-01-01/",
    "/nada/",
)


class HostileTextTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        manual = ManualFactory(
            slug="mal",
            title=HOSTILE,
            acronym="<b>",
            institution=HOSTILE,
            notice=HOSTILE,
            registration_key="<i>",
        )
        edition = make_edition(
            manual=manual,
            authorised_by=HOSTILE,
            authorised_position=HOSTILE,
            elaborated_by=HOSTILE,
            reviewed_by=HOSTILE,
            document_number="<u>",
            authorisation_text=HOSTILE,
        )
        root = make_unit(edition, name=HOSTILE, kind=make_kind("<em>"))
        child = make_unit(root, name=HOSTILE, kind=make_kind("<em>"))
        make_unit(root, name=HOSTILE, kind=make_kind("<em>"))
        change_unit(
            unit=child,
            user=OPERATOR,
            reason=REASON,
            printed_code="<s>",
            positions=["<s>"],
            objective=f"{HOSTILE}\n\n- {HOSTILE}\n\n[x](javascript:alert(3))",
        )
        function = make_function(child, HOSTILE)
        make_function(child, HOSTILE, parent=function)
        create_chapter(
            edition=edition,
            user=OPERATOR,
            reason=REASON,
            number=1,
            title=HOSTILE,
            body=f"{HOSTILE}\n\n# {HOSTILE}\n\n1. {HOSTILE}\n\n![x](http://e.example)",
        )
        cls.edition = authorise(edition, PAST)

    def test_nothing_that_people_wrote_becomes_markup(self):
        for address in ADDRESSES:
            with self.subTest(address=address):
                response = self.client.get(address)
                page = Reader(response)
                self.assertFalse(
                    page.foreign_tags & {"script", "img", "b", "i", "u", "s"}
                )
                for _tag, attributes in page.tags:
                    self.assertFalse(
                        [name for name in attributes if name.startswith("on")]
                    )
                self.assertNotIn("javascript:", " ".join(page.links))

    def test_it_is_shown_as_it_was_written(self):
        for address in ADDRESSES[1:4]:
            with self.subTest(address=address):
                page = Reader(self.client.get(address))
                self.assertIn(HOSTILE, page.text)

    def test_a_hostile_code_in_the_address_is_only_text(self):
        response = self.client.get("/manuales/mal/2021/<script>alert(1)<%2fscript>/")
        self.assertEqual(response.status_code, 404)
        self.assertNotIn("script", Reader(response).foreign_tags)


class PolicyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = filled_edition(manual=ManualFactory(slug="mal"), units=6)
        create_chapter(
            edition=edition,
            user=OPERATOR,
            reason=REASON,
            number=1,
            title="Uno",
            body="Texto.",
        )
        authorise(edition, PAST)

    def test_the_policy_allows_nothing_inline(self):
        for address in (*ADDRESSES, "/salud/"):
            with self.subTest(address=address):
                policy = self.client.get(address).headers["Content-Security-Policy"]
                self.assertIn("default-src 'none'", policy)
                self.assertNotIn("unsafe", policy)

    def test_pages_need_nothing_inline_and_no_script_but_our_files(self):
        for address in ADDRESSES:
            with self.subTest(address=address):
                response = self.client.get(address)
                html = response.content.decode()
                self.assertNotRegex(html, r"(?i)\sstyle=|<style")
                self.assertNotRegex(html, r"(?i)<script[^>]*>(?!</script>)")
                self.assertFalse(
                    Reader(response).foreign_tags
                    & {"script", "iframe", "object", "embed"}
                )

    def test_nothing_is_loaded_from_another_host(self):
        for address in ADDRESSES:
            with self.subTest(address=address):
                page = Reader(self.client.get(address))
                for found in [*page.links, *page.sources]:
                    self.assertRegex(found, r"\A(/(?!/)|#)")

    def test_style_sheets_load_nothing_from_another_host(self):
        for sheet in Path(settings.BASE_DIR, "static", "css").glob("*.css"):
            with self.subTest(sheet=sheet.name):
                found = re.findall(r"url\(([^)]*)\)|@import", sheet.read_text())
                self.assertFalse(
                    [one for one in found if not one.strip("\"'").startswith("data:")]
                )

    def test_every_link_between_pages_leads_somewhere(self):
        seen, pending = set(), ["/", "/nada/"]
        while pending:
            address = pending.pop()
            if address in seen or address.startswith("/admin/"):
                continue
            seen.add(address)
            response = self.client.get(address, follow=True)
            if address != "/nada/":
                self.assertEqual(response.status_code, 200, address)
            if not response.headers["Content-Type"].startswith("text/html"):
                continue
            page = Reader(response)
            pending.extend(
                urljoin(address, link.partition("#")[0]) for link in page.links
            )
            for link in page.links:
                if link.startswith("#"):
                    self.assertIn(link[1:], page.ids, address)
        self.assertIn("/manuales/mal/2021/8.3.1/", seen)
        self.assertIn("/manuales/mal/2021/capitulos/1/", seen)

    def test_every_anchor_is_unique_on_its_page(self):
        for address in ADDRESSES:
            with self.subTest(address=address):
                ids = Reader(self.client.get(address)).ids
                self.assertEqual(len(ids), len(set(ids)))

    def test_headings_never_skip_a_level(self):
        for address in ADDRESSES:
            with self.subTest(address=address):
                levels = Reader(self.client.get(address)).headings
                self.assertEqual(levels.count(1), 1)
                for before, after in zip(levels, levels[1:], strict=False):
                    self.assertLessEqual(after, before + 1)
