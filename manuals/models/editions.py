import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from manuals.dates import today, validate_plausible
from manuals.history import History, moment
from manuals.models.manuals import Manual
from manuals.models.plain import WritableModel
from manuals.querysets import EditionQuerySet

# Addresses of their own: of pages, and of the API (DESIGN sections 7 and 9).
RESERVED_LABELS = ("a", "comparar", "current")


def refuse_reserved_label(value):
    if value in RESERVED_LABELS:
        raise ValidationError(
            _("«%(value)s» es una dirección reservada."), params={"value": value}
        )


class Edition(WritableModel):
    """One deliberate, numbered state of a whole manual; it owns all its rows."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("borrador")
        REVIEW = "review", _("en revisión")
        AUTHORISED = "authorised", _("autorizada")
        WITHDRAWN = "withdrawn", _("dada de baja")

    class Numbering(models.TextChoices):
        NUMBERS = "numbers", _("números")
        BULLETS = "bullets", _("viñetas")

    key = models.UUIDField(_("identificador"), default=uuid.uuid4, unique=True)
    manual = models.ForeignKey(
        Manual, models.PROTECT, related_name="editions", verbose_name=_("manual")
    )
    label = models.CharField(
        _("edición"),
        max_length=40,
        validators=[
            RegexValidator(
                r"\A[a-z0-9.-]+\Z",
                _("Use solo minúsculas sin acento, cifras, puntos y guiones."),
            ),
            refuse_reserved_label,
        ],
        help_text=_("Parte de la dirección web, por ejemplo «2021»."),
    )
    status = models.CharField(
        _("estado"), max_length=10, choices=Status, default=Status.DRAFT
    )
    base = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        verbose_name=_("edición de la que parte"),
    )
    numbering = models.CharField(
        _("forma impresa de las funciones"),
        max_length=10,
        choices=Numbering,
        default=Numbering.NUMBERS,
    )
    functions_chapter = models.PositiveSmallIntegerField(
        _("capítulo de las funciones"), null=True, blank=True
    )
    effective_from = models.DateField(
        _("vigente desde"), null=True, blank=True, validators=[validate_plausible]
    )
    effective_to = models.DateField(
        _("vigente hasta"), null=True, blank=True, validators=[validate_plausible]
    )
    withdrawn_on = models.DateField(
        _("dada de baja el"), null=True, blank=True, validators=[validate_plausible]
    )
    authorised_by = models.CharField(_("autorizó"), max_length=200, blank=True)
    authorised_position = models.CharField(
        _("cargo de quien autorizó"), max_length=300, blank=True
    )
    authorisation_text = models.TextField(_("texto de autorización"), blank=True)
    elaborated_by = models.CharField(_("elaboró"), max_length=200, blank=True)
    reviewed_by = models.CharField(_("revisó"), max_length=200, blank=True)
    ratified_on = models.DateField(
        _("ratificada el"), null=True, blank=True, validators=[validate_plausible]
    )
    document_number = models.CharField(
        _("número de oficio"), max_length=100, blank=True
    )
    document_date = models.DateField(
        _("fecha del oficio"), null=True, blank=True, validators=[validate_plausible]
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("enviada a revisión por"),
    )

    history = History()
    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edición")
        verbose_name_plural = _("ediciones")
        ordering = ["manual", "-effective_from", "-label"]
        permissions = [
            ("read_draft", _("Leer borradores")),
            ("edit_content", _("Crear, importar, editar y enviar ediciones")),
            ("comment", _("Comentar borradores")),
            ("send_back", _("Devolver ediciones en revisión")),
            ("authorise", _("Autorizar y dar de baja ediciones")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["manual", "label"],
                name="edition_label_unique_in_manual",
                violation_error_message=_(
                    "El manual ya tiene una edición con este nombre."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review"])
                | Q(effective_from__isnull=False),
                name="edition_authorised_has_effective_from",
                violation_error_message=_(
                    "Una edición autorizada necesita la fecha de inicio de vigencia."
                ),
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="edition_effective_dates_in_order",
                violation_error_message=_(
                    "El fin de la vigencia no puede ser anterior a su inicio."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_on__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="edition_withdrawn_has_day",
                violation_error_message=_(
                    "Solo una edición dada de baja lleva fecha de baja."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review", "authorised", "withdrawn"]),
                name="edition_status_known",
            ),
        ]

    def __str__(self):
        return f"{self.manual} · {self.label}"

    def get_absolute_url(self):
        return reverse("web:edition", args=[self.manual.slug, self.label])

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT

    @property
    def is_closed(self):
        """Authorised once: its content never changes again."""
        return self.status in (self.Status.AUTHORISED, self.Status.WITHDRAWN)

    def last_day(self):
        """The last day in force, or None while open; before its start if never."""
        ends = [self.effective_to]
        if self.withdrawn_on is not None:
            ends.append(self.withdrawn_on - timedelta(days=1))
        return min((end for end in ends if end is not None), default=None)

    def is_in_force(self, on=None):
        """Whether it answers for a day, today unless said; as ``in_force()`` reads."""
        day = on or today()
        last = self.last_day()
        return (
            self.is_closed
            and self.effective_from <= day
            and (last is None or last >= day)
        )


class Source(models.Model):
    """A file that an edition, or a part of it, was read from."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sources")
    name = models.CharField(_("archivo"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("archivo de origen")
        verbose_name_plural = _("archivos de origen")
        ordering = ["edition", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "sha256"], name="source_once_in_edition"
            )
        ]

    def __str__(self):
        return self.name


class Sourced(WritableModel):
    """Where an imported item was read: the file, and its line there from 1."""

    source = models.ForeignKey(
        Source,
        models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("archivo de origen"),
    )
    source_line = models.PositiveIntegerField(
        _("línea de origen"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True


class Transition(models.Model):
    """A step in an edition's life: who took it, when, and what they said."""

    class Step(models.TextChoices):
        CREATED = "created", _("creada")
        DUPLICATED = "duplicated", _("duplicada")
        IMPORTED = "imported", _("importada")
        SUBMITTED = "submitted", _("enviada a revisión")
        SENT_BACK = "sent_back", _("devuelta")
        AUTHORISED = "authorised", _("autorizada")
        RECORDED = "recorded", _("registrada como autorizada")
        CLOSED = "closed", _("fin de vigencia fijado")
        WITHDRAWN = "withdrawn", _("dada de baja")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="transitions")
    step = models.CharField(_("paso"), max_length=10, choices=Step)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("persona"),
    )
    at = models.DateTimeField(_("fecha y hora"), default=moment, editable=False)
    comment = models.TextField(_("comentario"), blank=True)

    class Meta:
        verbose_name = _("paso de una edición")
        verbose_name_plural = _("pasos de las ediciones")
        ordering = ["edition", "at", "id"]

    def __str__(self):
        return f"{self.edition}: {self.get_step_display()}"
