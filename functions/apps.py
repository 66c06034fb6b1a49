from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FunctionsConfig(AppConfig):
    """What each unit does."""

    name = "functions"
    verbose_name = _("Funciones")

    def ready(self):
        from functions import models
        from functions.search import indexing
        from manuals import changes, guards, history

        # Every way: an edition that differs from its unit's must not open a door.
        guards.guard_content(
            models.Function, paths=("edition", "unit__edition", "parent__edition")
        )
        for model in (models.Function, models.Synonym):
            guards.guard_history(model)
        changes.follow(
            models.Function,
            part="functions",
            keys=("key",),
            place=("unit_id", "parent_id"),
            order=("position",),
        )

        # Made where missing, as the guards are: a table rebuilt on SQLite loses it.
        post_migrate.connect(indexing.build_after_migrating, sender=self)
        history.on_written(indexing.note_written)
