"""Whatever an editor did to a draft, its comparison with the base tells all of it."""

from datetime import date

from hypothesis import given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from exchange.reading import read_document
from exchange.services import duplicate_edition
from manuals.charts import ListedChart, save_charts
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from review.compare import apply, compare
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_tree,
)
from tests.review.compare.drafting import EDITS, Editor, take
from tests.review.compare.editing import PARAGRAPHS, TEXTS

SAID = {"user": OPERATOR, "reason": REASON}
NUMBERS = st.integers(0, 9)
STEPS = st.lists(
    st.tuples(st.sampled_from(EDITS), NUMBERS, NUMBERS, NUMBERS),
    min_size=1,
    max_size=8,
)


class AnyDraftTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.old = make_edition("2021")
        # 8.1
        # |- 8.2
        # |  |- 8.2.1  the texts of 8.2.2, one of them twice
        # |  `- 8.2.2
        # `- 8.3
        #    `- 8.3.1
        units = make_tree("8.1 > 8.2 8.2.1 8.2.2 8.3 8.3.1", cls.old)
        for code in ("8.2.1", "8.2.2"):
            for text in TEXTS[:4]:
                make_function(units[code], text)
        make_function(units["8.2.1"], TEXTS[0])
        parent = make_function(units["8.3"], TEXTS[6])
        item = make_function(units["8.3"], TEXTS[3], parent=parent)
        make_function(units["8.3"], TEXTS[0], parent=parent)
        make_function(units["8.3"], TEXTS[0], parent=item)
        for number, title in enumerate(("Introducción", "Objetivos"), 1):
            body = "\n\n".join(PARAGRAPHS[number : number + 3])
            create_chapter(
                edition=cls.old, number=number, title=title, body=body, **SAID
            )
        charts = create_chapter(
            edition=cls.old, number=7, title="Organogramas", kind="charts", **SAID
        )
        rows = [
            ListedChart(
                f"7.{at}", units[code].name, units[code].key, date(2017, 12, at)
            )
            for at, code in enumerate(("8.1", "8.2"), 1)
        ]
        save_charts(chapter=charts, rows=rows, **SAID)
        create_chapter(
            edition=cls.old, number=8, title="Funciones", kind="functions", **SAID
        )
        authorise(cls.old, date(2021, 3, 4))

    @given(STEPS)
    @settings(max_examples=30, deadline=None, report_multiple_bugs=False)
    def test_applying_the_comparison_to_the_base_gives_the_draft(self, edits):
        old = read_document(self.old)
        draft = duplicate_edition(edition=self.old, label="2024", **SAID)
        editor = Editor(draft)
        for edit, *numbers in edits:
            if not take(editor, edit, *numbers):
                note(f"{edit}{tuple(numbers)} was refused")
        draft.refresh_from_db()
        new = read_document(draft)
        self.assertEqual(apply(old, compare(old, new)), new)
        self.assertEqual(apply(new, compare(new, old)), old)
        self.assertEqual(read_document(self.old), old)
