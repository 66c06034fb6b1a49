"""What waits between an upload and the decision to import it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
