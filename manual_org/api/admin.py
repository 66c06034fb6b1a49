"""Tokens in the administration: made, shown once, seen by state, revoked."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib import admin
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manual_org.api.models import ApiToken, TokenState
from manual_org.api.tokens import (
    DAYS,
    create_token,
    demand_last_day,
    last_day_allowed,
    revoke_token,
)
from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.admin.forms import DateInput
from manuals.admin.shown_once import shown_once
from manuals.admin.steps import StepView
from manuals.dates import today
from manuals.models import Manual
from units.admin.fields import UnitCodeField
from units.admin.grants import BranchForm, BranchMixin

ACCESS = [
    ("published", gettext_lazy("Leer lo publicado")),
    ("drafts", gettext_lazy("Leer también los borradores")),
    ("write", gettext_lazy("Leer y escribir en borradores")),
]


class TokenForm(BranchForm):
    """What a token is for, what it may, until when."""

    access = forms.ChoiceField(
        label=gettext_lazy("Alcance"),
        choices=ACCESS,
        initial="published",
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Nunca más de lo que permiten los roles de la cuenta. Escribir incluye "
            "los pasos que permitan, como enviar a revisión o autorizar."
        ),
    )
    unit_code = UnitCodeField(
        required=False,
        label=gettext_lazy("Solo en la rama de la unidad"),
        help_text=gettext_lazy(
            "Su código. Escribe en ella y en lo que depende de ella, y no da pasos "
            "de la edición; los borradores del manual los lee enteros."
        ),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Último día"),
        widget=DateInput,
        validators=[demand_last_day],
        help_text=gettext_lazy("El token sirve hasta el final de este día."),
    )

    class Meta:
        model = ApiToken
        fields = ["user", "name", "manual"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("last_day")
        if field is not None:
            field.initial = today() + datetime.timedelta(days=DAYS)
            field.widget.attrs |= {
                "min": today().isoformat(),
                "max": last_day_allowed().isoformat(),
            }

    def clean(self):
        data = super().clean()
        if self.data.get(self.add_prefix("unit_code")) and not data.get("manual"):
            self.add_error("manual", _("Indique de qué manual es la rama."))
        return data

    def scope(self) -> dict:
        """As create_token() takes it."""
        data = self.cleaned_data
        unit = data.get("unit_code")
        return {
            "read_drafts": data["access"] != "published",
            "write": data["access"] == "write",
            "manual": data["manual"],
            "unit_key": unit.key if unit else None,
            "last_day": data["last_day"],
        }


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("estado")
    parameter_name = "estado"

    def lookups(self, request, model_admin):
        return TokenState.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() else queryset


class AccessFilter(admin.SimpleListFilter):
    title = gettext_lazy("alcance")
    parameter_name = "alcance"

    def lookups(self, request, model_admin):
        return ACCESS

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(
            read_drafts=self.value() != "published", write=self.value() == "write"
        )


class RevokeStep(StepView):
    """Ends a token for good."""

    slug = "revocar"
    title = gettext_lazy("Revocar")
    button = gettext_lazy("Revocar el token")
    done = gettext_lazy("Se revocó el token «%(object)s».")
    explanation = gettext_lazy(
        "Los sistemas que lo usan dejan de tener acceso de inmediato. No se puede "
        "deshacer: después se crea otro."
    )
    dangerous = True
    prominent = True
    changes_content = False

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_revoke_token(request.user, obj.user)

    @classmethod
    def why_not(cls, model_admin, obj):
        return _("El token ya está revocado.") if obj.revoked_at else ""

    def perform(self, form):
        revoke_token(
            token=self.object, by=self.request.user, reason=form.cleaned_data["reason"]
        )

    def facts(self):
        return [
            (_("Cuenta"), self.object.user),
            (_("Último uso"), self.model_admin.used(self.object)),
        ]


@admin.register(ApiToken)
class ApiTokenAdmin(BranchMixin, ServiceAdmin):
    """People see their own tokens; who manages them, everybody's.

    The key is in the answer to the form that made the token, and nowhere else.
    """

    index_order = 230
    form = TokenForm
    steps = (RevokeStep,)
    autocomplete_fields = ["user"]
    list_display = [
        *("name", "user", "access", "limit", "shown_state", "last_day", "used"),
    ]
    list_select_related = ["user", "manual"]
    search_fields = ["name", "prefix", "user__username"]

    class Media:
        css = {"all": ["admin_site/token.css"]}
        js = [forms.Script("admin_site/select_names.js", type="module")]

    # Who

    def has_view_permission(self, request, obj=None):
        user = request.user
        if not user.is_active or not user.is_staff:
            return False
        if obj is None or permissions.may_manage_tokens(user):
            return True
        return obj.user_id == user.pk

    def has_add_permission(self, request):
        user = request.user
        return permissions.may_make_own_tokens(user) or permissions.may_manage_tokens(
            user
        )

    def has_change_permission(self, request, obj=None):
        return False

    def may_delete(self, user, obj):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def changelist_view(self, request, extra_context=None):
        # They are revoked; deleted with a manual at most.
        context = {"deleted_url": "", **(extra_context or {})}
        return super().changelist_view(request, context)

    def deleted_records(self, request):
        records = super().deleted_records(request)
        if permissions.may_manage_tokens(request.user):
            return records
        return records.filter(user=request.user)

    # Making

    def get_fields(self, request, obj=None):
        if obj is not None:
            return [
                *("name", "user", "shown_prefix", "shown_state", "access", "manual"),
                *(["unit"] if obj.unit_key else []),
                *("created_at", "created_by", "last_day", "used"),
                *(["revoked_at", "revoked_by"] if obj.revoked_at else []),
            ]
        whose = ["user"] if permissions.may_manage_tokens(request.user) else []
        return [*whose, "name", "access", "manual", "unit_code", "last_day"]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj is not None else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "manual":
            kwargs["queryset"] = Manual.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def create(self, *, form, user, reason):
        token, key = create_token(
            user=form.cleaned_data.get("user") or user,
            name=form.cleaned_data["name"],
            by=user,
            reason=reason,
            **form.scope(),
        )
        token.key = key
        return token

    def render_change_form(self, request, context, *args, **kwargs):
        context["show_save_and_continue"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return shown_once(
            self,
            request,
            "admin/api/apitoken/created.html",
            obj,
            title=_("Token creado"),
            secret=obj.key,
        )

    # Showing

    def get_list_filter(self, request):
        if permissions.may_manage_tokens(request.user):
            by_user = ("user", admin.RelatedOnlyFieldListFilter)
            return [StateFilter, AccessFilter, by_user]
        return [StateFilter, AccessFilter]

    @admin.display(description=gettext_lazy("comienzo"))
    def shown_prefix(self, obj):
        return f"{obj.prefix}…"

    @admin.display(description=gettext_lazy("estado"))
    def shown_state(self, obj):
        return obj.state().label

    @admin.display(description=gettext_lazy("alcance"))
    def access(self, obj):
        name = "write" if obj.write else "drafts" if obj.read_drafts else "published"
        return dict(ACCESS)[name]

    @admin.display(description=gettext_lazy("solo en"))
    def limit(self, obj):
        if obj.unit_key is not None:
            return self.unit(obj)
        return obj.manual

    @admin.display(description=gettext_lazy("último día"), ordering="expires_at")
    def last_day(self, obj):
        return date_format(obj.last_day)

    @admin.display(description=gettext_lazy("último uso"), ordering="last_used_at")
    def used(self, obj):
        if obj.last_used_at is None:
            return _("nunca")
        return date_format(localtime(obj.last_used_at), "DATETIME_FORMAT")
