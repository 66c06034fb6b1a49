"""Shipped synonyms reach a system that had the first ones; editors have the say."""

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection
from django.test import TestCase

from functions.models import Synonym
from functions.synonyms import change_synonym, remove_synonym
from manuals.permissions import OPERATOR
from tests.factories import REASON
from tests.functions.search import golden

MIGRATION = import_module("functions.migrations.0006_more_synonyms")
WRITE = {"user": OPERATOR, "reason": REASON}


class ShippedSynonymTests(TestCase):
    def migrate(self):
        MIGRATION.add_missing(apps, SimpleNamespace(connection=connection))

    def test_a_new_system_has_each_once(self):
        self.assertEqual(Synonym.objects.count(), len(golden.synonyms()))
        self.migrate()
        self.assertEqual(Synonym.objects.count(), len(golden.synonyms()))

    def test_what_lacked_is_added(self):
        Synonym.objects.filter(term__in=("avión", "gasolina"))._raw_delete("default")
        self.migrate()
        self.assertEqual(Synonym.objects.count(), len(golden.synonyms()))
        self.assertEqual(Synonym.objects.get(term="gasolina").others, ["combustible"])

    def test_what_editors_removed_or_changed_stays_so(self):
        remove_synonym(synonym=Synonym.objects.get(term="avión"), **WRITE)
        renamed = Synonym.objects.get(term="gasolina")
        change_synonym(synonym=renamed, others=["gasto de combustible"], **WRITE)
        self.migrate()
        self.assertFalse(Synonym.objects.filter(term="avión").exists())
        renamed.refresh_from_db()
        self.assertEqual(renamed.others, ["gasto de combustible"])
