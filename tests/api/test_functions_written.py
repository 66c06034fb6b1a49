"""Functions and items created, changed, moved and deleted in a draft."""

from functions.models import Function
from functions.querysets import nest
from tests.api.support import API, DRAFT, DraftTestCase
from tests.factories import REASON


class FunctionWriteTests(DraftTestCase):
    # 8.2: 1. first, 2. second (a. item (i. deep)); 8.3: 1. other
    def shape(self, code):
        """The unit's functions as nested (text, items)."""

        def plain(node):
            return (node.text, [plain(item) for item in node.items])

        unit = self.units[code]
        nodes = nest(Function.objects.filter(unit=unit).rows()).get(unit.pk, [])
        return [plain(node) for node in nodes]

    def new(self, **fields):
        body = {"text": "Nueva.", "unit_code": "8.3", "reason": REASON, **fields}
        return self.client.post(f"{DRAFT}/functions/", body)

    def move(self, name, **fields):
        return self.write(
            "post",
            f"{self.function_url(name)}move/",
            {**fields, "reason": REASON},
            of=self.function_url(name),
        )

    def test_creates_a_function_where_it_is_told(self):
        response = self.new(position=1)
        self.assertEqual(response.status_code, 201, response.content)
        function = response.json()
        self.assertEqual((function["number"], function["unit_code"]), (1, "8.3"))
        self.assertEqual(
            response.headers["Location"],
            f"http://testserver{DRAFT}/functions/{function['key']}/",
        )
        again = self.client.get(response.headers["Location"])
        self.assertEqual(again.content, response.content)
        self.assertEqual(
            [text for text, _items in self.shape("8.3")],
            ["Nueva.", "Evaluar los resultados."],
        )

    def test_creates_a_function_with_items_at_once(self):
        items = [{"text": "uno:", "items": [{"text": "uno uno."}]}, {"text": "dos."}]
        response = self.new(items=items)
        self.assertEqual(response.status_code, 201, response.content)
        self.assertEqual(
            self.shape("8.3")[1],
            ("Nueva.", [("uno:", [("uno uno.", [])]), ("dos.", [])]),
        )

    def test_creates_an_item_below_a_function(self):
        parent = self.functions["first"].key
        response = self.client.post(
            f"{DRAFT}/functions/",
            {"text": "Un inciso.", "parent_key": str(parent), "reason": REASON},
        )
        self.assertEqual(response.status_code, 201, response.content)
        self.assertEqual(response.json()["label"], "a")
        self.assertEqual(response.json()["parent_key"], str(parent))
        self.assertEqual(response.json()["unit_code"], "8.2")

    def test_refuses_a_body_that_is_not_right_and_writes_nothing(self):
        before = Function.objects.count()
        deep, first = (str(self.functions[one].key) for one in ("deep", "first"))
        for fields, expected in (
            ({"text": " \n "}, ("#/text", "blank")),
            ({"text": 5}, ("#/text", "invalid")),
            ({"text": "x" * 20_001}, ("#/text", "max_length")),
            ({"unit_code": "9.9"}, ("#/unit_code", "unknown_unit")),
            ({"unit_code": None}, ("#/unit_code", "null")),
            ({"parent_key": "x"}, ("#/parent_key", "invalid")),
            (
                {"parent_key": "00000000-0000-0000-0000-000000000000"},
                ("#/parent_key", "unknown_function"),
            ),
            # a function of another unit than the one named
            ({"parent_key": first}, ("#/parent_key", "unknown_function")),
            (
                {"parent_key": deep, "unit_code": "8.2"},
                ("#/parent_key", "invalid"),  # a fourth level
            ),
            ({"key": first}, ("#/key", "unknown_field")),
            ({"number": 3}, ("#/number", "unknown_field")),
            ({"items": [{"text": ""}]}, ("#/items/0/text", "blank")),
            ({"items": [{}]}, ("#/items/0/text", "required")),
            ({"items": {}}, ("#/items", "not_a_list")),
            (
                {"items": [{"text": "a", "items": [{"text": "b", "items": []}]}]},
                ("#/items/0/items/0/items", "unknown_field"),
            ),
            ({"items": [{"text": "a"}] * 201}, ("#/items", "max_length")),
        ):
            with self.subTest(fields=fields):
                body = self.assertProblem(self.new(**fields), 400, "invalid")
                self.assertPointers(body, {expected})
        response = self.client.post(
            f"{DRAFT}/functions/", {"text": "Sin lugar.", "reason": REASON}
        )
        body = self.assertProblem(response, 400, "invalid")
        self.assertPointers(body, {("#/unit_code", "required")})
        self.assertEqual(Function.objects.count(), before)

    def test_a_refused_item_takes_the_whole_function_with_it(self):
        """The third level below an item is refused after rows were written."""
        item = str(self.functions["item"].key)
        before = self.shape("8.2")
        response = self.client.post(
            f"{DRAFT}/functions/",
            {
                "text": "Un inciso,",
                "parent_key": item,
                "items": [{"text": "uno de más."}],
                "reason": REASON,
            },
        )
        self.assertProblem(response, 400, "invalid")
        self.assertEqual(self.shape("8.2"), before)

    def test_rewords_a_function_and_keeps_its_key_and_place(self):
        response = self.write(
            "patch",
            self.function_url("second"),
            {"text": "  Coordinar\n las visitas:  ", "reason": "Se precisa"},
        )
        self.assertEqual(response.status_code, 200, response.content)
        function = response.json()
        self.assertEqual(function["text"], "Coordinar las visitas:")
        self.assertEqual(function["key"], str(self.functions["second"].key))
        self.assertEqual((function["number"], len(function["items"])), (2, 1))
        row = Function.history.filter(key=self.functions["second"].key).latest()
        self.assertEqual(row.history_user, self.editor)
        self.assertEqual(row.history_change_reason, "Se precisa")

    def test_moves_a_function_in_order(self):
        response = self.move("second", position=1)
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.json()["number"], 1)
        self.assertEqual(self.shape("8.2")[1][0], "Planear los programas.")

    def test_moves_a_function_with_its_items_to_another_unit(self):
        response = self.move("second", unit_code="8.3", position=1)
        self.assertEqual(response.json()["unit_code"], "8.3")
        self.assertEqual(len(self.shape("8.2")), 1)
        self.assertEqual(
            self.shape("8.3")[0],
            ("Coordinar, entre otras:", [("las visitas;", [("a domicilio.", [])])]),
        )

    def test_moves_an_item_up_and_a_function_down(self):
        up = self.move("item", parent_key=None)
        self.assertEqual((up.json()["number"], up.json()["parent_key"]), (3, None))
        down = self.move("first", parent_key=str(self.functions["second"].key))
        self.assertEqual(down.json()["label"], "a")
        self.assertEqual(
            self.shape("8.2"),
            [
                ("Coordinar, entre otras:", [("Planear los programas.", [])]),
                ("las visitas;", [("a domicilio.", [])]),
            ],
        )

    def test_refuses_moves_too_deep_below_itself_or_of_nothing(self):
        second, item, deep = (
            str(self.functions[name].key) for name in ("second", "item", "deep")
        )
        for name, fields, expected in (
            ("second", {"parent_key": item}, ("#/parent_key", "invalid")),
            ("second", {"parent_key": second}, ("#/parent_key", "invalid")),
            ("first", {"parent_key": deep}, ("#/parent_key", "invalid")),
            ("first", {"unit_code": "9"}, ("#/unit_code", "unknown_unit")),
            ("first", {}, ("#", "nothing_to_change")),
            (
                "first",
                {"unit_code": "8.3", "parent_key": second},
                ("#/parent_key", "unknown_function"),
            ),
        ):
            with self.subTest(name=name, fields=fields):
                body = self.assertProblem(self.move(name, **fields), 400, "invalid")
                self.assertPointers(body, {expected})

    def test_deletes_a_function_with_its_items_and_closes_up(self):
        address = self.function_url("first")
        response = self.write("delete", f"{address}?reason=Se suprime", of=address)
        self.assertEqual(response.status_code, 204)
        self.assertEqual(
            [text for text, _ in self.shape("8.2")], ["Coordinar, entre otras:"]
        )
        again = self.write("delete", f"{address}?reason=x", if_match="*")
        self.assertProblem(again, 404, "not_found")
        row = Function.history.get(history_type="-")
        self.assertEqual(row.history_user, self.editor)
        self.assertEqual(row.history_change_reason, "Se suprime")

    def test_writes_by_key_name_the_draft(self):
        address = f"{API}/functions/{self.functions['item'].key}/"
        query = "?edition=2024"
        body = {"text": "otras visitas;", "reason": REASON}
        response = self.write("patch", address + query, body)
        self.assertEqual(response.json()["text"], "otras visitas;")
        response = self.write(
            "post",
            f"{address}move/{query}",
            {"parent_key": None, "reason": REASON},
            of=address + query,
        )
        self.assertEqual(response.json()["number"], 3)
        response = self.write(
            "delete", f"{address}{query}&reason=Prueba", of=address + query
        )
        self.assertEqual(response.status_code, 204)


