"""The synonyms that ship by now, where the first ones came before them.

What editors changed or removed stays as they left it.
"""

import json
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).parents[1] / "search" / "data" / "synonyms.json"


def add_missing(apps, schema_editor):
    alias = schema_editor.connection.alias
    Synonym = apps.get_model("functions", "Synonym")
    History = apps.get_model("functions", "HistoricalSynonym")
    known = set(
        Synonym.objects.using(alias)
        .filter(manual=None)
        .values_list("direction", "term")
    ) | set(
        History.objects.using(alias)
        .filter(manual=None)
        .values_list("direction", "term")
    )
    entries = json.loads(SHIPPED.read_text(encoding="utf-8"))["synonyms"]
    rows = [
        Synonym(
            direction=entry["kind"],
            term=entry.get("term") or entry["terms"][0],
            others=entry.get("official") or entry["terms"][1:],
        )
        for entry in entries
    ]
    Synonym.objects.using(alias).bulk_create(
        row for row in rows if (row.direction, row.term) not in known
    )


class Migration(migrations.Migration):
    dependencies = [("functions", "0005_entries_by_edition")]

    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]
