"""Any sequence of saves: undone backwards it is as it was; one of them, or refused."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from manuals.history import recording
from manuals.permissions import OPERATOR
from review.undo.exceptions import CannotUndo, StandsInTheWay
from review.undo.services import undo_save
from tests.factories import REASON, make_edition, make_function, make_kind, make_tree
from tests.review.undo.steps import KINDS, WHO, Hands, gaps, state
from units.models import Unit
from units.services import write_tree
from units.trees import problems_of

SAVES = st.lists(
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=3), min_size=1, max_size=7
)
SEEDS = st.integers(0, 2**32)
SETTINGS = settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PRINTED = (("8.1", None), ("8.4", "8.1"), ("8.4.7", "8.4"), ("8.2", "8.1"))


class AnySequenceTests(TestCase):
    def begin(self):
        self.edition = make_edition("2024")
        units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3 8.3.1", edition=self.edition)
        for code in ("8.2", "8.2.1", "8.3"):
            first = make_function(units[code], f"Planear en {code}.")
            make_function(units[code], f"Dirigir en {code}.")
            item = make_function(units[code], f"Lo uno en {code}.", parent=first)
            make_function(units[code], f"Lo otro en {code}.", parent=first)
            make_function(units[code], f"Lo menor en {code}.", parent=item)

    def begin_printed_otherwise(self):
        self.edition, kind = make_edition("2024"), make_kind()
        rows = [
            (Unit(edition=self.edition, kind=kind, code=code, name=code), above)
            for code, above in PRINTED
        ]
        with recording(user=OPERATOR, reason=REASON):
            write_tree(edition=self.edition, rows=rows)
        for unit in self.edition.units.all():
            make_function(unit, f"Planear en {unit.code}.")

    def take(self, saves, seed):
        """(moment, the draft before) of every save that wrote something."""
        hands, done = Hands(self.edition, seed), []
        for kinds in saves:
            before = state(self.edition)
            moment = hands.save(kinds)
            if moment is not None and state(self.edition) != before:
                done.append((moment, before))
        return done

    def undo(self, moment):
        return undo_save(edition=self.edition, moment=moment, **WHO)

    def assertSound(self):
        self.assertEqual(problems_of(self.edition), [])
        self.assertEqual(gaps(self.edition), [])

    @SETTINGS
    @given(saves=SAVES, seed=SEEDS, printed=st.booleans())
    def test_undone_backwards_the_draft_is_as_it_was(self, saves, seed, printed):
        if printed:
            self.begin_printed_otherwise()
        else:
            self.begin()
        for moment, before in reversed(self.take(saves, seed)):
            self.undo(moment)
            self.assertSound()
            self.assertEqual(state(self.edition), before)

    @SETTINGS
    @given(saves=SAVES, seed=SEEDS, which=st.integers(0, 6))
    def test_any_earlier_save_is_undone_or_refused_for_a_later_one(
        self, saves, seed, which
    ):
        self.begin()
        done = self.take(saves, seed)
        if not done:
            return
        moment, _before = done[which % len(done)]
        before = state(self.edition)
        try:
            undo = self.undo(moment)
        except StandsInTheWay as refusal:
            self.assertEqual(state(self.edition), before)
            self.assertTrue(refusal.later)
            for later in refusal.later:
                self.assertGreater(later.at, moment)
            return
        except CannotUndo:
            self.assertEqual(state(self.edition), before)
            return
        self.assertSound()
        self.undo(undo)
        self.assertSound()
        self.assertEqual(state(self.edition), before)