class FunctionListWriteTests(DraftTestCase):
    """All functions of a unit written at once."""

    def setUp(self):
        super().setUp()
        self.address = f"{self.unit_url('8.2')}functions/"

    def put(self, functions, **headers):
        return self.write(
            "put",
            self.address,
            {"functions": functions, "reason": "Se reordena"},
            **headers,
        )

    def test_keeps_what_has_a_key_adds_what_has_none_deletes_what_is_left_out(self):
        second, item = (str(self.functions[name].key) for name in ("second", "item"))
        response = self.put(
            [
                {"key": second, "text": "Coordinar:"},
                {"text": "Nueva:", "items": [{"key": item, "text": "las visitas."}]},
            ]
        )
        self.assertEqual(response.status_code, 200, response.content)
        first_row, second_row = response.json()["functions"]
        self.assertEqual((first_row["key"], first_row["number"]), (second, 1))
        self.assertEqual(second_row["items"][0]["key"], item)
        self.assertEqual(response.headers["ETag"], self.etag(self.client, self.address))
        gone = self.client.get(self.function_url("first"))
        self.assertProblem(gone, 404, "not_found")
        reasons = set(
            Function.history.filter(history_user=self.editor).values_list(
                "history_change_reason", flat=True
            )
        )
        self.assertEqual(reasons, {"Se reordena"})

    def test_is_written_whole_or_not_at_all(self):
        before = self.client.get(self.address).content
        key = str(self.functions["first"].key)
        other = str(self.functions["other"].key)
        for functions in (
            [{"text": "Buena."}, {"text": ""}],
            [{"key": key, "text": "Una."}, {"key": key, "text": "La misma."}],
            [{"text": "Buena."}, {"key": other, "text": "De otra unidad."}],
            [{"text": "Buena.", "number": 4}],
            [{"text": "x", "items": [{"text": "y"}] * 150}] * 10,
        ):
            with self.subTest(functions=functions):
                self.assertProblem(self.put(functions), 400, "invalid")
                self.assertEqual(self.client.get(self.address).content, before)

    def test_an_empty_list_deletes_all(self):
        self.assertEqual(self.put([]).json()["functions"], [])
