"""The units right below one, read and put in order by one request."""

import uuid

from manuals.models import BranchGrant
from tests.api.support import DraftTestCase, client_of
from tests.factories import REASON, make_user
from units.models import Unit
from units.trees import problems_of


class ChildrenTests(DraftTestCase):
    def setUp(self):
        super().setUp()
        self.address = f"{self.unit_url('8.2')}children/"
        self.keys = [str(self.units[code].key) for code in ("8.2.1", "8.2.2")]

    def put(self, keys, client=None, **headers):
        body = {"children": keys, "reason": REASON}
        return (client or self.client).put(
            self.address, body, headers={"if-match": "*", **headers}
        )

    def test_they_are_read_in_order(self):
        answer = self.client.get(self.address).json()
        self.assertEqual([one["key"] for one in answer["children"]], self.keys)
        self.assertEqual(answer["unit_code"], "8.2")
        self.assertEqual(
            answer["children"][0]["url"].removeprefix("http://testserver"),
            self.unit_url("8.2.1"),
        )

    def test_another_order_changes_codes_and_history(self):
        turned = self.keys[::-1]
        answer = self.put(turned, **{"if-match": self.etag(self.client, self.address)})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            [(one["key"], one["code"]) for one in answer.json()["children"]],
            list(zip(turned, ("8.2.1", "8.2.2"), strict=True)),
        )
        self.assertEqual(answer.headers["ETag"], self.etag(self.client, self.address))
        self.assertEqual(problems_of(self.edition), [])
        rows = Unit.history.filter(history_change_reason=REASON, history_type="~")
        self.assertEqual({str(row.key) for row in rows}, set(self.keys))

    def test_the_same_order_writes_nothing(self):
        before = Unit.history.count()
        self.assertEqual(self.put(self.keys).status_code, 200)
        self.assertEqual(Unit.history.count(), before)

    def test_all_of_them_and_no_other(self):
        for keys in (
            [],
            self.keys[:1],
            self.keys * 2,
            [self.keys[0]] * 2,
            [*self.keys, str(uuid.uuid4())],
            [self.keys[0], str(self.units["8.3"].key)],
        ):
            with self.subTest(keys=len(keys)):
                problem = self.assertProblem(self.put(keys), 400, "invalid")
                self.assertPointers(problem, {("#/children", "not_the_children")})
        problem = self.assertProblem(self.put(["x"]), 400, "invalid")
        self.assertPointers(problem, {("#/children/0", "invalid")})

    def test_it_takes_the_version_that_was_read(self):
        etag = self.etag(self.client, self.address)
        self.put(self.keys[::-1])
        self.assertProblem(self.put(self.keys, **{"if-match": etag}), 412, "stale")
        self.assertProblem(
            self.put(self.keys, **{"if-match": ""}), 428, "precondition_required"
        )

    def test_within_the_branch_only(self):
        limited = make_user("editor")
        manual = self.edition.manual
        grant = BranchGrant.objects.create(
            user=limited, manual=manual, unit_key=self.units["8.3"].key
        )
        client = client_of(limited)
        refused = self.put(self.keys[::-1], client)
        self.assertProblem(refused, 403, "permission_denied")
        grant.unit_key = self.units["8.2"].key
        grant.save()
        self.assertEqual(self.put(self.keys[::-1], client).status_code, 200)
