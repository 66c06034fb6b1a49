from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from manuals.history import History
from manuals.models.manuals import Manual


class BranchGrant(models.Model):
    """Limits an editor to a branch of a manual: the unit with this key and below.

    An editor without any grant edits everything; with one, only what is granted.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="branch_grants",
        verbose_name=_("persona"),
    )
    manual = models.ForeignKey(
        Manual,
        models.CASCADE,
        related_name="branch_grants",
        verbose_name=_("manual"),
    )
    unit_key = models.UUIDField(_("identificador de la unidad"))

    history = History()

    class Meta:
        verbose_name = _("rama asignada")
        verbose_name_plural = _("ramas asignadas")
        ordering = ["manual", "user", "unit_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "manual", "unit_key"],
                name="branch_grant_once",
                violation_error_message=_("La persona ya tiene asignada esta rama."),
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.unit_key}"
