import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("functions", "0004_shipped_synonyms"),
        ("manuals", "0005_plausible_days"),
        ("units", "0003_lean_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="edition",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="manuals.edition",
                verbose_name="edición",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["edition", "passage"], name="entry_edition_passage"
            ),
        ),
    ]
