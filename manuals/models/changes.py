from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manuals.models.editions import Edition
from manuals.models.manuals import Manual
from manuals.querysets import ChangeQuerySet


class Change(models.Model):
    """Something that happened, as other systems are told of it; never changes.

    Written in the transaction of the thing itself by manuals/changes.py. ``cursor``
    comes after the commit, since ids are given before it: whoever has read up to a
    cursor has seen all before it. Slug and label are those of the time; ``details`` is
    what the kind says of itself.
    """

    class Kind(models.TextChoices):
        MANUAL_CREATED = "manual.created", _("manual registrado")
        MANUAL_CHANGED = "manual.changed", _("datos del manual cambiados")
        EDITION_CREATED = "edition.created", _("edición creada")
        EDITION_CHANGED = "edition.changed", _("datos de la edición cambiados")
        EDITION_SUBMITTED = "edition.submitted", _("edición enviada a revisión")
        EDITION_SENT_BACK = "edition.sent_back", _("edición devuelta")
        EDITION_AUTHORISED = "edition.authorised", _("edición autorizada")
        EDITION_ENDED = "edition.ended", _("fin de vigencia fijado")
        EDITION_WITHDRAWN = "edition.withdrawn", _("edición dada de baja")
        EDITION_DISCARDED = "edition.discarded", _("borrador descartado")
        CONTENT_CHANGED = "content.changed", _("contenido de un borrador cambiado")

    cursor = models.BigIntegerField(_("cursor"), null=True, unique=True, editable=False)
    at = models.DateTimeField(_("fecha y hora"))
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind)
    # The links have neither constraints nor indexes of their own. The manual's would
    # wait for its lock while the edition's is held, others take them the other way
    # round; the edition's would refuse what is told while one is deleted unrecorded.
    manual = models.ForeignKey(
        Manual,
        models.SET_NULL,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("manual"),
    )
    manual_slug = models.CharField(_("dirección del manual"), max_length=80)
    edition = models.ForeignKey(
        Edition,
        models.SET_NULL,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("edición"),
    )
    edition_label = models.CharField(_("nombre de la edición"), max_length=40)
    details = models.JSONField(_("detalles"), default=dict)
    public = models.BooleanField(_("pública"), default=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("suceso")
        verbose_name_plural = _("sucesos")
        ordering = ["cursor", "id"]
        indexes = [
            models.Index(fields=["edition", "cursor"], name="change_of_edition"),
            models.Index(fields=["manual", "cursor"], name="change_of_manual"),
            models.Index(
                fields=["cursor"], condition=Q(public=True), name="change_public"
            ),
            models.Index(
                fields=["id"], condition=Q(cursor__isnull=True), name="change_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.manual_slug} {self.edition_label}".rstrip()
