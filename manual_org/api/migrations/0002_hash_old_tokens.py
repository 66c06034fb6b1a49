"""The tokens of rest_framework.authtoken, kept in plain text: hashed, with an expiry.

They go on working, with all that their accounts may, for as long as it takes to make
new ones. A new database has none of them. Their keys cannot be had back.
"""

import datetime
from hashlib import sha256

from django.db import migrations
from django.utils import timezone

TABLE = "authtoken_token"
DAYS = 180
NAME = "Token anterior"
REASON = "Migrado al actualizar el sistema"


def hash_old_tokens(apps, schema_editor):
    connection = schema_editor.connection
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT user_id, key FROM {TABLE}")  # noqa: S608
        rows = cursor.fetchall()
    now = timezone.now()
    models = (
        apps.get_model("api", name) for name in ("ApiToken", "HistoricalApiToken")
    )
    tokens, history = (model.objects.using(connection.alias) for model in models)
    for user_id, key in rows:
        values = {
            "user_id": user_id,
            "name": NAME,
            "prefix": key[:8],
            "read_drafts": True,
            "write": True,
            "created_at": now,
            "expires_at": now + datetime.timedelta(days=DAYS),
        }
        token = tokens.create(digest=sha256(key.encode()).hexdigest(), **values)
        history.create(
            id=token.pk,
            history_date=now,
            history_type="+",
            history_change_reason=REASON,
            **values,
        )


class Migration(migrations.Migration):
    dependencies = [("api", "0001_tokens")]

    operations = [migrations.RunPython(hash_old_tokens, migrations.RunPython.noop)]
