from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    """The tree of units; the only app that knows django-mptt."""

    name = "units"
    verbose_name = _("Unidades administrativas")

    def ready(self):
        from manuals import changes, guards
        from units import guard_rules, models

        guards.guard_content(
            models.Unit,
            paths=("edition", "parent__edition"),
            ignoring=models.TREE_COLUMNS,
        )
        guards.register(models.UnitKind, guard_rules.kind_guards)
        guards.guard_history(models.Unit)
        guards.guard_history(models.UnitKind)

        changes.follow(
            models.Unit,
            part="units",
            keys=("key",),
            place=("parent_id",),
            order=("position", "code"),
        )
