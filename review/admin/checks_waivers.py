"""The waivers of a manual as one of its editions sees them, withdrawn ones included."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.admin.about import about_edition
from manuals.admin.forms import person_name
from manuals.models import Edition
from review.admin.checks_found import SHORT, Found
from review.checks.registry import all_rules
from review.waivers import Told, all_waivers

PER_PAGE = 50
HERE, ELSEWHERE, WITHDRAWN = "aqui", "sin-efecto", "retiradas"
STATES = {
    HERE: gettext_lazy("vale en esta edición"),
    ELSEWHERE: gettext_lazy("sin efecto en esta edición"),
    WITHDRAWN: gettext_lazy("retirada"),
}
_FILTERS = (
    ("", gettext_lazy("Todas")),
    (HERE, gettext_lazy("Valen en esta edición")),
    (ELSEWHERE, gettext_lazy("Sin efecto en esta edición")),
    (WITHDRAWN, gettext_lazy("Retiradas")),
)


class Row:
    """One waiver for the template."""

    def __init__(self, told: Told, here: dict, found: Found):
        self.told = told
        finding = here.get(told.fingerprint)
        if told.withdrawn_at is not None:
            self.state = WITHDRAWN
        else:
            self.state = ELSEWHERE if finding is None else HERE
        self.state_name = STATES[self.state]
        rule = all_rules().get(told.rule)
        self.rule = rule.title if rule else told.rule
        self.person = person_name(told.person)
        self.value = ""
        if self.state == WITHDRAWN:
            self.withdrawn_by = person_name(told.withdrawn_by)
        elif finding is not None and finding in found.reach:
            self.value = told.fingerprint[:SHORT]


@about_edition
def waivers_view(model_admin, request, edition: Edition):
    """Who let which finding stand, when and why; and who took it back."""
    found = Found(edition, request.user)
    here = {one.fingerprint: one for one in found.all}
    rows = [Row(told, here, found) for told in all_waivers(edition.manual)]
    asked = request.GET.get("estado", "")
    asked = asked if asked in STATES else ""
    shown = [row for row in rows if not asked or row.state == asked]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("p"))
    address = model_admin.address
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Dispensas"),
        "subtitle": str(edition),
        "opts": model_admin.opts,
        "object": edition,
        "crumbs": [(_("Revisión del texto"), address("checks", edition.pk))],
        "checks_url": address("checks", edition.pk),
        "unwaive_url": address("unwaive", edition.pk),
        "page_obj": page,
        "page_query": f"{urlencode({'estado': asked})}&" if asked else "",
        "rows": page.object_list,
        "filters": [
            {
                "value": value,
                "name": name,
                "chosen": value == asked,
                "number": sum(not value or row.state == value for row in rows),
            }
            for value, name in _FILTERS
        ],
    }
    return TemplateResponse(request, "admin/review/checks_waivers.html", context)
