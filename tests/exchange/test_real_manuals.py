"""The real documents in the database: counts, keys, dates, and a killed import."""

import datetime
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import TestCase

from exchange.reading import read_document
from functions.models import Function
from manuals.models import Edition
from tests.support import real_manual_path
from units.models import Unit
from units.trees import broken_trees


def run(*arguments, **options):
    """The command's status and what it printed."""
    out = StringIO()
    try:
        call_command(*arguments, stdout=out, **options)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


class WholeManualTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.path = str(real_manual_path("002"))
        cls.status, _printed = run("import_manual", cls.path)
        cls.edition = Edition.objects.get(manual__slug="dir", label="2021")

    def test_everything_is_in_the_database(self):
        self.assertEqual(self.status, 0)
        kinds = {}
        for kind in Unit.objects.values_list("kind__name", flat=True):
            kinds[kind] = kinds.get(kind, 0) + 1
        self.assertEqual(
            kinds,
            {
                "Dirección": 1,
                "Unidad": 3,
                "Coordinación": 10,
                "División": 32,
                "Subjefatura": 51,
            },
        )
        functions = Function.objects.all()
        self.assertEqual(functions.top_level().count(), 1960)
        self.assertEqual(functions.filter(parent__parent__isnull=False).count(), 10)
        self.assertEqual(functions.count(), 1960 + 205 + 10)
        self.assertEqual(self.edition.chapters.count(), 8)
        self.assertEqual(broken_trees(), [])

    def test_the_root_has_the_units_that_look_like_its_siblings(self):
        root = Unit.objects.get(parent=None)
        self.assertEqual(root.code, "8.1")
        self.assertEqual(
            list(root.get_children().values_list("code", flat=True)),
            ["8.2", "8.3", "8.4", "8.5", "8.6"],
        )

    def test_the_unit_with_the_wrong_code_stands_apart(self):
        unit = Unit.objects.get(code="8.4.2.2.2")
        self.assertEqual(unit.printed_code, "8.4.2.2")
        self.assertEqual(Unit.objects.exclude(printed_code="").count(), 1)

    def test_the_blocks_of_the_chapters_can_be_cited(self):
        def items(number):
            blocks = self.edition.chapters.get(number=number).blocks()
            return [block for block in blocks if block.kind == "item"]

        self.assertEqual(len(items(4)), 46)
        self.assertEqual(len(self.edition.chapters.get(number=4).blocks()), 47)
        self.assertEqual(len(items(5)), 21)
        self.assertEqual(len(items(6)), 12)
        charts = self.edition.chapters.get(number=7).charts.all()
        self.assertEqual(
            {chart.effective_from for chart in charts}, {datetime.date(2017, 12, 16)}
        )
        keys = set(Unit.objects.values_list("key", flat=True))
        self.assertEqual(len([one for one in charts if one.unit_key in keys]), 6)

    def test_the_data_of_the_authorisation(self):
        edition = self.edition
        self.assertEqual(edition.ratified_on, datetime.date(2021, 3, 4))
        self.assertEqual(edition.document_number, "09 52 17 9000/007/2021")
        self.assertEqual(edition.document_date, datetime.date(2021, 3, 1))
        self.assertIn("Norma Gabriela López Castañeda", edition.authorised_by)
        self.assertEqual(
            edition.authorised_position,
            "Titular de la Dirección de Incorporación y Recaudación",
        )

    def test_a_second_import_changes_nothing(self):
        rows = Function.history.count(), Unit.history.count()
        status, printed = run("import_manual", self.path)
        self.assertEqual(status, 0)
        self.assertIn("ya contiene", printed)
        self.assertEqual((Function.history.count(), Unit.history.count()), rows)

    def test_the_later_fragments_make_one_draft_with_all_keys_kept(self):
        for prefix in ("003", "000"):
            status, _printed = run(
                "import_manual",
                str(real_manual_path(prefix)),
                manual="dir",
                base="2021",
                edition="2024",
            )
            self.assertEqual(status, 0)
        draft = Edition.objects.get(label="2024")
        old = {unit.key: unit for unit in read_document(self.edition).units}
        new = {unit.key: unit for unit in read_document(draft).units}
        self.assertEqual(old.keys(), new.keys())
        changed = {}
        for key, unit in new.items():
            before = old[key]
            self.assertEqual(
                [function.key for function in unit.functions],
                [function.key for function in before.functions],
            )
            self.assertEqual(unit.code, before.code.replace("8", "7", 1))

            def words(function):
                return [function.text, [words(item) for item in function.items]]

            different = [
                one
                for one, other in zip(unit.functions, before.functions, strict=True)
                if words(one) != words(other)
            ]
            if different:
                changed[unit.code] = len(different)
        self.assertEqual(changed, {"7.4": 11, "7.4.3.2": 13})
        self.assertEqual(
            list(draft.chapters.values_list("number", "kind").order_by("number"))[6:],
            [(7, "functions"), (8, "charts")],
        )

    def test_the_report_is_written_and_accounts_for_every_character(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "report.json"
            run("import_manual", self.path, report=str(file))
            report = json.loads(file.read_text(encoding="utf-8"))
        self.assertEqual(report["format"], "manual-org/import/1")
        self.assertEqual(report["accounted"]["not_understood"], 0)
        self.assertEqual(
            sum(report["accounted"].values()), report["source"]["characters"]
        )


class KilledImportTests(TestCase):
    """An import killed half-way leaves the database as it was."""

    def test_a_killed_process_leaves_nothing(self):
        path = real_manual_path("002")
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "killed.sqlite3"
            environment = {
                **os.environ,
                "DATABASE_URL": f"sqlite:///{database}",
                "DJANGO_SETTINGS_MODULE": "manual_org.settings.dev",
            }
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity=0"],
                cwd=settings.BASE_DIR,
                env=environment,
                check=True,
            )
            # Killed after the units and before the functions are written.
            script = (
                "import os, signal, exchange.writing as writing;"
                "writing.write_functions = lambda **_:"
                f" os.kill(os.getpid(), {int(signal.SIGKILL)});"
                "from django.core.management import call_command;"
                f"call_command('import_manual', {str(path)!r})"
            )
            killed = subprocess.run(
                [sys.executable, "-c", f"import django; django.setup(); {script}"],
                cwd=settings.BASE_DIR,
                env=environment,
                check=False,
                capture_output=True,
            )
            self.assertEqual(killed.returncode, -signal.SIGKILL, killed.stderr)
            with sqlite3.connect(database) as connection:
                for table in ("manuals_manual", "manuals_edition", "units_unit"):
                    (count,) = connection.execute(
                        f"SELECT count(*) FROM {table}"  # noqa: S608
                    ).fetchone()
                    self.assertEqual(count, 0, table)
