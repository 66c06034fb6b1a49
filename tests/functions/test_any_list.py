"""Any list of functions is stored as it was sent, and only what changed has history."""

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from functions.lists import Listed, listed, save_function_list
from functions.models import MAX_DEPTH, Function
from manuals.permissions import OPERATOR
from tests.factories import REASON, make_tree

# Each row: how deep at most, whose key (None for a new row), and its text.
ROWS = st.lists(
    st.tuples(
        st.integers(0, MAX_DEPTH - 1),
        st.one_of(st.none(), st.integers(0, 12)),
        st.sampled_from(("Planear.", "Dirigir.", "Evaluar\n lo hecho.", "Informar.")),
    ),
    max_size=8,
)


def state(unit):
    """key -> (parent's key, position, text) as stored."""
    return {
        key: tuple(rest)
        for key, *rest in Function.objects.filter(unit=unit).values_list(
            "key", "parent__key", "position", "text"
        )
    }


def histories(unit):
    rows = Function.history.filter(edition_id=unit.edition_id)
    return Counter(rows.values_list("key", "history_type", "history_id"))


class AnyListTests(TestCase):
    @settings(
        max_examples=40,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(drawn=st.lists(ROWS, min_size=1, max_size=4))
    def test_lists_one_after_another(self, drawn):
        unit = make_tree("8.1 8.2")["8.2"]
        for rows in drawn:
            before, known = state(unit), histories(unit)
            sent = self.valid(rows, [row.key for row in listed(unit)])
            changed = save_function_list(
                unit=unit, rows=sent, user=OPERATOR, reason=REASON
            )
            self.assertEqual(
                [(row.level, row.text) for row in listed(unit)],
                [(row.level, " ".join(row.text.split())) for row in sent],
            )
            for row, stored in zip(sent, listed(unit), strict=True):
                self.assertIn(row.key, (None, stored.key))
            after = state(unit)
            expected = Counter(
                (
                    key,
                    "+" if key not in before else "-" if key not in after else "~",
                )
                for key in before.keys() | after.keys()
                if before.get(key) != after.get(key)
            )
            written = histories(unit) - known
            self.assertEqual(
                Counter((key, kind) for key, kind, _id in written.elements()), expected
            )
            self.assertEqual(changed, expected.total())
            self.assertEqual(
                save_function_list(
                    unit=unit, rows=listed(unit), user=OPERATOR, reason=REASON
                ),
                0,
            )

    def valid(self, rows, keys):
        """The drawn rows as a list that may be sent: no gap in depth, no key twice."""
        sent, above, used = [], -1, set()
        for depth, number, text in rows:
            above = min(depth, above + 1)
            key = None
            if number is not None and keys and keys[number % len(keys)] not in used:
                key = keys[number % len(keys)]
                used.add(key)
            sent.append(Listed(above, text, key))
        return sent
