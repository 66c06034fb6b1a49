"""The catalogues of the checks that ship; from then on editors keep them."""

from django.db import migrations

from review.checks.catalogues import shipped

MODELS = {
    "ObsoleteName": "obsolete_names",
    "LevelVerb": "level_verbs",
    "KnownAcronym": "acronyms",
}


def add_shipped(apps, schema_editor):
    alias = schema_editor.connection.alias
    for model, name in MODELS.items():
        rows = apps.get_model("review", model)
        rows.objects.using(alias).bulk_create(
            rows(**vars(entry)) for entry in getattr(shipped(), name)
        )


class Migration(migrations.Migration):
    dependencies = [("review", "0004_waivers_and_catalogues")]

    operations = [migrations.RunPython(add_shipped, migrations.RunPython.noop)]
