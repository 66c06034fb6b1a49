"""What tests of the admin share: a small manual, people, forms as a browser sees them.

8.1
├── 8.2        three functions, the second with two items
│   ├── 8.2.1
│   └── 8.2.2
└── 8.3
    └── 8.3.1
"""

from html.parser import HTMLParser

from django.test import TestCase
from django.urls import reverse

from functions.lists import listed
from manuals.models import BranchGrant
from tests.factories import authorise, make_edition, make_function, make_tree, make_user
from units.models import Unit

CODES = "8.1 8.2 8.2.1 8.2.2 8.3 8.3.1"


class FormReader(HTMLParser):
    """The fields of every form of a page with the values that they were given."""

    def __init__(self):
        super().__init__()
        self.forms: list[dict] = []
        self._form = self._select = self._textarea = None
        self._in_template = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "template":
            self._in_template = True
        if self._in_template:
            return
        if tag == "form":
            self._form = {}
            self.forms.append(self._form)
        if self._form is None:
            return
        if tag == "input" and "name" in attrs:
            self._input(attrs)
        elif tag == "select":
            self._select = attrs["name"]
            self._form[self._select] = ""
        elif tag == "option" and self._select and "selected" in attrs:
            self._form[self._select] = attrs.get("value", "")
        elif tag == "textarea":
            self._textarea = attrs["name"]
            self._form[self._textarea] = ""

    def _input(self, attrs):
        kind = attrs.get("type", "text")
        if kind in ("submit", "file", "button"):
            return
        if kind in ("checkbox", "radio") and "checked" not in attrs:
            return
        self._form[attrs["name"]] = attrs.get(
            "value", "on" if kind == "checkbox" else ""
        )

    def handle_data(self, data):
        if self._textarea and not self._in_template:
            self._form[self._textarea] += data

    def handle_endtag(self, tag):
        if tag == "template":
            self._in_template = False
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea:
            # The first line break after the tag belongs to the markup.
            text = self._form[self._textarea]
            self._form[self._textarea] = text.removeprefix("\r").removeprefix("\n")
            self._textarea = None


def form_of(response) -> dict:
    """The fields of the form that the page is about."""
    reader = FormReader()
    reader.feed(response.content.decode())
    (form,) = [form for form in reader.forms if "seen" in form]
    return form


class AdminTestCase(TestCase):
    """A draft "2024" and an authorised edition "2021" of one manual, with people."""

    @classmethod
    def setUpTestData(cls):
        cls.closed = make_edition("2021")
        cls.closed_units = make_tree(CODES, edition=cls.closed)
        make_function(cls.closed_units["8.2"], "Función cerrada.")
        authorise(cls.closed)
        cls.closed.refresh_from_db()
        cls.draft = make_edition("2024")
        cls.units = make_tree(CODES, edition=cls.draft)
        unit = cls.units["8.2"]
        make_function(unit, "Planear.")
        second = make_function(unit, "Coordinar:")
        make_function(unit, "El presupuesto.", parent=second)
        make_function(unit, "El personal.", parent=second)
        make_function(unit, "Evaluar.")
        cls.superuser = make_user("superuser")
        cls.editor = make_user("editor", username="editora")
        cls.lector = make_user("lector", username="lectora")
        cls.revisor = make_user("revisor", username="revisora")
        cls.autorizador = make_user("autorizador", username="autorizadora")
        cls.branch_editor = make_user("editor", username="editora-de-rama")
        BranchGrant.objects.create(
            user=cls.branch_editor, manual=cls.draft.manual, unit_key=unit.key
        )

    def url(self, model: str, name: str, *args) -> str:
        """``url("unit", "change", 3)``; the app is found by the model's name."""
        apps = {
            "unit": "units",
            "unitkind": "units",
            "function": "functions",
            "synonym": "functions",
            "changenote": "review",
            "user": "auth",
            "group": "auth",
        }
        return reverse(f"admin:{apps.get(model, 'manuals')}_{model}_{name}", args=args)

    def open(self, *address, user=None, **query):
        self.client.force_login(user or self.editor)
        response = self.client.get(self.url(*address), query, follow=True)
        self.assertEqual(response.status_code, 200, address)
        return response

    def send(self, *address, user=None, page=None, data=None, **values):
        """Open a page, fill its form in as a person would, and send it."""
        page = page or self.open(*address, user=user)
        data = {**form_of(page), **values, **(data or {})}
        self.client.force_login(user or self.editor)
        return self.client.post(page.request["PATH_INFO"] + self._query(page), data)

    @staticmethod
    def _query(page) -> str:
        query = page.request["QUERY_STRING"]
        return f"?{query}" if query else ""

    def unit(self, code: str) -> Unit:
        return Unit.objects.get(edition=self.draft, code=code)

    def codes(self) -> list[str]:
        """Code and name of the draft's units in reading order."""
        return [
            f"{unit.code}={unit.name.removeprefix('Coordinación ')}"
            for unit in Unit.objects.for_edition(self.draft).in_reading_order()
        ]

    def texts(self, code: str = "8.2") -> list[str]:
        """A unit's functions in reading order, items indented."""
        return ["  " * row.level + row.text for row in listed(self.unit(code))]

    def errors(self, response) -> str:
        """Everything that the form of a page complains about, as one text."""
        form = (
            response.context["adminform"].form
            if "adminform" in response.context
            else (response.context["form"])
        )
        return " ".join(
            str(error) for errors in form.errors.values() for error in errors
        )
