"""How many queries the life of an edition takes: the same for 3 units and for 300."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.services import duplicate_edition
from manuals import cache
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import send_back_edition, submit_edition
from tests.api.support import API, ApiTestCase, client_of
from tests.api.test_queries import FOR_THE_TOKEN, MOST, make_wide_edition
from tests.factories import REASON, authorise, make_user
from units.models import Unit

# Two whole editions are read and compared, as the page of a comparison does.
MOST_TO_COMPARE = 24


class StepQueryTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.authoriser = make_user("autorizador")
        cls.drafts = {}
        for year, (label, units) in enumerate({"tres": 3, "cien": 100}.items(), 2021):
            base = authorise(make_wide_edition(label, units), date(year, 1, 1))
            cls.drafts[label] = duplicate_edition(
                edition=base, label=f"{label}-2", user=OPERATOR, reason=REASON
            )

    def ask(self, user, method, draft, path="", body=None):
        """How many queries the answer takes with nothing kept from before."""
        client = client_of(user)
        base = f"{API}/manuals/dir/editions/{draft.label}/"
        headers = {}
        if method != "get":
            headers["if_match"] = self.etag(client, base)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = getattr(client, method)(f"{base}{path}", body, headers=headers)
        self.assertEqual(response.status_code, 200, response.content)
        return len(captured)

    def assertSame(self, most, *arguments):
        counts = [self.ask(*arguments[:2], one, *arguments[2:]) for one in self.both()]
        self.assertEqual(*counts)
        if most is not None:
            self.assertLessEqual(counts[0], most)

    def both(self):
        return self.drafts.values()

    def test_of_the_transitions_however_many(self):
        few = self.ask(self.editor, "get", self.drafts["tres"], "transitions/")
        for _time in range(5):
            submit_edition(edition=self.drafts["cien"], user=make_user("editor"))
            send_back_edition(
                edition=self.drafts["cien"], user=self.authoriser, comment="No"
            )
        many = self.ask(self.editor, "get", self.drafts["cien"], "transitions/")
        self.assertEqual(few, many)
        self.assertLessEqual(many, MOST + FOR_THE_TOKEN)

    def test_of_the_readiness_of_a_draft_with_every_unit_changed(self):
        for draft in self.both():
            for unit in Unit.objects.for_edition(draft):
                Unit.objects.filter(pk=unit.pk).update(name=f"{unit.name} bis")
        self.assertSame(
            MOST_TO_COMPARE + FOR_THE_TOKEN, self.editor, "get", "readiness/"
        )
        response = client_of(self.editor).get(
            f"{API}/manuals/dir/editions/cien-2/readiness/"
        )
        self.assertEqual(len(response.json()["missing"][0]["units"]), 100)

    def test_of_changing_submitting_and_authorising(self):
        change = {"document_number": "1", "reason": REASON}
        self.assertSame(None, self.editor, "patch", "", change)
        self.assertSame(None, self.editor, "post", "submit/", {"reason": REASON})
        counts = [
            self.ask(
                self.authoriser,
                "post",
                draft,
                "authorise/",
                {"effective_from": f"{year}-01-01", "reason": REASON},
            )
            for year, draft in enumerate(self.both(), 2026)
        ]
        self.assertEqual(*counts)
        self.assertEqual(Edition.objects.filter(status="authorised").count(), 4)
