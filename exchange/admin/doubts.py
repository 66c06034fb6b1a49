"""Doubtful matches in the admin: both texts side by side, and the decision."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminRadioSelect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.doubts import (
    choices_of,
    confirm_doubt,
    correct_doubt,
    is_new,
    may_decide,
)
from exchange.models import MatchDoubt
from manuals import permissions as manual_permissions
from manuals.admin.base import ReadOnlyAdmin
from manuals.admin.content import ContentAdmin, closed_because
from manuals.admin.filters import EditionFilter, shown_edition
from manuals.admin.forms import ReasonField, ReasonForm, person_name
from manuals.admin.steps import StepView
from units import permissions

SHOWN = 400  # characters of a text in the list; a step shows it whole


def list_of(edition) -> str:
    """The address of an edition's doubts, those that wait for a decision first."""
    address = reverse("admin:exchange_matchdoubt_changelist")
    return f"{address}?edicion={edition.pk}"


def likeness(doubt: MatchDoubt) -> str:
    return f"{doubt.confidence * 100:.0f} %"


class DoubtStep(StepView):
    """A decision about a doubt; it leads back to the list of the edition's doubts."""

    template_name = "admin/exchange/doubt_step.html"

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return model_admin.may_be_decided(request, obj)

    @classmethod
    def why_not(cls, model_admin, obj):
        if why_not := closed_because(obj.edition):
            return why_not
        if obj.unit_id_here is None:
            return _("Lo que se importó ya no está en el borrador.")
        return cls.settled(obj)

    @classmethod
    def settled(cls, doubt) -> str:
        """Why the decision is no more to be taken; empty if it is."""
        return ""

    def watched(self):
        doubt = self.object
        return [doubt.state, str(doubt.key), doubt.text_here]

    def facts(self):
        doubt = self.object
        found = [
            (_("Unidad"), doubt.code_here),
            (_("Semejanza"), likeness(doubt)),
            (_("Estado"), doubt.get_state_display()),
        ]
        if doubt.source_line:
            found.append((_("Línea del documento"), doubt.source_line))
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{"here": self.object.text_here, "before": self.object.base_text, **kwargs}
        )

    def get_success_url(self):
        return list_of(self.object.edition)


class ConfirmStep(DoubtStep):
    changes_content = False
    slug = "confirmar"
    title = gettext_lazy("Confirmar")
    explanation = gettext_lazy(
        "Es la misma, aunque su texto haya cambiado: al comparar las ediciones se "
        "mostrará qué cambió en ella."
    )
    done = gettext_lazy("Se confirmó «%(object)s».")
    prominent = True

    @classmethod
    def settled(cls, doubt):
        if doubt.state == MatchDoubt.State.CONFIRMED:
            return _("La duda ya está confirmada.")
        return ""

    def perform(self, form):
        confirm_doubt(doubt=self.object, **self.authorship(form))


class NewStep(DoubtStep):
    slug = "nueva"
    title = gettext_lazy("Es nueva")
    explanation = gettext_lazy(
        "No continúa ninguna de la edición base: al comparar las ediciones, esta será "
        "nueva y aquella, suprimida. Los incisos de una función nueva son nuevos "
        "también."
    )
    done = gettext_lazy("«%(object)s» quedó como nueva.")

    @classmethod
    def settled(cls, doubt):
        return _("Ya está corregida: es nueva.") if is_new(doubt) else ""

    def perform(self, form):
        correct_doubt(doubt=self.object, **self.authorship(form))


class OtherForm(ReasonForm):
    """Which one of the base edition it continues."""

    base_key = forms.TypedChoiceField(
        label=gettext_lazy("Continúa"),
        coerce=UUID,
        widget=AdminRadioSelect(attrs={"class": "radiolist"}),
        error_messages={
            "required": gettext_lazy("Elija cuál es."),
            "invalid_choice": gettext_lazy(
                "Otra persona cambió el borrador mientras tanto: elija entre las que "
                "quedan."
            ),
        },
    )
    reason = ReasonField()

    field_order = ["base_key", "reason"]

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base_key"].choices = [
            (
                str(choice.key),
                format_html("<strong>{}</strong> {}", choice.place, choice.text),
            )
            for choice in choices
        ]


