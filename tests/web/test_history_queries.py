"""Pages of histories take the same queries whatever the size of the edition."""

import datetime

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from exchange.services import duplicate_edition
from functions.models import Function
from functions.services import change_function
from manuals import cache
from tests.factories import authorise
from tests.review.history.support import WHO, by, person
from tests.web.support import filled_edition
from units.services import change_unit


class QueryCountTests(TestCase):
    """The same for 3 units and for 300."""

    @classmethod
    def setUpTestData(cls):
        cls.ana = person()
        cls.labels = {}
        for label, units, chapter in (("small", 3, 8), ("large", 300, 7)):
            first = filled_edition(f"{label}1", units=units, functions_chapter=chapter)
            day = datetime.date(2001 if label == "small" else 2011, 1, 1)
            first = authorise(first, day)
            draft = duplicate_edition(edition=first, label=f"{label}2", **WHO)
            function = Function.objects.filter(edition=draft, parent=None).first()
            change_function(function=function, text="Otra.", **by(cls.ana))
            change_unit(unit=function.unit, name="Otra", **by(cls.ana))
            cls.labels[label] = (f"{label}2", f"{chapter}.2", f"{chapter}.1")

    def queries(self, path):
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(f"/manuales/dir/{path}")
        self.assertEqual(response.status_code, 200, path)
        return len(captured)

    def test_pages_of_drafts(self):
        self.client.force_login(self.ana)
        for path, most in (
            ("{0}/historial/", 24),
            ("{0}/historial/?rama={1}", 24),
            ("{0}/historial/?rama={2}", 24),
            ("{0}/{2}/historial/", 24),
            ("{0}/{2}/historial/f1/", 24),
        ):
            with self.subTest(path):
                few = self.queries(path.format(*self.labels["small"]))
                self.assertEqual(self.queries(path.format(*self.labels["large"])), few)
                self.assertLessEqual(few, most)

    def test_public_pages(self):
        for path, most in (("{0}/{2}/historial/", 8), ("{0}/{2}/historial/f1/", 8)):
            with self.subTest(path):
                small = ("small1", *self.labels["small"][1:])
                large = ("large1", *self.labels["large"][1:])
                few, many = (self.queries(path.format(*one)) for one in (small, large))
                # Of the edition that is not in force one more: the way to today's.
                self.assertLessEqual(abs(few - many), 1)
                self.assertLessEqual(max(few, many), most)
