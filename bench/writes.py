"""Structural writes and duplication, codes and histories included."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from bench.support import ROOT, database, engine

SIZES = (97, 3000)
ROUNDS = 15


def main() -> None:
    if "--measure" in sys.argv:
        measure()
        return
    with database() as environment:
        print(f"engine {engine(environment)}, medians of {ROUNDS} (best)")
        subprocess.run(  # noqa: S603 - ourselves, with the settings of the database
            [sys.executable, "-m", "bench.writes", "--measure"],
            cwd=ROOT,
            env=environment,
            check=True,
        )


def measure() -> None:
    import django

    django.setup()
    for size in SIZES:
        for name, seconds in figures(size).items():
            median, best = statistics.median(seconds) * 1000, min(seconds) * 1000
            print(f"{size:5} units  {name:44} {median:7.1f} ms ({best:.1f})")


def figures(size: int) -> dict[str, list[float]]:
    from exchange.services import duplicate_edition
    from functions.services import change_function, create_function
    from manuals.permissions import OPERATOR
    from units.models import Unit
    from units.services import create_unit, delete_unit, move_unit

    who = {"user": OPERATOR, "reason": "Medición"}
    edition = fill(size)

    def unit(code):
        return Unit.objects.select_related("edition__manual", "parent").get(
            edition=edition, code=code
        )

    # Each: what to look up beforehand, and the write that is timed.
    def create(parent):
        created = create_unit(
            edition=edition, parent=parent, name="División X", kind=kind, **who
        )
        codes.append(created.code)

    def remove(last):
        delete_unit(unit=last, **who)

    def branch_and_target():
        branch = Unit.objects.select_related("edition__manual", "parent").get(
            edition=edition, key=moved
        )
        return branch, unit("8.3" if branch.parent.code == "8.2" else "8.2")

    def move(branch, target):
        move_unit(unit=branch, target=target, **who)

    def reword():
        change_function(function=function, text=f"Planear {time.time()}.", **who)

    def duplicate():
        label = f"{size}-{time.time_ns()}"
        duplicate_edition(edition=edition, label=label, **who)

    kind = unit("8.2").kind
    moved = unit("8.2.2").key
    codes: list[str] = []
    function = create_function(unit=unit("8.2"), text="Planear.", **who)
    measured = {
        "create the last child": timed(create, lambda: (unit("8.2"),)),
        "delete the last child": timed(remove, lambda: (unit(codes.pop()),)),
        "move a branch to another parent": timed(move, branch_and_target),
        "move the second unit of the root to its end": timed(
            move, lambda: (unit("8.3"), unit("8.1")), 5
        ),
        "reword a function": timed(reword),
    }
    if size == SIZES[0]:
        # The larger one has 60,000 functions, as many as thirty manuals.
        measured["duplicate the edition"] = timed(duplicate, rounds=5)
    return measured


def timed(call, prepare=tuple, rounds: int = ROUNDS) -> list[float]:
    """Seconds of each round; ``prepare`` returns the arguments, before the clock."""
    seconds = []
    for _round in range(rounds):
        arguments = prepare()
        begun = time.perf_counter()
        call(*arguments)
        seconds.append(time.perf_counter() - begun)
    return seconds


def fill(size: int):
    """An edition of ``size`` units, nine below each, with 20 functions each."""
    from django.db import transaction

    from exchange import document
    from exchange.writing import write_document
    from manuals.models import Manual
    from manuals.permissions import OPERATOR
    from manuals.services import create_edition

    codes = ["8.1", *(f"8.{number}" for number in range(2, 11))]
    above = dict.fromkeys(codes[1:], "8.1")
    for code in codes[1:]:
        for number in range(1, 10):
            if len(codes) == size:
                break
            codes.append(f"{code}.{number}")
            above[codes[-1]] = code
    queue = [code for code in codes if code.count(".") == 2]
    while len(codes) < size:
        code = queue.pop(0)
        for number in range(1, 10):
            if len(codes) == size:
                break
            codes.append(f"{code}.{number}")
            above[codes[-1]] = code
            queue.append(codes[-1])
    whole = document.Document(
        units=[
            document.Unit(
                code=code,
                name=f"División {code}",
                kind="División",
                parent_code=above.get(code),
                functions=[
                    document.Function(f"Atender el asunto {number} de {code}.")
                    for number in range(1, 21)
                ],
            )
            for code in codes
        ]
    )
    manual, _created = Manual.objects.get_or_create(slug="bench", title="Medición")
    edition = create_edition(
        manual=manual,
        label=f"t{size}",
        functions_chapter=8,
        user=OPERATOR,
        reason="Medición",
    )
    with transaction.atomic():
        write_document(whole, edition=edition, user=OPERATOR, reason="Medición")
    return edition


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    main()
