from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from manuals.blocks import Block, split_blocks
from manuals.dates import validate_plausible
from manuals.history import History
from manuals.models.editions import Edition, Sourced
from manuals.models.plain import WritableModel
from manuals.querysets import ChapterQuerySet


class Chapter(Sourced):
    """A chapter of an edition; its body is Markdown, read as numbered blocks."""

    class Kind(models.TextChoices):
        TEXT = "text", _("texto")
        CHARTS = "charts", _("organogramas")
        FUNCTIONS = "functions", _("funciones")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="chapters", verbose_name=_("edición")
    )
    number = models.PositiveSmallIntegerField(_("número"))
    title = models.CharField(_("título"), max_length=300)
    kind = models.CharField(_("tipo"), max_length=10, choices=Kind, default=Kind.TEXT)
    body = models.TextField(
        _("texto"),
        blank=True,
        help_text=_(
            "Markdown: deje una línea en blanco entre párrafos; "
            "los elementos de una lista comienzan con un guion."
        ),
    )

    history = History()
    objects = ChapterQuerySet.as_manager()

    class Meta:
        verbose_name = _("capítulo")
        verbose_name_plural = _("capítulos")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="chapter_number_unique_in_edition",
                violation_error_message=_("La edición ya tiene este capítulo."),
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(kind="functions"),
                name="chapter_of_functions_once",
                violation_error_message=_("La edición ya tiene capítulo de funciones."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def get_absolute_url(self):
        return reverse(
            "web:chapter",
            args=[self.edition.manual.slug, self.edition.label, self.number],
        )

    def blocks(self) -> list[Block]:
        """The body's paragraphs and list items, numbered from 1 (citable ``#p12``)."""
        return split_blocks(self.body)


class Chart(WritableModel):
    """An organisation chart of the charts chapter and the unit that it shows."""

    chapter = models.ForeignKey(
        Chapter, models.CASCADE, related_name="charts", verbose_name=_("capítulo")
    )
    position = models.PositiveSmallIntegerField(_("orden"))
    number = models.CharField(_("número"), max_length=20)
    title = models.CharField(_("título"), max_length=300)
    unit_key = models.UUIDField(
        _("identificador de la unidad"), null=True, blank=True, db_index=True
    )
    effective_from = models.DateField(
        _("vigente desde"), null=True, blank=True, validators=[validate_plausible]
    )

    history = History()

    class Meta:
        verbose_name = _("organograma")
        verbose_name_plural = _("organogramas")
        ordering = ["chapter", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "position"], name="chart_position_unique_in_chapter"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.title}"
