"""TypeScript types made from the document compile and read the demonstration manual."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.test import LiveServerTestCase

from exchange.demo import load_demo
from manual_org.api.v1.views.docs import document
from manuals.models import Edition
from tests.support import installed_node
from units.models import Unit

SOURCES = Path(__file__).parent / "typescript"
COMPILE = (
    *("--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"),
    *("--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler"),
    *("--lib", "es2022,dom"),
)


@pytest.mark.any_engine
class TypeScriptTests(LiveServerTestCase):
    @classmethod
    def setUpClass(cls):
        cls.programs = installed_node(SOURCES)
        super().setUpClass()
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        (cls.folder / "openapi.json").write_text(json.dumps(document()))
        (cls.folder / "package.json").write_text('{"type": "module"}')
        shutil.copy(SOURCES / "consumer.ts", cls.folder)

    def run_node(self, *command) -> str:
        done = subprocess.run(
            ["node", *command],
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=180,
        )
        said = done.stdout + done.stderr
        self.assertEqual(done.returncode, 0, said)
        self.assertNotIn("warn", said.lower())
        return done.stdout

    def test_types_compile_and_read_the_demonstration_manual(self):
        generator = self.programs / "openapi-typescript" / "bin" / "cli.js"
        self.run_node(generator, "openapi.json", "--output", "schema.d.ts")
        compiler = self.programs / "typescript" / "bin" / "tsc"
        self.run_node(compiler, *COMPILE, "consumer.ts")
        load_demo()
        read = json.loads(self.run_node("consumer.js", self.live_server_url))
        current = Edition.objects.get(manual__slug="demo", label="2024")
        units = Unit.objects.filter(edition=current)
        root = units.get(parent=None)
        self.assertEqual(read["editions"], ["2024", "2021"])
        self.assertEqual(read["root"], root.code)
        self.assertEqual(read["unit"], str(root.key))
        self.assertEqual(read["units"], units.count())
        self.assertGreater(read["functions"], 0)
        self.assertGreater(read["compared"], 0)
        self.assertGreater(read["found"], 0)
        self.assertIs(read["more"], True)
