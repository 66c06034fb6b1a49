import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("functions", "0001_initial"),
        ("manuals", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="function",
            name="edition",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="functions",
                to="manuals.edition",
                verbose_name="edición",
            ),
        ),
        migrations.AlterField(
            model_name="function",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="functions.function",
                verbose_name="función de la que depende",
            ),
        ),
    ]
