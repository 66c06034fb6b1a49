"""The whole API asked for what its document allows, and for what it does not.

schemathesis makes the requests and judges the answers: no error of the server, and no
status, media type, header or body that the document does not declare; what the document
forbids is refused. SCHEMATHESIS_EXAMPLES sets how many requests of each kind every
operation gets; many take minutes.
"""

import os
from copy import deepcopy
from functools import cache

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from functions.models import Function
from manual_org.api.v1.views.docs import document
from manual_org.wsgi import application
from tests.alike import AlikeTestCase, undone
from tests.api.support import inside_the_test, make_token
from tests.factories import REASON

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "2"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@cache
def api():
    # Its examples are changed below, in place.
    schema = schemathesis.openapi.from_dict(deepcopy(document()))
    schema.app = application
    return schema


def operations():
    return [found.ok() for found in api().get_all_operations()]


def requests_of(operation):
    """Requests that the document allows, or forbids; each with a source of chance."""
    modes = [GenerationMode.POSITIVE]
    if operation.iter_parameters() or operation.body:
        modes.append(GenerationMode.NEGATIVE)
    return st.tuples(
        st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes)),
        st.randoms(use_true_random=False),
    )


class Places:
    """What there is to ask for, by the names of parameters and fields.

    Put in place of what the document allows: nearly all would be 404 without.
    """

    def __init__(self, editions, units, functions):
        labels = [edition.label for edition in editions.values()]
        codes = ["8.1", "8.2", "8.2.1", "8.3.7"]
        self.draft = editions["D"].label
        self.keys = {"units": units, "notes": units, "functions": functions}
        self.values = {
            "slug": ["dir"],
            "manual": ["dir"],
            **dict.fromkeys(("label", "edition", "old", "new", "base"), labels),
            **dict.fromkeys(("since", "changed_since"), labels),
            **dict.fromkeys(("code", "unit", "under", "parent", "unit_code"), codes),
            "parent_code": [*codes, None],
            "parent_key": [*functions, None],
            "key": [*units, *functions],
            "number": [1],
            "kind": ["Coordinación"],
            "reason": [REASON],
            "effective_from": ["2030-01-01"],
        }

    def put_into(self, case, random):
        """Replace some, all in one request of two; what the document forbids stays."""
        share = random.choice((0.7, 1))
        values = dict(self.values)
        if case.method != "GET":
            values["label"] = values["edition"] = [self.draft, *values["label"]]
        for name, keys in self.keys.items():
            if f"/{name}/{{key}}/" in case.path:
                values["key"] = keys
        if "on" in (case.query or ()):
            # A day is for the edition in force.
            values |= dict.fromkeys(("label", "edition", "old", "new"), ["current"])
        for location, container in (
            (ParameterLocation.PATH, case.path_parameters),
            (ParameterLocation.QUERY, case.query),
            (ParameterLocation.BODY, case.body),
        ):
            part = case.meta.components.get(location)
            if part is not None and part.mode.is_positive:
                replace(container, values, share, random)
        headers = case.meta.components.get(ParameterLocation.HEADER)
        if "If-Match" in case.headers and headers.mode.is_positive:
            case.headers["If-Match"] = "*" if random.random() < share else '"old"'


def replace(value, values, share, random):
    """Put known values in place of so many of those that bear their names."""
    if isinstance(value, list):
        for one in value:
            replace(one, values, share, random)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, dict | list) or name not in values:
                replace(inner, values, share, random)
            elif random.random() < share:
                value[name] = random.choice(values[name])


@pytest.mark.no_cover
class SchemaTests(AlikeTestCase):
    """Editions in every state, asked for by everybody and by who may do everything."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.token = make_token(cls.people["superuser"])[1]
        units = [str(cls.unit("A", code).key) for code in ("8.2.1", "8.3.7")]
        functions = Function.objects.filter(edition=cls.editions["D"])
        cls.places = Places(
            cls.editions, units, [str(function.key) for function in functions]
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(inside_the_test())

    def assertHolds(self, operation, headers):
        @settings(
            max_examples=EXAMPLES,
            derandomize=EXAMPLES < 10,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(requests_of(operation))
        def ask(drawn):
            case, random = drawn
            self.places.put_into(case, random)
            with undone():
                response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS)

        ask()

    def assertAllHold(self, headers):
        # What comes over WSGI is not decompressed.
        headers = {**headers, "Accept-Encoding": "identity"}
        for operation in operations():
            with self.subTest(operation=operation.label):
                try:
                    self.assertHolds(operation, headers)
                except (Failure, FailureGroup) as failure:
                    self.fail(str(failure))

    def test_for_everybody(self):
        self.assertAllHold({})

    def test_for_who_may_do_everything(self):
        self.assertAllHold({"Authorization": f"Token {self.token}"})
