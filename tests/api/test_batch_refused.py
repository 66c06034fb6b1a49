"""A batch with anything wrong writes nothing and says all that is."""

import uuid

from manuals.models import BranchGrant
from tests.api.batches import BATCH, BatchTestCase
from tests.api.support import API, client_of
from tests.factories import REASON, authorise, make_user


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
            ([self.good] * 201, "too_many"),
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
