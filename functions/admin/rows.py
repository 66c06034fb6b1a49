"""The rows of functions in the form of their unit."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from functions.admin.pasting import APPEND, pasted_into, summary
from functions.labels import printed_labels
from functions.lists import Listed, fingerprint_of, listed
from functions.models import MAX_DEPTH, Function
from functions.pasting import Pasted
from manuals.admin.forms import person_name
from manuals.admin.history import records_of
from manuals.admin.merging import is_marked_deleted, with_deleted_last
from manuals.admin.rows import BaseRowFormSet, RowForm, RowsForm, row_formset
from manuals.models.plain import demand_writable
from manuals.rows import indented, joined, outdented
from units.admin.forms import UnitForm

LEVELS = [
    (0, gettext_lazy("Función")),
    (1, gettext_lazy("Inciso")),
    (2, gettext_lazy("Subinciso")),
]
DEEPEST = MAX_DEPTH - 1
BLANK_ROWS = 2
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class FunctionRowForm(RowForm):
    """One function or item."""

    content = ("text",)
    change = None  # since the base edition, where that is shown

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    level = forms.TypedChoiceField(
        label=gettext_lazy("Nivel"), choices=LEVELS, coerce=int, initial=0
    )
    text = forms.CharField(
        label=gettext_lazy("Texto"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[demand_writable],
        error_messages={
            "required": gettext_lazy("Escriba el texto o marque «Eliminar».")
        },
    )

    def level_now(self) -> int:
        """The level as it stands in the form, also before validation."""
        return level_of(self["level"].value())


def level_of(value) -> int:
    """0, 1 or 2, whatever a browser sends."""
    return int(value) if str(value) in ("0", "1", "2") else 0


class FunctionRows(BaseRowFormSet):
    """A unit's functions and their items in reading order.

    Deleting a row deletes what stands below it too.
    """

    operations = (
        *BaseRowFormSet.operations,
        *("indent", "outdent", "join", "paste", "changes"),
    )
    pasted: Pasted | None = None
    refused = ""  # why a pasted list was not read
    paste_text = ""
    paste_how = APPEND

    @property
    def levels(self):
        """Value and name of each level, translated once for all rows."""
        return [(value, str(name)) for value, name in LEVELS]

    @staticmethod
    def level_of(row):
        return level_of(row.get("level"))

    def new_row(self, above):
        return {"level": above.get("level", "0")}

    def operate(self, rows, what, index, data, prefix):
        if what in ("indent", "outdent") and index < len(rows):
            levels = [self.level_of(row) for row in rows]
            self.focused = index
            self._set_levels(
                rows,
                indented(levels, index, DEEPEST)
                if what == "indent"
                else outdented(levels, index),
            )
            return rows
        if what == "join" and index < len(rows):
            return self._joined(rows, rows[index])
        if what == "paste":
            return self._pasted(rows, data, prefix)
        return super().operate(rows, what, index, data, prefix)

    def _joined(self, rows, row):
        """The next row's text at the end of this one, which keeps its key."""
        rows = with_deleted_last(rows, self.level_of)
        index = next(at for at, one in enumerate(rows) if one is row)
        following = next(
            (at for at in range(index + 1, len(rows)) if rows[at].get("text", "")), None
        )
        self.focused = index
        if following is None or any(map(is_marked_deleted, (row, rows[following]))):
            return rows
        levels = [self.level_of(one) for one in rows]
        after = joined(levels, index, following, DEEPEST)
        if after is None:
            return rows
        texts = (one.get("text", "").strip() for one in (row, rows[following]))
        row["text"] = " ".join(filter(None, texts))
        rows[following]["delete"] = "on"
        rows[following]["note"] = _("Su texto se unió al de la anterior.")
        order, levels = after
        rows = [rows[at] for at in order]
        self._set_levels(rows, levels)
        return with_deleted_last(rows, self.level_of)

    def _pasted(self, rows, data, prefix):
        self.paste_text = data.get(f"{prefix}-paste", "")
        self.paste_how = data.get(f"{prefix}-paste_how", APPEND)
        try:
            rows, self.pasted = pasted_into(
                rows, self.paste_text, self.paste_how, self.level_of
            )
        except ValidationError as refusal:
            self.refused = " ".join(refusal.messages)
            return rows
        self.paste_text = ""
        return rows

    def paste_summary(self) -> str:
        return summary(self.pasted) if self.pasted else ""

    @staticmethod
    def _set_levels(rows, levels):
        for row, level in zip(rows, levels, strict=True):
            row["level"] = str(level)

    def kept(self) -> list[FunctionRowForm]:
        kept, deleted_level = [], None
        for form in self.forms:
            level = form.level_now()
            if deleted_level is not None and level > deleted_level:
                continue
            deleted_level = level if form.is_deleted() else None
            if deleted_level is None and not form.is_blank():
                kept.append(form)
        return kept

    def clean(self):
        super().clean()
        above = -1
        for form in self.kept():
            level = form.level_now()
            if level > above + 1:
                form.add_error(
                    "level",
                    _("Empiece con una función.")
                    if above < 0
                    else _("Falta el nivel intermedio: suba este o agregue un inciso."),
                )
            above = level

    def labelled(self):
        """(form, label, level, whether it has items) of every row, as of now."""
        kept = {id(form) for form in self.kept()}
        levels = [form.level_now() for form in self.forms]
        labels = iter(
            printed_labels(
                level
                for form, level in zip(self.forms, levels, strict=True)
                if id(form) in kept
            )
        )
        for number, form in enumerate(self.forms):
            level, is_kept = levels[number], id(form) in kept
            has_items = number + 1 < len(levels) and levels[number + 1] > level
            yield form, next(labels) if is_kept else "", level, has_items and is_kept


