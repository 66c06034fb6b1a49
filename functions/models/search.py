"""The index of the search: derived from the texts, and rebuilt from them at any time.

An edition that duplicates another says almost the same, so each distinct text is
stemmed and indexed once (:class:`Passage`) and an :class:`Entry` says where it stands.
The full-text tables beside them belong to functions/search/fulltext.py.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from functions.models.functions import Function
from manuals.models import Chapter, Edition
from units.models import Unit


class Passage(models.Model):
    """A distinct text: its words and their stems, in order, divided by blanks.

    Both hold as many, empty words included. Never changed: another text is another
    passage. The text itself stays where it belongs.
    """

    digest = models.CharField(_("huella"), max_length=32, unique=True)
    words = models.TextField(_("palabras"), blank=True)
    stems = models.TextField(_("raíces"), blank=True)

    class Meta:
        verbose_name = _("texto del índice")
        verbose_name_plural = _("textos del índice")
        ordering = ["pk"]

    def __str__(self):
        return self.words[:80]


class Entry(models.Model):
    """One place of an edition where a passage stands.

    Of a unit, ``part`` 0 is the name and 1 the objective; of a chapter, 0 is the title,
    others are its blocks; of a function or item it is 0.
    """

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("edición"),
    )
    passage = models.ForeignKey(
        Passage,
        models.CASCADE,
        related_name="entries",
        db_index=False,
        verbose_name=_("texto del índice"),
    )
    function = models.ForeignKey(
        Function, models.CASCADE, null=True, related_name="+", verbose_name=_("función")
    )
    unit = models.ForeignKey(
        Unit,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("unidad administrativa"),
    )
    chapter = models.ForeignKey(
        Chapter, models.CASCADE, null=True, related_name="+", verbose_name=_("capítulo")
    )
    part = models.PositiveIntegerField(_("parte"), default=0)

    class Meta:
        verbose_name = _("lugar del índice")
        verbose_name_plural = _("lugares del índice")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["passage", "edition"], name="entry_passage_edition"),
            models.Index(fields=["edition", "passage"], name="entry_edition_passage"),
        ]

    def __str__(self):
        return f"{self.edition_id}: {self.passage_id}"


class Word(models.Model):
    """A word that some passage holds, for unfinished and for mistyped ones.

    ``word`` is folded, ``form`` as it was first written, in small letters.
    """

    word = models.CharField(_("palabra"), max_length=40, unique=True)
    form = models.CharField(_("forma escrita"), max_length=40)
    stem = models.CharField(_("raíz"), max_length=40)
    family = models.CharField(_("familia"), max_length=40, db_index=True)

    class Meta:
        verbose_name = _("palabra del índice")
        verbose_name_plural = _("palabras del índice")
        ordering = ["word"]

    def __str__(self):
        return self.form
