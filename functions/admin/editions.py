"""What functions add to editions in the admin: a way to find and replace."""

from functions.admin.replacing import replace_url
from manuals.admin_site import replace
from manuals.models import Edition
from units.admin.editions import EditionAdmin as BaseEditionAdmin


class EditionAdmin(BaseEditionAdmin):
    def render_change_form(
        self, request, context, add=False, change=False, form_url="", obj=None
    ):
        if obj is not None:
            context["replace_url"] = replace_url(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


replace(Edition, EditionAdmin)
