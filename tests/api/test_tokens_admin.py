"""Tokens in the administration: the key shown once, each person's own tokens."""

from datetime import UTC, datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from manual_org.api import keys
from manual_org.api.models import ApiToken
from tests.api.support import ApiTestCase, make_small_manual, make_token
from tests.factories import REASON, make_user

ADD = "/admin/api/apitoken/add/"
LIST = "/admin/api/apitoken/"


class AdminTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, _functions = make_small_manual()
        cls.superuser = make_user("superuser")
        cls.editor = make_user("editor")
        cls.maker = make_user("editor")
        cls.maker.user_permissions.add(Permission.objects.get(codename="add_apitoken"))

    def setUp(self):
        self.client.force_login(self.superuser)

    def form(self, **values):
        return {
            "user": self.editor.pk,
            "name": "Portal",
            "access": "drafts",
            "manual": "",
            "unit_code": "",
            "last_day": timezone.localdate() + timedelta(days=30),
            "reason": REASON,
            **values,
        }

    def page(self, token, name="change"):
        return reverse(f"admin:api_apitoken_{name}", args=[token.pk])

    def test_the_key_is_shown_once_and_kept_nowhere(self):
        with self.assertNoLogs("manual_org", "DEBUG"):
            response = self.client.post(ADD, self.form())
        token = ApiToken.objects.get()
        key = response.context["secret"]
        self.assertEqual(token.digest, keys.digest_of(key))
        self.assertContains(response, key, count=1)
        self.assertIn("no-store", response.headers["Cache-Control"])
        for address in (LIST, self.page(token), self.page(token, "history"), "/admin/"):
            self.assertNotContains(self.client.get(address), key)
        kept = [LogEntry.objects.values_list(), token.history.values_list()]
        kept += [[one.get_decoded() for one in Session.objects.all()], mail.outbox]
        self.assertNotIn(key, repr([list(rows) for rows in kept]))

    def test_a_token_has_the_scope_that_was_chosen(self):
        for access, expected in (
            ("published", (False, False)),
            ("drafts", (True, False)),
            ("write", (True, True)),
        ):
            manual = self.edition.manual_id
            self.client.post(
                ADD, self.form(access=access, manual=manual, unit_code="8.2")
            )
            token = ApiToken.objects.latest("pk")
            self.assertEqual((token.read_drafts, token.write), expected)
            self.assertEqual(token.manual_id, manual)
            self.assertEqual(token.unit_key, self.units["8.2"].key)
            self.assertEqual(token.created_by, self.superuser)

    def test_what_is_wrong_is_said_at_its_field(self):
        for values, field in (
            ({"name": ""}, "name"),
            ({"user": ""}, "user"),
            ({"access": "all"}, "access"),
            ({"unit_code": "8.2"}, "manual"),
            ({"unit_code": "9", "manual": self.edition.manual_id}, "unit_code"),
            ({"last_day": "2020-01-01"}, "last_day"),
            ({"last_day": "9999-12-31"}, "last_day"),
            ({"last_day": ""}, "last_day"),
            ({"reason": ""}, "reason"),
        ):
            response = self.client.post(ADD, self.form(**values))
            self.assertIn(field, response.context["adminform"].form.errors, values)
        self.assertEqual(ApiToken.objects.count(), 0)

    def test_people_make_tokens_for_themselves_where_permitted(self):
        self.client.force_login(self.editor)
        self.assertEqual(self.client.get(ADD).status_code, 403)
        self.client.force_login(self.maker)
        self.assertNotContains(self.client.get(ADD), 'name="user"')
        self.client.post(ADD, self.form(user=self.superuser.pk))
        self.assertEqual(ApiToken.objects.get().user, self.maker)

    def test_people_see_their_own_tokens(self):
        own, _key = make_token(self.maker, name="Lo propio")
        other, _key = make_token(self.superuser, name="Lo ajeno")
        self.client.force_login(self.maker)
        response = self.client.get(LIST)
        self.assertContains(response, "Lo propio")
        self.assertNotContains(response, "Lo ajeno")
        for name in ("change", "history", "revocar"):
            self.assertContains(self.client.get(self.page(own, name)), "Lo propio")
            response = self.client.get(self.page(other, name), follow=True)
            self.assertNotContains(
                response, "Lo ajeno", status_code=response.status_code
            )
        response = self.client.post(self.page(other, "revocar"), {"reason": REASON})
        other.refresh_from_db()
        self.assertIsNone(other.revoked_at)

    def test_days_and_hours_are_those_of_here_in_words(self):
        used = datetime(2026, 3, 5, 3, 30, tzinfo=UTC)  # the day before in Mexico
        token, _key = make_token(
            self.editor,
            last_used_at=used,
            expires_at=datetime(2027, 1, 2, 6, tzinfo=UTC),
        )
        for address in (LIST, self.page(token), self.page(token, "revocar")):
            self.assertContains(self.client.get(address), "4 de marzo de 2026")
        self.assertContains(self.client.get(LIST), "1 de enero de 2027")

    def test_people_revoke_their_own_tokens(self):
        token, _key = make_token(self.editor)
        self.client.force_login(self.editor)
        page = self.page(token, "revocar")
        seen = self.client.get(page).context["form"]["seen"].value()
        self.client.post(page, {"reason": "Se publicó", "seen": seen})
        token.refresh_from_db()
        self.assertEqual(token.revoked_by, self.editor)
        self.assertContains(self.client.get(LIST), "revocado")
        response = self.client.get(page, follow=True)
        self.assertContains(response, "ya está revocado")

    def test_a_list_has_the_state_asked_for(self):
        now = timezone.now()
        make_token(self.editor, name="Uno", expires_at=now + timedelta(days=99))
        make_token(self.editor, name="Dos", expires_at=now + timedelta(days=9))
        make_token(self.editor, name="Tres", write=False, read_drafts=False)
        for query, expected in (
            ("estado=current", {"Uno"}),
            ("estado=expiring", {"Dos", "Tres"}),
            ("estado=revoked", set()),
            ("alcance=published", {"Tres"}),
            ("alcance=write", {"Uno", "Dos"}),
        ):
            found = self.client.get(f"{LIST}?{query}").context["cl"].queryset
            self.assertEqual({token.name for token in found}, expected, query)

    def test_the_list_takes_the_same_queries_for_many(self):
        for more in (1, 9):
            for _token in range(more):
                make_token(
                    self.editor,
                    manual=self.edition.manual,
                    unit_key=self.units["8.2"].key,
                )
            with self.assertNumQueries(5):
                self.client.get(LIST)
