"""What was sent to whom, how often and with what answer: to read and to send again."""

from __future__ import annotations

import datetime
import json

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manual_org.webhooks.admin.steps import SendAgainStep
from manual_org.webhooks.models import Delivery
from manual_org.webhooks.services import send_again
from manuals import permissions
from manuals.admin.base import ReadOnlyAdmin, StepsAdmin


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin, StepsAdmin):
    index_order = 250
    change_form_template = "admin/service_change_form.html"
    steps = (SendAgainStep,)
    actions = ["send_again"]
    list_display = [
        *("happened", "event", "endpoint", "state", "attempts"),
        *("last_status", "next_attempt"),
    ]
    list_select_related = ["endpoint"]
    list_filter = ["state", "kind", "endpoint"]
    search_fields = ["subject", "event_id", "endpoint__name"]
    fields = [
        *("event", "endpoint", "happened", "state", "next_attempt", "finished_at"),
        *("attempts", "last_attempts", "event_id", "shown_body"),
    ]

    class Media:
        css = {"all": ["admin_site/webhooks.css"]}

    def has_view_permission(self, request, obj=None):
        return permissions.may_manage_webhooks(request.user)

    def may_delete(self, user, obj):
        return False

    def render_change_form(self, request, context, *args, **kwargs):
        obj = kwargs.get("obj")
        context["steps"] = self.offered_steps(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(
        description=gettext_lazy("Volver a enviar las elegidas"), permissions=["view"]
    )
    def send_again(self, request, queryset):
        deliveries = list(queryset)
        number = send_again(deliveries=deliveries, user=request.user)
        for delivery in deliveries:
            self.log_change(request, delivery, str(SendAgainStep.title))
        self.message_user(
            request,
            ngettext(
                "Saldrá %(number)d entrega con el próximo envío.",
                "Saldrán %(number)d entregas con el próximo envío.",
                number,
            )
            % {"number": number},
        )

    @admin.display(description=gettext_lazy("ocurrió"), ordering="created_at")
    def happened(self, obj):
        return _when(obj.created_at)

    @admin.display(description=gettext_lazy("suceso"), ordering="kind")
    def event(self, obj):
        return str(obj)

    @admin.display(
        description=gettext_lazy("próximo intento"), ordering="next_attempt_at"
    )
    def next_attempt(self, obj):
        if obj.state != Delivery.State.PENDING:
            return "—"
        if not obj.endpoint.active:
            return _("cuando se active el destino")
        rests = obj.endpoint.resting_until
        return _when(max(filter(None, (obj.next_attempt_at, rests))))

    @admin.display(description=gettext_lazy("últimos intentos"))
    def last_attempts(self, obj):
        """The newest first: when, what came back, how long it took."""
        rows = [
            (
                _when(datetime.datetime.fromisoformat(entry["at"])),
                entry["error"] or entry["status"],
                _("%(number)d ms") % {"number": entry["ms"]},
            )
            for entry in reversed(obj.log)
        ]
        if not rows:
            return _("Todavía ninguno.")
        heads = ((head,) for head in (_("Cuándo"), _("Resultado"), _("Tardó")))
        return format_html(
            '<table class="attempts"><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table>",
            format_html_join("", '<th scope="col">{}</th>', heads),
            format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", rows),
        )

    @admin.display(description=gettext_lazy("contenido"))
    def shown_body(self, obj):
        body = json.dumps(json.loads(obj.body), ensure_ascii=False, indent=2)
        return format_html('<pre class="sent"><code>{}</code></pre>', body)


def _when(moment: datetime.datetime) -> str:
    return date_format(localtime(moment), "d/m/Y H:i:s")
