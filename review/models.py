"""What people state of a draft: why units differ from its base; what was undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from manuals.history import History
from manuals.models import Edition


class ChangeNote(models.Model):
    """The reason (motivo) for what changed in one unit of an edition.

    The unit is named by key: it may be gone from this edition.
    """

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="change_notes",
        verbose_name=_("edición"),
    )
    unit_key = models.UUIDField(_("identificador de la unidad"))
    text = models.TextField(_("motivo"), blank=True)
    minor = models.BooleanField(
        _("cambio menor"),
        default=False,
        help_text=_("Un cambio menor no necesita motivo."),
    )

    history = History()

    class Meta:
        verbose_name = _("motivo de cambio")
        verbose_name_plural = _("motivos de cambio")
        ordering = ["edition", "unit_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "unit_key"],
                name="change_note_once_per_unit",
                violation_error_message=_("La unidad ya tiene motivo de cambio."),
            ),
            models.CheckConstraint(
                condition=models.Q(minor=True) | ~models.Q(text=""),
                name="change_note_says_why",
                violation_error_message=_(
                    "Escriba el motivo o marque el cambio como menor."
                ),
            ),
        ]

    def __str__(self):
        return self.text or str(_("Cambio menor"))


class Succession(models.Model):
    """That units of the base became others here: one was split, or several merged.

    Units are named by key: those of ``from_keys`` are of the base, those of
    ``to_keys`` of this edition.
    """

    class Kind(models.TextChoices):
        SPLIT = "split", _("división")
        MERGED = "merged", _("fusión")

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="successions",
        verbose_name=_("edición"),
    )
    kind = models.CharField(_("qué pasó"), max_length=10, choices=Kind)
    from_keys = models.JSONField(_("unidades de origen"))
    to_keys = models.JSONField(_("unidades resultantes"))

    history = History()

    class Meta:
        verbose_name = _("división o fusión de unidades")
        verbose_name_plural = _("divisiones y fusiones de unidades")
        ordering = ["edition", "pk"]

    def __str__(self):
        return self.get_kind_display()


class Undoing(models.Model):
    """That one save of an edition undid another: both named by their moment.

    A row of a log, written once. An undo may be undone itself, which brings back what
    the first save did.
    """

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="undoings",
        verbose_name=_("edición"),
    )
    undone = models.DateTimeField(_("momento de lo deshecho"))
    at = models.DateTimeField(_("momento"))

    class Meta:
        verbose_name = _("cambio deshecho")
        verbose_name_plural = _("cambios deshechos")
        ordering = ["edition", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "at"], name="undoing_once_per_moment"
            ),
        ]

    def __str__(self):
        return f"{self.undone} ({self.edition})"
