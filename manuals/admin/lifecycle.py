"""The steps of an edition's life, each a page that asks for its reason."""

from __future__ import annotations

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions
from manuals.admin.forms import DateInput, ReasonField, ReasonForm
from manuals.admin.steps import DeleteStep, StepView
from manuals.dates import today
from manuals.models import Edition
from manuals.services import (
    authorise_edition,
    edition_closed_by,
    record_authorised_edition,
    send_back_edition,
    submit_edition,
    withdraw_edition,
)

Status = Edition.Status


class EditionStep(StepView):
    """A step out of one state."""

    state = Status.DRAFT

    @classmethod
    def why_not(cls, model_admin, obj):
        if obj.status == cls.state:
            return ""
        return _("La edición %(label)s está %(status)s: este paso no es posible.") % {
            "label": obj.label,
            "status": obj.get_status_display(),
        }

    def watched(self):
        return self.object.status


class CommentField(ReasonField):
    """What the person says about the step, beside it in the list of steps."""

    def __init__(self, **options):
        super().__init__(
            label=gettext_lazy("Comentario"),
            error_messages={"required": gettext_lazy("Escriba un comentario.")},
            **options,
        )


class CommentForm(ReasonForm):
    reason = CommentField()


class SubmitStep(EditionStep):
    changes_content = False
    slug = "enviar"
    form_class = CommentForm
    title = gettext_lazy("Enviar a revisión")
    explanation = gettext_lazy(
        "El borrador se cierra a cambios mientras se revisa; quien revisa o autoriza "
        "puede devolverlo. Quien lo envía no puede autorizarlo."
    )
    done = gettext_lazy("«%(object)s» quedó en revisión.")
    prominent = True

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_edit_everything(request.user, obj.manual)

    def perform(self, form):
        return submit_edition(
            edition=self.object,
            user=self.request.user,
            comment=form.cleaned_data["reason"],
        )


class SendBackStep(EditionStep):
    changes_content = False
    slug = "devolver"
    state = Status.REVIEW
    title = gettext_lazy("Devolver")
    explanation = gettext_lazy(
        "La edición vuelve a ser borrador. El motivo dice qué falta o qué corregir."
    )
    done = gettext_lazy("«%(object)s» se devolvió y vuelve a ser borrador.")

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_send_back(request.user, obj)

    def perform(self, form):
        return send_back_edition(
            edition=self.object,
            user=self.request.user,
            comment=form.cleaned_data["reason"],
        )


class EffectiveForm(ReasonForm):
    """The first day in force, confirmed once its consequences were shown."""

    effective_from = forms.DateField(
        label=gettext_lazy("Vigente desde"), widget=DateInput
    )
    reason = CommentField()
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["effective_from", "reason"]


class EffectiveStep(EditionStep):
    """A step that puts an edition in force; shows beforehand what that ends."""

    changes_content = False
    form_class = EffectiveForm
    prominent = True

    def get_initial(self):
        edition, base = self.object, self.object.base
        day = edition.effective_from
        # A duplicate starts with the ratification of its base.
        if day is None and (base is None or edition.ratified_on != base.ratified_on):
            day = edition.ratified_on
        return {**super().get_initial(), "effective_from": day or today()}

    def form_valid(self, form):
        day = form.cleaned_data["effective_from"]
        if form.cleaned_data["confirmed"] == day.isoformat():
            return super().form_valid(form)
        form.data = form.data.copy()
        form.data["confirmed"] = day.isoformat()
        return self.render_to_response(
            self.get_context_data(
                form=form,
                consequence=self.consequence(day),
                button=_("Confirmar: %(step)s") % {"step": self.title},
            )
        )

    def consequence(self, day) -> str:
        closed = edition_closed_by(edition=self.object, effective_from=day)
        if closed is None:
            return _(
                "El %(day)s no hay otra edición vigente: ninguna se cierra. Confirme "
                "para continuar."
            ) % {"day": date_format(day)}
        return _(
            "La edición %(label)s, vigente desde el %(since)s, dejará de estarlo: su "
            "último día de vigencia será el anterior al %(day)s. Confirme para "
            "continuar."
        ) % {
            "label": closed.label,
            "since": date_format(closed.effective_from),
            "day": date_format(day),
        }


class AuthoriseStep(EffectiveStep):
    slug = "autorizar"
    state = Status.REVIEW
    title = gettext_lazy("Autorizar")
    explanation = gettext_lazy(
        "Una edición autorizada no vuelve a cambiar; entra en vigor el día indicado."
    )
    done = gettext_lazy("«%(object)s» quedó autorizada.")

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_authorise(request.user, obj)

    def perform(self, form):
        return authorise_edition(
            edition=self.object,
            user=self.request.user,
            effective_from=form.cleaned_data["effective_from"],
            comment=form.cleaned_data["reason"],
        )


class RecordStep(EffectiveStep):
    slug = "registrar"
    title = gettext_lazy("Registrar como autorizada")
    explanation = gettext_lazy(
        "Solo para ediciones que se autorizaron fuera de este sistema. El historial "
        "dirá que usted la registró. La edición no vuelve a cambiar."
    )
    done = gettext_lazy("«%(object)s» quedó registrada como autorizada.")
    prominent = False

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_record_authorised(request.user)

    def perform(self, form):
        return record_authorised_edition(
            edition=self.object,
            user=self.request.user,
            effective_from=form.cleaned_data["effective_from"],
            comment=form.cleaned_data["reason"],
        )


class WithdrawForm(ReasonForm):
    on = forms.DateField(
        label=gettext_lazy("Deja de estar vigente el"),
        widget=DateInput,
        help_text=gettext_lazy("Para los días anteriores sigue siendo la respuesta."),
    )
    field_order = ["on", "reason"]


class WithdrawStep(EditionStep):
    changes_content = False
    slug = "baja"
    state = Status.AUTHORISED
    form_class = WithdrawForm
    title = gettext_lazy("Dar de baja")
    explanation = gettext_lazy(
        "La edición deja de estar vigente sin que otra la sustituya; se puede seguir "
        "leyendo. Este paso no se deshace."
    )
    done = gettext_lazy("«%(object)s» quedó dada de baja.")
    dangerous = True

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_withdraw(request.user, obj)

    def get_initial(self):
        return {**super().get_initial(), "on": today()}

    def perform(self, form):
        return withdraw_edition(
            edition=self.object, on=form.cleaned_data["on"], **self.authorship(form)
        )


class DiscardStep(DeleteStep):
    changes_content = False
    title = gettext_lazy("Descartar el borrador")
    explanation = gettext_lazy(
        "Se elimina el borrador con todo su contenido. Los historiales se conservan."
    )
    done = gettext_lazy("Se descartó el borrador «%(object)s».")
