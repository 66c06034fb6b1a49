"""The guide that is served: pages of docs/ whose links lead somewhere."""

import re
from urllib.parse import urljoin, urlsplit

from django.test import SimpleTestCase

from manual_org.api.v1.views.guide import FILES
from tests.api.support import API

GUIDE = f"{API}/guide/"


class GuideTests(SimpleTestCase):
    def page(self, address: str) -> str:
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        return response.content.decode()

    def test_every_link_leads_to_a_page_that_is_served_and_a_heading_that_it_has(self):
        seen = 0
        for name in FILES:
            body = self.page(GUIDE + name)
            for link in re.findall(r'href="([^"]+)"', body):
                address = urlsplit(urljoin(GUIDE + name, link))
                if address.netloc or not address.path.startswith(GUIDE):
                    continue
                with self.subTest(page=name, link=link):
                    target = self.page(address.path)
                    self.assertIn(
                        f'id="{address.fragment}"' if address.fragment else "", target
                    )
                    seen += 1
        self.assertGreater(seen, 40)

    def test_it_begins_with_the_guide_and_shows_tables_and_headings(self):
        body = self.page(GUIDE)
        self.assertEqual(body, self.page(f"{GUIDE}api.md"))
        self.assertIn("<title>The API</title>", body)
        self.assertIn('<h2 id="five-minutes">', body)
        self.assertIn("<th>", body)

    def test_programs_and_schemas_are_served_as_they_are(self):
        script = self.client.get(f"{GUIDE}mirror.py")
        self.assertEqual(script.headers["Content-Type"], "text/plain; charset=utf-8")
        self.assertTrue(script.content.startswith(b'"""Mirror a manual'))
        schema = self.client.get(f"{GUIDE}manual-org-1.schema.json")
        self.assertEqual(schema.headers["Content-Type"], "application/json")
        self.assertIn("$schema", schema.json())

    def test_nothing_else_of_the_folder_is_served(self):
        for name in ("guia-de-edicion.md", "..", "README.md"):
            response = self.client.get(f"{GUIDE}{name}")
            self.assertEqual(response.status_code, 404)
            self.assertEqual(
                response.headers["Content-Type"], "application/problem+json"
            )

    def test_it_need_not_be_sent_again(self):
        etag = self.client.get(GUIDE).headers["ETag"]
        again = self.client.get(GUIDE, headers={"if-none-match": etag})
        self.assertEqual(again.status_code, 304)
