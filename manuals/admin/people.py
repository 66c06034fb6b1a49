"""Accounts and roles in the admin."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from manuals.admin.base import TitledAdmin
from manuals.admin_site import replace


class PersonAdmin(TitledAdmin, UserAdmin):
    """Accounts: who may enter the administration, and in which roles.

    An account that is not used any more is deactivated: what it did stays signed.
    """

    index_order = 200
    actions = ["deactivate"]
    list_display = [
        "username",
        "full_name",
        "roles",
        "is_staff",
        "is_active",
        "last_login",
    ]
    list_filter = ["groups", "is_staff", "is_active", "is_superuser"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Persona"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("Roles"),
            {
                "description": _(
                    "lector lee borradores; editor los cambia y los envía a revisión; "
                    "revisor comenta y devuelve; autorizador autoriza y da de baja. "
                    "Para trabajar en estas páginas, la persona necesita además la "
                    "casilla «Acceso a esta administración»."
                ),
                "fields": ["groups", "is_staff", "branches"],
            },
        ),
        (_("Cuenta"), {"fields": ["is_active", "is_superuser"]}),
        (_("Fechas"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["branches", "last_login", "date_joined"]
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("nombre"))
    def full_name(self, obj):
        return obj.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, obj):
        return ", ".join(sorted(group.name for group in obj.groups.all()))

    @admin.display(description=_("ramas asignadas"))
    def branches(self, obj):
        """Where the branches of an editor are seen and assigned."""
        if obj.pk is None:
            return None
        grants = reverse("admin:manuals_branchgrant_changelist")
        add = reverse("admin:manuals_branchgrant_add")
        return format_html(
            '{} · <a href="{}?q={}">{}</a> · <a href="{}?user={}">{}</a>',
            obj.branch_grants.count() or _("ninguna: edita todo"),
            grants,
            obj.username,
            _("ver"),
            add,
            obj.pk,
            _("asignar una rama"),
        )

    @admin.action(
        description=_("Desactivar las cuentas elegidas"), permissions=["change"]
    )
    def deactivate(self, request, queryset):
        changed = 0
        for user in queryset.filter(is_active=True).exclude(pk=request.user.pk):
            user.is_active = False
            user.save(update_fields=["is_active"])
            self.log_change(request, user, str(_("Cuenta desactivada")))
            changed += 1
        self.message_user(
            request,
            ngettext(
                "Se desactivó %(number)d cuenta.",
                "Se desactivaron %(number)d cuentas.",
                changed,
            )
            % {"number": changed},
            messages.SUCCESS if changed else messages.WARNING,
        )


class RoleGroupAdmin(TitledAdmin, GroupAdmin):
    index_order = 220
    list_display = ["name"]
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


replace(get_user_model(), PersonAdmin)
replace(Group, RoleGroupAdmin)
