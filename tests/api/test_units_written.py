"""Units created, changed, moved and deleted in a draft."""

from manuals.models import BranchGrant
from tests.api.support import API, DRAFT, DraftTestCase, client_of
from tests.factories import REASON, make_edition, make_kind, make_user
from units.models import Unit
from units.trees import problems_of


class UnitWriteTests(DraftTestCase):
    # 8.1
    # ├── 8.2
    # │   ├── 8.2.1
    # │   └── 8.2.2
    # └── 8.3
    def names(self):
        return {
            unit.code: unit.name
            for unit in Unit.objects.for_edition(self.edition).in_reading_order()
        }

    def assertSound(self):
        self.assertEqual(problems_of(self.edition), [])

    def new(self, **fields):
        body = {
            "name": "Coordinación nueva",
            "kind": "Coordinación",
            "parent_code": "8.2",
            "reason": "Se crea",
            **fields,
        }
        return self.client.post(f"{DRAFT}/units/", body)

    def test_creates_a_unit_where_it_is_told(self):
        response = self.new(
            position=1,
            objective="Coordinar.",
            positions=["B", "C"],
            printed_code="8.2.1.",
            printed_page=12,
        )
        self.assertEqual(response.status_code, 201, response.content)
        unit = response.json()
        self.assertEqual(unit["code"], "8.2.1")
        self.assertEqual(unit["parent_code"], "8.2")
        self.assertEqual(unit["objective"], "Coordinar.")
        self.assertEqual(unit["positions"], ["B", "C"])
        self.assertEqual((unit["printed_code"], unit["printed_page"]), ("8.2.1.", 12))
        self.assertEqual(unit["edition"]["label"], "2024")
        self.assertEqual(
            response.headers["Location"], f"http://testserver{DRAFT}/units/8.2.1/"
        )
        again = self.client.get(response.headers["Location"])
        self.assertEqual(again.content, response.content)
        self.assertEqual(again.headers["ETag"], response.headers["ETag"])
        self.assertEqual(self.names()["8.2.2"], "Coordinación 8.2.1")
        self.assertSound()

    def test_creates_at_the_end_unless_told(self):
        self.assertEqual(self.new().json()["code"], "8.2.3")

    def test_creates_the_root_of_an_empty_edition_and_no_second_one(self):
        make_edition("vacia")
        address = f"{API}/manuals/dir/editions/vacia/units/"
        body = {
            "name": "Dirección",
            "kind": make_kind("Dirección").name,
            "parent_code": None,
            "reason": REASON,
        }
        response = self.client.post(address, body)
        self.assertEqual(response.status_code, 201, response.content)
        self.assertEqual(response.json()["code"], "8.1")
        self.assertProblem(self.client.post(address, body), 409, "tree_conflict")
        empty = make_edition("nada")
        tree = self.client.get(f"{API}/manuals/dir/editions/{empty.label}/tree/")
        self.assertIsNone(tree.json()["root"])

    def test_refuses_a_body_that_is_not_right_and_writes_nothing(self):
        before = self.names()
        for fields, expected in (
            ({"name": ""}, ("#/name", "blank")),
            ({"name": "   "}, ("#/name", "blank")),
            ({"name": None}, ("#/name", "null")),
            ({"name": 7}, ("#/name", "invalid")),
            ({"name": "x" * 501}, ("#/name", "max_length")),
            ({"kind": "Taller"}, ("#/kind", "unknown")),
            ({"parent_code": "9.9"}, ("#/parent_code", "unknown_unit")),
            ({"position": 0}, ("#/position", "min_value")),
            ({"position": "1"}, ("#/position", "invalid")),
            ({"position": True}, ("#/position", "invalid")),
            ({"position": 1.0}, ("#/position", "invalid")),
            ({"position": 10**30}, ("#/position", "max_value")),
            ({"positions": "B"}, ("#/positions", "not_a_list")),
            ({"positions": ["B", ""]}, ("#/positions/1", "blank")),
            ({"printed_page": -1}, ("#/printed_page", "min_value")),
            ({"reason": ""}, ("#/reason", "blank")),
            ({"code": "8.9"}, ("#/code", "unknown_field")),
            ({"key": "x"}, ("#/key", "unknown_field")),
            ({"lft": 1}, ("#/lft", "unknown_field")),
            ({"a/b~c": 1}, ("#/a~1b~0c", "unknown_field")),
        ):
            with self.subTest(fields=fields):
                body = self.assertProblem(self.new(**fields), 400, "invalid")
                self.assertPointers(body, {expected})
        response = self.client.post(f"{DRAFT}/units/", {"surprise": 1})
        body = self.assertProblem(response, 400, "invalid")
        self.assertPointers(
            body,
            {
                ("#/reason", "required"),
                ("#/name", "required"),
                ("#/kind", "required"),
                ("#/parent_code", "required"),
                ("#/surprise", "unknown_field"),
            },
        )
        self.assertEqual(self.names(), before)

    def test_the_refusal_of_a_level_names_those_of_the_catalogue(self):
        body = self.new(kind="Taller").json()
        self.assertIn("Coordinación", body["errors"][0]["detail"])

    def test_changes_what_a_unit_says_of_itself(self):
        address = self.unit_url("8.2")
        response = self.write(
            "patch",
            address,
            {
                "name": "División renombrada",
                "kind": make_kind("División").name,
                "objective": "Nuevo objetivo.",
                "reason": "Cambia de nivel",
            },
        )
        self.assertEqual(response.status_code, 200, response.content)
        unit = response.json()
        self.assertEqual(
            (unit["name"], unit["kind"], unit["objective"], unit["code"]),
            ("División renombrada", "División", "Nuevo objetivo.", "8.2"),
        )
        cleared = self.write("patch", address, {"objective": None, "reason": REASON})
        self.assertIsNone(cleared.json()["objective"])
        self.assertEqual(cleared.json()["name"], "División renombrada")

    def test_a_change_of_nothing_is_refused(self):
        response = self.write("patch", self.unit_url("8.2"), {"reason": REASON})
        body = self.assertProblem(response, 400, "invalid")
        self.assertPointers(body, {("#", "nothing_to_change")})

    def test_moves_a_unit_with_what_hangs_from_it(self):
        response = self.write(
            "post",
            f"{self.unit_url('8.2')}move/",
            {"parent_code": "8.3", "reason": "Pasa a otra área"},
            of=self.unit_url("8.2"),
        )
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.json()["code"], "8.2.1")
        self.assertEqual(
            response.headers["Content-Location"],
            f"http://testserver{DRAFT}/units/8.2.1/",
        )
        self.assertEqual(
            list(self.names()), ["8.1", "8.2", "8.2.1", "8.2.1.1", "8.2.1.2"]
        )
        self.assertEqual(self.names()["8.2"], "Coordinación 8.3")
        self.assertSound()

    def test_moves_a_unit_among_its_siblings(self):
        response = self.write(
            "post",
            f"{self.unit_url('8.3')}move/",
            {"position": 1, "reason": REASON},
            of=self.unit_url("8.3"),
        )
        self.assertEqual(response.json()["code"], "8.2")
        self.assertEqual(self.names()["8.3"], "Coordinación 8.2")
        self.assertSound()

    def test_refuses_moves_that_the_structure_does_not_allow(self):
        for code, body in (
            ("8.2", {"parent_code": "8.2.1"}),
            ("8.2", {"parent_code": "8.2"}),
            ("8.1", {"parent_code": "8.2"}),
            ("8.1", {"position": 1}),
        ):
            with self.subTest(code=code, body=body):
                response = self.write(
                    "post",
                    f"{self.unit_url(code)}move/",
                    {**body, "reason": REASON},
                    of=self.unit_url(code),
                )
                self.assertProblem(response, 409, "tree_conflict")

    def test_deletes_a_unit_with_everything_below_it(self):
        response = self.write(
            "delete",
            f"{self.unit_url('8.2')}?reason=Se suprime",
            of=self.unit_url("8.2"),
        )
        self.assertEqual(response.status_code, 204)
        self.assertEqual(response.content, b"")
        self.assertEqual(
            self.names(), {"8.1": "Coordinación 8.1", "8.2": "Coordinación 8.3"}
        )
        self.assertSound()
        gone = self.client.get(f"{DRAFT}/functions/{self.functions['first'].key}/")
        self.assertProblem(gone, 404, "not_found")

    def test_a_deletion_says_why_in_the_address(self):
        for query in ("", "?reason=", "?reason=%20"):
            response = self.write(
                "delete", self.unit_url("8.2") + query, of=self.unit_url("8.2")
            )
            body = self.assertProblem(response, 400, "invalid_query")
            self.assertEqual(body["errors"][0]["parameter"], "reason")

    def test_writes_by_key_name_the_draft(self):
        key = self.units["8.2"].key
        address = f"{API}/units/{key}/"
        query = "?edition=2024"
        body = {"name": "Por clave", "reason": REASON}
        response = self.write("patch", address, body, of=address + query)
        self.assertPointers(
            self.assertProblem(response, 400, "invalid_query"),
            {("edition", "required")},
        )
        response = self.write("patch", address + query, body)
        self.assertEqual(response.json()["name"], "Por clave")
        response = self.write(
            "post",
            f"{address}move/{query}",
            {"parent_code": "8.3", "reason": REASON},
            of=address + query,
        )
        self.assertEqual(response.json()["code"], "8.2.1")
        response = self.write(
            "delete", f"{address}{query}&reason=Prueba", of=address + query
        )
        self.assertEqual(response.status_code, 204)
        self.assertFalse(Unit.objects.filter(key=key).exists())

    def test_history_says_who_and_why(self):
        self.new(reason="Se crea por acuerdo")
        self.write(
            "patch", self.unit_url("8.3"), {"name": "Otra", "reason": "Se renombra"}
        )
        self.write(
            "delete",
            f"{self.unit_url('8.3')}?reason=Se%20suprime",
            of=self.unit_url("8.3"),
        )
        rows = Unit.history.filter(history_user=self.editor).order_by("history_id")
        self.assertEqual(
            [(row.history_type, row.history_change_reason) for row in rows],
            [
                ("+", "Se crea por acuerdo"),
                ("~", "Se renombra"),
                ("-", "Se suprime"),
            ],
        )

    def test_an_editor_of_a_branch_stays_in_it(self):
        limited = make_user("editor")
        BranchGrant.objects.create(
            user=limited, manual=self.edition.manual, unit_key=self.units["8.2"].key
        )
        self.client = client_of(limited)
        inside = self.write(
            "patch", self.unit_url("8.2.1"), {"name": "Dentro", "reason": REASON}
        )
        self.assertEqual(inside.status_code, 200)
        outside = self.write(
            "patch", self.unit_url("8.3"), {"name": "Fuera", "reason": REASON}
        )
        self.assertProblem(outside, 403, "permission_denied")
        out = self.write(
            "post",
            f"{self.unit_url('8.2.1')}move/",
            {"parent_code": "8.3", "reason": REASON},
            of=self.unit_url("8.2.1"),
        )
        self.assertProblem(out, 403, "permission_denied")
        self.assertProblem(self.new(parent_code="8.3"), 403, "permission_denied")
        self.assertEqual(self.new(parent_code="8.2").status_code, 201)
