"""Whom to tell, and what is to be told: the outbox of webhooks."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from manual_org.webhooks import addresses
from manual_org.webhooks.signing import new_secret
from manuals.history import History
from manuals.models import Change, Manual
from manuals.models.plain import WritableModel

PING = "ping"
KINDS = (
    Change.Kind.EDITION_AUTHORISED,
    Change.Kind.EDITION_ENDED,
    Change.Kind.EDITION_WITHDRAWN,
)
OVERLAP = datetime.timedelta(days=1)  # how long the secret before still signs
LATE = datetime.timedelta(hours=1)  # what waits longer is shown
# An endpoint that is to be tried at once, as if nothing had failed.
RESTED = {"failing_since": None, "outages": 0, "resting_until": None}


def every_kind() -> list[str]:
    return [str(kind) for kind in KINDS]


def _are_kinds(events) -> bool:
    return isinstance(events, list) and all(kind in every_kind() for kind in events)


class EndpointQuerySet(models.QuerySet):
    def listening(self, kind: str, manual_id: int) -> list[Endpoint]:
        """Those that are told of it, the stopped ones too: it waits for them."""
        chosen = self.filter(Q(manuals=None) | Q(manuals=manual_id)).distinct()
        return [endpoint for endpoint in chosen if kind in endpoint.events]

    def due(self, at: datetime.datetime):
        """Those to which something is to be sent now and nobody is sending."""
        waiting = Delivery.objects.due(at).filter(endpoint=models.OuterRef("pk"))
        return self.free(at).filter(models.Exists(waiting)).order_by("pk")

    def free(self, at: datetime.datetime):
        return self.awake(at).filter(
            Q(claimed_until=None) | Q(claimed_until__lte=at),
        )

    def awake(self, at: datetime.datetime):
        return self.filter(
            Q(resting_until=None) | Q(resting_until__lte=at), active=True
        )


class Endpoint(WritableModel):
    """An address of another system that is told what happens.

    While it is stopped, what happens waits for it. The fields from ``failing_since`` on
    are the sender's (delivery.py) and in no history; neither are the secrets.
    """

    class Stopped(models.TextChoices):
        PERSON = "person", _("detenido por una persona")
        FAILING = "failing", _("detenido: solo fallos durante cinco días")
        GONE = "gone", _("detenido: el destino respondió que ya no existe (410)")

    name = models.CharField(
        _("nombre"),
        max_length=100,
        unique=True,
        help_text=_("El sistema que recibe los avisos: así se reconoce en la lista."),
    )
    url = models.CharField(
        _("dirección"),
        max_length=500,
        help_text=_("Adonde se envía cada aviso, por ejemplo https://…/avisos."),
    )
    description = models.TextField(
        _("descripción y contacto"),
        blank=True,
        max_length=2000,
        help_text=_("Para qué sirve y a quién llamar si deja de recibir."),
    )
    events = models.JSONField(_("sucesos"), default=every_kind)
    manuals = models.ManyToManyField(
        Manual,
        blank=True,
        related_name="+",
        verbose_name=_("manuales"),
        help_text=_("Si no elige ninguno, los sucesos de todos."),
    )
    active = models.BooleanField(_("activo"), default=True, editable=False)
    stopped = models.CharField(
        _("por qué está detenido"),
        max_length=10,
        choices=Stopped,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("creado"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("creado por"),
    )
    secret = models.CharField(max_length=80, default=new_secret, editable=False)
    secret_before = models.CharField(max_length=80, blank=True, editable=False)
    secret_before_until = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(_("falla desde"), null=True, editable=False)
    outages = models.PositiveSmallIntegerField(default=0, editable=False)
    resting_until = models.DateTimeField(null=True, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)

    objects = EndpointQuerySet.as_manager()
    history = History(
        excluded_fields=[
            "secret",
            "secret_before",
            "secret_before_until",
            "failing_since",
            "outages",
            "resting_until",
            "claim",
            "claimed_until",
        ]
    )

    class Meta:
        verbose_name = _("destino")
        verbose_name_plural = _("destinos")
        ordering = ["name"]
        default_permissions = ()
        permissions = [("manage_webhooks", _("Administra los avisos a otros sistemas"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(active=True, stopped="")
                | (Q(active=False) & ~Q(stopped="")),
                name="endpoint_stopped_for_a_reason",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        errors = {}
        try:
            target = addresses.parse(self.url, http=settings.WEBHOOK_ALLOW_HTTP)
            target.demand_plausible(settings.WEBHOOK_ALLOWED_PRIVATE_NETWORKS)
        except ValidationError as error:
            errors["url"] = error
        except addresses.AddressRefused as refusal:
            errors["url"] = str(refusal)
        if not self.events or not _are_kinds(self.events):
            errors["events"] = _("Elija al menos un suceso.")
        if errors:
            raise ValidationError(errors)

    def secrets_at(self, at: datetime.datetime) -> list[str]:
        """Those that sign at a moment, the newest first."""
        return [self.secret, *([self.secret_before] if self.is_rotating(at) else [])]

    def is_rotating(self, at: datetime.datetime | None = None) -> bool:
        """Whether the secret before still signs."""
        until = self.secret_before_until
        return until is not None and (at or timezone.now()) < until


class DeliveryQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(state=Delivery.State.PENDING)

    def due(self, at: datetime.datetime):
        return self.pending().filter(next_attempt_at__lte=at)

    def late(self, at: datetime.datetime | None = None):
        """What was to be sent an hour ago and nobody tried: the sender does not run."""
        before = (at or timezone.now()) - LATE
        return self.due(before).filter(
            Q(endpoint__resting_until=None) | Q(endpoint__resting_until__lte=before),
            endpoint__active=True,
        )

    def finished_before(self, at: datetime.datetime):
        return self.exclude(state=Delivery.State.PENDING).filter(finished_at__lt=at)


class Delivery(models.Model):
    """One event for one endpoint, written with what happened and sent afterwards.

    ``body`` is what is sent, to the byte, in each attempt. ``log`` holds the latest
    attempts: ``{"at", "status", "ms", "error"}``.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("pendiente")
        DELIVERED = "delivered", _("entregado")
        GIVEN_UP = "given_up", _("sin entregar")

    endpoint = models.ForeignKey(
        Endpoint,
        models.CASCADE,
        db_index=False,
        related_name="deliveries",
        verbose_name=_("destino"),
    )
    event_id = models.UUIDField(_("identificador"), default=uuid.uuid4, editable=False)
    kind = models.CharField(
        _("suceso"),
        max_length=20,
        choices=[(kind.value, kind.label) for kind in KINDS] + [(PING, _("prueba"))],
    )
    subject = models.CharField(_("edición"), max_length=130, blank=True)
    body = models.TextField(_("contenido"))
    created_at = models.DateTimeField(_("ocurrió"), default=timezone.now)
    state = models.CharField(
        _("estado"), max_length=10, choices=State, default=State.PENDING
    )
    next_attempt_at = models.DateTimeField(_("próximo intento"), default=timezone.now)
    trying_since = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveIntegerField(_("intentos"), default=0)
    log = models.JSONField(_("últimos intentos"), default=list)
    last_status = models.PositiveSmallIntegerField(_("respuesta"), null=True)
    last_error = models.CharField(_("último fallo"), max_length=300, blank=True)
    finished_at = models.DateTimeField(_("terminó"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrega")
        verbose_name_plural = _("entregas")
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "event_id"], name="delivery_once_per_endpoint"
            ),
            models.CheckConstraint(
                condition=Q(state="pending", finished_at=None)
                | (~Q(state="pending") & Q(finished_at__isnull=False)),
                name="delivery_finished_with_a_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_attempt_at"],
                condition=Q(state="pending"),
                name="delivery_pending",
            ),
            models.Index(fields=["finished_at"], name="delivery_finished"),
        ]

    def __str__(self):
        said = self.get_kind_display()
        return f"{said}: {self.subject}" if self.subject else str(said)
