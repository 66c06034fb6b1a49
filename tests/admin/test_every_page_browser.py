"""Every page of the admin in every window: whole, readable, under the policy.

axe may find nothing in what a page is about, and nothing in the frame around it that
the index of Django's own admin lacks, which is measured in the same run.
"""

import pytest
from django.conf import settings
from django.test import Client, SimpleTestCase, override_settings

from tests.admin.everything import NO_PAGE, PAGES, Everything
from tests.admin.matrix import addresses
from tests.web.browser import AXE, RULES, BrowserTestCase

PHONE, TABLET, DESK = 360, 768, 1440
# What a scheme of colours, or less room, can break; the rest is the same in them.
COLOURS = ["color-contrast", "link-in-text-block"]
ROOM = ["target-size", "scrollable-region-focusable"]
LOOKS = {(DESK, "light"): RULES, (PHONE, "dark"): [*COLOURS, *ROOM]}
# Of one page of each shape.
EVERY_LOOK = {**LOOKS, (DESK, "dark"): COLOURS, (PHONE, "light"): RULES}
# Django's colours fade from one scheme to the other.
NO_FADING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, *::before, *::after { transition: none !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""
# Each finding with the part of the page that it is in and its element without what
# one page says and another does not.
CHECK = """rules => axe.run(document, {
  runOnly: rules,
  resultTypes: ["violations"],
  preload: false,
}).then(result => ({
  passes: result.passes.length,
  found: result.violations.flatMap(one => one.nodes.map(node => {
    const element = document.querySelector(node.target[0]);
    const inside = Boolean(element && element.closest("#content"));
    return [inside, one.id, node.target[0], node.html.slice(0, 200)];
  })),
}))"""
# What Chromium recommends, of passwords and of the focus, and is no error.
ADVICE = ("[DOM] ", "Autofocus processing was blocked")
SHAPES = {
    *("units_unit_change", "units_unit_changelist", "units_unit_structure"),
    *("manuals_edition_change", "manuals_edition_saves", "functions_function_replace"),
}
# How wide the document is, and what sticks out, for whom it does not fit.
TAKEN = """() => {
  const taken = document.documentElement.scrollWidth;
  const wide = taken > innerWidth ? [...document.querySelectorAll("body *")] : [];
  const out = wide.filter(one => one.getBoundingClientRect().right > innerWidth);
  return [taken, out.slice(-3).map(one => one.outerHTML.slice(0, 120))];
}"""


class TableTests(SimpleTestCase):
    def test_no_address_of_the_admin_is_missing(self):
        named = [name for names in PAGES.values() for name in names]
        self.assertEqual(sorted([*named, *NO_PAGE]), sorted(addresses()))


class EveryPageTestCase(BrowserTestCase):
    def setUp(self):
        self.manual = Everything.write()
        self.baseline = self.measure_plain_index()

    def page_of(self, person):
        page = self.tab(
            viewport={"width": DESK, "height": 900}, reduced_motion="reduce"
        )
        client = Client()
        client.force_login(self.manual.people[person])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": self.live_server_url}]
        )
        return page

    def measure_plain_index(self):
        """What axe finds in Django's own index, by the window and the scheme."""
        page = self.page_of("superuser")
        templates = [{**one, "DIRS": []} for one in settings.TEMPLATES]
        with override_settings(
            ROOT_URLCONF="tests.admin.plain_urls", TEMPLATES=templates
        ):
            self.assertEqual(self.open(page, "/admin/"), 200)
            self.assertIn("Django", page.title())
            return {
                where: {(rule, target) for _in, rule, target, _html in found}
                for where, found in self.findings(page)
            }

    def findings(self, page, looks=EVERY_LOOK):
        """What axe finds, look by look."""
        page.evaluate(NO_FADING)
        page.evaluate(AXE.read_text())
        for (width, scheme), rules in looks.items():
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate(CHECK, rules)
            self.assertGreater(result["passes"], 0, (width, scheme))
            yield (width, scheme), result["found"]

    def check(self, page, looks=LOOKS):
        """The page as it is: nothing blocked, fits, and axe finds nothing of ours."""
        said = [one for one in self.said if not one.startswith(ADVICE)]
        self.assertEqual(said, [])
        for width in (PHONE, TABLET, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            taken, sticking_out = page.evaluate(TAKEN)
            self.assertLessEqual(taken, width, sticking_out)
        for where, found in self.findings(page, looks):
            ours = [
                (rule, target, html)
                for inside, rule, target, html in found
                if inside or (rule, target) not in self.baseline[where]
            ]
            self.assertEqual(ours, [], where)

    def check_all(self, page, pages):
        page.emulate_media(color_scheme="light")
        for name, letter in pages:
            with self.subTest(page=name, edition=letter):
                address = self.manual.url(addresses()[name], letter)
                self.assertEqual(self.open(page, address), 200)
                self.assertEqual(page.url, self.live_server_url + address)
                self.check(page, EVERY_LOOK if name in SHAPES else LOOKS)


@pytest.mark.appearance
class EveryPageTests(EveryPageTestCase):
    def test_pages_of_the_register(self):
        page = self.page_of("superuser")
        self.check_all(page, [(name, "D") for name in PAGES[""]])

    def test_pages_of_drafts(self):
        page = self.page_of("superuser")
        self.check_all(
            page,
            [(name, "D") for letters in ("D", "DR", "DRA") for name in PAGES[letters]],
        )

    def test_pages_of_closed_editions(self):
        page = self.page_of("superuser")
        closed = [(name, letter) for name in PAGES["DRA"] for letter in "RA"]
        alone = [(name, letter) for letter in "RA" for name in PAGES[letter]]
        self.check_all(page, [*closed, *alone])
