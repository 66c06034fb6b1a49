"""The table of rest_framework.authtoken, which is not installed any more.

Its permissions and the record of its migrations go too: an earlier version of the
system, put back, makes the table anew. Backups still hold the keys in plain text.
"""

from django.db import migrations
from django.db.migrations.recorder import MigrationRecorder

APP = "authtoken"
TABLE = "authtoken_token"


def drop_old_tokens(apps, schema_editor):
    connection = schema_editor.connection
    if TABLE not in connection.introspection.table_names():
        return
    if connection.vendor == "sqlite":
        # Overwritten in the file, not only given back to it.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    schema_editor.execute(f"DROP TABLE {TABLE}")
    apps.get_model("auth", "Permission").objects.using(connection.alias).filter(
        content_type__app_label=APP
    ).delete()
    MigrationRecorder(connection).migration_qs.filter(app=APP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0002_hash_old_tokens"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(drop_old_tokens, migrations.RunPython.noop)]
