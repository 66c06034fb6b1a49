"""What is done with one endpoint or one delivery, each on a page of its own."""

from __future__ import annotations

from django import forms
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manual_org.webhooks.services import (
    rotate_secret,
    send_again,
    send_ping,
    start_endpoint,
    stop_endpoint,
)
from manuals import permissions
from manuals.admin.shown_once import shown_once
from manuals.admin.steps import StepView


class SentForm(forms.Form):
    """A step that changes no data and needs no reason."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class WebhookStep(StepView):
    changes_content = False

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_manage_webhooks(request.user)


class PingStep(WebhookStep):
    slug = "probar"
    form_class = SentForm
    title = gettext_lazy("Enviar una prueba")
    explanation = gettext_lazy(
        "Un aviso de tipo «ping» recorre el mismo camino que los demás: espera al "
        "próximo envío y, si falla, se intenta de nuevo."
    )
    done = gettext_lazy("La prueba para «%(object)s» saldrá con el próximo envío.")

    def perform(self, form):
        self.delivery = send_ping(endpoint=self.object, user=self.request.user)

    def get_success_url(self):
        return reverse("admin:webhooks_delivery_change", args=[self.delivery.pk])


class RotateStep(WebhookStep):
    slug = "secreto"
    title = gettext_lazy("Cambiar el secreto")
    explanation = gettext_lazy(
        "El nuevo se muestra una sola vez. Durante un día firman los dos: así el otro "
        "sistema puede cambiarlo sin dejar de comprobar ningún aviso."
    )
    done = gettext_lazy("Se cambió el secreto de «%(object)s».")
    dangerous = True

    def perform(self, form):
        return rotate_secret(endpoint=self.object, **self.authorship(form))

    def form_valid(self, form):
        response = super().form_valid(form)
        if not isinstance(response, HttpResponseRedirect):
            return response
        return secret_page(self.model_admin, self.request, self.object)


class StopStep(WebhookStep):
    slug = "detener"
    title = gettext_lazy("Detener")
    explanation = gettext_lazy(
        "No se le envía nada más. Lo pendiente y lo que ocurra mientras tanto espera, "
        "y sale cuando alguien lo active."
    )
    done = gettext_lazy("Se detuvo «%(object)s».")

    @classmethod
    def why_not(cls, model_admin, obj):
        return "" if obj.active else _("El destino ya está detenido.")

    def perform(self, form):
        stop_endpoint(endpoint=self.object, **self.authorship(form))

    def facts(self):
        return [(_("Entregas pendientes"), self.object.deliveries.pending().count())]


class StartStep(WebhookStep):
    slug = "activar"
    title = gettext_lazy("Activar")
    explanation = gettext_lazy(
        "Todo lo que espera se envía de nuevo, lo más antiguo primero."
    )
    done = gettext_lazy("Se activó «%(object)s».")
    prominent = True

    @classmethod
    def why_not(cls, model_admin, obj):
        return _("El destino ya está activo.") if obj.active else ""

    def perform(self, form):
        start_endpoint(endpoint=self.object, **self.authorship(form))

    def facts(self):
        return [
            (_("Por qué está detenido"), self.object.get_stopped_display()),
            (_("Entregas pendientes"), self.object.deliveries.pending().count()),
        ]


class SendAgainStep(WebhookStep):
    slug = "reenviar"
    form_class = SentForm
    title = gettext_lazy("Volver a enviar")
    explanation = gettext_lazy(
        "Sale con el próximo envío, con el mismo identificador y el mismo contenido: "
        "si el otro sistema ya lo tiene, lo reconoce y no lo repite."
    )
    done = gettext_lazy("«%(object)s» saldrá con el próximo envío.")

    def perform(self, form):
        send_again(deliveries=[self.object], user=self.request.user)

    def facts(self):
        return [
            (_("Destino"), self.object.endpoint),
            (_("Estado"), self.object.get_state_display()),
        ]


def secret_page(model_admin, request, endpoint) -> TemplateResponse:
    """The only page that shows a secret; it is kept by nobody."""
    return shown_once(
        model_admin,
        request,
        "admin/webhooks/endpoint/secret.html",
        endpoint,
        title=_("Secreto del destino"),
        secret=endpoint.secret,
    )
