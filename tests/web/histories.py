"""Two editions and a draft with a past, for the tests of the pages of histories."""

from django.test import TestCase

from exchange.services import duplicate_edition
from functions.models import Function
from functions.services import change_function
from tests.factories import authorise, make_edition, make_function, make_tree, make_user
from tests.review.history.support import WHO, by, person
from tests.web.support import LATER, PAST, Reader
from units.models import Unit
from units.services import change_unit

SECRET = "Motivo interno"  # a reason, of people with a role only
HOSTILE = "<script>alert(1)</script>\"'><img src=x> {{ 7 }}"


class HistoryTestCase(TestCase):
    """Editions 2021 and 2024, and the draft "b"; Ana changed the draft.

    8.2   1. Uno.  a) Uno a.    2. Dos.    3. Tres.
    8.2.1, 8.3
    """

    @classmethod
    def setUpTestData(cls):
        units = make_tree("8.1 8.2 8.2.1 8.3", edition=make_edition("2021"))
        one = make_function(units["8.2"], "Uno.")
        make_function(units["8.2"], "Uno a.", parent=one)
        make_function(units["8.2"], "Dos.")
        make_function(units["8.2"], "Tres.")
        cls.first = authorise(units["8.1"].edition, PAST)
        cls.second = duplicate_edition(edition=cls.first, label="2024", **WHO)
        change_function(
            function=cls.function("Dos.", cls.second), text="Dos y más.", **WHO
        )
        change_unit(
            unit=cls.unit("8.2", cls.second), name="Coordinación de Archivo", **WHO
        )
        cls.second = authorise(cls.second, LATER)
        cls.draft = duplicate_edition(edition=cls.second, label="b", **WHO)
        cls.ana = person("Ana Pérez")
        change_function(
            function=cls.function("Tres.", cls.draft),
            text="Tres y más.",
            **by(cls.ana, SECRET),
        )
        cls.lector = make_user("lector")

    @staticmethod
    def function(text, edition):
        return Function.objects.get(edition=edition, text=text)

    @staticmethod
    def unit(code, edition):
        return Unit.objects.get(edition=edition, code=code)

    def get(self, path, **options):
        return self.client.get(f"/manuales/dir/{path}", **options)

    def text(self, path, **options):
        response = self.get(path, **options)
        self.assertEqual(response.status_code, 200, path)
        return Reader(response).text
