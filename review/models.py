"""What people state of a draft, of findings, and of the words that are checked."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from manuals.history import History, moment
from manuals.models import Edition, Manual, WritableModel


class ChangeNote(WritableModel):
    """The reason (motivo) for what changed in one unit of an edition.

    The unit is named by key: it may be gone from this edition.
    """

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="change_notes",
        verbose_name=_("edición"),
    )
    unit_key = models.UUIDField(_("identificador de la unidad"))
    text = models.TextField(_("motivo"), blank=True)
    minor = models.BooleanField(
        _("cambio menor"),
        default=False,
        help_text=_("Un cambio menor no necesita motivo."),
    )

    history = History()

    class Meta:
        verbose_name = _("motivo de cambio")
        verbose_name_plural = _("motivos de cambio")
        ordering = ["edition", "unit_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "unit_key"],
                name="change_note_once_per_unit",
                violation_error_message=_("La unidad ya tiene motivo de cambio."),
            ),
            models.CheckConstraint(
                condition=models.Q(minor=True) | ~models.Q(text=""),
                name="change_note_says_why",
                violation_error_message=_(
                    "Escriba el motivo o marque el cambio como menor."
                ),
            ),
        ]

    def __str__(self):
        return self.text or str(_("Cambio menor"))


class Succession(models.Model):
    """That units of the base became others here: one was split, or several merged.

    Units are named by key: those of ``from_keys`` are of the base, those of
    ``to_keys`` of this edition.
    """

    class Kind(models.TextChoices):
        SPLIT = "split", _("división")
        MERGED = "merged", _("fusión")

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="successions",
        verbose_name=_("edición"),
    )
    kind = models.CharField(_("qué pasó"), max_length=10, choices=Kind)
    from_keys = models.JSONField(_("unidades de origen"))
    to_keys = models.JSONField(_("unidades resultantes"))

    history = History()

    class Meta:
        verbose_name = _("división o fusión de unidades")
        verbose_name_plural = _("divisiones y fusiones de unidades")
        ordering = ["edition", "pk"]

    def __str__(self):
        return self.get_kind_display()


class Undoing(models.Model):
    """That one save of an edition undid another: both named by their moment.

    A row of a log, written once. An undo may be undone itself, which brings back what
    the first save did.
    """

    edition = models.ForeignKey(
        Edition,
        models.CASCADE,
        related_name="undoings",
        verbose_name=_("edición"),
    )
    undone = models.DateTimeField(_("momento de lo deshecho"))
    at = models.DateTimeField(_("momento"))

    class Meta:
        verbose_name = _("cambio deshecho")
        verbose_name_plural = _("cambios deshechos")
        ordering = ["edition", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "at"], name="undoing_once_per_moment"
            ),
        ]

    def __str__(self):
        return f"{self.undone} ({self.edition})"


class Waiver(WritableModel):
    """That somebody looked at a finding of the checks and lets the text stand.

    ``fingerprint`` is the finding's: it is the same in every edition of the manual
    while the text stays the same. ``place`` and ``said`` tell people what it was about
    where it was seen. Withdrawn, it is deleted; its history keeps it.
    """

    manual = models.ForeignKey(
        Manual,
        models.CASCADE,
        related_name="waivers",
        verbose_name=_("manual"),
    )
    fingerprint = models.CharField(_("huella del hallazgo"), max_length=64)
    rule = models.CharField(_("regla"), max_length=40)
    unit_key = models.UUIDField(_("identificador de la unidad"), null=True, blank=True)
    place = models.CharField(_("lugar"), max_length=255)
    said = models.TextField(_("hallazgo"))
    reason = models.TextField(_("motivo"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("persona"),
    )
    at = models.DateTimeField(_("fecha y hora"), default=moment, editable=False)

    history = History()

    class Meta:
        verbose_name = _("dispensa")
        verbose_name_plural = _("dispensas")
        ordering = ["manual", "-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["manual", "fingerprint"],
                name="waiver_once_per_finding",
                violation_error_message=_("El hallazgo ya tiene dispensa."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="waiver_says_why",
                violation_error_message=_("Indique el motivo de la dispensa."),
            ),
        ]

    def __str__(self):
        return f"{self.place}: {self.said}"


# What a cell begins with that spreadsheets compute; catalogues go there and come back.
_FORMULA = ("=", "+", "-", "@")


class Entry(WritableModel):
    """A row of a catalogue of the checks, kept by editors.

    ``keys`` are the fields that name it within ``scope``, the field that says where it
    holds: empty, it holds everywhere, and a narrower row with the same keys precedes.
    """

    scope = "institution"
    keys: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def clean(self):
        for field in self._meta.fields:
            if isinstance(field, models.CharField | models.TextField):
                value = " ".join((getattr(self, field.attname) or "").split())
                if value.startswith(_FORMULA):
                    raise ValidationError(
                        {
                            field.name: _(
                                "No puede comenzar con «%(sign)s»: una hoja de "
                                "cálculo lo tomaría por una fórmula."
                            )
                            % {"sign": value[0]}
                        }
                    )
                setattr(self, field.attname, value)


class ObsoleteName(Entry):
    """A name out of use, and the one in use; without a ``current`` one, none is."""

    scope = "manual"
    keys = ("name", "institution")

    manual = models.ForeignKey(
        Manual,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="obsolete_names",
        verbose_name=_("manual"),
        help_text=_("Sin manual vale en todos."),
    )
    name = models.CharField(_("nombre en desuso"), max_length=255)
    current = models.CharField(
        _("nombre actual"),
        max_length=255,
        blank=True,
        help_text=_("Vacío si nadie continúa lo que hacía."),
    )
    direct = models.BooleanField(
        _("se puede poner en su lugar"),
        default=False,
        help_text=_(
            "El nombre actual cabe donde está el otro, también con su artículo: la "
            "revisión ofrece el cambio."
        ),
    )
    since = models.DateField(
        _("en desuso desde"),
        null=True,
        blank=True,
        help_text=_("Las ediciones autorizadas antes hacían bien en usarlo."),
    )
    institution = models.CharField(
        _("institución"),
        max_length=255,
        blank=True,
        help_text=_("Vacía si vale en los manuales de todas."),
    )
    note = models.TextField(
        _("nota"), blank=True, help_text=_("Se agrega a lo que dice la revisión.")
    )

    history = History()

    class Meta:
        verbose_name = _("nombre en desuso")
        verbose_name_plural = _("nombres en desuso")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["manual", "name", "institution"],
                name="obsolete_name_once",
                violation_error_message=_("El nombre ya está en el catálogo."),
            ),
            # A null manual escapes the other.
            models.UniqueConstraint(
                fields=["name", "institution"],
                condition=models.Q(manual__isnull=True),
                name="obsolete_name_once_for_all",
                violation_error_message=_("El nombre ya está en el catálogo."),
            ),
        ]

    def __str__(self):
        return f"{self.name} → {self.current or '—'}"

    def clean(self):
        super().clean()
        if self.direct and not self.current:
            raise ValidationError(
                {"current": _("Escriba el nombre que se puede poner en su lugar.")}
            )
        if self.name == self.current:
            raise ValidationError(
                {"current": _("Es el mismo nombre que está en desuso.")}
            )


class LevelVerb(Entry):
    """A verb that a level does not do, and what it does instead."""

    keys = ("kind", "verb")

    institution = models.CharField(
        _("institución"),
        max_length=255,
        blank=True,
        help_text=_("Vacía si vale en los manuales de todas."),
    )
    kind = models.CharField(
        _("nivel"), max_length=120, help_text=_("Como se llama en «Niveles».")
    )
    verb = models.CharField(
        _("verbo"), max_length=60, help_text=_("En infinitivo: archivar.")
    )
    instead = models.CharField(
        _("en su lugar"),
        max_length=255,
        blank=True,
        help_text=_("Lo que corresponde al nivel; separe varios con punto y coma."),
    )

    history = History()

    class Meta:
        verbose_name = _("verbo impropio del nivel")
        verbose_name_plural = _("verbos por nivel")
        ordering = ["kind", "verb", "institution"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "kind", "verb"],
                name="level_verb_once",
                violation_error_message=_("El verbo ya está en el catálogo."),
            )
        ]

    def __str__(self):
        return f"{self.kind}: {self.verb}"


class KnownAcronym(Entry):
    """An acronym and its meaning; ``common`` ones may stand without it."""

    keys = ("acronym",)

    institution = models.CharField(
        _("institución"),
        max_length=255,
        blank=True,
        help_text=_("Vacía si vale en los manuales de todas."),
    )
    acronym = models.CharField(_("sigla"), max_length=30)
    meaning = models.CharField(_("significado"), max_length=255)
    common = models.BooleanField(
        _("no hace falta explicarla"),
        default=False,
        help_text=_("Quien lee la conoce: puede estar en el texto sin explicación."),
    )

    history = History()

    class Meta:
        verbose_name = _("sigla conocida")
        verbose_name_plural = _("siglas conocidas")
        ordering = ["acronym", "institution"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "acronym"],
                name="known_acronym_once",
                violation_error_message=_("La sigla ya está en el catálogo."),
            )
        ]

    def __str__(self):
        return f"{self.acronym}: {self.meaning}"
