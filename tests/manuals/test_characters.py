"""What no text can hold is refused plainly, whoever sends it and by which way."""

import json

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase

from exchange.importers.errors import ImportRejected
from exchange.services import export_edition, import_edition
from functions.services import change_function
from manuals.exceptions import DomainError
from manuals.models.plain import demand_writable
from manuals.permissions import OPERATOR
from tests.admin.support import AdminTestCase
from tests.api.support import DRAFT, client_of
from tests.factories import REASON
from units.services import change_unit

REFUSED = ["\0", "\x01", "\x07", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\ud800"]
KEPT = ["\t", "\n", "\r\n", "\xad", "​", "‍", "\xa0", "ñ", "😀"]
WHO = {"user": OPERATOR, "reason": REASON}


class CharactersTests(SimpleTestCase):
    def test_says_which_and_after_what(self):
        for character in REFUSED:
            with self.subTest(ascii(character)):
                code = f"(U+{ord(character):04X})"
                with self.assertRaises(ValidationError) as caught:
                    demand_writable(f"Planear las{character} metas")
                (said,) = caught.exception.messages
                self.assertIn(code, said)
                self.assertIn("después de «Planear las»", said)
        with self.assertRaises(ValidationError) as caught:
            demand_writable("\x07Planear")
        self.assertIn("al principio", caught.exception.messages[0])

    def test_everything_else_is_text(self):
        for character in KEPT:
            with self.subTest(ascii(character)):
                demand_writable(f"Planear{character}las metas")


class EveryWayTests(AdminTestCase):
    def test_services_refuse_it_in_every_field_and_in_the_reason(self):
        unit = self.unit("8.2")
        function = unit.functions.first()
        bad = "Planear\x1f metas"
        for write in (
            lambda: change_unit(unit=unit, name=bad, **WHO),
            lambda: change_unit(unit=unit, objective=bad, **WHO),
            lambda: change_function(function=function, text=bad, **WHO),
            lambda: change_unit(unit=unit, name="Otro", user=OPERATOR, reason=bad),
        ):
            with self.assertRaises((ValidationError, DomainError)) as caught:
                write()
            self.assertIn("U+001F", str(caught.exception))

    def test_the_admin_says_it_at_the_field_and_at_the_row(self):
        for name, value in (
            ("name", "Coordinación\x07 nueva"),
            ("functions-0-text", "Planear\x0b todo."),
            ("reason", "Por\x07que sí"),
        ):
            with self.subTest(name):
                response = self.send(
                    "unit",
                    "change",
                    self.unit("8.2").pk,
                    data={"reason": "x", name: value},
                )
                self.assertContains(response, "Hay un carácter de control (U+00")
        self.assertEqual(self.texts()[0], "Planear.")

    def test_the_api_refuses_the_whole_body(self):
        function = self.unit("8.2").functions.first()
        client, address = client_of(self.editor), f"{DRAFT}/functions/{function.key}/"
        response = client.patch(
            address,
            {"text": "Planear\x1f todo.", "reason": "x"},
            format="json",
            headers={"if-match": client.get(address).headers["ETag"]},
        )
        self.assertEqual(response.status_code, 400)
        self.assertContains(response, "caracteres de control", status_code=400)

    def test_an_import_says_the_line_or_the_place(self):
        whole = json.loads(
            export_edition(edition=self.draft, format="json", user=OPERATOR)
        )
        whole["units"][1]["functions"][0]["text"] = "Planear\x1f todo."
        sources = {
            "a.json": (json.dumps(whole).encode(), "/units/1/functions/0/text"),
            "a.txt": ("8.1 Dirección\n\n1. Planear\x07 todo.\n".encode(), "U+0007"),
        }
        for name, (data, said) in sources.items():
            with self.subTest(name), self.assertRaises(ImportRejected) as caught:
                import_edition(data=data, name=name, label="9", user=OPERATOR)
            self.assertIn(said, f"{caught.exception} {caught.exception.line}")
        self.assertEqual(caught.exception.line, 3)
