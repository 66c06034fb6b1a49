"""Eight people at once on the structure of one draft: what they did, and how long.

Drafts of 60 and 20 units; then the tree is checked, every acknowledged change has its
history and no refused one has, and the changes are replayed in the order of commits.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections import Counter

from bench.support import ROOT, database, engine

HANDS = 8
OPERATIONS = 200


def main() -> None:
    if "--measure" in sys.argv:
        sys.exit(measure())
    with database() as environment:
        print(f"engine {engine(environment)}, {HANDS} hands x {OPERATIONS} changes")
        done = subprocess.run(  # noqa: S603 - ourselves, with the database's settings
            [sys.executable, "-m", "bench.many_hands", "--measure"],
            cwd=ROOT,
            env=environment,
            check=False,
        )
    sys.exit(done.returncode)


def measure() -> int:
    import django

    django.setup()
    from tests.units.hands import make_hands

    hands = make_hands(people=HANDS, operations=OPERATIONS)
    hands.work()
    done = sum(deed.done for deed in hands.deeds)
    print(f"{done} acknowledged, {len(hands.deeds) - done} refused", end="")
    print(f" in {hands.seconds:.1f} s")
    steps = Counter((deed.step, deed.done) for deed in hands.deeds)
    for step in sorted({step for step, _done in steps}):
        print(f"  {step:9} {steps[step, True]:4} done {steps[step, False]:4} refused")
    reasons = Counter(
        f"{type(deed.refusal).__name__}: {deed.refusal}"
        for deed in hands.deeds
        if not deed.done
    )
    for said, number in reasons.most_common():
        print(f"  {number:4} {said}")
    waits = sorted(deed.seconds * 1000 for deed in hands.deeds)
    print(
        f"a change with its wait: median {statistics.median(waits):.0f} ms,"
        f" 99 of 100 in {waits[len(waits) * 99 // 100]:.0f} ms, longest {waits[-1]:.0f}"
    )
    begun = time.perf_counter()
    faults = hands.faults()
    print(f"checked and replayed in {time.perf_counter() - begun:.1f} s:", end=" ")
    print("no fault" if not faults else f"{len(faults)} faults")
    for fault in faults[:20]:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    main()
