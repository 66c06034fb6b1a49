"""Functions of units, and the items below them."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from functions.querysets import FunctionQuerySet
from manuals.history import History
from manuals.models import Edition, Sourced
from units.models import Unit

MAX_DEPTH = 3


class Function(Sourced):
    """A function of a unit, or an item below one: at most three levels.

    ``key`` says which function it is over time. ``position`` counts from 1 among the
    unit's functions, or among the items of ``parent``; labels are computed from it.
    """

    key = models.UUIDField(_("identificador"), default=uuid.uuid4, db_index=True)
    # The unit's edition again, so that the database holds the uniqueness of keys. Its
    # index serves the edition alone too; a duplicate writes every index of thousands.
    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="functions",
        db_index=False,
        editable=False,
        verbose_name=_("edición"),
    )
    unit = models.ForeignKey(
        Unit,
        models.CASCADE,
        related_name="functions",
        verbose_name=_("unidad administrativa"),
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="items",
        db_index=False,
        verbose_name=_("función de la que depende"),
    )
    position = models.IntegerField(_("orden"), default=1)
    text = models.TextField(_("texto"))

    history = History()
    objects = FunctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("función")
        verbose_name_plural = _("funciones")
        ordering = ["unit", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key"],
                name="function_key_unique_in_edition",
                violation_error_message=_("La edición ya tiene esta función."),
            ),
            # A null parent escapes the other constraint.
            models.UniqueConstraint(
                fields=["unit", "position"],
                condition=Q(parent__isnull=True),
                name="function_position_unique_in_unit",
                violation_error_message=_("Ya hay una función en este lugar."),
            ),
            models.UniqueConstraint(
                fields=["parent", "position"],
                condition=Q(parent__isnull=False),
                name="function_position_unique_among_items",
                violation_error_message=_("Ya hay un inciso en este lugar."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="function_text_not_empty",
                violation_error_message=_("El texto no puede quedar vacío."),
            ),
        ]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    @property
    def path(self) -> tuple[int, ...]:
        """The positions of what it hangs from, from the top, and its own."""
        above = self.parent.path if self.parent is not None else ()
        return (*above, self.position)

    def save(self, **kwargs):
        self.edition_id = self.unit.edition_id
        super().save(**kwargs)

    def clean(self):
        super().clean()
        self.text = " ".join(self.text.split())
        if not self.text:
            raise ValidationError({"text": _("El texto no puede quedar vacío.")})
        depth, ancestor = 1, self.parent
        while ancestor is not None:
            if ancestor.unit_id != self.unit_id:
                raise ValidationError(
                    {"parent": _("La función de la que depende es de otra unidad.")}
                )
            if ancestor.pk is not None and ancestor.pk == self.pk:
                raise ValidationError(
                    {"parent": _("Una función no puede depender de sí misma.")}
                )
            depth, ancestor = depth + 1, ancestor.parent
        if depth > MAX_DEPTH:
            raise ValidationError(
                {"parent": _("Una función tiene a lo más tres niveles.")}
            )
