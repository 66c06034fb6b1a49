"""Who may ask for and who may write what over the API: one table.

Rows are a method and an address by its name. D, R and A are the states of the edition
that it is about: a draft, in review, authorised. Without letters the state does not
matter. The branch editors are limited to 8.2 and to 8.3; what is tried lies in 8.2.

    yes   is answered; for writes: rows change
    no    401 or 403; or 404, where the edition itself is not for this person's eyes
    -     409: the person may, in another state of the edition; nothing is written

An address or method that is not in the table fails a test: add its rows, and the body
that it takes to ``BODIES``. The tests print the rows as they are.
"""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.alike import PEOPLE, STATES, AlikeTestCase, undone
from tests.api.support import client_of, send_form
from tests.factories import REASON

#                                      no  lec othr own ed- re- aut su-
#                                  anon rol tor bra bra itr vis orz per
TABLE = """
authorise              POST   DA   no  no  no  no  no  no  no  -   -
authorise              POST   R    no  no  no  no  no  no  no  yes yes
batch                  POST   D    no  no  no  no  yes yes no  no  yes
batch                  POST   RA   no  no  no  -   -   -   no  no  -
changes                GET         yes yes yes yes yes yes yes yes yes
chapter                GET    A    yes yes yes yes yes yes yes yes yes
chapter                GET    DR   no  no  yes yes yes yes yes yes yes
chapters               GET    A    yes yes yes yes yes yes yes yes yes
chapters               GET    DR   no  no  yes yes yes yes yes yes yes
charts                 GET    A    yes yes yes yes yes yes yes yes yes
charts                 GET    DR   no  no  yes yes yes yes yes yes yes
check-rules            GET         yes yes yes yes yes yes yes yes yes
checks                 GET    DRA  no  no  yes yes yes yes yes yes yes
comparison             GET    A    yes yes yes yes yes yes yes yes yes
comparison             GET    DR   no  no  yes yes yes yes yes yes yes
docs                   GET         yes yes yes yes yes yes yes yes yes
doubts                 GET    DRA  no  no  yes yes yes yes yes yes yes
duplicate              POST   DRA  no  no  no  no  no  yes no  no  yes
edition                DELETE D    no  no  no  no  no  yes no  no  yes
edition                DELETE RA   no  no  no  no  no  -   no  no  -
edition                GET    A    yes yes yes yes yes yes yes yes yes
edition                GET    DR   no  no  yes yes yes yes yes yes yes
edition                PATCH  D    no  no  no  no  no  yes no  no  yes
edition                PATCH  RA   no  no  no  no  no  -   no  no  -
editions               GET         yes yes yes yes yes yes yes yes yes
feed                   GET         yes yes yes yes yes yes yes yes yes
function               DELETE D    no  no  no  no  yes yes no  no  yes
function               DELETE RA   no  no  no  -   -   -   no  no  -
function               GET    A    yes yes yes yes yes yes yes yes yes
function               GET    DR   no  no  yes yes yes yes yes yes yes
function               PATCH  D    no  no  no  no  yes yes no  no  yes
function               PATCH  RA   no  no  no  -   -   -   no  no  -
function-by-key        DELETE D    no  no  no  no  yes yes no  no  yes
function-by-key        DELETE RA   no  no  no  -   -   -   no  no  -
function-by-key        GET    A    yes yes yes yes yes yes yes yes yes
function-by-key        GET    DR   no  no  yes yes yes yes yes yes yes
function-by-key        PATCH  D    no  no  no  no  yes yes no  no  yes
function-by-key        PATCH  RA   no  no  no  -   -   -   no  no  -
function-move          POST   D    no  no  no  no  yes yes no  no  yes
function-move          POST   RA   no  no  no  -   -   -   no  no  -
function-move-by-key   POST   D    no  no  no  no  yes yes no  no  yes
function-move-by-key   POST   RA   no  no  no  -   -   -   no  no  -
function-successors-by-key GET    A    yes yes yes yes yes yes yes yes yes
function-successors-by-key GET    DR   no  no  yes yes yes yes yes yes yes
functions              GET    A    yes yes yes yes yes yes yes yes yes
functions              GET    DR   no  no  yes yes yes yes yes yes yes
functions              POST   D    no  no  no  no  yes yes no  no  yes
functions              POST   RA   no  no  no  -   -   -   no  no  -
glossary               GET         yes yes yes yes yes yes yes yes yes
guide                  GET         yes yes yes yes yes yes yes yes yes
guide-file             GET         yes yes yes yes yes yes yes yes yes
imports                POST        no  no  no  no  no  yes no  no  yes
kinds                  GET         yes yes yes yes yes yes yes yes yes
manual                 GET         yes yes yes yes yes yes yes yes yes
manual-feed            GET         yes yes yes yes yes yes yes yes yes
manual-imports         POST        no  no  no  no  no  yes no  no  yes
manuals                GET         yes yes yes yes yes yes yes yes yes
note                   DELETE D    no  no  no  no  yes yes no  no  yes
note                   DELETE RA   no  no  no  -   -   -   no  no  -
note                   GET    A    yes yes yes yes yes yes yes yes yes
note                   GET    DR   no  no  yes yes yes yes yes yes yes
note                   PUT    D    no  no  no  no  yes yes no  no  yes
note                   PUT    RA   no  no  no  -   -   -   no  no  -
notes                  GET    A    yes yes yes yes yes yes yes yes yes
notes                  GET    DR   no  no  yes yes yes yes yes yes yes
readiness              GET    DRA  no  no  yes yes yes yes yes yes yes
root                   GET         yes yes yes yes yes yes yes yes yes
schema                 GET         yes yes yes yes yes yes yes yes yes
search                 GET         yes yes yes yes yes yes yes yes yes
send-back              POST   DA   no  no  no  no  no  no  -   -   -
send-back              POST   R    no  no  no  no  no  no  yes yes yes
submit                 POST   D    no  no  no  no  no  yes no  no  yes
submit                 POST   RA   no  no  no  no  no  -   no  no  -
subtree                GET    A    yes yes yes yes yes yes yes yes yes
subtree                GET    DR   no  no  yes yes yes yes yes yes yes
transitions            GET    DRA  no  no  yes yes yes yes yes yes yes
tree                   GET    A    yes yes yes yes yes yes yes yes yes
tree                   GET    DR   no  no  yes yes yes yes yes yes yes
unit                   DELETE D    no  no  no  no  yes yes no  no  yes
unit                   DELETE RA   no  no  no  -   -   -   no  no  -
unit                   GET    A    yes yes yes yes yes yes yes yes yes
unit                   GET    DR   no  no  yes yes yes yes yes yes yes
unit                   PATCH  D    no  no  no  no  yes yes no  no  yes
unit                   PATCH  RA   no  no  no  -   -   -   no  no  -
unit-by-key            DELETE D    no  no  no  no  yes yes no  no  yes
unit-by-key            DELETE RA   no  no  no  -   -   -   no  no  -
unit-by-key            GET    A    yes yes yes yes yes yes yes yes yes
unit-by-key            GET    DR   no  no  yes yes yes yes yes yes yes
unit-by-key            PATCH  D    no  no  no  no  yes yes no  no  yes
unit-by-key            PATCH  RA   no  no  no  -   -   -   no  no  -
unit-children          GET    A    yes yes yes yes yes yes yes yes yes
unit-children          GET    DR   no  no  yes yes yes yes yes yes yes
unit-children          PUT    D    no  no  no  no  yes yes no  no  yes
unit-children          PUT    RA   no  no  no  -   -   -   no  no  -
unit-functions         GET    A    yes yes yes yes yes yes yes yes yes
unit-functions         GET    DR   no  no  yes yes yes yes yes yes yes
unit-functions         PUT    D    no  no  no  no  yes yes no  no  yes
unit-functions         PUT    RA   no  no  no  -   -   -   no  no  -
unit-move              POST   D    no  no  no  no  yes yes no  no  yes
unit-move              POST   RA   no  no  no  -   -   -   no  no  -
unit-move-by-key       POST   D    no  no  no  no  yes yes no  no  yes
unit-move-by-key       POST   RA   no  no  no  -   -   -   no  no  -
unit-successors        GET    A    yes yes yes yes yes yes yes yes yes
unit-successors        GET    DR   no  no  yes yes yes yes yes yes yes
unit-successors-by-key GET    A    yes yes yes yes yes yes yes yes yes
unit-successors-by-key GET    DR   no  no  yes yes yes yes yes yes yes
units                  GET    A    yes yes yes yes yes yes yes yes yes
units                  GET    DR   no  no  yes yes yes yes yes yes yes
units                  POST   D    no  no  no  no  yes yes no  no  yes
units                  POST   RA   no  no  no  -   -   -   no  no  -
withdraw               POST   A    no  no  no  no  no  no  no  yes yes
withdraw               POST   DR   no  no  no  no  no  no  no  -   -
"""

