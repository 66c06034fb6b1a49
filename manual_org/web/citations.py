"""Citations: the words by which a function, an item or a paragraph is cited.

«Manual de Organización de la DIR, edición 2021, 8.4.3.2, función 12, inciso b)». Where
the printed document shows no such number, the citation says that it is assigned and
adds how the text begins, so that who holds the paper finds the place. What is not
authorised is not cited. Pure: plain values in, words out, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape

from django.utils.translation import gettext as _

from functions.labels import label
from manual_org.web.words import spoken_date
from manuals.acronyms import SMALL, Finder
from manuals.blocks import Block
from manuals.models import Edition

FIRST_WORDS = 60  # characters
_NUMBERED = re.compile(r"(?:[IVXLCDM]+|\d+|[a-zñ])[.)°º]")
_TAG = re.compile(r"<[^>]*>")
_STOPS = " .,;:"
_NO_LAST_WORDS = SMALL | {"que", ""}


@dataclass(frozen=True)
class Citing:
    """How the items of one list are cited.

    A citation is ``beginning``, the same for the whole list, and an item's own words.
    ``assigned`` says that the printed document has no such numbers. A ``refusal`` is
    the reason why nothing of the list is to be cited; the rest is empty then.
    """

    beginning: str = ""
    assigned: bool = False
    refusal: str = ""

    def function(self, positions: Sequence[int], text: str) -> str:
        """The own words of a function (one position), an item (two) or a third level.

        ``función 12, inciso b), subinciso i)``
        """
        place = ", ".join(
            form % label(level, position)
            for level, (form, position) in enumerate(
                zip(self._forms, positions, strict=False)
            )
        )
        return self._with_words(place, text)

    def block(self, block: Block) -> str:
        """The own words of a chapter's block: ``párrafo 12``, ``numeral 3``.

        An item that is printed with a number of its own is no numeral: that would be
        taken for its number, which stands among its first words.
        """
        text = unescape(_TAG.sub("", block.html))
        kind = block.kind
        if kind == "item" and (block.marker or _NUMBERED.match(text)):
            kind = "paragraph"
        place = self._block_forms[kind] % block.number
        return self._with_words(place, f"{block.marker} {text}")

    def example_of_functions(self, rows: Iterable[Sequence]) -> str:
        """The whole citation of the first function of the rows that a list is made of.

        ``(id, parent id, position, text)``; empty without one, or where it is refused.
        """
        for _id, parent_id, position, text in rows:
            if parent_id is None and self.beginning:
                return self.beginning + self.function((position,), text)
        return ""

    def example_of_blocks(self, blocks: Iterable[Block]) -> str:
        """The whole citation of the first block that is no heading; or empty."""
        for block in blocks:
            if block.kind != "heading" and self.beginning:
                return self.beginning + self.block(block)
        return ""

    # Translated once for a whole list.
    @cached_property
    def _forms(self):
        return _("función %s"), _("inciso %s)"), _("subinciso %s)")

    @cached_property
    def _block_forms(self):
        return {
            "heading": _("encabezado %s"),
            "item": _("numeral %s"),
            "paragraph": _("párrafo %s"),
        }

    @cached_property
    def _assigned_form(self):
        return _("%(place)s (numeración asignada): «%(words)s»")

    def _with_words(self, place, text):
        if not self.assigned:
            return place
        return self._assigned_form % {"place": place, "words": first_words(text)}


def citing_unit(edition: Edition, on: date, code: str) -> Citing:
    """How the functions of a unit are cited on a day."""
    return _citing(
        edition, on, code, assigned=edition.numbering == Edition.Numbering.BULLETS
    )


def citing_chapter(edition: Edition, on: date, number: int) -> Citing:
    """How the blocks of a chapter are cited on a day; no document prints their numbers.

    Theirs is the count through the chapter, which its address uses (``#p12``).
    """
    place = _("capítulo %(number)s") % {"number": number}
    return _citing(edition, on, place, assigned=True)


def _citing(edition, on, place, *, assigned):
    if not edition.is_closed:
        return Citing(refusal=_refusal(edition))
    manual = edition.manual
    said = work(manual.title, manual.acronym)
    known = _("edición %(label)s") % {"label": edition.label}
    if edition.withdrawn_on is not None and edition.withdrawn_on <= on:
        known = _("%(edition)s (dada de baja el %(day)s)") % {
            "edition": known,
            "day": spoken_date(edition.withdrawn_on),
        }
    return Citing(beginning=f"{said}, {known}, {place}, ", assigned=assigned)


def _refusal(edition):
    if edition.status == Edition.Status.DRAFT:
        return _("Es un borrador y no debe citarse: su texto puede cambiar.")
    return _("Está en revisión y no debe citarse: su texto puede cambiar.")


def work(title: str, acronym: str) -> str:
    """The manual's title, its acronym in place of the name that it abbreviates.

    ``Manual de Organización de la DIR``; a title that does not end with that name, or
    is nothing but that name, stays whole.
    """
    if acronym:
        for pair in Finder().pairs_in(f"{title} ({acronym})"):
            if pair.start and pair.end > len(title):
                return f"{title[: pair.start]}{acronym}"
    return title


def first_words(text: str) -> str:
    """A text, or as many words of its beginning as fit, with an ellipsis.

    The last one is no small word («de la»); quotes inside become inner ones.
    """
    text = " ".join(text.split()).replace("«", "“").replace("»", "”")
    if len(text) <= FIRST_WORDS:
        return text.rstrip(_STOPS)
    words = text[: FIRST_WORDS + 1].split(" ")
    kept = words[:-1] or text.split(" ", 1)[:1]
    while len(kept) > 1 and kept[-1].strip(_STOPS).lower() in _NO_LAST_WORDS:
        kept.pop()
    return " ".join(kept).rstrip(_STOPS) + "…"
