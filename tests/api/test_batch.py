"""Many writes of a draft in one request, as one change."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from functions.models import Function
from review.undo.services import undo_save
from tests.api.batches import BatchTestCase
from tests.api.support import DRAFT
from tests.factories import REASON
from units.models import Unit
from units.trees import problems_of


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

    def said(self) -> tuple[list, list]:
        """What the draft says, without ids."""
        units = Unit.objects.for_edition(self.edition)
        functions = Function.objects.for_edition(self.edition)
        return (
            sorted(units.values_list("code", "key", "name", "parent__key")),
            sorted(
                functions.values_list("unit__code", "key", "position", "text"),
            ),
        )

    def test_one_undo_takes_all_of_it_back(self):
        """Rows that several operations wrote too, and one that came and went."""
        before = self.said()
        change = {"unit": {"code": "8.2"}, "if_match": "*"}
        new = {
            "op": "create_unit",
            "name": "Nueva",
            "kind": "División",
            "parent": {"code": "8.3"},
        }
        self.assertWritten(
            self.send(
                {"op": "change_unit", **change, "name": "Otra"},
                {"op": "change_unit", **change, "name": "Otra más"},
                {"op": "move_unit", **change, "position": 2},
                {**new, "ref": "kept"},
                {**new, "ref": "passing"},
                {"op": "create_function", "unit": {"ref": "passing"}, "text": "Nada."},
                {"op": "delete_unit", "unit": {"ref": "passing"}},
                {
                    "op": "move_function",
                    "function": {"key": str(self.functions["second"].key)},
                    "if_match": "*",
                    "unit": {"ref": "kept"},
                },
                {"op": "delete_unit", "unit": {"code": "8.2.1"}, "if_match": "*"},
            )
        )
        self.assertNotEqual(self.said(), before)
        moment = Unit.history.latest("history_id").history_date
        undo_save(edition=self.edition, moment=moment, user=self.editor, reason="Error")
        self.assertEqual(self.said(), before)
        self.assertEqual(problems_of(self.edition), [])

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


class QueryTests(BatchTestCase):
    def queries(self, operations: int) -> int:
        one = {"op": "create_function", "unit": {"code": "8.3"}}
        batch = [{**one, "text": f"Función {n}."} for n in range(operations)]
        with CaptureQueriesContext(connection) as captured:
            self.assertWritten(self.send(*batch))
        return len(captured)

    def test_each_operation_costs_the_same_and_little(self):
        self.queries(1)
        one, six, eleven = (self.queries(count) for count in (1, 6, 11))
        self.assertLessEqual(eleven - six, six - one)
        self.assertLessEqual((six - one) / 5, 16)

    def test_versions_are_compared_without_a_query_of_each(self):
        """Those of five functions cost less than five queries."""

        def change(*keys, versions: bool) -> int:
            batch = []
            for key in keys:
                address = f"{DRAFT}/functions/{key}/"
                etag = self.etag(self.client, address) if versions else "*"
                batch.append(
                    {
                        "op": "change_function",
                        "function": {"key": key},
                        "if_match": etag,
                        "text": f"Otra {len(self.stored()[3])} {key}.",
                    }
                )
            with CaptureQueriesContext(connection) as captured:
                self.assertWritten(self.send(*batch))
            return len(captured)

        keys = [str(one.key) for one in self.functions.values()]
        with_versions = change(*keys, versions=True)
        self.assertLess(with_versions - change(*keys, versions=False), len(keys))
