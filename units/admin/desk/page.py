"""The page of an edition's structure: the whole tree, and what can be done with it."""

from __future__ import annotations

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.admin.about import about_edition
from manuals.admin.content import closed_because
from manuals.admin.filters import edition_name
from manuals.admin.posted import posted_number
from manuals.models import Edition
from units import permissions
from units.admin.desk.concerns import function_counts
from units.admin.desk.fragments import HEADER, asks_for_fragment
from units.admin.desk.operations import FROM_DESK
from units.admin.desk.tree import Rights, nested_lists
from units.outline import outline_of

# Slug or name of the page, its words, what it takes (Rights.of), and its query.
ACTIONS = (
    ("change", gettext_lazy("Abrir la unidad"), "", ""),
    ("mover", gettext_lazy("Mover…"), "p", ""),
    ("agregar", gettext_lazy("Agregar debajo…"), "e", ""),
    ("agregar", gettext_lazy("Agregar después…"), "p", "lugar=despues"),
    ("nombre", gettext_lazy("Cambiar nombre o nivel…"), "e", ""),
    ("delete", gettext_lazy("Eliminar…"), "p", ""),
)


@about_edition
def structure(model_admin, request, edition: Edition):
    """The page; asked for as a fragment, the tree and the messages alone."""
    outline = outline_of(edition)
    rights = Rights()
    if edition.is_draft:
        editable = permissions.editable_units(request.user, edition)
        rights = Rights(frozenset(editable.values_list("pk", flat=True)))
    shown = outline.by_id.get(posted_number(request.GET.get("unidad", "")))
    may = rights.of(shown) if shown else ""
    actions = (
        [
            action
            for action in actions_of(model_admin, shown.id)
            if action["takes"] in may
        ]
        if shown
        else []
    )
    tree = nested_lists(
        outline,
        rights,
        function_counts(edition),
        model_admin.address("change", 0),
        shown.id if shown else None,
        render_to_string("admin/units/unit/_actions.html", {"actions": actions}),
    )
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Estructura"),
        "subtitle": edition_name(edition),
        "opts": model_admin.opts,
        "edition": edition,
        "closed_because": closed_because(edition),
        "units": len(outline),
        "tree": tree,
        "may_add": model_admin.has_add_permission(request),
        "may_edit": bool(rights.editable),
        "is_limited": bool(rights.editable) and len(rights.editable) < len(outline),
        "actions": actions_of(model_admin, 0),
    }
    if asks_for_fragment(request):
        response = render(request, "admin/units/unit/_tree.html", context)
        response.headers[HEADER] = "1"
        return response
    return render(request, "admin/units/unit/structure.html", context)


def actions_of(model_admin, unit_id: int) -> list[dict]:
    """Every action on a unit: address, words, and what it takes."""
    return [
        {
            "name": f"{name}-{query.partition('=')[2]}".rstrip("-"),
            "text": text,
            "takes": takes,
            "url": model_admin.address(name, unit_id) + query_of(name, query),
        }
        for name, text, takes, query in ACTIONS
    ]


def query_of(name: str, query: str) -> str:
    if name == "change":
        return ""
    return "?" + "&".join(filter(None, (query, f"desde={FROM_DESK}")))
