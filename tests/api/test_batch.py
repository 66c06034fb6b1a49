"""Many writes of a draft in one request: all of them, or nothing."""

import uuid

from functions.models import Function
from manuals.models import BranchGrant
from tests.api.support import API, DRAFT, DraftTestCase, client_of
from tests.factories import REASON, authorise, make_user
from units.models import Unit
from units.trees import problems_of

BATCH = f"{DRAFT}/batch/"


class BatchTestCase(DraftTestCase):
    def send(self, *operations, client=None, **headers):
        body = {"operations": list(operations), "reason": REASON}
        return (client or self.client).post(BATCH, body, headers=headers)

    def assertWritten(self, response) -> list[dict]:
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(problems_of(self.edition), [])
        return response.json()["results"]

    def assertRefused(self, response, status: int, expected: list[tuple]) -> list[dict]:
        """Nothing is written; ``expected`` are (pointer below operations, code)."""
        problem = self.assertProblem(response, status, "batch_failed")
        seen = [
            (one["pointer"].removeprefix("#/operations/"), one["code"])
            for one in problem["errors"]
        ]
        self.assertEqual(seen, expected)
        self.assertEqual(self.stored(), self.before)
        return problem["errors"]

    def setUp(self):
        super().setUp()
        self.before = self.stored()

    def stored(self) -> list:
        return [
            list(model.objects.order_by("pk").values())
            for model in (Unit, Function, Unit.history.model, Function.history.model)
        ]

    def unit_etag(self, code: str) -> str:
        return self.etag(self.client, self.unit_url(code))