METHODS = ("get", "post", "put", "patch", "delete")
# Neither is about one edition; search takes those that the person may read.
REGISTER = {"root", "manuals", "manual", "editions", "search", "schema", "docs"}
REGISTER |= {"guide", "guide-file"}
REGISTER |= {"check-rules", "imports", "manual-imports"}
REGISTER |= {"changes", "feed", "manual-feed", "kinds", "glossary"}
NEW_UNIT = {"name": "Nueva", "kind": "Coordinación", "parent_code": "8.2"}
BODIES = {
    "PATCH edition": {"document_number": "1"},
    "POST submit": {},
    "POST send-back": {},
    "POST authorise": {"effective_from": "2030-01-01"},
    "POST withdraw": {},
    "POST duplicate": {"label": "copia"},
    "POST units": NEW_UNIT,
    "POST batch": {
        "operations": [
            {"op": "create_function", "text": "Nueva.", "unit": {"code": "8.2"}}
        ]
    },
    "PUT unit-children": {},
    "PATCH unit": {"name": "Otra"},
    "PATCH unit-by-key": {"name": "Otra"},
    "PUT unit-functions": {"functions": [{"text": "Única."}]},
    "POST unit-move": {"position": 2},
    "POST unit-move-by-key": {"position": 2},
    "PUT note": {"text": "Otra reforma."},
    "POST functions": {"text": "Nueva.", "unit_code": "8.2.1"},
    "PATCH function": {"text": "Otra."},
    "PATCH function-by-key": {"text": "Otra."},
    "POST function-move": {"position": 2},
    "POST function-move-by-key": {"position": 2},
    "POST imports": {"edition": "importada", "manual": "nuevo"},
    "POST manual-imports": {"edition": "importada"},
}


