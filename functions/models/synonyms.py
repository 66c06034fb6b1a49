"""Words that people say and manuals do not, or say otherwise."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from manuals.history import History
from manuals.models import Manual, WritableModel


class SynonymQuerySet(models.QuerySet):
    def for_manuals(self, manuals):
        """Those of these manuals and those that ship for every manual."""
        return self.filter(models.Q(manual=None) | models.Q(manual__in=manuals))


class Synonym(WritableModel):
    """Terms that a search takes for one another, kept by editors.

    ``equivalent``: ``term`` and each of ``others`` lead to all of them. ``everyday``:
    who says ``term`` also finds ``others``, the official terms, and not the reverse.
    Without a manual it ships for the field and holds in every manual.
    """

    class Direction(models.TextChoices):
        EQUIVALENT = "equivalent", _("significan lo mismo")
        EVERYDAY = "everyday", _("de la palabra común al término oficial")

    manual = models.ForeignKey(
        Manual,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="synonyms",
        verbose_name=_("manual"),
        help_text=_("Sin manual vale en todos."),
    )
    direction = models.CharField(
        _("sentido"), max_length=10, choices=Direction, default=Direction.EVERYDAY
    )
    term = models.CharField(
        _("término"),
        max_length=120,
        help_text=_("Lo que las personas escriben: una palabra o varias."),
    )
    others = models.JSONField(
        _("términos"),
        default=list,
        help_text=_("Los términos que además se buscan, uno por renglón."),
    )

    history = History()
    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = _("sinónimo")
        verbose_name_plural = _("sinónimos")
        ordering = ["term", "direction", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["manual", "direction", "term"],
                name="synonym_once",
                violation_error_message=_("El término ya tiene sinónimos aquí."),
            ),
            # A null manual escapes the other.
            models.UniqueConstraint(
                fields=["direction", "term"],
                condition=models.Q(manual__isnull=True),
                name="synonym_once_for_all",
                violation_error_message=_("El término ya tiene sinónimos aquí."),
            ),
        ]

    def __str__(self):
        return f"{self.term}: {', '.join(self.others)}"

    def clean(self):
        self.term = " ".join(self.term.split())
        if not any(char.isalnum() for char in self.term):
            raise ValidationError({"term": _("Escriba letras o números.")})
        if not isinstance(self.others, list) or not all(
            isinstance(other, str) for other in self.others
        ):
            raise ValidationError({"others": _("Indique una lista de términos.")})
        others = [" ".join(other.split()) for other in self.others]
        self.others = list(dict.fromkeys(other for other in others if other))
        if not self.others:
            raise ValidationError({"others": _("Indique al menos un término.")})
        if any(not any(map(str.isalnum, other)) for other in self.others):
            raise ValidationError({"others": _("Escriba letras o números.")})
        if self.term in self.others:
            raise ValidationError({"others": _("El término se repite a sí mismo.")})
