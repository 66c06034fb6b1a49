import logging
from unittest import mock

from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import TestCase


class HealthTests(TestCase):
    def test_all_is_well(self):
        response = self.client.get("/salud/")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["status"], "ok")
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_a_missing_migration_is_named(self):
        MigrationRecorder(connection).migration_qs.filter(app="units").delete()
        response = self.client.get("/salud/")
        self.assertEqual(response.status_code, 503)
        self.assertIn("units.0001_initial", response.json()["missing_migrations"])

    def test_a_missing_database_is_said_without_its_secrets(self):
        logging.disable()
        self.addCleanup(logging.disable, logging.NOTSET)
        with mock.patch.object(
            MigrationRecorder,
            "applied_migrations",
            side_effect=OperationalError("password of host db.example"),
        ):
            response = self.client.get("/salud/")
        self.assertEqual(response.status_code, 503)
        self.assertEqual(response.json(), {"status": "error", "database": "missing"})
