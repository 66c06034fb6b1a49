"""create_token and revoke_token."""

from io import StringIO

from django.core.management import CommandError, call_command
from django.utils import timezone

from manual_org.api import keys
from manual_org.api.models import ApiToken
from tests.api.support import DRAFT, ApiTestCase, client_with, make_small_manual
from tests.factories import make_user


def run(*arguments) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


class CommandTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, _functions = make_small_manual()
        cls.editor = make_user("editor", username="editora")

    def create(self, *arguments) -> tuple[ApiToken, str]:
        out, err = run("create_token", "editora", "--name", "Portal", *arguments)
        key = out.strip()
        token = ApiToken.objects.get(digest=keys.digest_of(key))
        self.assertIn(token.prefix, err)
        self.assertNotIn(key, err)
        return token, key

    def assertRefused(self, words, *arguments):
        with self.assertRaisesMessage(CommandError, words) as refused:
            run(*arguments)
        self.assertEqual(refused.exception.returncode, 2)

    def test_it_reads_what_is_published_unless_told_otherwise(self):
        token, key = self.create("--days", "10")
        self.assertEqual((token.read_drafts, token.write), (False, False))
        self.assertEqual((token.last_day - timezone.localdate()).days, 10)
        response = client_with(key).get(f"{DRAFT}/")
        self.assertProblem(response, 404, "not_found")
        _token, key = self.create("--read-drafts")
        self.assertEqual(client_with(key).get(f"{DRAFT}/").status_code, 200)

    def test_a_branch_is_named_by_code_or_key(self):
        unit = self.units["8.2"]
        for named in ("8.2", str(unit.key)):
            token, _key = self.create("--write", "--manual", "dir", "--under", named)
            self.assertEqual(token.unit_key, unit.key)
            self.assertEqual(token.manual, self.edition.manual)
            self.assertIs(token.write and token.read_drafts, True)

    def test_what_is_wrong_is_said(self):
        command = ("create_token", "editora", "--name", "x")
        self.assertRefused("nadie", "create_token", "nadie", "--name", "x")
        self.assertRefused("«otro»", *command, "--manual", "otro")
        self.assertRefused("--manual", *command, "--under", "8.2")
        for named in ("9.9", "00000000-0000-0000-0000-000000000000"):
            self.assertRefused(named, *command, "--manual", "dir", "--under", named)
        for days in ("-1", "731", "99999999999"):
            self.assertRefused("Indique un día", *command, "--days", days)
        self.assertEqual(ApiToken.objects.count(), 0)

    def test_a_token_is_revoked_by_its_beginning_or_its_key(self):
        for form in (lambda key: keys.prefix_of(key) + "…", str):
            token, key = self.create()
            out, _err = run("revoke_token", form(key), "--reason", "Se publicó")
            self.assertIn(token.prefix, out)
            self.assertNotIn(key, out)
            token.refresh_from_db()
            self.assertIsNotNone(token.revoked_at)
            reason = token.history.first().history_change_reason
            self.assertEqual(reason, "Se publicó")
            self.assertRefused("ya estaba revocado", "revoke_token", token.prefix)
        self.assertRefused("Ningún token", "revoke_token", "mo_")
        ApiToken.objects.update(prefix="mo_same", revoked_at=None)
        self.assertRefused("Varios tokens", "revoke_token", "mo_same")
