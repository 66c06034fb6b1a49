"""Keeping the index as the texts are, in the transaction that writes them.

Every write of content leaves a row of history, and manuals/history.py tells what was
written when the change ends: that is the one place where all roads meet. What is
deleted takes its entries along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connections, models

from functions.models import Entry, Function, Passage, Word
from functions.search import fulltext, stems
from manuals.blocks import split_blocks
from manuals.models import Chapter
from units.models import Unit

_BATCH = 500
_ROWS = 5_000
_ADDING = 0x6D616E75616C  # names the lock; any number that nobody else takes


@dataclass(frozen=True)
class Indexed:
    """How the rows of a model are read: its entries' link, fields and texts."""

    link: str
    fields: tuple[str, ...]
    parts: Callable[..., Iterator[tuple[int, str]]]


def _unit_parts(name: str, objective: str) -> Iterator[tuple[int, str]]:
    yield 0, name
    if objective:
        yield 1, objective


def _chapter_parts(title: str, body: str) -> Iterator[tuple[int, str]]:
    yield 0, title
    for block in split_blocks(body):
        yield block.number, block.text


INDEXED: dict[type[models.Model], Indexed] = {
    Function: Indexed("function", ("text",), lambda text: iter([(0, text)])),
    Unit: Indexed("unit", ("name", "objective"), _unit_parts),
    Chapter: Indexed("chapter", ("title", "body"), _chapter_parts),
}


def note_written(model: type[models.Model], rows: models.QuerySet) -> None:
    """Bring the index up to date with rows just written; other models are no text."""
    if model in INDEXED:
        index_rows(rows)


def build_after_migrating(sender, using, **kwargs) -> None:
    """Make the full-text index where it is missing, and index what was there before."""
    if (
        fulltext.ensure(using)
        and using == DEFAULT_DB_ALIAS
        and not Entry.objects.exists()
    ):
        for model in INDEXED:
            index_rows(model._base_manager.all())


def index_rows(rows: models.QuerySet) -> int:
    """Make the entries of these rows say what they say; how many places were wrong."""
    indexed = INDEXED[rows.model]
    read = rows.order_by("pk").values_list("pk", "edition_id", *indexed.fields)
    return sum(_index(indexed, batch) for batch in _batches(read, _ROWS))


def _index(indexed: Indexed, rows: list[tuple]) -> int:
    link = f"{indexed.link}_id"
    wanted = {
        (pk, part): (edition_id, digest_of(text), text)
        for pk, edition_id, *fields in rows
        for part, text in indexed.parts(*fields)
    }
    stale, changed = [], {}
    for pk, owner, part, edition_id, digest in _entries(link, [row[0] for row in rows]):
        now = wanted.get((owner, part))
        if now is None or (owner, part) in changed:
            stale.append(pk)
        elif now[:2] == (edition_id, digest):
            del wanted[owner, part]
        else:
            changed[owner, part] = pk
    passages = passages_of(text for _edition, _digest, text in wanted.values())
    for batch in _batches([*stale, *changed.values()]):
        Entry.objects.filter(pk__in=batch).delete()
    Entry.objects.bulk_create(
        (
            Entry(
                edition_id=edition_id,
                passage_id=passages[digest],
                part=part,
                **{link: owner},
            )
            for (owner, part), (edition_id, digest, _text) in wanted.items()
        ),
        batch_size=_BATCH,
    )
    return len(stale) + len(wanted)


def _entries(link: str, owners: list[int]) -> Iterator[tuple]:
    for batch in _batches(owners):
        yield from Entry.objects.filter(**{f"{link}__in": batch}).values_list(
            "pk", link, "part", "edition_id", "passage__digest"
        )


def digest_of(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def passages_of(texts: Iterable[str]) -> dict[str, int]:
    """Digest -> id of the passage of each text; those that lack are made."""
    by_digest = {digest_of(text): text for text in texts}
    ids = _known(by_digest)
    if by_digest.keys() - ids.keys():
        _wait_for_others()
        ids = _known(by_digest)
    missing = sorted(by_digest.keys() - ids.keys())
    if missing:
        made, words = [], {}
        for digest in missing:
            text = stems.normal(by_digest[digest])
            read = stems.words_of(text)
            made.append(_passage(digest, read))
            for word in read:
                if word.folded not in words:
                    words[word.folded] = text[word.start : word.end].lower()
        Passage.objects.bulk_create(made, batch_size=_BATCH, ignore_conflicts=True)
        ids |= _known(missing)
        _add_words(words)
    return ids


def _wait_for_others() -> None:
    """Until this transaction ends nobody else adds passages and words.

    They are shared by all editions, and each change adds them in several steps: two
    that add the same in another order would lock each other out for ever. On SQLite
    there is one writer anyway.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADDING])


def passage_of(digest: str, text: str) -> Passage:
    """The passage that a text makes, not saved."""
    return _passage(digest, stems.words_of(text))


def _passage(digest: str, read: list[stems.Word]) -> Passage:
    return Passage(
        digest=digest,
        words=" ".join([word.folded for word in read]),
        stems=" ".join([word.stem for word in read]),
    )


def _known(digests: Iterable[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for batch in _batches(digests):
        known.update(
            Passage.objects.filter(digest__in=batch).values_list("digest", "pk")
        )
    return known


def _add_words(forms: dict[str, str]) -> None:
    """Remember words of passages; figures and empty words suggest nothing."""
    wanted = sorted(
        word
        for word in forms
        if len(word) > 1 and word.isalpha() and not stems.is_stop_word(word)
    )
    for batch in _batches(wanted):
        known = set(Word.objects.filter(word__in=batch).values_list("word", flat=True))
        Word.objects.bulk_create(
            (
                Word(
                    word=word,
                    form=forms[word][: stems.LONGEST_WORD],
                    stem=stems.stem(forms[word]),
                    family=stems.family(word),
                )
                for word in batch
                if word not in known
            ),
            ignore_conflicts=True,
        )


def _batches(values: Iterable, size: int = _BATCH) -> Iterator[list]:
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch
