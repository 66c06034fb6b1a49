from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Whole editions as documents: in and out."""

    name = "exchange"
    verbose_name = _("Importación y exportación")

    def ready(self):
        from exchange import models, pasting
        from functions.pasting import recognise_with
        from manuals import guards

        guards.guard_content(models.MatchDoubt, paths=("edition",))
        guards.guard_history(models.MatchDoubt)
        recognise_with(pasting.recognise)
