"""The synonyms that ship for the field; from then on editors keep them."""

import json
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).parents[1] / "search" / "data" / "synonyms.json"


def add_shipped(apps, schema_editor):
    Synonym = apps.get_model("functions", "Synonym")
    entries = json.loads(SHIPPED.read_text(encoding="utf-8"))["synonyms"]
    Synonym.objects.using(schema_editor.connection.alias).bulk_create(
        Synonym(
            direction=entry["kind"],
            term=entry.get("term") or entry["terms"][0],
            others=entry.get("official") or entry["terms"][1:],
        )
        for entry in entries
    )


class Migration(migrations.Migration):
    dependencies = [("functions", "0003_search")]

    operations = [migrations.RunPython(add_shipped, migrations.RunPython.noop)]
