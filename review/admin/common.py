"""«Funciones comunes»: what several units do in the same words, or nearly."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from functions.models import Function
from manuals.admin.about import about_edition
from manuals.admin.content import closed_because
from manuals.models import Edition
from review.admin.common_found import SIMILAR, VERBATIM, Asked, Common, group_url

PER_PAGE = 25


@about_edition
def common_view(model_admin, request, edition: Edition):
    """The groups that the address asks for, page by page; the largest first."""
    if named := _named(edition, request.GET.get("funcion", "")):
        return HttpResponseRedirect(named)
    asked, common = Asked.read(request.GET), Common(edition, request.user)
    groups = common.groups(asked)
    page = Paginator(groups, PER_PAGE).get_page(asked.page)
    query = asked.query(p="")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Funciones comunes"),
        "subtitle": str(edition),
        "opts": model_admin.opts,
        "object": edition,
        "object_url": model_admin.address("change", edition.pk),
        "checks_url": model_admin.address("checks", edition.pk),
        "closed_because": closed_because(edition),
        "page_obj": page,
        "page_query": f"{query}&" if query else "",
        "asked": asked,
        "is_similar": asked.mode == SIMILAR,
        "modes": [
            (_("Con el mismo texto"), asked.query(modo=VERBATIM, p=""), VERBATIM),
            (_("Con un texto casi igual"), asked.query(modo=SIMILAR, p=""), SIMILAR),
        ],
        "units": common.outline.units,
        "groups": common.shown(page, asked),
        "number": len(groups),
        "functions": sum(map(len, groups)),
    }
    return TemplateResponse(request, "admin/review/common.html", context)


def _named(edition: Edition, key: str) -> str:
    """The page of the group around a function known by its key; empty if none is."""
    try:
        wanted = UUID(key)
    except ValueError:
        return ""
    functions = Function.objects.for_edition(edition).top_level()
    function_id = functions.filter(key=wanted).values_list("pk", flat=True).first()
    return group_url(edition, function_id, Asked()) if function_id else ""
