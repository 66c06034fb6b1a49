"""The roles as groups: lector, editor, revisor and autorizador."""

from django.db import migrations

PERMISSIONS = {
    "read_draft": "Leer borradores",
    "edit_content": "Crear, importar, editar y enviar ediciones",
    "comment": "Comentar borradores",
    "send_back": "Devolver ediciones en revisión",
    "authorise": "Autorizar y dar de baja ediciones",
}
ROLES = {
    "lector": ("read_draft",),
    "editor": ("read_draft", "edit_content", "comment"),
    "revisor": ("read_draft", "comment", "send_back"),
    "autorizador": ("read_draft", "send_back", "authorise"),
}


def create_roles(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    # Django creates permissions after all migrations; these are needed now.
    edition, _ = ContentType.objects.get_or_create(app_label="manuals", model="edition")
    permissions = {
        codename: Permission.objects.get_or_create(
            content_type=edition, codename=codename, defaults={"name": name}
        )[0]
        for codename, name in PERMISSIONS.items()
    }
    for role, codenames in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(*(permissions[codename] for codename in codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("manuals", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
