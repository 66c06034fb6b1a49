"""What a token allows of what its person may do, at every address."""

import pytest
from django.test import SimpleTestCase

from manuals import permissions
from manuals.exceptions import ScopeMissing
from manuals.models import BranchGrant, Edition, Manual
from manuals.scopes import Limits
from tests.alike import PEOPLE
from tests.api import test_permission_matrix as matrix
from tests.api.support import (
    API,
    DRAFT,
    EDITION,
    ApiTestCase,
    client_of,
    make_small_manual,
)
from tests.factories import REASON, authorise, make_edition, make_tree, make_user
from units.permissions import editable_units, may_edit_unit, may_place

PUBLISHED = {"read_drafts": False, "write": False}
DRAFTS = {"read_drafts": True, "write": False}


@pytest.mark.any_engine
class MatrixTests(matrix.PermissionMatrixTests):
    """A superuser's token at every address of the API, in a draft.

    The matrix of roles says what a superuser may; a token may it or less.
    """

    # Run where they stand.
    test_every_method_of_every_address_is_in_the_table = None
    test_who_may_do_what = None

    def setUp(self):
        superuser = self.people["superuser"]
        draft = self.editions["D"]
        elsewhere = Manual.objects.get(slug="otro")
        own, other = (self.unit("D", code).key for code in ("8.2", "8.3"))
        here = {"manual": draft.manual}
        self.clients = {
            "published": client_of(superuser, **PUBLISHED),
            "drafts": client_of(superuser, **DRAFTS),
            "manual": client_of(superuser, **here),
            "branch": client_of(superuser, **here, unit_key=own),
            "other branch": client_of(superuser, **here, unit_key=other),
            "other manual": client_of(superuser, manual=elsewhere),
        }
        self.before = self.stored()

    def test_a_token_may_what_it_was_made_for(self):
        steps = {"edition", "duplicate", "submit", "authorise", "send-back", "withdraw"}
        everywhere = {"imports", "manual-imports"}  # they may add to catalogues
        for operation, superuser in superusers_answers().items():
            method, name = operation.split()
            reads = superuser if method == "GET" else "no"
            expected = {"manual": superuser, "drafts": reads}
            if method != "GET":
                expected |= dict.fromkeys(self.clients.keys() - {"manual"}, "no")
                expected["branch"] = "no" if name in steps else superuser
                if name in everywhere:
                    expected |= dict.fromkeys(self.clients, "no")
            elif name in matrix.REGISTER:
                expected |= dict.fromkeys(self.clients, "yes")
            else:
                expected |= {"branch": "yes", "published": "no", "other manual": "no"}
            for who, answer in expected.items():
                with self.subTest(operation, who=who):
                    self.assertEqual(self.answer(who, operation, "D"), answer)


def superusers_answers() -> dict[str, str]:
    """What the matrix of roles says about them, with a draft, by operation."""
    rows = [line.split() for line in matrix.TABLE.strip().splitlines()]
    return {
        f"{method} {name}": cells[-1]
        for name, method, *cells in rows
        if len(cells) == len(PEOPLE) or "D" in cells[0]
    }