class UnitWithFunctionsForm(RowsForm, UnitForm):
    """A unit and its functions, saved together."""

    rows_prefix = "functions"
    row_formset_class = row_formset(FunctionRowForm, FunctionRows, extra=BLANK_ROWS)

    class Media:
        extend = False
        js = [forms.Script("admin_site/functions.js", type="module")]
        css = {"all": ["admin_site/functions.css"]}

    def stored_rows(self):
        return [
            {"key": str(row.key), "level": row.level, "text": row.text}
            for row in listed(self.instance)
        ]

    def rows_fingerprint(self):
        return fingerprint_of(
            [Listed(row["level"], row["text"], row["key"]) for row in self.stored]
        )

    def rows_elsewhere(self, keys):
        """The units to which somebody else moved functions of this list."""
        keys = [key for key in keys if _UUID.fullmatch(key)]  # as sent by the browser
        found = Function.objects.for_edition(self.instance.edition).filter(key__in=keys)
        return {
            str(function.key): str(function.unit)
            for function in found.exclude(unit=self.instance).select_related("unit")
        }

    def listed(self) -> list[Listed]:
        return [
            Listed(
                level=form.cleaned_data["level"],
                text=form.cleaned_data["text"],
                key=form.cleaned_data["key"],
            )
            for form in self.rows.kept()
        ]

    def rows_changed(self):
        return [
            (str(row.key or ""), row.level, " ".join(row.text.split()))
            for row in self.listed()
        ] != [(row["key"], row["level"], row["text"]) for row in self.stored]

    def said_by_last_save_of_rows(self):
        latest = records_of(Function, unit_id=self.instance.pk).first()
        if latest is None:
            return super().said_by_last_save_of_rows()
        return _("%(person)s guardó la lista mientras tanto (motivo: %(reason)s).") % {
            "person": person_name(latest.history_user),
            "reason": latest.history_change_reason or "—",
        }

    def other_order(self) -> list[tuple[str, int, str]]:
        """(label, level, text) of the stored list, to choose its order."""
        labels = printed_labels(row["level"] for row in self.stored)
        return [
            (label, row["level"], row["text"])
            for label, row in zip(labels, self.stored, strict=True)
        ]
