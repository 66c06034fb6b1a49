"""Tokens that rest_framework.authtoken kept in plain text go on working, hashed."""

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from manual_org.api.models import ApiToken
from tests.api.support import API, ApiTestCase, client_with, make_small_manual
from tests.factories import make_user

KEYS = ("0a" * 20, "1b" * 20)


class OldTokensTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        make_small_manual()
        cls.lector = make_user("lector")
        cls.inactive = make_user("editor", is_active=False)

    def old_tables(self) -> list[str]:
        return [
            name
            for name in connection.introspection.table_names()
            if name.startswith("authtoken")
        ]

    def make_old_table(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE authtoken_token (key varchar(40) PRIMARY KEY,"
                " created timestamp NOT NULL, user_id integer NOT NULL UNIQUE)"
            )
            for key, user in zip(KEYS, (self.lector, self.inactive), strict=True):
                cursor.execute(
                    "INSERT INTO authtoken_token VALUES (%s, '2025-01-01', %s)",
                    [key, user.pk],
                )
        kind = ContentType.objects.create(app_label="authtoken", model="token")
        Permission.objects.create(content_type=kind, codename="add_token", name="x")
        MigrationRecorder(connection).record_applied("authtoken", "0001_initial")

    def migrate(self):
        editor = SimpleNamespace(connection=connection, execute=self.execute)
        for name, step in (
            ("0002_hash_old_tokens", "hash_old_tokens"),
            ("0003_drop_old_tokens", "drop_old_tokens"),
        ):
            getattr(import_module(f"manual_org.api.migrations.{name}"), step)(
                apps, editor
            )

    @staticmethod
    def execute(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    def test_a_new_database_has_none(self):
        self.assertEqual(self.old_tables(), [])
        self.migrate()
        self.assertEqual(ApiToken.objects.count(), 0)

    def test_old_tokens_keep_working_for_a_while(self):
        self.make_old_table()
        self.migrate()
        client = client_with(KEYS[0])
        self.assertEqual(client.get(f"{API}/manuals/").json()["count"], 1)
        refused = client_with(KEYS[1]).get(f"{API}/manuals/")
        self.assertProblem(refused, 401, "authentication_failed")
        token = ApiToken.objects.get(user=self.lector)
        self.assertEqual(token.prefix, "0a0a0a0a")
        self.assertEqual((token.expires_at - timezone.now()).days, 179)
        self.assertIs(token.write, True)
        # Beside the one that the model itself writes, unlike those of a migration.
        said = token.history.filter(history_change_reason__startswith="Migrado")
        self.assertEqual(said.count(), 1)

    def test_nothing_is_left_of_the_old_ones(self):
        self.make_old_table()
        self.migrate()
        self.assertEqual(self.old_tables(), [])
        old = Permission.objects.filter(content_type__app_label="authtoken")
        self.assertIs(old.exists(), False)
        applied = MigrationRecorder(connection).applied_migrations()
        self.assertNotIn("authtoken", {app for app, _name in applied})
