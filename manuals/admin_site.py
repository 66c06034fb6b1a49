"""The administration as a site: its names, the order of its index, open editions.

Outside manuals/admin/ because the site must exist before anything registers with it.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from manuals import permissions
from manuals.models import Edition

LAST = 1000


class ManualAdminSite(admin.AdminSite):
    """Models stand in the order of their admin's ``index_order``; apps likewise.

    Bulk deletion is no action of any list: it would pass by the services.
    """

    site_title = _("Manuales de organización")
    site_header = _("Manuales de organización · Administración")
    index_title = _("Mesa de trabajo")
    empty_value_display = "—"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.disable_action("delete_selected")

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=self._order)
        return sorted(apps, key=lambda app: min(map(self._order, app["models"])))

    def _order(self, entry) -> int:
        return getattr(self._registry[entry["model"]], "index_order", LAST)

    def index(self, request, extra_context=None):
        context = {"open_editions": self._open_editions(request)}
        return super().index(request, {**context, **(extra_context or {})})

    def _open_editions(self, request):
        """Drafts and editions in review: what people come here to work on."""
        if not permissions.may_read_drafts(request.user):
            return Edition.objects.none()
        return (
            Edition.objects.with_manual()
            .filter(status__in=[Edition.Status.DRAFT, Edition.Status.REVIEW])
            .order_by("manual__title", "-pk")[:20]
        )


def replace(model, admin_class) -> None:
    """Register an upper app's admin of a model in place of the lower app's."""
    admin.site.unregister(model)
    admin.site.register(model, admin_class)
