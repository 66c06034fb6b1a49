from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from manuals.history import History
from manuals.models.plain import WritableModel
from manuals.querysets import ManualQuerySet


class Manual(WritableModel):
    """A manual as a work; what it says stands in its editions."""

    slug = models.SlugField(
        _("dirección"),
        max_length=80,
        unique=True,
        help_text=_("Parte de la dirección web, por ejemplo «dir»."),
    )
    title = models.CharField(_("título"), max_length=300)
    acronym = models.CharField(_("siglas"), max_length=30, blank=True)
    institution = models.CharField(_("institución"), max_length=300, blank=True)
    registration_key = models.CharField(
        _("clave de registro"), max_length=100, blank=True
    )
    notice = models.CharField(
        _("aviso"),
        max_length=300,
        blank=True,
        help_text=_("Se muestra en todas las páginas del manual."),
    )
    publication = models.PositiveIntegerField(
        _("contador de publicación"), default=0, editable=False
    )

    history = History(excluded_fields=["publication"])
    objects = ManualQuerySet.as_manager()

    class Meta:
        verbose_name = _("manual")
        verbose_name_plural = _("manuales")
        ordering = ["title", "slug"]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        # Pages of every edition show data of the manual: whatever changes here makes
        # copies of them stale.
        if self.pk:
            self.publication += 1
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("web:manual", args=[self.slug])