class WrittenTests(BatchTestCase):
    def test_what_an_operation_makes_is_named_by_those_after_it(self):
        results = self.assertWritten(
            self.send(
                {
                    "op": "create_unit",
                    "ref": "coordination",
                    "name": "Coordinación de Padrones",
                    "kind": "Coordinación",
                    "parent": {"code": "8.1"},
                    "position": 1,
                },
                {
                    "op": "create_unit",
                    "ref": "division",
                    "name": "División de Altas",
                    "kind": "División",
                    "parent": {"ref": "coordination"},
                },
                {
                    "op": "create_function",
                    "ref": "function",
                    "unit": {"ref": "division"},
                    "text": "Registrar, entre otras:",
                    "items": [{"text": "las altas;"}],
                },
                {
                    "op": "create_function",
                    "parent": {"ref": "function"},
                    "text": "las bajas.",
                },
                {
                    "op": "move_unit",
                    "unit": {"code": "8.2.2"},
                    "if_match": "*",
                    "parent": {"ref": "division"},
                },
                {
                    "op": "change_unit",
                    "unit": {"ref": "coordination"},
                    "objective": "Tener **un** padrón.",
                },
            )
        )
        self.assertEqual(
            [one["code"] for one in results],
            ["8.2", "8.2.1", "8.2.1", "8.2.1", "8.2.1.1", "8.2"],
        )
        self.assertEqual(results[0]["key"], results[5]["key"])
        self.assertEqual([one["ref"] for one in results[2:4]], ["function", None])
        division = self.client.get(self.unit_url("8.2.1")).json()
        (function,) = division["functions"]
        self.assertEqual(
            [item["text"] for item in function["items"]], ["las altas;", "las bajas."]
        )
        for one in results:
            answer = self.client.get(one["url"])
            self.assertEqual(answer.headers["ETag"], one["etag"])
            self.assertEqual(answer.json()["key"], one["key"])

    def test_codes_and_versions_are_those_before_the_first_operation(self):
        etags = {code: self.unit_etag(code) for code in ("8.2.1", "8.2.2", "8.3")}
        results = self.assertWritten(
            self.send(
                {
                    "op": "move_unit",
                    "unit": {"code": "8.3"},
                    "if_match": etags["8.3"],
                    "position": 1,
                },
                # 8.2.1 is 8.3.1 by now.
                {
                    "op": "delete_unit",
                    "unit": {"code": "8.2.1"},
                    "if_match": etags["8.2.1"],
                },
                {
                    "op": "change_unit",
                    "unit": {"code": "8.2.2"},
                    "if_match": etags["8.2.2"],
                    "name": "Otra",
                },
            )
        )
        self.assertEqual(
            [(one["key"], one["code"]) for one in results],
            [
                (str(self.units["8.3"].key), "8.2"),
                (str(self.units["8.2.1"].key), None),
                (str(self.units["8.2.2"].key), "8.3.1"),
            ],
        )
        self.assertEqual(results[1]["url"], None)
        self.assertEqual(results[1]["etag"], None)

    def test_of_functions(self):
        key = {name: {"key": str(one.key)} for name, one in self.functions.items()}
        results = self.assertWritten(
            self.send(
                {
                    "op": "change_function",
                    "function": key["first"],
                    "if_match": self.etag(self.client, self.function_url("first")),
                    "text": "Planear.",
                },
                {
                    "op": "move_function",
                    "function": key["first"],
                    "if_match": "*",
                    "unit": {"key": str(self.units["8.3"].key)},
                    "position": 1,
                },
                {
                    "op": "move_function",
                    "function": key["item"],
                    "if_match": "*",
                    "parent": None,
                },
                {
                    "op": "delete_function",
                    "function": key["second"],
                    "if_match": self.etag(self.client, self.function_url("second")),
                },
                {
                    "op": "replace_functions",
                    "unit": {"code": "8.2.1"},
                    "if_match": self.etag(
                        self.client, f"{self.unit_url('8.2.1')}functions/"
                    ),
                    "functions": [
                        {"text": "Nueva.", "items": [{"text": "con inciso."}]}
                    ],
                },
            )
        )
        self.assertEqual(
            [one["code"] for one in results], ["8.3", "8.3", "8.2", None, "8.2.1"]
        )
        listed = self.client.get(results[4]["url"])
        self.assertEqual(listed.headers["ETag"], results[4]["etag"])
        self.assertEqual(
            list(
                Function.objects.filter(parent=None)
                .order_by("unit__code", "position")
                .values_list("unit__code", "text")
            ),
            [
                ("8.2", "las visitas;"),
                ("8.2.1", "Nueva."),
                ("8.3", "Planear."),
                ("8.3", "Evaluar los resultados."),
            ],
        )

    def test_children_are_put_in_order_new_ones_too(self):
        results = self.assertWritten(
            self.send(
                {
                    "op": "create_unit",
                    "ref": "new",
                    "name": "Nueva",
                    "kind": "División",
                    "parent": {"code": "8.2"},
                },
                {
                    "op": "order_children",
                    "unit": {"code": "8.2"},
                    "if_match": self.etag(
                        self.client, f"{self.unit_url('8.2')}children/"
                    ),
                    "children": [{"code": "8.2.2"}, {"ref": "new"}, {"code": "8.2.1"}],
                },
            )
        )
        self.assertEqual(results[0]["code"], "8.2.2")
        answer = self.client.get(results[1]["url"])
        self.assertEqual(answer.headers["ETag"], results[1]["etag"])

    def test_all_of_it_is_one_moment_with_one_reason(self):
        self.assertWritten(
            self.send(
                {
                    "op": "create_unit",
                    "ref": "a",
                    "name": "Nueva",
                    "kind": "División",
                    "parent": {"code": "8.2"},
                    "position": 1,
                },
                {"op": "create_function", "unit": {"ref": "a"}, "text": "Nueva."},
                {"op": "delete_unit", "unit": {"code": "8.3"}, "if_match": "*"},
            )
        )
        rows = [
            row
            for model in (Unit, Function)
            for row in model.history.filter(history_change_reason=REASON)
            if row.history_user == self.editor
        ]
        self.assertEqual(len({row.history_date for row in rows}), 1)
        # New, two renumbered, deleted; a function new, another deleted.
        self.assertEqual(sorted(row.history_type for row in rows), list("++--~~"))

    def test_a_batch_of_one_is_the_single_write(self):
        body = {"name": "Otra", "printed_page": 12}
        (result,) = self.assertWritten(
            self.send(
                {
                    "op": "change_unit",
                    "unit": {"code": "8.3"},
                    "if_match": self.unit_etag("8.3"),
                    **body,
                }
            )
        )
        single = self.client.patch(
            self.unit_url("8.3"),
            {**body, "reason": REASON},
            headers={"if-match": result["etag"]},
        )
        self.assertEqual(single.headers["ETag"], result["etag"])

    def test_twice_with_one_key_it_is_written_once(self):
        new = {"op": "create_function", "unit": {"code": "8.3"}, "text": "Nueva."}
        headers = {"idempotency-key": "b"}
        first = self.send(new, **headers)
        second = self.send(new, **headers)
        self.assertEqual(first.content, second.content)
        self.assertEqual(second.headers["Idempotent-Replayed"], "true")
        self.assertEqual(Function.objects.filter(text="Nueva.").count(), 1)


