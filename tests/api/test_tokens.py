"""Tokens: their keys, who is identified by them, and that nothing else is told."""

import datetime
from unittest import mock

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import RequestFactory, SimpleTestCase
from django.utils import timezone

from manual_org.api import keys, tokens
from manual_org.api.authentication import TokenAuthentication
from manual_org.api.models import ApiToken, ApiTokenQuerySet, TokenState
from manuals.exceptions import NotAllowed, ReasonRequired
from manuals.models import Manual
from manuals.permissions import OPERATOR
from manuals.scopes import Limits
from tests.api.support import (
    API,
    ApiTestCase,
    client_with,
    make_small_manual,
    make_token,
)
from tests.factories import make_user

DAY = datetime.timedelta(days=1)


def identify(key: str):
    request = RequestFactory().get("/", headers={"authorization": f"Token {key}"})
    return TokenAuthentication().authenticate(request)


class KeyTests(SimpleTestCase):
    def test_a_key_is_recognised_and_checked(self):
        key = keys.new_key()
        self.assertRegex(key, r"\Amo_[0-9A-Za-z]{49}\Z")
        self.assertNotEqual(key, keys.new_key())
        self.assertIs(keys.is_well_formed(key), True)
        self.assertIs(keys.is_well_formed("0a" * 20), True)  # of before
        other = "0" if key[10] != "0" else "1"
        for wrong in (
            key[:10] + other + key[11:],
            key + "0",
            key[:-1],
            key.swapcase(),
            f"{key}\n",
            f" {key}",
            "",
            "0A" * 20,
            "é" * 40,
            "mo_" + "\u0660" * 49,
        ):
            self.assertIs(keys.is_well_formed(wrong), False, wrong)

    def test_what_is_shown_of_a_key_leaves_it_secret(self):
        key = keys.new_key()
        self.assertEqual(keys.prefix_of(key), key[:11])
        self.assertEqual(keys.prefix_of("0a" * 20), "0a0a0a0a")
        self.assertNotIn(key[3:], keys.digest_of(key))


class IdentificationTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        make_small_manual()
        cls.lector = make_user("lector")
        cls.token, cls.key = make_token(cls.lector)

    def get(self, **headers):
        return self.client.get(f"{API}/manuals/", headers=headers)

    def assertRefused(self, authorization: str, queries: int):
        with self.assertNumQueries(queries):
            response = self.get(authorization=authorization)
        body = self.assertProblem(response, 401, "authentication_failed")
        self.assertEqual(response.headers["WWW-Authenticate"], 'Bearer realm="api"')
        return body["detail"]

    def change(self, **values):
        ApiToken.objects.filter(pk=self.token.pk).update(**values)

    def test_either_scheme_identifies_in_any_case(self):
        for scheme in ("Token", "token", "Bearer", "BEARER"):
            response = self.get(authorization=f"{scheme} {self.key}")
            self.assertEqual(response.json()["count"], 1, scheme)

    def test_it_costs_one_query(self):
        with self.assertNumQueries(1):
            user, _token = identify(self.key)
            self.assertEqual(user.username, self.lector.username)

    def test_another_scheme_is_passed_over(self):
        self.assertEqual(self.get(authorization="Basic eDp5").json()["count"], 0)
        self.assertEqual(self.get(authorization=self.key).json()["count"], 0)

    def test_whatever_is_wrong_is_told_in_the_same_words(self):
        told = {
            self.assertRefused(header, 0)
            for header in (
                "Token",
                "Token ",
                "Token mo_x",
                f"Token {self.key[:-1]}",
                f"Token {self.key} {self.key}",
                f"Token {self.key}, Token {self.key}",
                f"Bearer {self.key}\x00",
                "Token \x00",
                "Token " + "a" * 100_000,
                "Token ñandú",
                "Token " + "\u00e1" * 40,
            )
        }
        told.add(self.assertRefused(f"Token {keys.new_key()}", 1))
        now = timezone.now()
        for wrong in (
            {"expires_at": now, "created_at": now - DAY},
            {"revoked_at": now, "expires_at": now + DAY},
        ):
            self.change(**wrong)
            told.add(self.assertRefused(f"Token {self.key}", 1))
        self.change(revoked_at=None)
        get_user_model().objects.filter(pk=self.lector.pk).update(is_active=False)
        told.add(self.assertRefused(f"Token {self.key}", 1))
        self.assertEqual(len(told), 1)

    def test_it_ends_in_the_moment_that_it_expires(self):
        now = timezone.now()
        instant = datetime.timedelta.resolution
        self.token.expires_at = now
        for at, usable in ((now - instant, True), (now, False), (now + instant, False)):
            self.assertIs(self.token.is_usable(at), usable)

    def test_the_key_is_stored_nowhere(self):
        token, key = tokens.create_token(user=self.lector, name="Otro", by=OPERATOR)
        self.get(authorization=f"Token {key}")
        with connection.cursor() as cursor:
            for table in ("api_apitoken", "api_historicalapitoken"):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our names
                rows = repr(cursor.fetchall())
                self.assertIn(token.prefix, rows)
                self.assertNotIn(key, rows)
            cursor.execute("SELECT * FROM api_historicalapitoken")
            self.assertNotIn(token.digest, repr(cursor.fetchall()))
        self.assertNotIn(key, repr(vars(token)))


class UseTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user("lector")

    def used(self, token):
        return ApiToken.objects.get(pk=token.pk).last_used_at

    def test_the_last_use_is_noted_once_an_hour(self):
        token, key = make_token(self.user, last_used_at=None)
        identify(key)
        first = self.used(token)
        self.assertLess(timezone.now() - first, datetime.timedelta(minutes=1))
        with self.assertNumQueries(1):
            identify(key)
        self.assertEqual(self.used(token), first)
        with mock.patch.object(timezone, "now", return_value=first + tokens.USE_NOTED):
            identify(key)
        self.assertEqual(self.used(token), first + tokens.USE_NOTED)
        self.assertEqual(token.history.count(), 0)

    def test_somebody_who_writes_does_not_hold_up_the_answer(self):
        token, key = make_token(self.user, last_used_at=None)
        busy = OperationalError()
        busy.__cause__ = Exception()
        busy.__cause__.sqlite_errorcode = 5
        with mock.patch.object(ApiTokenQuerySet, "update", side_effect=busy):
            tokens.note_use(token)
        self.assertIsNone(self.used(token))
        with (
            mock.patch.object(ApiTokenQuerySet, "update", side_effect=OperationalError),
            self.assertRaises(OperationalError),
        ):
            tokens.note_use(token)


class ServiceTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, _functions = make_small_manual()
        cls.superuser = make_user("superuser")
        cls.editor = make_user("editor")

    def create(self, **values):
        return tokens.create_token(
            **{"user": self.editor, "name": "Portal", "by": self.superuser, **values}
        )

    def test_a_token_has_scope_and_a_year(self):
        token, key = self.create(
            write=True,
            manual=self.edition.manual,
            unit_key=self.units["8.2"].key,
            reason="Oficio 1",
        )
        self.assertEqual(
            token.limits,
            Limits(True, True, self.edition.manual_id, self.units["8.2"].key),
        )
        self.assertEqual(token.last_day, timezone.localdate() + tokens.DAYS * DAY)
        self.assertEqual(token.digest, keys.digest_of(key))
        record = token.history.get()
        self.assertEqual(record.history_user, self.superuser)
        self.assertEqual(record.history_change_reason, "Oficio 1")

    def test_what_no_token_can_be(self):
        today = timezone.localdate()
        for wrong in (
            {"name": "  "},
            {"name": "a\x07b"},
            {"name": "a" * 101},
            {"last_day": today - DAY},
            {"last_day": today + (tokens.MOST_DAYS + 1) * DAY},
            {"last_day": datetime.date.max},
            {"unit_key": self.units["8.2"].key},
            {"user": make_user("editor", is_active=False)},
        ):
            with self.assertRaises(ValidationError, msg=wrong):
                self.create(**wrong)
        for day in (today, today + tokens.MOST_DAYS * DAY):
            self.assertIs(self.create(last_day=day)[0].is_usable(timezone.now()), True)

    def test_the_database_holds_a_token_to_its_form(self):
        token, _key = self.create()
        for wrong in (
            {"write": True},
            {"unit_key": self.units["8.2"].key},
            {"expires_at": token.created_at},
        ):
            with self.assertRaises(IntegrityError), transaction.atomic():
                ApiToken.objects.filter(pk=token.pk).update(**wrong)

    def test_who_makes_a_token_for_whom(self):
        with self.assertRaises(NotAllowed):
            self.create(by=self.editor)
        permission = Permission.objects.get(codename="add_apitoken")
        self.editor.user_permissions.add(permission)
        editor = get_user_model().objects.get(pk=self.editor.pk)
        self.create(by=editor)
        with self.assertRaises(NotAllowed):
            self.create(by=editor, user=self.superuser)
        for person in (editor, self.superuser):
            person.limits = Limits(read_drafts=True, write=True)
            with self.assertRaises(NotAllowed):
                self.create(by=person)

    def test_a_revoked_token_says_who_when_and_why(self):
        token, key = self.create()
        with self.assertRaises(NotAllowed):
            tokens.revoke_token(token=token, by=make_user("editor"), reason="x")
        with self.assertRaises(ReasonRequired):
            tokens.revoke_token(token=token, by=self.editor, reason=" ")
        tokens.revoke_token(token=token, by=self.editor, reason="Se publicó")
        response = client_with(key).get(f"{API}/manuals/")
        self.assertProblem(response, 401, "authentication_failed")
        stored = ApiToken.objects.get(pk=token.pk)
        self.assertEqual(stored.revoked_by, self.editor)
        record = stored.history.first()
        self.assertEqual(record.history_change_reason, "Se publicó")
        with self.assertRaises(tokens.TokenRevoked):
            tokens.revoke_token(token=token, by=self.editor, reason="Otra vez")

    def test_states_are_the_same_to_a_row_and_to_a_list(self):
        now = timezone.now()
        soon = {"expires_at": now + 29 * DAY}
        for fields, state in (
            ({"expires_at": now + 31 * DAY}, TokenState.CURRENT),
            (soon, TokenState.EXPIRING),
            ({"created_at": now - 2 * DAY, "expires_at": now}, TokenState.EXPIRED),
            ({**soon, "revoked_at": now}, TokenState.REVOKED),
        ):
            token, _key = make_token(self.editor, **fields)
            self.assertEqual(token.state(now), state)
            for listed in TokenState:
                found = ApiToken.objects.in_state(listed, now).filter(pk=token.pk)
                self.assertIs(found.exists(), listed == state)

    def test_a_token_goes_with_the_manual_that_it_is_limited_to(self):
        """Never does a limit fall away and leave a token for everything."""
        manual = Manual.objects.create(slug="otro", title="Otro")
        token, key = self.create(manual=manual)
        manual.delete()
        self.assertIs(ApiToken.objects.filter(pk=token.pk).exists(), False)
        refused = client_with(key).get(f"{API}/manuals/")
        self.assertProblem(refused, 401, "authentication_failed")
