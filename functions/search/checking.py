"""Whether the index says what the texts say, and making it anew."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from functions.models import Entry, Passage, Word
from functions.search import fulltext
from functions.search.indexing import INDEXED, digest_of, index_rows, passage_of


def wrong() -> list[str]:
    """What is wrong, in sentences for people; nothing is changed."""
    found = []
    texts: dict[str, str] = {}
    for model, indexed in INDEXED.items():
        wanted = Counter()
        rows = model._base_manager.order_by("pk")
        for pk, edition_id, *fields in rows.values_list(
            "pk", "edition_id", *indexed.fields
        ).iterator():
            for part, text in indexed.parts(*fields):
                digest = digest_of(text)
                texts[digest] = text
                wanted[pk, part, edition_id, digest] += 1
        link = f"{indexed.link}_id"
        there = Counter(
            Entry.objects.filter(**{f"{link}__isnull": False})
            .order_by()
            .values_list(link, "part", "edition_id", "passage__digest")
            .iterator()
        )
        lacking, left = (wanted - there).total(), (there - wanted).total()
        if lacking or left:
            found.append(
                _("%(what)s: al índice le faltan %(lacking)d y le sobran %(left)d.")
                % {
                    "what": model._meta.verbose_name_plural,
                    "lacking": lacking,
                    "left": left,
                }
            )
    old = sum(_is_outdated(one, texts) for one in Passage.objects.iterator())
    if old:
        found.append(
            _("%(number)d textos del índice están divididos de otro modo.")
            % {"number": old}
        )
    if not fulltext.is_sound():
        found.append(_("El índice de texto completo falta o no concuerda."))
    return found


@transaction.atomic
def rebuild() -> None:
    """Make the whole index anew from the texts."""
    fulltext.ensure()
    for model in (Entry, Passage, Word):
        model.objects.all()._raw_delete(model.objects.db)
    for model in INDEXED:
        index_rows(model._base_manager.all())
    fulltext.rebuild()


def _is_outdated(passage: Passage, texts: dict[str, str]) -> bool:
    """Whether the stemmer would now make something else of a text that is in use."""
    if passage.digest not in texts:
        return False
    now = passage_of(passage.digest, texts[passage.digest])
    return (passage.words, passage.stems) != (now.words, now.stems)
