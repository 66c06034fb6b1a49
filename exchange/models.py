"""What an import leaves for people to decide: uploads, and doubtful matches."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from functions.models import Function
from manuals.history import History
from manuals.models import Edition, Sourced
from units.models import Unit

KEPT = timedelta(days=1)


class UploadQuerySet(models.QuerySet):
    def of(self, user):
        """Uploads that the person may still import: their own, of the last day."""
        return self.filter(user=user, at__gte=timezone.now() - KEPT)

    def outdated(self):
        return self.filter(at__lt=timezone.now() - KEPT)


class Upload(models.Model):
    """A source that a person sent and has not imported yet.

    Kept in the database, where every server of an installation finds it; it goes when
    it is imported, when the person sends another one, or after a day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("persona"),
    )
    name = models.CharField(_("archivo"), max_length=255)
    content = models.BinaryField(_("contenido"))
    at = models.DateTimeField(_("fecha y hora"), default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("archivo recibido")
        verbose_name_plural = _("archivos recibidos")
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.name


class MatchDoubtQuerySet(models.QuerySet):
    def for_edition(self, edition):
        return self.filter(edition=edition)

    def pending(self):
        """Those that wait for a person; the item may have been deleted meanwhile."""
        return self.filter(state=MatchDoubt.State.PENDING)

    def open(self):
        """Pending ones whose unit or function is still in the edition."""
        return self.pending().filter(
            Q(what="unit") & Exists(_here(Unit))
            | Q(what="function") & Exists(_here(Function))
        )

    def with_item(self):
        """Annotate the item as it stands in the edition; all null when it is gone.

        ``unit_id_here`` and ``code_here`` are those of the unit, or of the function's
        unit; ``above_id_here`` is the id of the unit above a unit.
        """
        unit, function = _here(Unit), _here(Function)
        return self.annotate(
            unit_id_here=_either(
                unit.values("pk"), function.values("unit_id"), models.BigIntegerField()
            ),
            above_id_here=Subquery(unit.values("parent_id")[:1]),
            code_here=_either(
                unit.values("code"), function.values("unit__code"), models.TextField()
            ),
            text_here=_either(
                unit.values("name"), function.values("text"), models.TextField()
            ),
        )


def _here(model):
    return model.objects.filter(
        edition=OuterRef("edition"), key=OuterRef("key")
    ).order_by()


def _either(of_unit, of_function, field):
    return models.Case(
        models.When(what="unit", then=Subquery(of_unit[:1])),
        default=Subquery(of_function[:1]),
        output_field=field,
    )


class MatchDoubt(Sourced):
    """A unit or function that an import took, unsurely, for one of the base.

    ``key`` is the item's in the draft and follows it; ``base_key`` is the one of the
    base that the import took it for. As long as nobody corrects it, both are the same.
    """

    class What(models.TextChoices):
        UNIT = "unit", _("unidad")
        FUNCTION = "function", _("función")

    class State(models.TextChoices):
        PENDING = "pending", _("pendiente")
        CONFIRMED = "confirmed", _("confirmada")
        CORRECTED = "corrected", _("corregida")

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="match_doubts",
        verbose_name=_("edición"),
    )
    what = models.CharField(_("qué es"), max_length=10, choices=What)
    key = models.UUIDField(_("identificador"))
    base_key = models.UUIDField(_("identificador en la edición base"))
    confidence = models.FloatField(_("semejanza"))
    text = models.TextField(_("en el documento"))
    base_text = models.TextField(_("en la edición base"))
    state = models.CharField(
        _("estado"), max_length=10, choices=State, default=State.PENDING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decidió"),
    )
    decided_at = models.DateTimeField(_("decidida el"), null=True, blank=True)

    history = History()
    objects = MatchDoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("duda de la importación")
        verbose_name_plural = _("dudas de la importación")
        ordering = ["edition", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "what", "key"],
                name="match_doubt_once_per_item",
                violation_error_message=_("Ya hay una duda sobre este elemento."),
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="match_doubt_confidence_is_share",
                violation_error_message=_("La semejanza va de 0 a 1."),
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="match_doubt_decided_has_time",
                violation_error_message=_("Solo una duda resuelta lleva fecha."),
            ),
        ]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"
