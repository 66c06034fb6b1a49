"""What tests of batches share."""

from functions.models import Function
from tests.api.support import DRAFT, DraftTestCase
from tests.factories import REASON
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
