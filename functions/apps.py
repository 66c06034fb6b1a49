from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FunctionsConfig(AppConfig):
    """What each unit does."""

    name = "functions"
    verbose_name = _("Funciones")

    def ready(self):
        from functions import models
        from manuals import guards

        # Every way: an edition that differs from its unit's must not open a door.
        guards.guard_content(
            models.Function, paths=("edition", "unit__edition", "parent__edition")
        )
        guards.guard_history(models.Function)
