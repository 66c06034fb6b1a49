"""The whole answer of a search on 200,000 functions, over the golden set."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from bench.support import ROOT, database, engine, manage, source

EDITIONS = 103  # of 1,940 functions each
STEP = 1_000_000  # between the ids of an edition's rows and of its copy's
FIELDS_OF_COPIES = {
    "units_unit": ("id", "parent_id"),
    "functions_function": ("id", "unit_id", "parent_id"),
    "manuals_chapter": ("id",),
    "functions_entry": ("id", "unit_id", "function_id", "chapter_id"),
}


def main() -> None:
    if "--measure" in sys.argv:
        measure()
        return
    # --distinct: no two editions share a text, as if each were rewritten whole.
    # --cpu: this process's own time, for a machine that is busy with other work.
    with database() as environment:
        manage(environment, "migrate", "functions", "0003", "--verbosity=0")
        manage(environment, "migrate", "--verbosity=0")  # what flush emptied
        manage(environment, "import_manual", str(source()))
        print(f"engine {engine(environment)}")
        subprocess.run(  # noqa: S603 - ourselves, with the settings of the database
            [sys.executable, "-m", "bench.search", "--measure", *sys.argv[1:]],
            cwd=ROOT,
            env=environment,
            check=True,
        )


def measure() -> None:
    import django

    django.setup()
    from functions.models import Entry, Function, Passage
    from functions.search import Scope
    from manuals.models import Edition

    fill(distinct="--distinct" in sys.argv)
    print(
        f"{Edition.objects.count()} editions, {Function.objects.count()} functions and"
        f" items, {Entry.objects.count()} places, {Passage.objects.count()} texts"
    )
    editions = list(Edition.objects.published().with_manual())
    newest = max(editions, key=lambda edition: edition.effective_from)
    for name, scope in (
        ("one edition", Scope.of(newest)),
        ("all editions", Scope.of(editions)),
    ):
        report(name, timed(scope))


def timed(scope) -> dict[str, list[tuple[float, str]]]:
    from functions.search import search
    from tests.functions.search import golden

    asked = {
        "golden set": [query["text"] for query in golden.queries()],
        "frequent words": [
            word
            for stop_words in (True, False)
            for word, _count in golden.frequent_words(stop_words=stop_words)
        ],
    }
    clock = time.process_time if "--cpu" in sys.argv else time.perf_counter
    search(scope, "una vez antes de medir")
    figures = {}
    for name, texts in asked.items():
        figures[name] = []
        for text in texts:
            began = clock()
            search(scope, text)
            figures[name].append(((clock() - began) * 1000, text))
    return figures


def report(scope: str, figures: dict[str, list[tuple[float, str]]]) -> None:
    for name, times in [*figures.items(), ("both", sum(figures.values(), []))]:
        ordered = sorted(times)
        p95 = ordered[int(len(ordered) * 0.95)][0]
        median = statistics.median(milliseconds for milliseconds, _text in ordered)
        slowest, text = ordered[-1]
        print(
            f"{scope:13} {name:15} median {median:6.1f} ms, p95 {p95:6.1f} ms,"
            f" slowest {slowest:6.1f} ms ({text})"
        )


def fill(*, distinct: bool) -> None:
    """Copies of the imported edition, one after another in force, by SQL."""
    import datetime
    from uuid import uuid4

    from django.db import connection, transaction

    from manuals.models import Edition

    first = Edition.objects.get()
    day = datetime.timedelta(days=1)
    start = datetime.date(1990, 1, 1)
    with transaction.atomic(), connection.cursor() as cursor:
        copies = []
        for number in range(1, EDITIONS):
            copy = Edition.objects.get(pk=first.pk)
            copy.pk, copy.key, copy.label = None, uuid4(), f"copia-{number}"
            copy.effective_from = copy.effective_to = start + number * day
            copy.save()
            copies.append(copy)
            for table, moved in FIELDS_OF_COPIES.items():
                _copy(cursor, table, moved, first.pk, copy.pk, number)
            if distinct:
                _rewrite(cursor, copy.pk, number)
        first.effective_from = start + EDITIONS * day
        for edition in (first, *copies):
            edition.status = Edition.Status.AUTHORISED
            edition.save()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _columns(table: str) -> list[str]:
    from django.apps import apps

    (model,) = [one for one in apps.get_models() if one._meta.db_table == table]
    return [field.column for field in model._meta.concrete_fields]


def _copy(cursor, table, moved, edition, copy, number) -> None:
    columns = _columns(table)
    values = {name: f"{name} + {number * STEP}" for name in moved}
    values |= {"edition_id": str(copy), "tree_id": str(copy)}
    chosen = ", ".join(values.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table}"  # noqa: S608
        " WHERE edition_id = %s ORDER BY id",
        [edition],
    )


def _rewrite(cursor, edition, number) -> None:
    """Give an edition's entries passages of their own, with the same words."""
    shift = number * STEP
    cursor.execute(
        "INSERT INTO functions_passage (id, digest, words, stems)"
        " SELECT id + %s, substr(digest, 1, 24) || %s, words, stems"
        " FROM functions_passage WHERE id < %s",
        [shift, f"{number:08d}", STEP],
    )
    cursor.execute(
        f"UPDATE functions_entry SET passage_id = passage_id + {shift}"  # noqa: S608
        " WHERE edition_id = %s",
        [edition],
    )


if __name__ == "__main__":
    main()
