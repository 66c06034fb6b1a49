"""Endpoints in the administration: made, changed, tried, stopped and started."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manual_org.webhooks.admin.steps import (
    PingStep,
    RotateStep,
    StartStep,
    StopStep,
    secret_page,
)
from manual_org.webhooks.models import KINDS, Delivery, Endpoint, every_kind
from manual_org.webhooks.services import (
    change_endpoint,
    create_endpoint,
    delete_endpoint,
)
from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.admin.forms import ServiceForm


class EndpointForm(ServiceForm):
    """Where to, of what, and whom to call."""

    events = forms.MultipleChoiceField(
        label=gettext_lazy("Sucesos"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=forms.CheckboxSelectMultiple,
        initial=every_kind,
        error_messages={"required": gettext_lazy("Elija al menos un suceso.")},
    )

    class Meta:
        model = Endpoint
        fields = ["name", "url", "description", "events", "manuals"]
        widgets = {
            "url": forms.TextInput(attrs={"class": "vURLField", "inputmode": "url"}),
            "description": AdminTextareaWidget(attrs={"rows": 3}),
        }


@admin.register(Endpoint)
class EndpointAdmin(ServiceAdmin):
    index_order = 240
    form = EndpointForm
    writers = staticmethod(permissions.may_manage_webhooks)
    steps = (PingStep, RotateStep, StopStep, StartStep)
    list_display = ["name", "host", "shown_state", "waiting", "failing_since"]
    list_filter = ["active"]
    search_fields = ["name", "url", "description"]
    data_fields = ("name", "url", "description", "events", "manuals")
    shown_fields = (
        *("shown_state", "waiting", "failing_since", "shown_secret"),
        *("created_at", "created_by"),
    )

    class Media:
        css = {"all": ["admin_site/webhooks.css"]}

    def has_view_permission(self, request, obj=None):
        return permissions.may_manage_webhooks(request.user)

    def get_queryset(self, request):
        pending = Q(deliveries__state=Delivery.State.PENDING)
        return (
            super()
            .get_queryset(request)
            .annotate(pending=Count("deliveries", filter=pending))
        )

    def get_fieldsets(self, request, obj=None):
        data, *asked = super().get_fieldsets(request, obj)
        if obj is None:
            return [data, *asked]
        return [(None, {"fields": self.shown_fields}), data, *asked]

    def get_fields(self, request, obj=None):
        return self.data_fields

    def get_readonly_fields(self, request, obj=None):
        return self.shown_fields if obj is not None else ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "manuals":  # a box for each, as the form says
            return db_field.formfield(widget=forms.CheckboxSelectMultiple)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    # Writing

    def create(self, *, form, user, reason):
        return create_endpoint(
            user=user,
            reason=reason,
            manuals=form.cleaned_data["manuals"],
            **form.field_values(),
        )

    def change(self, *, obj, form, user, reason):
        change_endpoint(
            endpoint=obj,
            user=user,
            reason=reason,
            manuals=form.cleaned_data["manuals"],
            **form.field_values(),
        )

    def delete_object(self, *, obj, user, reason):
        delete_endpoint(endpoint=obj, user=user, reason=reason)

    def response_add(self, request, obj, post_url_continue=None):
        return secret_page(self, request, obj)

    def add_view(self, request, form_url="", extra_context=None):
        # The page after it is that of the secret.
        context = {"show_save_and_continue": False, **(extra_context or {})}
        return super().add_view(request, form_url, context)

    # Showing

    @admin.display(description=gettext_lazy("equipo"), ordering="url")
    def host(self, obj):
        """Without what follows, which may hold a key."""
        return "/".join(obj.url.split("/")[:3])

    @admin.display(description=gettext_lazy("estado"), ordering="active")
    def shown_state(self, obj):
        if obj.active:
            return _("activo")
        return format_html("<strong>{}</strong>", obj.get_stopped_display())

    @admin.display(description=gettext_lazy("pendientes"), ordering="pending")
    def waiting(self, obj):
        return format_html(
            '<a href="{}?endpoint__id__exact={}&amp;state__exact=pending"'
            ' aria-label="{}">{}</a> · '
            '<a href="{}?endpoint__id__exact={}" aria-label="{}">{}</a>',
            reverse("admin:webhooks_delivery_changelist"),
            obj.pk,
            _("Entregas pendientes de %(name)s: %(number)d")
            % {"name": obj, "number": obj.pending},
            obj.pending,
            reverse("admin:webhooks_delivery_changelist"),
            obj.pk,
            _("ver todas las entregas de %(name)s") % {"name": obj},
            _("ver todas"),
        )

    @admin.display(description=gettext_lazy("secreto"))
    def shown_secret(self, obj):
        if obj.is_rotating():
            return _("No se muestra. El anterior firma también hasta el %(when)s.") % {
                "when": _moment(obj.secret_before_until)
            }
        return _("No se muestra.")


def _moment(moment) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")
