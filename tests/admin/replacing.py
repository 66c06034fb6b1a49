"""A draft with a term in several places, and the page that replaces it."""

from urllib.parse import urlencode

from django.urls import reverse

from functions.models import Function
from manuals.permissions import OPERATOR
from tests.admin.support import AdminTestCase
from tests.factories import REASON, make_function

WHO = {"user": OPERATOR, "reason": REASON}


class ReplacingTestCase(AdminTestCase):
    """
    8.2    1. Planear.  2. Coordinar: a) ... b) ...  3. Evaluar.
           4. Apoyar a las Oficinas.  a) De las Oficinas y las Oficinas.
    8.2.1  1. Visitar Oficinas con la Unidad de Evaluación de Oficinas.
    8.3    1. Ver las oficinas y Oficinas.
    """

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.first = make_function(cls.units["8.2"], "Apoyar a las Oficinas.")
        cls.item = make_function(
            cls.units["8.2"], "De las Oficinas y las Oficinas.", parent=cls.first
        )
        cls.named = make_function(
            cls.units["8.2.1"],
            "Visitar Oficinas con la Unidad de Evaluación de Oficinas.",
        )
        cls.third = make_function(cls.units["8.3"], "Ver las oficinas y Oficinas.")

    def page(self, user=None, **query):
        self.client.force_login(user or self.editor)
        return self.client.get(self.address(**query))

    def address(self, **query):
        query = {"edition": self.draft.pk, **query}
        return f"{reverse('admin:functions_function_replace')}?{urlencode(query)}"

    def shown(self, response):
        """(unit, label, what is around, chosen) of each hit."""
        return [
            (unit.unit.code, function.label, hit.after.strip(), hit.chosen)
            for unit in response.context["preview"].units
            for function in unit.functions
            for hit in function.hits
        ]

    def fields(self, page, reason="Por decreto", keep=None):
        """What a browser would send of the page; ``keep`` chooses among the values."""
        preview = page.context["preview"]
        values = [
            hit.value
            for function in preview.functions()
            for hit in function.hits
            if (hit.chosen if keep is None else hit.value in keep)
        ]
        return {
            "shown": preview.shown,
            "hit": values,
            "reason": reason,
            "seen": page.context["form"]["seen"].value() or "",
        }

    def confirm(self, page, user=None, **options):
        self.client.force_login(user or self.editor)
        address = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
        return self.client.post(address, self.fields(page, **options), follow=True)

    def text(self, function):
        return Function.objects.get(pk=function.pk).text

    def every_text(self):
        return list(Function.objects.order_by("pk").values_list("text", flat=True))
