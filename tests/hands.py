"""Many hands on the same drafts at once, and whether what they did can be told.

Each hand is a thread with an account and a connection of its own. It works, as people
do, on what it saw a while ago. What it asks for and what came of it is a ``Deed``.
``faults`` then reads the database and replays the deeds on copies of the drafts, one
after the other in the order of their commits: every step must again do exactly what its
history says it did, and the copies must end as the drafts did.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from manual_org.busy import is_busy
from manuals.exceptions import DomainError
from manuals.models import Edition
from units.trees import broken_trees

REFUSALS = (DomainError, ValidationError)
PATIENCE = 600  # seconds until hands that never end are given up


@dataclass
class Deed:
    """A step that a hand asked for: with what, why, and what came of it.

    ``ticket`` counts acknowledged deeds; it is taken before the commit, while the
    edition's lock is still held, so that within an edition it is the commits' order.
    """

    draft: int
    user: Any
    step: str
    said: dict
    reason: str
    ticket: int | None = None
    refusal: Exception | None = None
    seconds: float = 0.0

    @property
    def done(self) -> bool:
        return self.refusal is None

    def __str__(self):
        return f"{self.reason} in {self.draft}: {self.step} {self.said}"


@dataclass
class Hands:
    """A subclass says what hands look at, ask for and do; see its methods.

    ``drafts`` maps the id of each edition to that of a copy made before the work.
    ``people`` are the accounts, one for each hand.
    """

    drafts: dict[int, int]
    people: list
    operations: int
    seed: int = 6
    deeds: list[Deed] = field(default_factory=list)
    seconds: float = 0.0

    # How many deeds a hand goes on with what it saw before.
    LOOKS_AGAIN_AFTER = 6
    # The models whose history tells what was done.
    models = ()

    def look(self, edition: int) -> Any:
        """What a hand sees of an edition; it will have changed when it acts."""
        raise NotImplementedError

    def choose(self, chance: random.Random, seen) -> tuple[str, dict]:
        """A step and its arguments: keys, also of what it will make, and values."""
        raise NotImplementedError

    def perform(self, deed: Deed, seen) -> None:
        """Take the step, on rows as they are where ``seen`` is None.

        Raises REFUSALS.
        """
        raise NotImplementedError

    def state(self, edition: int) -> dict:
        """All that the steps write of an edition, without ids."""
        raise NotImplementedError

    def told(self, rows: list) -> Counter:
        """What the history rows of one deed say, without ids and moments."""
        raise NotImplementedError

    def may_change_nothing(self, deed: Deed) -> bool:
        """Whether the step may be acknowledged without a change of any row."""
        return False

    # Working

    def work(self) -> None:
        tickets = count(1)
        together = threading.Barrier(len(self.people))

        def hand(number):
            try:
                together.wait(PATIENCE)
                return self._hand(number, tickets)
            finally:
                connections.close_all()

        begun = time.perf_counter()
        with ThreadPoolExecutor(len(self.people)) as pool:
            for deeds in pool.map(hand, range(len(self.people)), timeout=PATIENCE):
                self.deeds += deeds
        self.seconds = time.perf_counter() - begun

    def _hand(self, number: int, tickets) -> list[Deed]:
        chance = random.Random(f"{self.seed} {number}")  # noqa: S311 - repeatable
        drafts = list(self.drafts)
        seen, deeds = {}, []
        for turn in range(self.operations):
            # Most of the work is done where the others work, too.
            draft = drafts[0] if chance.random() < 0.75 else chance.choice(drafts)
            if draft not in seen or turn % self.LOOKS_AGAIN_AFTER == 0:
                seen[draft] = self.look(draft)
            step, said = self.choose(chance, seen[draft])
            reason = f"Mano {number}, cambio {turn}"
            deed = Deed(draft, self.people[number], step, said, reason)
            deeds.append(deed)
            begun = time.perf_counter()
            try:
                with transaction.atomic():
                    try:
                        self.perform(deed, seen[draft])
                    except REFUSALS as refusal:
                        # Caught before the commit: the service itself has to have
                        # undone what it had begun.
                        deed.refusal = refusal
                    else:
                        deed.ticket = next(tickets)
            except Exception as error:  # noqa: BLE001 - faults() names it
                deed.refusal = error
            deed.seconds = time.perf_counter() - begun
        return deeds

    # Checking

    def done(self, draft: int) -> list[Deed]:
        """The acknowledged deeds in a draft, in the order of their commits."""
        deeds = [deed for deed in self.deeds if deed.draft == draft and deed.done]
        return sorted(deeds, key=lambda deed: deed.ticket)

    def faults(self) -> list[str]:
        """What is wrong, in sentences; nothing is, where every promise was kept."""
        found = [
            f"{deed} was not refused in words: {deed.refusal!r}"
            for deed in self.deeds
            if not deed.done and not _in_words(deed.refusal)
        ]
        found += [f"broken tree of {one}: {said}" for one, said in broken_trees()]
        histories = self._histories()
        for deed in self.deeds:
            found += self._untold(deed, histories.get(deed.reason, []))
        for draft in self.drafts:
            found += self._disorder(draft, histories)
        return found or self._replayed(histories)

    def _histories(self) -> dict[str, list]:
        """The history rows of each reason, by the order in which they were written."""
        found: dict[str, list] = {}
        for model in self.models:
            for row in model.history.order_by("history_id").filter(
                history_change_reason__startswith="Mano "
            ):
                found.setdefault(row.history_change_reason, []).append(row)
        return found

    def _untold(self, deed: Deed, rows: list) -> list[str]:
        if not deed.done:
            return [f"{deed} was refused and has a history"] if rows else []
        if not rows:
            if self.may_change_nothing(deed):
                return []
            return [f"{deed} was acknowledged and has no history"]
        if {row.history_user_id for row in rows} != {deed.user.pk}:
            return [f"{deed} is told of another person"]
        if len({row.history_date for row in rows}) != 1:
            return [f"{deed} has several moments"]
        if {_draft_of(row) for row in rows} != {deed.draft}:
            return [f"{deed} is told of another edition"]
        return []

    def _disorder(self, draft: int, histories) -> list[str]:
        """Deeds whose history does not stand where their commit does."""
        found = []
        moment, last = None, dict.fromkeys(self.models, 0)
        for deed in self.done(draft):
            rows = histories.get(deed.reason)
            if not rows:
                continue
            if moment is not None and rows[0].history_date <= moment:
                found.append(f"{deed} has a moment of before")
            moment = rows[0].history_date
            for model in self.models:
                ids = [row.history_id for row in rows if row.instance_type is model]
                if ids and ids[0] <= last[model]:
                    found.append(f"{deed} was written among another's rows")
                last[model] = max([last[model], *ids])
        return found

    def _replayed(self, histories) -> list[str]:
        found = []
        for draft, copy in self.drafts.items():
            for deed in self.done(draft):
                again = Deed(copy, deed.user, deed.step, dict(deed.said), "")
                again.reason = f"Otra vez: {deed.reason}"
                try:
                    self.perform(again, None)
                except REFUSALS as refusal:
                    return [*found, f"{deed} is refused alone: {refusal!r}"]
            rows = {}
            for model in self.models:
                for row in model.history.order_by("history_id").filter(
                    history_change_reason__startswith="Otra vez: "
                ):
                    rows.setdefault(row.history_change_reason, []).append(row)
            for deed in self.done(draft):
                then = self.told(histories.get(deed.reason, []))
                now = self.told(rows.get(f"Otra vez: {deed.reason}", []))
                if then != now:
                    found.append(f"{deed} did {then - now} and alone does {now - then}")
            if self.state(draft) != self.state(copy):
                found.append(f"the copy of {draft} ends otherwise")
        return found + [f"broken copy {one}: {said}" for one, said in broken_trees()]


def _in_words(refusal: Exception) -> bool:
    """Whether people read a sentence: the service's, or the page for a wait in vain.

    Only SQLite, where all drafts have one lock, may make them wait in vain.
    """
    if connection.vendor == "sqlite" and is_busy(refusal):
        return True
    return isinstance(refusal, REFUSALS) and bool(str(refusal))


def _draft_of(row) -> int:
    return row.id if row.instance_type is Edition else row.edition_id
