"""A function taken to another unit, with its items, its key and its history."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from functions.labels import printed_label, printed_labels
from functions.lists import listed
from functions.models import Function
from functions.services import FunctionGone, move_function
from manuals.admin.forms import ReasonField, ReasonForm
from manuals.admin.steps import StepView
from units import permissions
from units.admin.desk.confirming import ReadsOutline
from units.admin.fields import EM_SPACE, UnitCodeField
from units.models import Unit

SHOWN = 110  # characters of a text in the list of functions


class MoveFunctionForm(ReasonForm):
    """Which function or item, and where to."""

    function = forms.ChoiceField(label=gettext_lazy("Función o inciso"))
    target = UnitCodeField(
        label=gettext_lazy("Unidad de destino"),
        help_text=gettext_lazy(
            "Escriba el código o parte del nombre y elija; allí será una función."
        ),
        error_messages={"required": gettext_lazy("Indique la unidad de destino.")},
    )
    place = forms.IntegerField(
        label=gettext_lazy("Lugar entre sus funciones"),
        help_text=gettext_lazy("1 es la primera; sin número, la última."),
        required=False,
        min_value=1,
    )
    reason = ReasonField()

    field_order = ["function", "target", "place", "reason"]

    def __init__(self, *args, functions, outline, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["function"].choices = functions
        self.fields["target"].outline = outline
        self.targets = targets

    def clean_target(self):
        target = self.cleaned_data["target"]
        if target is None:
            raise ValidationError(_("Indique la unidad de destino."))
        if target.id not in {unit.id for unit in self.targets}:
            raise ValidationError(
                _("No puede llevarla a %(code)s: elija una unidad de la lista.")
                % {"code": target.code}
            )
        return target


class MoveFunctionStep(ReadsOutline, StepView):
    """Take a function of the unit, with its items, to another unit."""

    slug = "mover-funcion"
    form_class = MoveFunctionForm
    template_name = "admin/functions/move_step.html"
    title = gettext_lazy("Mover una función a otra unidad")
    button = gettext_lazy("Mover")
    explanation = gettext_lazy(
        "La función va con sus incisos y sigue siendo la misma: conserva su "
        "identificador y su historial. Las demás se numeran de nuevo en ambas unidades."
    )

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_edit_unit(request.user, obj)

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "functions": self.functions,
            "outline": self.outline,
            "targets": self.targets,
        }

    def get_initial(self):
        return {**super().get_initial(), "function": self.request.GET.get("key", "")}

    @cached_property
    def targets(self):
        """The units to which the person may take it."""
        return self.targets_but({self.object.pk})

    @cached_property
    def rows(self):
        return listed(self.object)

    @property
    def functions(self) -> list[tuple[str, str]]:
        """The unit's functions and items as options, indented."""
        options = []
        labels = printed_labels(row.level for row in self.rows)
        for row, label in zip(self.rows, labels, strict=True):
            text = row.text if len(row.text) <= SHOWN else f"{row.text[:SHOWN]}…"
            options.append((str(row.key), f"{EM_SPACE * row.level}{label} {text}"))
        return options

    def watched(self):
        return [(str(row.key), row.level, row.text) for row in self.rows]

    def perform(self, form):
        function = Function.objects.filter(
            edition=self.object.edition_id, key=form.cleaned_data["function"]
        ).first()
        if function is None:
            raise FunctionGone(_("La función ya no existe en esta edición."))
        self.moved = move_function(
            function=function,
            unit=Unit(pk=form.cleaned_data["target"].id),
            position=form.cleaned_data["place"],
            **self.authorship(form),
        )

    def message(self):
        return _("«%(function)s» está ahora en %(unit)s, como %(label)s") % {
            "function": self.moved,
            "unit": self.moved.unit,
            "label": printed_label(0, self.moved.position),
        }

    def get_success_url(self):
        return f"{self.object_url()}#functions"

    def _put_focus(self, form):
        """On where to, of a function that the page came for."""
        name = "target" if form["function"].value() else "function"
        names = [one for one in form.fields if one in form.errors] or [name]
        form.fields[names[0]].widget.attrs["autofocus"] = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(targets=self.targets, **kwargs)
