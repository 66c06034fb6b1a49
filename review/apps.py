from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """What people decide about an edition on its way to authorisation."""

    name = "review"
    verbose_name = _("Revisión")

    def ready(self):
        from exchange.services import complete_imports_with
        from manuals import changes, guards, redlining
        from review import models, notes, successions
        from review.compare.redline import redline
        from review.submission import note_import
        from units.services import follow_keys_with

        guards.guard_content(models.ChangeNote, paths=("edition",))
        guards.guard_history(models.ChangeNote)
        guards.guard_content(models.Succession, paths=("edition",))
        guards.guard_history(models.Succession)
        guards.guard_log(models.Undoing)
        for model in (
            models.Waiver,
            models.ObsoleteName,
            models.LevelVerb,
            models.KnownAcronym,
        ):
            guards.guard_history(model)
        changes.follow(models.ChangeNote, part="notes", keys=("unit_key",))
        changes.follow(
            models.Succession, part="successions", keys=("from_keys", "to_keys")
        )
        complete_imports_with(note_import)
        follow_keys_with(notes.follow_key)
        follow_keys_with(successions.follow_key)
        redlining.compare_with(redline)
