"""Tokens with which other systems identify themselves; never their keys."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from manual_org.api.idempotency.models import RepeatableRequest as RepeatableRequest
from manuals.history import History
from manuals.models import Manual
from manuals.models.plain import demand_writable
from manuals.scopes import Limits

EXPIRING = datetime.timedelta(days=30)


class TokenState(models.TextChoices):
    CURRENT = "current", _("vigente")
    EXPIRING = "expiring", _("vence pronto")
    EXPIRED = "expired", _("vencido")
    REVOKED = "revoked", _("revocado")


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody's to who manages them, else the person's own."""
        return self if user.is_superuser else self.filter(user=user)

    def in_state(self, state: str, at: datetime.datetime | None = None):
        """As :meth:`ApiToken.state` says, now unless said."""
        at = at or timezone.now()
        if state == TokenState.REVOKED:
            return self.filter(revoked_at__isnull=False)
        found = self.filter(revoked_at__isnull=True)
        if state == TokenState.EXPIRED:
            return found.filter(expires_at__lte=at)
        if state == TokenState.EXPIRING:
            return found.filter(expires_at__gt=at, expires_at__lte=at + EXPIRING)
        return found.filter(expires_at__gt=at + EXPIRING)


class ApiToken(models.Model):
    """What a system may do in the name of an account, until when.

    Of its key only the SHA-256 is kept, and the first signs to recognise it by. It may
    what its account may, within its scope; it is made and revoked, never changed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="api_tokens",
        verbose_name=_("cuenta"),
    )
    name = models.CharField(
        _("nombre"),
        max_length=100,
        validators=[demand_writable],
        help_text=_("El sistema que lo usará: así se reconoce en la lista."),
    )
    prefix = models.CharField(_("comienzo"), max_length=16, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    read_drafts = models.BooleanField(_("lee borradores"), default=False)
    write = models.BooleanField(
        _("escribe"),
        default=False,
        help_text=_("Incluye leer borradores."),
    )
    manual = models.ForeignKey(
        Manual,
        models.CASCADE,
        null=True,
        blank=True,
        # Nothing is looked up by it: a manual is deleted once in years.
        db_index=False,
        related_name="api_tokens",
        verbose_name=_("solo en el manual"),
        help_text=_("Limita los borradores que lee y lo que escribe."),
    )
    unit_key = models.UUIDField(_("solo en la rama"), null=True, blank=True)
    created_at = models.DateTimeField(_("creado"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("creado por"),
    )
    expires_at = models.DateTimeField(_("vence"))
    revoked_at = models.DateTimeField(_("revocado"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("revocado por"),
    )
    last_used_at = models.DateTimeField(_("último uso"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()
    history = History(excluded_fields=["digest", "last_used_at"])

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        # Who makes their own; the rest goes by who has the token.
        default_permissions = ("add",)
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(write=False) | Q(read_drafts=True),
                name="token_writes_what_it_reads",
                violation_error_message=_("Quien escribe también lee borradores."),
            ),
            models.CheckConstraint(
                condition=Q(unit_key__isnull=True) | Q(manual__isnull=False),
                name="token_branch_of_a_manual",
                violation_error_message=_("Indique de qué manual es la rama."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="token_expires_later",
                violation_error_message=_("El token vence después de crearse."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"

    def state(self, at: datetime.datetime | None = None) -> TokenState:
        at = at or timezone.now()
        if self.revoked_at is not None:
            return TokenState.REVOKED
        if self.expires_at <= at:
            return TokenState.EXPIRED
        if self.expires_at <= at + EXPIRING:
            return TokenState.EXPIRING
        return TokenState.CURRENT

    @property
    def last_day(self) -> datetime.date:
        """The last one on which it is good."""
        return timezone.localdate(self.expires_at - datetime.timedelta.resolution)

    def is_usable(self, at: datetime.datetime) -> bool:
        return self.user.is_active and self.revoked_at is None and self.expires_at > at

    @property
    def limits(self) -> Limits:
        return Limits(
            read_drafts=self.read_drafts,
            write=self.write,
            manual_id=self.manual_id,
            unit_key=self.unit_key,
        )
