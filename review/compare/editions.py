"""Comparing two stored editions, and the comparison as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from exchange.reading import read_document
from manuals import cache, permissions
from manuals.models import Edition
from review.compare import docx, jsonformat, markdown
from review.compare.changes import Comparison
from review.compare.comparing import compare
from review.models import ChangeNote
from review.successions import stated_on_the_way

T = TypeVar("T")

Renderer = Callable[[Comparison, str, Mapping[UUID, str]], bytes]

# Format -> its renderer, which takes the comparison, a title and the change notes.
RENDERERS: dict[str, Renderer] = {
    "json": lambda comparison, _title, _reasons: jsonformat.dumps(comparison),
    "md": markdown.render,
    "docx": docx.render,
}


def compare_editions(*, old: Edition, new: Edition, user) -> Comparison:
    """What differs between two editions, of one manual or of two.

    Raises NotAllowed for an edition that the person may not read.
    """
    for edition in (old, new):
        permissions.demand(permissions.may_read(user, edition))
    recorded = stated_on_the_way(way_from(old, new))
    return compare(read_document(old), read_document(new), recorded)


def kept(old: Edition, new: Edition, name: str, build: Callable[[], T]) -> T:
    """``build()``, computed once for two closed editions as they stand now.

    What is compared of them holds their state and days, which a withdrawal changes.
    """
    manual = new.manual
    return cache.for_editions(
        (old, new),
        f"comparison {manual.slug} {old.label} {new.label} {manual.publication} {name}",
        build,
    )


def kept_comparison(*, old: Edition, new: Edition, user) -> Comparison:
    """The same as :func:`compare_editions`, computed once for two closed editions."""
    for edition in (old, new):
        permissions.demand(permissions.may_read(user, edition))
    return kept(
        old, new, "result", lambda: compare_editions(old=old, new=new, user=user)
    )


def comparison_file(*, old: Edition, new: Edition, format: str, user) -> bytes:
    """The comparison in one of RENDERERS' formats (KeyError for any other).

    Raises NotAllowed for an edition that the person may not read.
    """
    render = RENDERERS[format]
    comparison = compare_editions(old=old, new=new, user=user)
    return render(comparison, new.manual.title, change_reasons(old, new))


def change_reasons(old: Edition, new: Edition) -> dict[UUID, str]:
    """The change notes on the way from one edition to the other, by unit key.

    Those of every edition between them, the earliest first; none where the new edition
    does not go back to the old one.
    """
    way = way_from(old, new)
    reasons: dict[UUID, list[str]] = {}
    notes = ChangeNote.objects.filter(edition__in=way)
    for note in sorted(notes, key=lambda note: -way.index(note.edition_id)):
        text = note.text or _("Cambio menor.")
        said = reasons.setdefault(note.unit_key, [])
        if text not in said:
            said.append(text)
    return {key: "\n".join(said) for key, said in reasons.items()}


def way_from(old: Edition, new: Edition) -> list[int]:
    """The ids of the editions from the new one back to the old, which is left out.

    Empty where the new edition does not go back to the old one.
    """
    way: list[int] = []
    edition: Edition | None = new
    while edition is not None and edition.pk != old.pk:
        way.append(edition.pk)
        edition = edition.base
    return way if edition is not None else []
