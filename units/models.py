"""The tree of units of each edition, and the catalogue of levels."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from mptt.models import MPTTModel, TreeForeignKey

from manuals.history import History
from manuals.models import Edition, Sourced, WritableModel
from units.codes import LONGEST
from units.querysets import UnitKindQuerySet, UnitManager

# An index over parent and position that can be rebuilt at any time: in no history,
# serializer, template or other app.
TREE_COLUMNS = ("lft", "rght", "tree_id", "level")


class UnitKind(WritableModel):
    """A level of organisation: Dirección, Unidad, Coordinación, División ..."""

    name = models.CharField(_("nombre"), max_length=100, unique=True)
    plural = models.CharField(_("plural"), max_length=100, unique=True)
    rank = models.PositiveSmallIntegerField(
        _("orden"),
        default=100,
        help_text=_("De mayor a menor jerarquía, para ordenar listas y filtros."),
    )

    history = History()
    objects = UnitKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("nivel")
        verbose_name_plural = _("niveles")
        ordering = ["rank", "name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first()
        if before and before.name != self.name and before.is_in_closed_edition():
            raise ValidationError(
                {
                    "name": _(
                        "Hay ediciones autorizadas con este nivel: su nombre no puede "
                        "cambiar. Cree otro nivel."
                    )
                }
            )

    def is_in_closed_edition(self):
        return self.units.filter(edition__in=Edition.objects.published()).exists()


class Unit(MPTTModel, Sourced):
    """A unit of the organisation in one edition.

    ``key`` says which unit it is over time; ``code`` and ``name`` are labels.
    ``parent`` and ``position`` (from 1 among siblings) are the truth about its place.
    """

    key = models.UUIDField(_("identificador"), default=uuid.uuid4, db_index=True)
    # No index of its own where a constraint's begins with the field: a move writes
    # every index of thousands of rows.
    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="units",
        db_index=False,
        verbose_name=_("edición"),
    )
    kind = models.ForeignKey(
        UnitKind, models.PROTECT, related_name="units", verbose_name=_("nivel")
    )
    parent = TreeForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        db_index=False,
        verbose_name=_("unidad superior"),
    )
    position = models.IntegerField(_("orden"), default=1)
    code = models.CharField(_("código"), max_length=LONGEST)
    printed_code = models.CharField(_("código impreso"), max_length=255, blank=True)
    printed_page = models.PositiveIntegerField(
        _("página impresa"), null=True, blank=True
    )
    name = models.CharField(_("nombre"), max_length=500)
    positions = models.JSONField(
        _("plazas"),
        default=list,
        blank=True,
        help_text=_("Letras de las plazas que agrupa la unidad, por ejemplo B, C, E."),
    )
    objective = models.TextField(_("objetivo"), blank=True)

    history = History(excluded_fields=list(TREE_COLUMNS))
    objects = UnitManager()

    class MPTTMeta:
        order_insertion_by = ["position"]

    class Meta:
        verbose_name = _("unidad administrativa")
        verbose_name_plural = _("unidades administrativas")
        ordering = ["edition", "lft"]
        indexes = ()  # and none of mptt's: see below the class
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key"],
                name="unit_key_unique_in_edition",
                violation_error_message=_("La edición ya tiene esta unidad."),
            ),
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="unit_code_unique_in_edition",
                violation_error_message=_(
                    "La edición ya tiene una unidad con este código."
                ),
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(parent__isnull=True),
                name="unit_root_unique_in_edition",
                violation_error_message=_("La edición ya tiene una unidad raíz."),
            ),
            models.UniqueConstraint(
                fields=["parent", "position"],
                name="unit_position_unique_among_siblings",
                violation_error_message=_("Ya hay una unidad en este lugar."),
            ),
            # Held by the database: a tree of its own per edition, so that no write in
            # one edition touches the rows of another.
            models.CheckConstraint(
                condition=Q(tree_id=F("edition")), name="unit_tree_is_edition"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def clean(self):
        super().clean()
        if not isinstance(self.positions, list) or not all(
            isinstance(letter, str) and letter for letter in self.positions
        ):
            raise ValidationError(
                {"positions": _("Indique una lista de letras, por ejemplo B, C, E.")}
            )
        if self.parent is not None and self.parent.edition_id != self.edition_id:
            raise ValidationError(
                {"parent": _("La unidad superior es de otra edición.")}
            )

    def save(self, *args, **kwargs):
        if self.parent_id is None and not self.lft:
            # A root placed by mptt would renumber the trees of other editions.
            self.lft, self.rght, self.level = 1, 2, 0
            self.tree_id = self.edition_id
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse(
            "web:unit", args=[self.edition.manual.slug, self.edition.label, self.code]
        )


# mptt adds an index over (tree_id, lft). A write moves the lft of thousands of rows;
# without it PostgreSQL leaves all other indexes alone while there is room in the page
# (half of it, by migration 0003). Rows of an edition are found by tree_id and sorted.
Unit._meta.indexes.clear()
