from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ManualsConfig(AppConfig):
    """Manuals and their editions; owns the database guards of all apps."""

    name = "manuals"
    verbose_name = _("Manuales")

    def ready(self):
        from manuals import changes, guard_rules, guards, history, models

        # Guards are lifted while tables change shape and put back afterwards, so no
        # migration needs to know them.
        pre_migrate.connect(guards.lift_before_migrating, sender=self)
        post_migrate.connect(guards.create_after_migrating, sender=self)
        checks.register(guards.check_guards, checks.Tags.database)

        guards.guard_content(models.Source, paths=("edition",))
        guards.guard_content(models.Chapter, paths=("edition",))
        guards.guard_content(models.Chart, paths=("chapter__edition",))
        guards.guard_log(models.Transition)
        guards.register(models.Edition, guard_rules.edition_guards)
        for model in (
            models.Manual,
            models.Edition,
            models.Chapter,
            models.Chart,
            models.BranchGrant,
            models.GlossaryTerm,
        ):
            guards.guard_history(model)
        guards.register(models.Change, guard_rules.change_guards)

        history.on_recorded(changes.tell)
        changes.follow(models.Chapter, part="chapters", keys=("number",))
        changes.follow(
            models.Chart, part="charts", keys=("number",), edition="chapter__edition"
        )