def operations() -> list[str]:
    """Every method of every address of the API, as ``"GET unit"``."""
    return [
        f"{method.upper()} {pattern.name}"
        for pattern in _below(get_resolver(), "")
        for method in METHODS
        if hasattr(pattern.callback.view_class, method)
    ]


def _below(resolver, prefix: str):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if route.startswith("api/v1/"):
                yield pattern
        elif "api/v1/".startswith(route) or route.startswith("api/v1/"):
            yield from _below(pattern, route)


@pytest.mark.any_engine
class PermissionMatrixTests(AlikeTestCase):
    maxDiff = None

    def setUp(self):
        self.clients = {name: client_of(user) for name, user in self.people.items()}
        self.before = self.stored()

    def url(self, name: str, letter: str) -> str:
        """The address of the thing that is tried, in the edition of this state."""
        edition = self.editions[letter]
        unit, function = (self.objects[one, letter][0] for one in ("unit", "function"))
        given = {
            "slug": edition.manual.slug,
            "label": edition.label,
            "code": (unit.parent if name == "unit-children" else unit).code,
            "old": self.editions["A"].label,
            "new": edition.label,
            "number": 1,
            "name": "api-writing.md",
            "key": function.key if name.startswith("function") else unit.key,
        }
        candidates = get_resolver("manual_org.api.v1.urls").reverse_dict.getlist(name)
        names = next(parameters for [(_route, parameters)], *_rest in candidates)
        address = reverse(
            f"api:v1:{name}",
            kwargs={parameter: given[parameter] for parameter in names},
        )
        if name.endswith("-by-key"):
            address += f"?edition={edition.label}"
        return address

    def children_turned_round(self, letter: str) -> list[str]:
        parent = self.objects["unit", letter][0].parent
        keys = parent.children.order_by("-position").values_list("key", flat=True)
        return [str(key) for key in keys]

    def answer(self, person: str, operation: str, letter: str) -> str:
        method, name = operation.split()
        address, body = self.url(name, letter), None
        if name == "search":
            address += "?q=planear"
        if method == "DELETE":
            address += f"{'&' if '?' in address else '?'}reason={REASON}"
        elif method != "GET":
            # The text of a note is its reason.
            said = {} if name == "note" else {"reason": REASON}
            body = {**BODIES[operation], **said}
            if name == "unit-children":
                body["children"] = self.children_turned_round(letter)
        headers = {} if method == "GET" else {"if-match": "*"}
        with undone():
            send = getattr(self.clients[person], method.lower())
            if method == "GET":
                response = send(address)
            elif name.endswith("imports"):
                response = send_form(send, address, body, self.source)
            else:
                response = send(address, body, headers=headers)
            after = self.stored() if method != "GET" else self.before
        if response.status_code < 300:
            if method != "GET":
                self.assertNotEqual(after, self.before, operation)
            return "yes"
        self.assertEqual(after, self.before, operation)
        self.assertIn(response.status_code, (401, 403, 404, 409), response.content)
        return "-" if response.status_code == 409 else "no"

    def rows(self, operation: str) -> list[str]:
        states: dict[tuple, list[str]] = {}
        apart = operation.split()[1] in REGISTER
        for letter in "D" if apart else STATES:
            cells = tuple(self.answer(one, operation, letter) for one in PEOPLE)
            states.setdefault(cells, []).append("" if apart else letter)
        method, name = operation.split()
        return [
            f"{name:22} {method:6} {''.join(seen):3}  "
            f"{' '.join(f'{cell:3}' for cell in cells)}".rstrip()
            for cells, seen in states.items()
        ]

    def test_every_method_of_every_address_is_in_the_table(self):
        listed = {
            f"{line.split()[1]} {line.split()[0]}"
            for line in TABLE.strip().splitlines()
        }
        self.assertEqual(listed, set(operations()))
        writes = {one for one in operations() if not one.startswith(("GET", "DELETE"))}
        self.assertEqual(set(BODIES), writes)

    def test_who_may_do_what(self):
        drawn = [row for operation in operations() for row in self.rows(operation)]
        self.assertEqual("\n".join(sorted(drawn)), TABLE.strip())
