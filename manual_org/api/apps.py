from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The REST API; owns the tokens of other systems."""

    name = "manual_org.api"
    label = "api"
    verbose_name = _("Acceso de otros sistemas")

    def ready(self):
        from manual_org.api.models import ApiToken
        from manuals import guards

        guards.guard_history(ApiToken)
