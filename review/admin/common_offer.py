"""After a unit is saved: other units had the text of a function that changed.

The form of a unit belongs to the functions below; what is said after a save is added
here, as an upper layer adds to the admin of a lower one.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from functions.admin.units import UnitAdmin as BaseUnitAdmin
from functions.models import Function
from manuals.admin_site import replace
from review.admin.common_found import Asked, Common, group_url
from review.admin.common_step import SAVED
from units.models import Unit

MOST = 5  # functions that one message speaks of


def reworded(form) -> dict[str, str]:
    """Key -> text before, of the functions of a unit's form that say something else."""
    if form.rows is None:
        return {}
    before = {row["key"]: row["text"] for row in form.stored if row["level"] == 0}
    return {
        str(row.key): before[str(row.key)]
        for row in form.listed()
        if row.level == 0
        and str(row.key) in before
        and " ".join(row.text.split()) != before[str(row.key)]
    }


def offers(unit: Unit, before: dict[str, str], user) -> list[tuple[str, int, str]]:
    """(number of the function, how many others, address) of those that others share.

    Others are functions of other units that the person may look at and change.
    """
    changed = Function.objects.filter(unit=unit, key__in=list(before), parent=None)
    if not changed:
        return []
    common = Common(unit.edition, user)
    records = Function.history.filter(id__in=[one.pk for one in changed])
    last = dict(
        records.order_by("history_date", "history_id").values_list("id", "history_id")
    )
    found = []
    for function in sorted(changed, key=lambda one: one.position):
        others = [
            member
            for member in common.surroundings.of(before[str(function.key)])
            if member.unit != unit.pk and member.text != function.text
        ]
        if any(member.unit in common.editable for member in others):
            query = {SAVED: last[function.pk]}
            url = group_url(unit.edition, function.pk, Asked(), **query)
            found.append((str(function.position), len(others), url))
    return found


def offer_message(found: list[tuple[str, int, str]]) -> str:
    """One sentence with a link for each function."""
    more = len(found) - MOST
    said = format_html_join(
        " ",
        '{} <a class="offer" href="{}">{}</a>.',
        (
            (
                ngettext(
                    "%(others)d función de otra unidad tenía el mismo texto, o "
                    "casi, que la función %(number)s:",
                    "%(others)d funciones de otras unidades tenían el mismo "
                    "texto, o casi, que la función %(number)s:",
                    others,
                )
                % {"others": others, "number": number},
                url,
                _("ver y cambiar"),
            )
            for number, others, url in found[:MOST]
        ),
    )
    if more <= 0:
        return said
    return format_html(
        "{} {}",
        said,
        ngettext(
            "Lo mismo pasa con %(number)d función más de las que cambió.",
            "Lo mismo pasa con %(number)d funciones más de las que cambió.",
            more,
        )
        % {"number": more},
    )


class UnitAdmin(BaseUnitAdmin):
    """Units, with what a changed function has in common with those of others."""

    class Media:
        js = [forms.Script("admin_site/common_offer.js", type="module")]
        css = {"all": ["admin_site/common_offer.css"]}

    def save_model(self, request, obj, form, change):
        before = reworded(form) if change else {}
        super().save_model(request, obj, form, change)
        request.reworded = before

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        before = getattr(request, "reworded", {})
        if before and (found := offers(obj, before, request.user)):
            messages.info(request, offer_message(found))
        return response


replace(Unit, UnitAdmin)