class OtherStep(DoubtStep):
    slug = "otra"
    form_class = OtherForm
    title = gettext_lazy("Es otra")
    explanation = gettext_lazy(
        "Elija cuál de la edición base es. Se ofrecen las que nada en el borrador "
        "continúa."
    )
    done = gettext_lazy("Se corrigió «%(object)s».")

    @classmethod
    def settled(cls, doubt):
        if any(choice.key != doubt.base_key for choice in choices_of(doubt)):
            return ""
        return _(
            "No hay otra que elegir: todas las de la edición base continúan en el "
            "borrador. Si alguna está mal reconocida, corríjala primero."
        )

    def get_form_kwargs(self):
        # What the import took it for, once free, is confirmed instead.
        choices = [
            choice
            for choice in choices_of(self.object)
            if choice.key != self.object.base_key
        ]
        return {**super().get_form_kwargs(), "choices": choices}

    def perform(self, form):
        correct_doubt(
            doubt=self.object,
            base_key=form.cleaned_data["base_key"],
            **self.authorship(form),
        )


@admin.register(MatchDoubt)
class MatchDoubtAdmin(ReadOnlyAdmin, ContentAdmin):
    """The doubts of an edition; decided through steps, never edited as rows."""

    index_order = 36
    steps = (ConfirmStep, NewStep, OtherStep)
    list_filter = [EditionFilter, "state", "what"]
    search_fields = ["text", "base_text"]
    sortable_by = ()
    # Those that wait first ("pending" is the last word in alphabetical order).
    ordering = ["-state", "pk"]
    fields = [
        "edition_link",
        "what",
        "unit",
        "here",
        "before",
        "likeness",
        "source",
        "source_line",
        "decision",
    ]

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("edition__base", "decided_by", "source")
            .with_item()
        )

    def may_be_decided(self, request, doubt) -> bool:
        return self._once(request, "decide", doubt, may_decide)

    def get_list_display(self, request):
        @admin.display(description=gettext_lazy("decidir"))
        def decide(doubt):
            if not self._decidable(request, doubt):
                return "—"
            buttons = format_html_join(
                "",
                '<li><a class="button" href="{}">{}</a></li>',
                (
                    (self.address(step.slug, doubt.pk), step.title)
                    for step in self.steps
                ),
            )
            return format_html('<ul class="plain-list">{}</ul>', buttons)

        return ["unit", "here", "before", "likeness", "decision", decide]

    def _decidable(self, request, doubt) -> bool:
        """Whether the list offers the decision; asks the database once per page."""
        if not doubt.edition.is_draft or doubt.unit_id_here is None:
            return False
        if not hasattr(request, "editable_units"):
            edition = shown_edition(request)
            units = permissions.editable_units(request.user, edition)
            request.editable_units = set(units.values_list("pk", flat=True))
            request.edits_everything = manual_permissions.may_edit_everything(
                request.user, edition.manual
            )
        if doubt.what == MatchDoubt.What.FUNCTION:
            return doubt.unit_id_here in request.editable_units
        return doubt.above_id_here in request.editable_units or request.edits_everything

    @admin.display(description=gettext_lazy("unidad"))
    def unit(self, doubt):
        return doubt.code_here

    @admin.display(description=gettext_lazy("en el borrador"))
    def here(self, doubt):
        if doubt.unit_id_here is None:
            return _("(ya no está) %(text)s") % {"text": _short(doubt.text)}
        return _short(doubt.text_here)

    @admin.display(description=gettext_lazy("en la edición base"))
    def before(self, doubt):
        return _short(doubt.base_text)

    @admin.display(description=gettext_lazy("semejanza"))
    def likeness(self, doubt):
        return likeness(doubt)

    @admin.display(description=gettext_lazy("decisión"))
    def decision(self, doubt):
        if doubt.state == MatchDoubt.State.PENDING:
            return doubt.get_state_display()
        return _("%(state)s por %(person)s") % {
            "state": doubt.get_state_display(),
            "person": person_name(doubt.decided_by)
            if doubt.decided_by
            else manual_permissions.OPERATOR,
        }


def _short(text: str) -> str:
    return Truncator(text).chars(SHOWN)
