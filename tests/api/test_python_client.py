"""A Python client made from the document reads the demonstration manual."""

import datetime
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock
from uuid import UUID

import httpx
import pytest
from django.test import TestCase

from exchange.demo import load_demo
from manual_org.wsgi import application
from tests.api.support import API, inside_the_test

PACKAGE = "manual_org_client"
# The generator knows no feeds: it gives their bytes.
CONFIGURATION = f"""\
project_name_override: {PACKAGE}
package_name_override: {PACKAGE}
content_type_overrides:
  application/atom+xml: application/octet-stream
"""


@pytest.mark.any_engine
class PythonClientTests(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(inside_the_test())
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        transport = httpx.WSGITransport(app=application)
        cls.http = cls.enterClassContext(
            httpx.Client(transport=transport, base_url="http://testserver")
        )
        cls.generate(Path(folder))
        cls.enterClassContext(mock.patch.object(sys, "path", [folder, *sys.path]))
        cls.addClassCleanup(forget)
        cls.api = load("client").Client(base_url="http://testserver")
        cls.api.set_httpx_client(cls.http)

    @classmethod
    def setUpTestData(cls):
        load_demo()

    @classmethod
    def generate(cls, folder: Path):
        """Make the package from the document that is served, without a warning."""
        Path(folder, "openapi.json").write_bytes(cls.http.get(f"{API}/schema/").content)
        Path(folder, "configuration.yml").write_text(CONFIGURATION)
        programs = Path(sys.executable).parent  # the generator calls ruff
        done = subprocess.run(
            [
                programs / "openapi-python-client",
                *("generate", "--meta", "none", "--fail-on-warning"),
                *("--path", "openapi.json", "--output-path", PACKAGE),
                *("--config", "configuration.yml"),
            ],
            cwd=folder,
            env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if done.returncode or "WARNING" in done.stdout + done.stderr:
            raise AssertionError(done.stdout + done.stderr)

    def read(self, tag: str, operation: str, *arguments, **parameters):
        """The body of an answer, as a model."""
        module = load(f"api.{tag}.{operation}")
        response = module.sync_detailed(*arguments, client=self.api, **parameters)
        self.assertEqual(response.status_code, 200, response.content)
        self.assertIsNotNone(response.parsed, response.content)
        return response.parsed

    def test_every_module_of_the_package_imports(self):
        folder = Path(load("client").__file__).parent
        modules = [
            ".".join(path.relative_to(folder).with_suffix("").parts)
            for path in folder.rglob("*.py")
            if path.name != "__init__.py"
        ]
        self.assertGreater(len(modules), 200)
        for name in modules:
            load(name)

    def test_of_editions(self):
        manual = self.read("manuals", "manuals_retrieve", "demo")
        self.assertEqual(manual.current_edition.label, "2024")
        page = self.read("editions", "editions_list", "demo")
        self.assertEqual([one.edition.label for one in page.results], ["2024", "2021"])
        later, earlier = page.results
        self.assertIsNone(later.edition.effective_to)
        self.assertIsInstance(earlier.edition.effective_to, datetime.date)
        self.assertIs(later.in_force, True)

    def test_of_the_structure(self):
        tree = self.read("units", "units_tree", "demo", "2021")
        (second, *_rest) = tree.root.children
        self.assertIsInstance(second.key, UUID)
        page = self.read(
            "units", "units_list", "demo", "current", kind="División", page_size=5
        )
        self.assertEqual({unit.kind for unit in page.results}, {"División"})
        self.assertIsNone(page.previous)
        unit = self.read(
            "units", "units_retrieve", "demo", "current", page.results[0].code
        )
        self.assertEqual(unit.key, page.results[0].key)
        self.assertEqual(unit.functions[0].number, 1)

    def test_of_functions(self):
        page = self.read(
            "functions", "functions_list", "demo", "2021", has_items=True, page_size=100
        )
        self.assertEqual(page.count, len(page.results))
        function = self.read(
            "functions", "functions_retrieve", "demo", "2021", page.results[0].key
        )
        self.assertEqual(function.items[0].label, "a")
        self.assertIsInstance(function.unit_key, UUID)

    def test_of_a_comparison(self):
        compared = self.read(
            "comparisons", "comparisons_retrieve", "demo", "2021", "current"
        )
        self.assertEqual(compared.new.edition, "2024")
        self.assertIsInstance(compared.units[0].key, UUID)

    def test_of_a_search(self):
        page = self.read("search", "search", q="registro", manual="demo")
        self.assertGreater(page.count, 0)
        self.assertTrue(any(piece.match for piece in page.results[0].snippet))

    def test_of_changes(self):
        page = self.read("changes", "changes_list", manual="demo", limit=2)
        self.assertIsInstance(page.results[0].at, datetime.datetime)
        more = self.read("changes", "changes_list", manual="demo", after=page.cursor)
        self.assertGreater(more.cursor, page.cursor)

    def test_of_what_is_not_there(self):
        module = load("api.manuals.manuals_retrieve")
        response = module.sync_detailed("otro", client=self.api)
        self.assertEqual(response.status_code, 404)
        self.assertEqual(response.parsed.code, "not_found")


def load(name: str):
    return importlib.import_module(f"{PACKAGE}.{name}")


def forget():
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]
