"""The levels that Mexican manuals use most; the catalogue is kept in the admin."""

from django.db import migrations

LEVELS = [
    ("Secretaría", "Secretarías"),
    ("Subsecretaría", "Subsecretarías"),
    ("Dirección General", "Direcciones Generales"),
    ("Dirección", "Direcciones"),
    ("Unidad", "Unidades"),
    ("Coordinación General", "Coordinaciones Generales"),
    ("Coordinación", "Coordinaciones"),
    ("Jefatura de Servicios", "Jefaturas de Servicios"),
    ("Subdirección", "Subdirecciones"),
    ("División", "Divisiones"),
    ("Subjefatura", "Subjefaturas"),
    ("Subdelegación", "Subdelegaciones"),
    ("Departamento", "Departamentos"),
    ("Oficina", "Oficinas"),
    ("Área", "Áreas"),
    ("Jefatura", "Jefaturas"),
    ("Sección", "Secciones"),
]


def create_levels(apps, schema_editor):
    UnitKind = apps.get_model("units", "UnitKind")
    for rank, (name, plural) in enumerate(LEVELS, 1):
        UnitKind.objects.get_or_create(
            name=name, defaults={"plural": plural, "rank": rank * 10}
        )


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [migrations.RunPython(create_levels, migrations.RunPython.noop)]