class ScopeTests(ApiTestCase):
    # 8.1
    # ├── 8.2  the branch of the token, and of editor_here
    # │   ├── 8.2.1
    # │   └── 8.2.2
    # └── 8.3
    @classmethod
    def setUpTestData(cls):
        cls.draft, cls.units, cls.functions = make_small_manual()
        cls.published = make_edition("2021")
        make_tree("8.1", cls.published)
        authorise(cls.published)
        other = make_edition("2030", manual=Manual.objects.create(slug="otro"))
        make_tree("8.1", other)
        cls.other = other
        cls.superuser = make_user("superuser")
        cls.editor_here = make_user("editor")
        BranchGrant.objects.create(
            user=cls.editor_here,
            manual=cls.draft.manual,
            unit_key=cls.units["8.2"].key,
        )

    def with_scope(self, user=None, **scope):
        return client_of(user or self.superuser, **scope)

    def branch(self, code, user=None):
        return self.with_scope(
            user, manual=self.draft.manual, unit_key=self.units[code].key
        )

    def assertScopeMissing(self, response, scope):
        body = self.assertProblem(response, 403, "scope_missing")
        self.assertEqual(body["scope"], scope)
        self.assertEqual(
            response.headers["WWW-Authenticate"],
            f'Bearer realm="api", error="insufficient_scope", scope="{scope}"',
        )

    def rename(self, client, address):
        return client.patch(
            address, {"name": "Otra", "reason": REASON}, headers={"if-match": "*"}
        )

    def test_drafts_are_not_there_without_the_scope(self):
        key = self.units["8.2"].key
        client = self.with_scope(**PUBLISHED)
        etag = self.etag(self.with_scope(), f"{DRAFT}/units/8.2/")
        for address in (
            f"{DRAFT}/",
            f"{DRAFT}/units/8.2/",
            f"{API}/units/{key}/",
            f"{API}/units/{key}/?edition=2024",
            f"{API}/search/?q=planear&manual=dir&edition=2024",
            f"{API}/manuals/otro/",
        ):
            for headers in ({}, {"if-none-match": etag}, {"if-none-match": "*"}):
                response = client.get(address, headers=headers)
                self.assertProblem(response, 404, "not_found")
        self.assertEqual(client.get(f"{API}/manuals/").json()["count"], 1)
        editions = client.get(f"{API}/manuals/dir/editions/").json()["results"]
        self.assertEqual([one["edition"]["label"] for one in editions], ["2021"])
        found = client.get(f"{API}/search/?q=planear&editions=all").json()
        self.assertEqual(found["count"], 0)

    def test_what_is_for_insiders_says_which_scope_it_takes(self):
        for path in ("readiness/", "transitions/"):
            client = self.with_scope(**PUBLISHED)
            self.assertScopeMissing(client.get(f"{EDITION}/{path}"), "read_drafts")
            client = self.with_scope(manual=self.other.manual)
            self.assertScopeMissing(client.get(f"{EDITION}/{path}"), "manual")

    def test_a_token_of_a_manual_reads_the_drafts_of_that_manual(self):
        client = self.with_scope(**DRAFTS, manual=self.draft.manual)
        self.assertEqual(client.get(f"{DRAFT}/").status_code, 200)
        self.assertProblem(client.get(f"{API}/manuals/otro/"), 404, "not_found")
        client = self.with_scope(**DRAFTS, manual=self.other.manual)
        self.assertProblem(client.get(f"{DRAFT}/"), 404, "not_found")
        slugs = [one["slug"] for one in client.get(f"{API}/manuals/").json()["results"]]
        self.assertCountEqual(slugs, ["dir", "otro"])
        user = make_user("lector")
        user.limits = Limits(read_drafts=True, manual_id=self.other.manual_id)
        self.assertCountEqual(
            Edition.objects.visible_to(user), [self.published, self.other]
        )

    def test_a_token_that_reads_writes_nothing(self):
        for scope in (PUBLISHED, DRAFTS):
            response = self.rename(self.with_scope(**scope), f"{DRAFT}/units/8.2/")
            self.assertScopeMissing(response, "write")

    def test_a_token_of_a_branch_writes_in_the_branch_only(self):
        client = self.branch("8.2")
        for code in ("8.2", "8.2.1"):
            for address in (
                f"{DRAFT}/units/{code}/",
                f"{API}/units/{self.units[code].key}/?edition=2024",
            ):
                self.assertEqual(self.rename(client, address).status_code, 200)
        for code in ("8.1", "8.3"):
            for address in (
                f"{DRAFT}/units/{code}/",
                f"{API}/units/{self.units[code].key}/?edition=2024",
            ):
                self.assertScopeMissing(self.rename(client, address), "branch")

    def test_nothing_leaves_the_branch_nor_enters_it(self):
        client = self.branch("8.2")
        headers = {"if-match": "*"}
        for address, body in (
            ("units/8.2.1/move/", {"parent_code": "8.3"}),
            ("units/8.2/move/", {"parent_code": "8.1", "position": 2}),
            ("units/8.3/move/", {"parent_code": "8.2"}),
            (f"functions/{self.functions['first'].key}/move/", {"unit_code": "8.3"}),
            (f"functions/{self.functions['other'].key}/move/", {"unit_code": "8.2"}),
            ("units/", {"name": "Nueva", "kind": "Coordinación", "parent_code": "8.1"}),
            ("functions/", {"text": "Nueva.", "unit_code": "8.3"}),
        ):
            response = client.post(
                f"{DRAFT}/{address}", {**body, "reason": REASON}, headers=headers
            )
            self.assertScopeMissing(response, "branch")
        for address in ("units/8.2/", "units/8.3/"):
            response = client.delete(f"{DRAFT}/{address}?reason=x", headers=headers)
            self.assertScopeMissing(response, "branch")

    def test_a_batch_stays_in_the_branch_or_writes_nothing(self):
        names = [("8.2", "Una"), ("8.3", "Otra")]
        operations = [
            {"op": "change_unit", "unit": {"code": code}, "name": name, "if_match": "*"}
            for code, name in names
        ]
        body = {"reason": REASON, "operations": operations}
        response = self.branch("8.2").post(f"{DRAFT}/batch/", body)
        (error,) = self.assertProblem(response, 403, "batch_failed")["errors"]
        self.assertEqual(error["code"], "scope_missing")
        self.assertEqual(error["pointer"], "#/operations/1")
        self.assertIs(self.draft.units.filter(name="Una").exists(), False)

    def test_a_key_repeats_nothing_for_a_token_that_may_less(self):
        body = {"text": "Nueva.", "unit_code": "8.3", "reason": REASON}
        headers = {"idempotency-key": "uno"}
        address = f"{DRAFT}/functions/"
        done = self.with_scope().post(address, body, headers=headers)
        self.assertEqual(done.status_code, 201)
        response = self.branch("8.2").post(address, body, headers=headers)
        self.assertScopeMissing(response, "branch")
        response = self.with_scope(**DRAFTS).post(address, body, headers=headers)
        self.assertScopeMissing(response, "write")

    def test_changes_of_drafts_are_told_as_far_as_they_may_be_read(self):
        self.rename(self.with_scope(), f"{DRAFT}/units/8.2/")

        def told(client):
            results = client.get(f"{API}/changes/").json()["results"]
            return {one["edition"] for one in results}

        self.assertIn("2024", told(self.with_scope(**DRAFTS)))
        self.assertIn("2024", told(self.branch("8.3")))
        for client in (
            self.with_scope(**PUBLISHED),
            self.with_scope(manual=self.other.manual),
            client_of(),
        ):
            self.assertIn("2021", told(client))
            self.assertNotIn("2024", told(client))

    def test_a_token_of_a_branch_takes_no_step(self):
        client, headers = self.branch("8.2"), {"if-match": "*"}
        for step, body in (
            ("submit", {}),
            ("send-back", {}),
            ("authorise", {"effective_from": "2030-01-01"}),
            ("withdraw", {}),
            ("duplicate", {"label": "copia"}),
        ):
            response = client.post(
                f"{DRAFT}/{step}/", {**body, "reason": REASON}, headers=headers
            )
            self.assertScopeMissing(response, "branch")
        response = client.delete(f"{DRAFT}/?reason=x", headers=headers)
        self.assertScopeMissing(response, "branch")
        steps = client.get(f"{DRAFT}/readiness/").json()["steps"]
        self.assertEqual(steps, [])
        self.assertNotEqual(
            self.with_scope().get(f"{DRAFT}/readiness/").json()["steps"], []
        )

    def test_a_token_never_may_more_than_its_person(self):
        """The person's branch and the token's: what lies in both."""
        for code, statuses in (
            ("8.1", {"8.1": 403, "8.2": 200, "8.2.1": 200, "8.3": 403}),
            ("8.2.1", {"8.2": 403, "8.2.1": 200, "8.2.2": 403}),
            ("8.3", {"8.2": 403, "8.3": 403}),
        ):
            client = self.branch(code, self.editor_here)
            for tried, status in statuses.items():
                response = self.rename(client, f"{DRAFT}/units/{tried}/")
                self.assertEqual(response.status_code, status, (code, tried))
        client = client_of(make_user("lector"))
        response = self.rename(client, f"{DRAFT}/units/8.2/")
        self.assertProblem(response, 403, "permission_denied")

    def test_a_list_of_units_knows_the_limits_of_both(self):
        manual_id = self.draft.manual_id
        for user, code, expected in (
            (self.superuser, "8.2", {"8.2", "8.2.1", "8.2.2"}),
            (self.editor_here, "8.1", {"8.2", "8.2.1", "8.2.2"}),
            (self.editor_here, "8.2.1", {"8.2.1"}),
            (self.editor_here, "8.3", set()),
        ):
            user.limits = Limits(True, True, manual_id, self.units[code].key)
            found = editable_units(user, self.draft)
            self.assertEqual({unit.code for unit in found}, expected)
            for unit in self.units.values():
                self.assertIs(bool(may_edit_unit(user, unit)), unit.code in expected)
        self.assertIs(bool(may_place(user, self.units["8.3"])), False)


