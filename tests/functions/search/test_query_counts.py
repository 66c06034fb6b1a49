"""How many queries a search takes: few, and the same for 3 units and for 300."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from functions.search import Scope, complete, search
from manuals import cache
from manuals.models import Chapter, Edition
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, authorise
from tests.web.support import LATER, PAST, filled_edition

SMALL, LARGE = 3, 300
# Text -> options: hits of every kind, who, none, a mistyped word, an unfinished one.
ASKED = {
    "planear": {},
    "planear unidad coordinación texto": {},
    "quién planea": {"who": True},
    "plamear": {},
    "plan": {"typing": True},
    '"planear 1" -texto': {"page": 2},
}
MOST = 6
# What is kept of an edition is read once: its outline, how many places it has, these
# with their texts, its chapters, and the manual's synonyms and acronyms.
FOR_KEEPING = 6


def write_edition(label, units):
    edition = filled_edition(label, units=units)
    create_chapter(
        edition=edition,
        number=1,
        title="Introducción",
        kind=Chapter.Kind.TEXT,
        body="Un texto para planear.",
        user=OPERATOR,
        reason=REASON,
    )
    return edition


def queries(scope):
    """Text -> how many queries its search takes."""
    counts = {}
    for text, options in ASKED.items():
        with CaptureQueriesContext(connection) as captured:
            search(scope, text, **options)
        counts[text] = len(captured)
    with CaptureQueriesContext(connection) as captured:
        complete(scope, "planear coor")
    return counts | {"completing": len(captured)}


class QueryCountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        write_edition("pocas", SMALL)
        write_edition("muchas", LARGE)

    def scopes(self):
        editions = Edition.objects.with_manual()
        return (Scope.of(editions.get(label=label)) for label in ("pocas", "muchas"))

    def publish(self):
        for label, since in (("pocas", PAST), ("muchas", LATER)):
            authorise(Edition.objects.get(label=label), since)

    def test_of_drafts_the_same_for_any_size(self):
        few, many = map(queries, self.scopes())
        # A page of chapters' paragraphs reads these too.
        for text in ASKED:
            with self.subTest(text):
                self.assertLessEqual(many[text], few[text])
        self.assertLessEqual(max(many.values()), MOST + 2)
        self.assertLessEqual(few["planear"], MOST)

    def test_of_published_editions_nothing_is_asked_but_words(self):
        self.publish()
        for scope in self.scopes():
            search(scope, "unidad")
        few, many = map(queries, self.scopes())
        self.assertEqual(few, many)
        self.assertEqual(many["planear"], 0)
        self.assertEqual(many["quién planea"], 0)
        self.assertLessEqual(max(many.values()), 3)

    def test_what_is_kept_of_an_edition_is_read_with_few(self):
        self.publish()
        counts = []
        for scope in self.scopes():
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                search(scope, "planear")
            counts.append(len(captured))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], FOR_KEEPING)

    def test_over_several_editions_not_more_for_more_hits(self):
        self.publish()
        every = Scope.of(Edition.objects.published().with_manual())
        for text in ("planear", "quién planea"):
            search(every, text)
            with self.subTest(text), CaptureQueriesContext(connection) as captured:
                search(every, text, who=True)
            self.assertLessEqual(len(captured), MOST)
