"""What a person wrote in a form that cannot be shown again, for them to take along."""

from __future__ import annotations

import re

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

_NOT_TEXT = re.compile(
    r"csrfmiddlewaretoken|seen|rows_seen|asked|_.*|(clash|pick)-.*"
    r"|.*-(key|was|at|note|clash|pick|level|delete|op|order|order_open|paste_how"
    r"|(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)"
)


def posted_texts(data) -> list[str]:
    """The texts of a posted form in its order; not choices, marks nor numbers."""
    texts = (
        value.strip() for name, value in data.items() if not _NOT_TEXT.fullmatch(name)
    )
    return [text for text in texts if text and not text.isdecimal()]


def kept_page(model_admin, request, why: str, status: int):
    """Say why nothing was saved, with everything that the person had written."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("No se guardó"),
        "opts": model_admin.opts,
        "why": why,
        "typed": "\n".join(posted_texts(request.POST)),
        "list_url": model_admin.address("changelist"),
    }
    return TemplateResponse(request, "admin/kept.html", context, status=status)
