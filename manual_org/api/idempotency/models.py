"""Answers to requests that carried an Idempotency-Key, to be given again."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def oldest_kept(now: datetime.datetime | None = None) -> datetime.datetime:
    """What was answered before this moment counts no more."""
    return (now or timezone.now()) - settings.API_IDEMPOTENCY_KEPT


class RepeatableRequestQuerySet(models.QuerySet):
    def expired(self, now: datetime.datetime | None = None):
        return self.filter(created_at__lt=oldest_kept(now))


class RepeatableRequest(models.Model):
    """A request that was carried out under a key, and how it was answered.

    It is written in the transaction of the write itself: there is one for what was
    done, and none for what was refused or undone.
    """

    # Digest of account, token and key; what of the request, see once.py.
    name = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    request = models.CharField(max_length=64)
    # Of the edition that the answer speaks of; it may be discarded meanwhile.
    edition_id = models.BigIntegerField(null=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = RepeatableRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("respuesta conservada")
        verbose_name_plural = _("respuestas conservadas")
        default_permissions = ()
        ordering = ["created_at"]

    def __str__(self):
        return self.name