class RefusedTests(BatchTestCase):
    good = {"op": "create_function", "unit": {"code": "8.3"}, "text": "Nueva."}

    def test_all_that_is_wrong_is_told_at_once(self):
        stale = '"00000000000000000000000000000000"'
        errors = self.assertRefused(
            self.send(
                self.good,
                {**self.good, "text": ""},
                {"op": "change_unit", "unit": {"code": "8.3"}, "name": "x"},
                {
                    "op": "change_unit",
                    "unit": {"code": "8.3"},
                    "if_match": stale,
                    "name": "x",
                },
                {
                    "op": "delete_unit",
                    "unit": {"key": str(uuid.uuid4())},
                    "if_match": "*",
                },
                {
                    "op": "move_unit",
                    "unit": {"code": "8.2"},
                    "if_match": "*",
                    "parent": {"code": "8.2.1"},
                },
                {**self.good, "unit": {"code": "9.9"}},
                {
                    "op": "create_unit",
                    "ref": "a",
                    "name": "x",
                    "kind": "Ninguno",
                    "parent": {"code": "8.2"},
                },
                {**self.good, "unit": {"ref": "a"}},
                {"op": "fly"},
                7,
                {**self.good, "unit": {"code": "8.3", "ref": "a"}, "extra": 1},
            ),
            409,
            [
                ("1/text", "blank"),
                ("2/if_match", "precondition_required"),
                ("3/if_match", "stale"),
                ("4", "not_found"),
                ("5", "tree_conflict"),
                ("6/unit", "unknown_unit"),
                ("7/kind", "unknown"),
                ("8/unit", "depends_on_failed"),
                ("9/op", "unknown_operation"),
                ("10", "invalid"),
                ("11/unit", "one_name"),
                ("11/extra", "unknown_field"),
            ],
        )
        self.assertEqual(
            [one["status"] for one in errors],
            [400, 428, 412, 404, 409, 400, 400, 424, 400, 400, 400, 400],
        )
        self.assertEqual(errors[4]["unit"]["code"], "8.2.1")

    def test_the_status_is_that_of_the_operations_where_they_share_one(self):
        target = {"op": "delete_unit", "unit": {"code": "8.3"}}
        for one, status, code in (
            ({**target, "if_match": '"x"'}, 412, "stale"),
            (target, 428, "precondition_required"),
        ):
            self.assertRefused(
                self.send(self.good, one, one),
                status,
                [("1/if_match", code), ("2/if_match", code)],
            )
        self.assertRefused(
            self.send({**self.good, "text": " "}), 400, [("0/text", "blank")]
        )

    def test_names_that_nothing_has_or_two_have(self):
        self.assertRefused(
            self.send(
                {**self.good, "unit": {"ref": "b"}},
                {**self.good, "ref": "b"},
                {**self.good, "ref": "b"},
                {**self.good, "unit": {"ref": "b"}},
                {"op": "delete_function", "function": {"ref": "c"}},
            ),
            400,
            [
                ("0/unit/ref", "unknown_ref"),
                ("2/ref", "repeated_ref"),
                ("3/unit/ref", "unknown_ref"),
                ("4/function/ref", "unknown_ref"),
            ],
        )

    def test_what_an_operation_before_deleted_is_gone(self):
        deletion = {"op": "delete_unit", "unit": {"code": "8.2"}, "if_match": "*"}
        self.assertRefused(
            self.send(
                deletion,
                {**deletion, "unit": {"code": "8.2.1"}},
                {**self.good, "unit": {"code": "8.2"}},
            ),
            409,
            [("1", "not_found"), ("2/unit", "unknown_unit")],
        )

    def test_branches_hold_for_each_operation(self):
        limited = make_user("editor")
        BranchGrant.objects.create(
            user=limited, manual=self.edition.manual, unit_key=self.units["8.2"].key
        )
        change = {"op": "change_unit", "if_match": '"x"', "name": "x"}
        self.assertRefused(
            self.send(
                {**self.good, "unit": {"code": "8.2.1"}},
                self.good,
                {**change, "unit": {"code": "8.3"}},
                {
                    "op": "move_unit",
                    "unit": {"code": "8.2"},
                    "if_match": "*",
                    "position": 2,
                },
                client=client_of(limited),
            ),
            403,
            [(f"{number}", "permission_denied") for number in (1, 2, 3)],
        )

    def test_scopes_of_a_token_hold_for_each_operation(self):
        client = client_of(
            self.editor, manual=self.edition.manual, unit_key=self.units["8.2"].key
        )
        errors = self.assertRefused(
            self.send(self.good, client=client), 403, [("0", "scope_missing")]
        )
        self.assertEqual(errors[0]["scope"], "branch")

    def test_bodies_that_are_no_batch(self):
        for operations, code in (
            ({}, "not_a_list"),
            ([], "empty"),
            ([self.good] * 501, "too_many"),
            ([{"functions": [{"items": [{}] * 1001}] * 2}], "too_many"),
        ):
            response = self.client.post(
                BATCH, {"operations": operations, "reason": REASON}
            )
            problem = self.assertProblem(response, 400, "invalid")
            self.assertPointers(problem, {("#/operations", code)})
        response = self.client.post(BATCH, {"operations": [self.good]})
        problem = self.assertProblem(response, 400, "invalid")
        self.assertPointers(problem, {("#/reason", "required")})

    def test_an_edition_that_is_closed(self):
        authorise(self.edition)
        problem = self.assertProblem(self.send(self.good), 409, "edition_closed")
        self.assertEqual(problem["errors"][0]["edition"]["label"], "2024")
        self.assertIn(API, problem["errors"][0]["edition"]["url"])
