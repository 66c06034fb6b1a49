"""A draft whose units share functions, and the pages that show and change them."""

from functions.models import Function
from functions.services import change_function
from manuals.permissions import OPERATOR
from tests.admin.support import AdminTestCase, FormReader
from tests.factories import REASON, make_function

WHO = {"user": OPERATOR, "reason": REASON}
PLAN = "Integrar el programa anual de trabajo de la unidad y dar seguimiento a este."
NEAR = PLAN.replace("la unidad", "su unidad")
# It differs in the very words that the tests change.
ODD = PLAN.replace("anual", "actual")
NEW = PLAN.replace("anual", "bimestral")
OTHER = "Atender las solicitudes de información que se le turnen."


class CommonTestCase(AdminTestCase):
    """
    8.2    1-3 as everywhere   4. PLAN
    8.2.1  1. PLAN  2. NEAR
    8.3    1. PLAN  2. ODD  3. OTHER
    8.3.1  1. OTHER
    """

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        units = cls.units
        cls.seed = make_function(units["8.2"], PLAN)
        make_function(units["8.2"], "Un inciso.", parent=cls.seed)
        cls.same = make_function(units["8.2.1"], PLAN)
        cls.near = make_function(units["8.2.1"], NEAR)
        cls.outside = make_function(units["8.3"], PLAN)
        cls.odd = make_function(units["8.3"], ODD)
        make_function(units["8.3"], OTHER)
        make_function(units["8.3.1"], OTHER)

    def address(self, function=None, edition=None, query=""):
        function = function or self.seed
        edition = edition or self.draft
        return self.url("edition", "common_group", edition.pk, function.pk) + query

    def page(self, function=None, user=None, query=""):
        self.client.force_login(user or self.editor)
        response = self.client.get(self.address(function, query=query))
        self.assertEqual(response.status_code, 200)
        return response

    def fields(self, page):
        reader = FormReader()
        reader.feed(page.content.decode())
        (form,) = [form for form in reader.forms if "seen" in form]
        return form

    def send(self, page, user=None, without=(), **values):
        """The page's form with these values; ``without`` are boxes left empty."""
        self.client.force_login(user or self.editor)
        data = {**self.fields(page), **values}
        for name in without:
            data.pop(name, None)
        query = page.request["QUERY_STRING"]
        address = page.request["PATH_INFO"] + (f"?{query}" if query else "")
        return self.client.post(address, data)

    def preview(self, page, text=NEW, user=None):
        return self.send(page, user=user, text=text, _preview="1")

    def confirm(self, page, user=None, **values):
        return self.send(page, user=user, **{"reason": "Reforma", **values})

    @staticmethod
    def members(page):
        """(place, way chosen, ways there are) of each function shown."""
        return [
            (one.place, one.way, [way.value for way in one.ways])
            for one in page.context["preview"].members
        ]

    def text(self, function):
        return Function.objects.get(pk=function.pk).text

    def all_texts(self):
        return sorted(
            Function.objects.for_edition(self.draft).values_list("pk", "text")
        )

    def reword(self, function, text):
        change_function(function=Function.objects.get(pk=function.pk), text=text, **WHO)
