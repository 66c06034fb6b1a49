from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Tells other systems by itself what was authorised, ended or withdrawn."""

    name = "manual_org.webhooks"
    label = "webhooks"
    verbose_name = _("Avisos a otros sistemas")

    def ready(self):
        from manual_org.webhooks import events
        from manual_org.webhooks.models import Endpoint
        from manuals import changes, guards

        guards.guard_history(Endpoint)
        changes.on_change(events.enqueue)
