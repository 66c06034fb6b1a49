import django.db.models.deletion
import mptt.fields
from django.db import migrations, models


def leave_room(apps, schema_editor):
    """Half of each page, where the next version of a row stays beside the old one."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE units_unit SET (fillfactor = 50)")


def fill_pages(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE units_unit RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [
        ("manuals", "0001_initial"),
        ("units", "0002_levels"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="unit",
            name="units_unit_tree_id_lft_idx",
        ),
        migrations.AlterField(
            model_name="unit",
            name="edition",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="units",
                to="manuals.edition",
                verbose_name="edición",
            ),
        ),
        migrations.AlterField(
            model_name="unit",
            name="parent",
            field=mptt.fields.TreeForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="children",
                to="units.unit",
                verbose_name="unidad superior",
            ),
        ),
        migrations.RunPython(leave_room, fill_pages),
    ]
