from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.history import History
from manuals.models.editions import Edition
from manuals.models.manuals import Manual
from manuals.models.plain import WritableModel
from manuals.querysets import GlossaryQuerySet


class GlossaryTerm(WritableModel):
    """An acronym or defined term of a manual, and what it stands for.

    It belongs to the manual, not to an edition: explaining a word changes no text.
    An import proposes what it finds; only what an editor accepted is shown to readers,
    one meaning per term. A rejected pair stays, so that it is not proposed again.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", gettext_lazy("propuesto")
        ACCEPTED = "accepted", gettext_lazy("aceptado")
        REJECTED = "rejected", gettext_lazy("rechazado")

    manual = models.ForeignKey(
        Manual,
        models.CASCADE,
        related_name="glossary",
        verbose_name=gettext_lazy("manual"),
    )
    term = models.CharField(
        gettext_lazy("sigla o término"),
        max_length=80,
        help_text=gettext_lazy(
            "Como aparece en el manual: las mayúsculas cuentan («PAE», «Consejo»)."
        ),
    )
    meaning = models.CharField(
        gettext_lazy("significado"),
        max_length=500,
        help_text=gettext_lazy("El nombre completo, o una frase que lo defina."),
    )
    explanation = models.TextField(
        gettext_lazy("explicación"),
        blank=True,
        help_text=gettext_lazy(
            "Opcional: lo que convenga saber además; se lee en el glosario."
        ),
    )
    status = models.CharField(
        gettext_lazy("estado"),
        max_length=10,
        choices=Status.choices,
        default=Status.ACCEPTED,
    )
    found_in = models.ForeignKey(
        Edition,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=gettext_lazy("edición en la que se halló"),
    )
    place = models.CharField(gettext_lazy("lugar"), max_length=120, blank=True)
    # Below the edition's own address: "8.6/#f1".
    address = models.CharField(
        gettext_lazy("dirección del lugar"), max_length=300, blank=True
    )
    excerpt = models.TextField(gettext_lazy("frase en la que se halló"), blank=True)

    history = History()
    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("término del glosario")
        verbose_name_plural = gettext_lazy("glosario")
        ordering = ["manual", "term", "meaning"]
        constraints = [
            models.UniqueConstraint(
                fields=["manual", "term"],
                condition=models.Q(status="accepted"),
                name="glossary_term_one_accepted",
                violation_error_message=gettext_lazy(
                    "El término ya tiene un significado aceptado en este manual. "
                    "Rechace o cambie aquel para aceptar otro."
                ),
            ),
            models.UniqueConstraint(
                fields=["manual", "term", "meaning"],
                name="glossary_term_pair_once",
                violation_error_message=gettext_lazy(
                    "El glosario de este manual ya tiene el término con ese "
                    "significado."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.term}: {self.meaning}"

    def competing(self):
        """The other meanings of the same term in the same manual, in any state."""
        others = type(self).objects.filter(manual=self.manual_id, term=self.term)
        return others.exclude(pk=self.pk)

    def clean(self):
        self.term = " ".join(self.term.split())
        self.meaning = " ".join(self.meaning.split())
        if self.term and not any(char.isalnum() for char in self.term):
            raise ValidationError({"term": _("Escriba letras o números.")})
        if self.term and self.term == self.meaning:
            raise ValidationError(
                {"meaning": _("El significado repite el término: no lo explica.")}
            )