class Superuser:
    pk = 1
    is_active = is_authenticated = is_superuser = is_staff = True

    def has_perm(self, permission):
        return True


class QuestionTests(SimpleTestCase):
    """What is not about one manual is not for a token of one manual."""

    def setUp(self):
        self.user = Superuser()
        self.manual = Manual(pk=7)
        self.edition = Edition(manual=self.manual)

    def answers(self, limits) -> set[str]:
        self.user.limits = limits
        asked = {
            "drafts": permissions.may_read_drafts(self.user),
            "its drafts": permissions.may_read(self.user, self.edition),
            "edit": permissions.may_edit(self.user, self.manual),
            "edit all": permissions.may_edit_everything(self.user, self.manual),
            "edit somewhere": permissions.may_edit_somewhere(self.user),
            "catalogues": permissions.may_manage_catalogues(self.user),
            "manuals": permissions.may_create_manuals(self.user),
            "record": permissions.may_record_authorised(self.user),
            "authorise": permissions.may_authorise(self.user, self.edition),
            "withdraw": permissions.may_withdraw(self.user, self.edition),
            "send back": permissions.may_send_back(self.user, self.edition),
            "branches": permissions.may_assign_branches(self.user),
            "tokens": permissions.may_manage_tokens(self.user),
            "own tokens": permissions.may_make_own_tokens(self.user),
        }
        return {name for name, answer in asked.items() if answer}

    def test_what_each_scope_answers(self):
        everything = self.answers(None)
        self.assertEqual(len(everything), 14)
        accounts = {"branches", "tokens", "own tokens"}
        self.assertEqual(self.answers(Limits(True, True)), everything - accounts)
        self.assertEqual(self.answers(Limits()), set())
        self.assertEqual(self.answers(Limits(True)), {"drafts", "its drafts"})
        here = {"its drafts", "edit", "edit somewhere"}
        steps = {"edit all", "authorise", "withdraw", "send back"}
        self.assertEqual(self.answers(Limits(True, True, 7)), here | steps)
        self.assertEqual(self.answers(Limits(True, True, 7, "key")), here)
        self.assertEqual(self.answers(Limits(True, True, 8)), {"edit somewhere"})

    def test_a_missing_scope_has_a_sentence(self):
        for scope in ScopeMissing.messages:
            self.assertTrue(str(ScopeMissing(scope)))
