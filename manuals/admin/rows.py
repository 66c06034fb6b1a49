"""A list of rows edited inside the form of what they belong to.

Rows stand in reading order and are saved in the order of the form. Buttons inside the
form (``<prefix>-op``) move, insert or append a row: the server answers with the form
so changed and nothing saved, so that the list can be worked on without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import forms
from django.forms.formsets import (
    INITIAL_FORM_COUNT,
    TOTAL_FORM_COUNT,
    BaseFormSet,
)
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.admin.forms import ServiceForm, fingerprint, said_by_last_save
from manuals.rows import block_end, moved_down, moved_up

MAX_ROWS = 1000
_OPERATION = re.compile(r"\A(up|down|insert|add)-(\d{1,4})\Z")


class RowForm(forms.Form):
    """One row. A subclass declares its fields; ``content`` names what makes it a row.

    ``key`` says which stored row it is, ``was`` what that said when it was shown;
    ``note`` is a remark of the server about the row, shown beside it.
    """

    content: tuple[str, ...] = ()
    quiet = False  # the list is being rearranged: nothing is said about errors yet

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(required=False, widget=forms.HiddenInput)
    delete = forms.BooleanField(required=False, label=gettext_lazy("Eliminar"))

    def is_blank(self) -> bool:
        """A new row in which nothing was written."""
        return not any(
            str(self[name].value() or "").strip() for name in (*self.content, "key")
        )

    def is_deleted(self) -> bool:
        return bool(self["delete"].value())

    def level(self) -> int:
        return 0

    def full_clean(self):
        super().full_clean()
        # Rows to be deleted and blank ones may say anything.
        if self.is_bound and (self.quiet or self.is_blank() or self.is_deleted()):
            self._errors = ErrorDict()


class BaseRowFormSet(BaseFormSet):
    """The rows, after the operation that a button asked for, if any.

    ``operation`` is set when the form was sent to rearrange the list, not to save it;
    ``focused`` is then the row that the person is working on.
    """

    focused: int | None = None

    @property
    def focus_on(self) -> str:
        """Which control of the focused row was used: up, down or text."""
        what = self.operation[1] if self.operation else ""
        return what if what in ("up", "down") else "text"

    def __init__(self, data=None, *args, **kwargs):
        self.operation = None
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        if data is not None:
            self.operation = _OPERATION.match(data.get(f"{prefix}-op", ""))
            if self.operation:
                data = self._operated(data, prefix)
        super().__init__(data, *args, **kwargs)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.quiet = bool(self.operation)
        return form

    def _operated(self, data, prefix):
        rows = posted_rows(data, prefix)
        what, index = self.operation[1], int(self.operation[2])
        levels = [self.level_of(row) for row in rows]
        if what == "add":
            rows += [{} for _number in range(min(index, 10))]
            self.focused = len(rows) - 1
        elif index < len(rows):
            if what == "insert":
                end = block_end(levels, index)
                rows.insert(end, self.new_row(rows[index]))
                self.focused = end
            else:
                move = moved_up if what == "up" else moved_down
                order = move(levels, index)
                rows = [rows[number] for number in order]
                self.focused = order.index(index)
        return with_rows(data, prefix, rows)

    def level_of(self, row: dict) -> int:
        return 0

    def new_row(self, above: dict) -> dict:
        """The values of a row inserted below another."""
        return {}

    def rows(self) -> list[RowForm]:
        """The forms that are to be stored, after validation."""
        return [
            form for form in self.forms if not form.is_blank() and not form.is_deleted()
        ]


def posted_rows(data, prefix: str) -> list[dict]:
    """The rows of a posted form as dicts of their raw values, in order."""
    try:
        total = min(int(data.get(f"{prefix}-{TOTAL_FORM_COUNT}", 0)), MAX_ROWS)
    except ValueError:
        total = 0
    rows: list[dict] = [{} for _number in range(total)]
    pattern = re.compile(rf"\A{re.escape(prefix)}-(\d{{1,4}})-(\w+)\Z")
    for name in data:
        found = pattern.match(name)
        if found and int(found[1]) < total:
            rows[int(found[1])][found[2]] = data.get(name)
    return rows


def with_rows(data, prefix: str, rows: Sequence[dict]):
    """A copy of the posted data with these rows in place of its own."""
    data = data.copy()
    row_name = re.compile(rf"\A{re.escape(prefix)}-\d{{1,4}}-")
    for name in [name for name in data if row_name.match(name)]:
        del data[name]
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = "0"
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"{prefix}-{number}-{name}"] = value
    return data


def row_formset(form: type[RowForm], formset: type[BaseRowFormSet], extra: int = 1):
    """A formset class of rows with some blank ones at the end."""
    return forms.formset_factory(
        form,
        formset=formset,
        extra=extra,
        max_num=MAX_ROWS,
        absolute_max=MAX_ROWS,
        validate_max=True,
    )


class RowsForm(ServiceForm):
    """A form with a list of rows, sent and saved together.

    ``rows_seen`` tells whether somebody saved the list meanwhile. Then the lists are
    put together: rows that only the other person changed or added are taken over,
    those changed by both keep the person's text and say what is stored; nothing is
    saved until the person sends the form again.
    """

    rows_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Media:
        js = ["admin_site/rows.js"]

    rows_prefix = "rows"
    row_formset_class: type[BaseRowFormSet]
    not_data = (*ServiceForm.not_data, "rows_seen")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows: BaseRowFormSet | None = None
        self.stored: list[dict] = []
        self.rows_stale = False
        if self.has_rows():
            self._make_rows()

    def has_rows(self) -> bool:
        """Whether there is a list yet: not before the row itself is stored."""
        return self.instance.pk is not None

    def _make_rows(self) -> None:
        self.stored = self.stored_rows()
        self.rows_shown = self.rows_fingerprint()
        self.initial["rows_seen"] = self.rows_shown
        if self.is_bound:
            self._notice_stale_rows()
        self.rows = self.row_formset_class(
            self.data if self.is_bound else None,
            initial=[
                {**row, "was": self.content_fingerprint(row)} for row in self.stored
            ],
            prefix=self.rows_prefix,
            form_kwargs=self.row_form_kwargs(),
        )

    @property
    def operation(self):
        return self.rows.operation if self.rows is not None else None

    def stored_rows(self) -> list[dict]:
        """The rows as stored: initial values of the row form, with ``key``."""
        raise NotImplementedError

    def rows_fingerprint(self) -> str:
        return fingerprint(self.stored)

    def row_form_kwargs(self) -> dict:
        return {}

    def content_fingerprint(self, row: dict) -> str:
        """Of the row's content as it comes back from a browser."""
        return fingerprint(
            [
                "\n".join(str(row.get(name) or "").split())
                for name in self.row_form_class.content
            ]
        )

    def rows_changed(self) -> bool:
        """Whether the validated rows differ from the stored ones."""
        raise NotImplementedError

    def has_changed(self):
        return super().has_changed() or (self.rows is not None and self.rows_changed())

    def full_clean(self):
        if self.is_bound and self.operation:
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()

    def is_valid(self):
        return not (self.is_bound and self.operation) and super().is_valid()

    def clean(self):
        super().clean()
        if self.rows_stale:
            self.add_error(
                None,
                _(
                    "%(who)s La lista reúne los cambios de ambas personas y todavía no "
                    "se guarda: revise las filas señaladas y guarde de nuevo."
                )
                % {"who": self.said_by_last_save_of_rows()},
            )
        elif self.rows is not None and not self.rows.is_valid():
            for message in self.rows.non_form_errors():
                self.add_error(None, message)
            if not self.errors:
                self.add_error(None, _("Revise las filas señaladas de la lista."))
        return self.cleaned_data

    def said_by_last_save_of_rows(self) -> str:
        return said_by_last_save(self.instance)

    def _notice_stale_rows(self) -> None:
        name = self.add_prefix("rows_seen")
        if self.data.get(name) == self.rows_shown:
            return
        self.rows_stale = True
        self.data = with_rows(self.data, self.rows_prefix, self._joined_rows())
        self.data[name] = self.rows_shown

    def _joined_rows(self) -> list[dict]:
        stored = {row["key"]: row for row in self.stored}
        joined = []
        for row in posted_rows(self.data, self.rows_prefix):
            now = stored.get(row.get("key"))
            if row.get("key") and now is None:
                row["key"] = ""
                row["note"] = _(
                    "Otra persona eliminó esta fila; si guarda, se agregará de nuevo."
                )
            elif now is not None:
                self._join_row(row, now)
            joined.append(row)
        posted = {row.get("key") for row in joined}
        for number, row in enumerate(self.stored):
            if row["key"] not in posted:
                joined.insert(
                    self._place_of(number, joined),
                    {**self._raw(row), "note": _("La agregó otra persona.")},
                )
        return joined

    def _join_row(self, row: dict, now: dict) -> None:
        """Bring a row that both have up to date; ``row`` is changed in place."""
        current = self.content_fingerprint(now)
        mine = self.content_fingerprint(row)
        if current in (row.get("was"), mine):
            pass  # the other person did not touch it, or wrote the same
        elif mine == row.get("was"):
            row.update(
                {name: self._raw(now)[name] for name in self.row_form_class.content}
            )
            row["note"] = _("La cambió otra persona; usted no.")
        else:
            row["note"] = _("Otra persona la cambió también. Está guardado: «%s».") % (
                " · ".join(
                    str(now.get(name) or "—") for name in self.row_form_class.content
                )
            )
        row["was"] = current

    @property
    def row_form_class(self) -> type[RowForm]:
        return self.row_formset_class.form

    def _raw(self, row: dict) -> dict:
        """A stored row as a browser would send it."""
        raw = {name: "" if value is None else str(value) for name, value in row.items()}
        return {**raw, "was": self.content_fingerprint(row)}

    def _place_of(self, number: int, joined: list[dict]) -> int:
        """Where a stored row goes: after the stored row before it."""
        if number == 0:
            return 0
        before = self.stored[number - 1]["key"]
        for index, row in enumerate(joined):
            if row.get("key") == before:
                return index + 1
        return len(joined)
