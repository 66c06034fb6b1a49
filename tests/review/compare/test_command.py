"""manage.py compare_editions: formats, output and exit statuses (DESIGN 8)."""

import json
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import docx
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import TestCase

from exchange.demo import load_demo
from tests.factories import make_edition


class CompareEditionsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_demo()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "comparison"

    def run_command(self, *arguments, **options):
        call_command("compare_editions", *arguments, **options)
        return self.file.read_bytes()

    def refused(self, *arguments, **options) -> str:
        with self.assertRaises(CommandError) as caught:
            call_command("compare_editions", *arguments, **options)
        self.assertEqual(caught.exception.returncode, 2)
        self.assertFalse(self.file.exists())
        return str(caught.exception)

    def test_json_is_written_to_the_file(self):
        tree = json.loads(
            self.run_command(
                "demo", "2021", "2024", format="json", output=str(self.file)
            )
        )
        self.assertEqual(tree["format"], "manual-org/compare/1")
        self.assertEqual(tree["old"], {"manual": "demo", "edition": "2021"})
        self.assertEqual(tree["matched"], "keys")
        self.assertEqual(tree["summary"]["functions"]["by_weight"]["terminology"], 31)

    def test_the_same_comparison_gives_the_same_bytes(self):
        arguments = ("demo", "2021", "2024")
        first = self.run_command(*arguments, format="json", output=str(self.file))
        again = self.run_command(*arguments, format="json", output=str(self.file))
        self.assertEqual(first, again)

    def test_markdown_is_a_report_in_spanish(self):
        report = self.run_command(
            "demo", "2021", "2024", format="md", output=str(self.file)
        ).decode()
        self.assertTrue(report.startswith("# Comparación de ediciones\n"))
        self.assertIn("De la edición **2021** a la edición **2024**.", report)
        self.assertIn("Autorizó: ~~Mtra. Elena Robles Quintana~~", report)
        self.assertIn("15 de enero de 2021", report)

    def test_docx_is_a_document_with_the_comparative_table(self):
        data = self.run_command(
            "demo", "2021", "2024", format="docx", output=str(self.file)
        )
        (table,) = docx.Document(BytesIO(data)).tables
        self.assertGreater(len(table._tbl.tr_lst), 300)

    def test_editions_that_say_the_same_are_no_error(self):
        tree = json.loads(
            self.run_command(
                "demo", "2024", "2024", format="json", output=str(self.file)
            )
        )
        self.assertIs(tree["summary"]["same"], True)

    def test_an_unknown_edition_manual_or_format_is_refused(self):
        output = str(self.file)
        self.assertIn(
            "1999", self.refused("demo", "1999", "2024", format="json", output=output)
        )
        self.assertIn(
            "nada", self.refused("nada", "2021", "2024", format="json", output=output)
        )
        self.assertIn(
            "pdf", self.refused("demo", "2021", "2024", format="pdf", output=output)
        )

    def test_a_folder_that_does_not_exist_is_refused(self):
        message = self.refused(
            "demo",
            "2021",
            "2024",
            format="md",
            output=str(self.file.parent / "no" / "hay"),
        )
        self.assertIn("no existe", message)

    def test_an_empty_edition_is_compared_too(self):
        make_edition("vacia")
        make_edition("otra")
        tree = json.loads(
            self.run_command(
                "dir", "vacia", "otra", format="json", output=str(self.file)
            )
        )
        self.assertEqual(tree["units"], [])


class ProcessTests(TestCase):
    """As another program sees it: standard output, standard error, exit status."""

    def run_process(self, folder: str, *arguments):
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/compare.sqlite3",
            "DJANGO_SETTINGS_MODULE": "manual_org.settings.dev",
        }
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            check=False,
        )

    def test_status_output_and_one_message(self):
        with tempfile.TemporaryDirectory() as folder:
            self.run_process(folder, "migrate", "--verbosity=0")
            self.run_process(folder, "load_demo")
            done = self.run_process(
                folder, "compare_editions", "demo", "2021", "2024", "--format", "json"
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(
                json.loads(done.stdout)["new"], {"manual": "demo", "edition": "2024"}
            )
            done = self.run_process(
                folder, "compare_editions", "demo", "2021", "no", "--format=md"
            )
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            message = done.stderr.decode()
            self.assertEqual(len(message.strip().splitlines()), 1)
            self.assertNotIn("Traceback", message)


def test_comparing_needs_no_django():
    code = (
        "import sys, review.compare, review.compare.jsonformat;"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
