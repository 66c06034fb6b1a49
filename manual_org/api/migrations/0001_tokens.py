import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import manuals.models.plain


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("manuals", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalApiToken",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="El sistema que lo usará: así se reconoce en la lista.",
                        max_length=100,
                        validators=[manuals.models.plain.demand_writable],
                        verbose_name="nombre",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(
                        editable=False, max_length=16, verbose_name="comienzo"
                    ),
                ),
                (
                    "read_drafts",
                    models.BooleanField(default=False, verbose_name="lee borradores"),
                ),
                (
                    "write",
                    models.BooleanField(
                        default=False,
                        help_text="Incluye leer borradores.",
                        verbose_name="escribe",
                    ),
                ),
                (
                    "unit_key",
                    models.UUIDField(
                        blank=True, null=True, verbose_name="solo en la rama"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="creado",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="vence")),
                (
                    "revoked_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="revocado"
                    ),
                ),
                ("history_change_reason", models.TextField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="creado por",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "manual",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Limita los borradores que lee y lo que escribe.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="manuals.manual",
                        verbose_name="solo en el manual",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revocado por",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cuenta",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical token",
                "verbose_name_plural": "historical tokens",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="El sistema que lo usará: así se reconoce en la lista.",
                        max_length=100,
                        validators=[manuals.models.plain.demand_writable],
                        verbose_name="nombre",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(
                        editable=False, max_length=16, verbose_name="comienzo"
                    ),
                ),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                (
                    "read_drafts",
                    models.BooleanField(default=False, verbose_name="lee borradores"),
                ),
                (
                    "write",
                    models.BooleanField(
                        default=False,
                        help_text="Incluye leer borradores.",
                        verbose_name="escribe",
                    ),
                ),
                (
                    "unit_key",
                    models.UUIDField(
                        blank=True, null=True, verbose_name="solo en la rama"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="creado",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="vence")),
                (
                    "revoked_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="revocado"
                    ),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="último uso"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="creado por",
                    ),
                ),
                (
                    "manual",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Limita los borradores que lee y lo que escribe.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to="manuals.manual",
                        verbose_name="solo en el manual",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revocado por",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cuenta",
                    ),
                ),
            ],
            options={
                "verbose_name": "token",
                "verbose_name_plural": "tokens",
                "default_permissions": ("add",),
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("write", False), ("read_drafts", True), _connector="OR"
                        ),
                        name="token_writes_what_it_reads",
                        violation_error_message="Quien escribe también lee borradores.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_key__isnull", True),
                            ("manual__isnull", False),
                            _connector="OR",
                        ),
                        name="token_branch_of_a_manual",
                        violation_error_message="Indique de qué manual es la rama.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="token_expires_later",
                        violation_error_message="El token vence después de crearse.",
                    ),
                ],
            },
        ),
    ]
