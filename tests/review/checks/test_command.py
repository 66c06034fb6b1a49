"""manage.py check_manual: formats, output and exit statuses (DESIGN 8)."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import TestCase

from exchange.demo import load_demo
from manuals.exceptions import NotAllowed
from manuals.models import Edition, GlossaryTerm
from review.checks.editions import catalogues_of, check_edition
from tests.factories import make_edition, make_function, make_tree, make_user


class CheckManualTests(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "report"

    def run_command(self, *arguments, **options) -> tuple[int, str]:
        """The exit status and what was written."""
        try:
            call_command("check_manual", *arguments, output=str(self.file), **options)
        except SystemExit as error:
            return error.code, self.file.read_text(encoding="utf-8")
        return 0, self.file.read_text(encoding="utf-8")

    def refused(self, *arguments, **options) -> str:
        with self.assertRaises(CommandError) as caught:
            call_command("check_manual", *arguments, output=str(self.file), **options)
        self.assertEqual(caught.exception.returncode, 2)
        self.assertFalse(self.file.exists())
        return str(caught.exception)

    def test_the_demonstration_manual_has_findings_but_no_errors(self):
        load_demo()
        status, written = self.run_command("demo", "2021", format="json")
        tree = json.loads(written)
        self.assertEqual(status, 0)
        self.assertEqual(tree["format"], "manual-org/check/1")
        self.assertEqual((tree["manual"], tree["edition"]), ("demo", "2021"))
        self.assertEqual(tree["summary"]["error"], 0)
        self.assertGreater(len(tree["findings"]), 0)

    def test_an_error_is_status_one_and_still_reported(self):
        units = make_tree("8.1 > 8.2")
        make_function(units["8.1"], "Dirigir las pruebas.")
        label = units["8.1"].edition.label
        status, written = self.run_command("dir", label, format="json")
        self.assertEqual(status, 1)
        errors = [
            (one["rule"], one["unit_code"])
            for one in json.loads(written)["findings"]
            if one["severity"] == "error"
        ]
        self.assertEqual(errors, [("unit_empty", "8.2")])

    def test_text_is_the_format_unless_another_is_asked_for(self):
        units = make_tree("8.1")
        make_function(units["8.1"], "Dirigir las pruebas")
        status, written = self.run_command("dir", units["8.1"].edition.label)
        self.assertEqual(status, 0)
        self.assertIn("función 1: advertencia: No termina en punto.", written)

    def test_an_unknown_manual_edition_or_format_is_refused(self):
        edition = make_edition()
        self.assertIn("1999", self.refused("dir", "1999"))
        self.assertIn("nada", self.refused("nada", edition.label))
        self.assertIn("pdf", self.refused("dir", edition.label, format="pdf"))


class CheckEditionTests(TestCase):
    def test_a_draft_is_for_those_who_may_read_it(self):
        edition = make_edition()
        with self.assertRaises(NotAllowed):
            check_edition(edition=edition, user=make_user())
        self.assertEqual(
            check_edition(edition=edition, user=make_user("lector")).findings, []
        )

    def test_the_queries_are_the_same_for_few_units_and_many(self):
        few = make_tree("8.1 > 8.2")["8.1"].edition
        user = make_user("editor")
        with self.assertNumQueries(12):
            check_edition(
                edition=Edition.objects.with_manual().get(pk=few.pk), user=user
            )
        manual = few.manual
        many = make_edition("otra", manual=manual)
        tree = make_tree("8.1 > 8.2 > 8.2.1 > 8.2.1.1", edition=many)
        for unit in tree.values():
            make_function(unit, "Hacer algo.")
        user = make_user("editor")
        with self.assertNumQueries(12):
            check_edition(
                edition=Edition.objects.with_manual().get(pk=many.pk), user=user
            )

    def test_the_glossary_explains_acronyms(self):
        units = make_tree("8.1")
        edition = units["8.1"].edition
        make_function(units["8.1"], "Usar el SIPROB.")

        def found():
            report = check_edition(edition=edition, user=make_user("lector"))
            return [one.rule for one in report.findings]

        self.assertIn("acronym", found())
        GlossaryTerm.objects.create(
            manual=edition.manual, term="SIPROB", meaning="Sistema", status="proposed"
        )
        self.assertIn("acronym", found())
        GlossaryTerm.objects.update(status="accepted")
        self.assertNotIn("acronym", found())
        self.assertTrue(catalogues_of(edition.manual).obsolete_names)


class ProcessTests(TestCase):
    """As another program sees it: standard output, standard error, exit status."""

    def run_process(self, folder: str, *arguments):
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3",
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
                folder, "check_manual", "demo", "2021", "--format", "json"
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["edition"], "2021")
            done = self.run_process(folder, "check_manual", "demo", "no")
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            message = done.stderr.decode()
            self.assertEqual(len(message.strip().splitlines()), 1)
            self.assertNotIn("Traceback", message)


def test_checking_needs_no_django():
    code = (
        "import sys, review.checks, review.checks.jsonformat, review.checks.textformat;"
        "review.checks.all_rules(); review.checks.shipped();"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
