"""Every example of the pages about the API does what its page says."""

import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from unittest import mock

from django.apps import apps
from django.db import connection
from django.test import LiveServerTestCase, override_settings

from exchange.demo import load_demo
from functions.models import Synonym
from tests.api.support import make_token
from tests.docs.examples import PAGES, Shell, examples, is_said, printed
from tests.factories import make_user

HAS_SHELL = os.name == "posix" and shutil.which("curl") and shutil.which("bash")


@override_settings(LANGUAGE_CODE="es-mx")
class ExamplesTests(LiveServerTestCase):
    """Against the demonstration manual, in the order in which they stand."""

    def setUp(self):
        if not Synonym.objects.exists():  # a test that empties the database came before
            shipped = import_module("functions.migrations.0004_shipped_synonyms")
            with connection.schema_editor() as editor:
                shipped.add_shipped(apps, editor)
        load_demo()
        self.editor = make_user("editor", "editora")
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_each_command_and_each_piece_of_python_answers_what_is_shown(self):
        pages = [
            examples(PAGES / name)
            for name in (
                "api.md",
                "api-finding.md",
                "api-writing.md",
                "api-access.md",
            )
        ]
        for page in pages:
            self.assertGreater(len(page), 1)
        names = {"__name__": "example"}
        token = make_token(self.editor)[1]
        shell = None
        if HAS_SHELL:
            shell = self.enterContext(Shell(self.folder, self.live_server_url))
        with mock.patch.dict(os.environ, {"TOKEN": token}):
            for page in pages:
                for example in page:
                    with self.subTest(example=example.source[:60]):
                        self.check(example, shell, names)

    def check(self, example, shell, names):
        where = f"line {example.line}: {example.source}"
        if example.language == "console":
            if shell is None:
                return
            said, status = shell.run(example.source)
            self.assertEqual(
                bool(status), example.is_refused, f"{where}\n{said[:2000]}"
            )
        else:
            said = printed(example.source, names, self.live_server_url)
        if example.said:
            self.assertTrue(is_said(example.said, said), f"{where}\n{said[:2000]}")
