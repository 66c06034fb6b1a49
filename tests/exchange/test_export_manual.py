"""The command export_manual: formats, branches, refusals."""

import json
import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase

from tests.exchange.exporters.akn import find, valid
from tests.factories import make_function, make_tree


class ExportManualTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # 8.1 > 8.2 > 8.2.1
        cls.units = make_tree("8.1 > 8.2 > 8.2.1")
        make_function(cls.units["8.2.1"], "Pesar & medir.")

    def export(self, name: str, **options) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "salida"
            call_command(
                "export_manual", "dir", "2021", format=name, output=str(path), **options
            )
            return path.read_bytes()

    def test_an_edition_is_written_as_valid_akoma_ntoso(self):
        whole = valid(self.export("akn"))
        self.assertEqual(
            find(whole, "//akn:hcontainer/@eId"),
            ["hcontainer_8-1", "hcontainer_8-2", "hcontainer_8-2-1"],
        )
        self.assertEqual(self.export("akn"), self.export("akn"))

    def test_a_unit_is_written_with_what_is_below_it(self):
        whole = valid(self.export("akn", unit="8.2"))
        self.assertEqual(
            find(whole, "//akn:portionBody//akn:hcontainer/@eId"),
            ["hcontainer_8-2", "hcontainer_8-2-1"],
        )
        branch = json.loads(self.export("json", unit="8.2"))
        self.assertEqual([one["code"] for one in branch["units"]], ["8.2", "8.2.1"])

    def test_what_there_is_not_is_refused_with_status_2_and_one_message(self):
        cases = (
            (("dir", "2021"), {"format": "akn", "unit": "9.9"}, "9.9"),
            (("dir", "1999"), {"format": "akn"}, "1999"),
            (("dir", "2021"), {"format": "odt"}, "odt"),
        )
        for arguments, options, named in cases:
            out = StringIO()
            with (
                self.subTest(named),
                self.assertRaisesMessage(CommandError, named) as refusal,
            ):
                call_command(
                    "export_manual", *arguments, output="-", stdout=out, **options
                )
            self.assertEqual(refusal.exception.returncode, 2)
            self.assertEqual(out.getvalue(), "")
