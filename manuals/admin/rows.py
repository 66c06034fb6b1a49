"""A list of rows edited inside the form of what they belong to.

Rows stand in reading order and are saved in the order of the form. Buttons inside the
form (``<prefix>-op``) move, insert or append a row: the server answers with the form
so changed and nothing saved, so that the list can be worked on without JavaScript.
"""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.admin.forms import fingerprint, said_by_last_save
from manuals.admin.merging import (
    CHOICES,
    CLASHES,
    DELETED,
    GONE,
    MINE,
    THEIRS,
    ListMerge,
    with_deleted_last,
)
from manuals.admin.merging_fields import MergingForm
from manuals.admin.posted import MAX_ROWS, MOST_SHOWN, posted_rows, with_rows
from manuals.redlining import marked
from manuals.rows import block_end, moved_down, moved_up

_OPERATION = re.compile(r"\A([a-z]+)-(\d{1,4})\Z")


class RowForm(forms.Form):
    """One row. A subclass declares its fields; ``content`` names what makes it a row.

    ``key`` says which stored row it is, ``was`` what that said and ``at`` where it
    stood when it was shown; ``note`` is a remark of the server, shown beside the row.
    Where somebody else's save met the person's own, ``clash`` says how (see merging.py)
    and ``pick`` what the person chose; ``other`` is then the stored row.
    """

    content: tuple[str, ...] = ()
    quiet = False  # the list is being rearranged: nothing is said about errors yet
    other: dict | None = None

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    at = forms.CharField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(required=False, widget=forms.HiddenInput)
    clash = forms.CharField(required=False, widget=forms.HiddenInput)
    pick = forms.CharField(required=False, widget=forms.HiddenInput)
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

    def open_clash(self) -> str:
        """How this row met somebody else's save, until the person chooses."""
        clash = self["clash"].value() if self.is_bound else ""
        return clash if clash in CLASHES else ""

    def mine(self) -> str:
        return self.words({name: self[name].value() for name in self.content})

    def theirs(self) -> str:
        return self.words(self.other) if self.other else ""

    def difference(self):
        """From what is stored to what the person wrote, as HTML."""
        return marked(self.theirs(), self.mine())

    def words(self, row: dict) -> str:
        """The row's content as people read it."""
        said = (" ".join(str(row.get(name) or "—").split()) for name in self.content)
        return " · ".join(said)

    def clean(self):
        if self.open_clash():
            self.add_error(None, _("Elija qué queda: lo suyo o lo de la otra persona."))
        return super().clean()

    def full_clean(self):
        super().full_clean()
        # Rows to be deleted and blank ones may say anything.
        if not self.is_bound:
            return
        # Deleted here while another changed it: that is to be confirmed.
        deleted = self.is_deleted() and self.open_clash() != DELETED
        ignored = self.is_blank() or deleted
        if self.quiet or ignored:
            self._errors = ErrorDict()


class BaseRowFormSet(BaseFormSet):
    """The rows, after the operation that a button asked for, if any.

    ``operation`` is set when the form was sent to rearrange the list, not to save it;
    ``focused`` is then the row that the person is working on.
    """

    default_error_messages = {
        "missing_management_form": gettext_lazy(
            "La lista llegó incompleta y no se guardó: abra la página de nuevo."
        ),
        "too_many_forms": gettext_lazy(
            "La lista tiene más de %(num)d filas y no se guardó."
        ),
    }
    operations: tuple[str, ...] = ("up", "down", "insert", "add")
    focused: int | None = None

    @property
    def focus_on(self) -> str:
        """Which control of the focused row was used; the text where it is no more."""
        what = self.operation[1] if self.operation else ""
        return what if what in ("up", "down", "indent", "outdent") else "text"

    def __init__(self, data=None, *args, **kwargs):
        self.operation = None
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        if data is not None:
            asked = _OPERATION.match(data.get(f"{prefix}-op", ""))
            if asked and asked[1] in self.operations:
                self.operation = asked
                rows = posted_rows(data, prefix)
                rows = self.operate(rows, asked[1], int(asked[2]), data, prefix)
                data = with_rows(data, prefix, rows)
        super().__init__(data, *args, **kwargs)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.quiet = bool(self.operation)
        return form

    def operate(self, rows, what: str, index: int, data, prefix: str) -> list[dict]:
        """The rows after an operation on one of them; ``focused`` is set."""
        levels = [self.level_of(row) for row in rows]
        if what == "add":
            rows += [{} for _number in range(min(index, 10))]
            self.focused = len(rows) - 1
        elif index >= len(rows):
            pass
        elif what == "insert":
            end = block_end(levels, index)
            rows.insert(end, self.new_row(rows[index]))
            self.focused = end
        elif what in ("up", "down"):
            order = (moved_up if what == "up" else moved_down)(levels, index)
            rows = [rows[number] for number in order]
            self.focused = order.index(index)
        return rows

    @staticmethod
    def level_of(row: dict) -> int:
        return 0

    def new_row(self, above: dict) -> dict:
        """The values of a row inserted below another."""
        return {}

    def clean(self):
        super().clean()
        if len(self.rows()) > MAX_ROWS:
            raise ValidationError(
                _("La lista tiene más de %(most)d filas: quite algunas para guardarla.")
                % {"most": MAX_ROWS}
            )

    def rows(self) -> list[RowForm]:
        """The forms that are to be stored, after validation."""
        return [
            form for form in self.forms if not form.is_blank() and not form.is_deleted()
        ]


def row_formset(form: type[RowForm], formset: type[BaseRowFormSet], extra: int = 1):
    """A formset class of rows with some blank ones at the end."""
    return forms.formset_factory(
        form,
        formset=formset,
        extra=extra,
        max_num=MOST_SHOWN,
        absolute_max=MOST_SHOWN,
        validate_max=True,
    )


class RowsForm(MergingForm):
    """A form with a list of rows, sent and saved together.

    ``rows_seen`` tells whether somebody saved the list meanwhile. Then the lists are
    put together (see merging.py) and come back unsaved, with what both changed side by
    side; it is saved once the person has chosen everywhere.
    """

    rows_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Media:
        js = ["admin_site/rows.js"]

    rows_prefix = "rows"
    row_formset_class: type[BaseRowFormSet]
    not_data = (*MergingForm.not_data, "rows_seen")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows: BaseRowFormSet | None = None
        self.stored: list[dict] = []
        self.rows_stale = False
        self.order_clash = False
        self.rows_notes: list[str] = []
        if self.has_rows():
            self._make_rows()

    def has_rows(self) -> bool:
        """Whether there is a list yet: not before the row itself is stored."""
        return self.instance.pk is not None

    def _make_rows(self) -> None:
        self.stored = self.stored_rows()
        self.rows_shown = self.rows_fingerprint()
        self.initial["rows_seen"] = self.rows_shown
        initial = [self._as_sent(row, at) for at, row in enumerate(self.stored)]
        if self.is_bound:
            self._put_together(initial)
        self.rows = self.row_formset_class(
            self.data if self.is_bound else None,
            initial=[
                {**row, "was": sent["was"], "at": sent["at"]}
                for row, sent in zip(self.stored, initial, strict=True)
            ],
            prefix=self.rows_prefix,
            form_kwargs=self.row_form_kwargs(),
        )
        if self.is_bound:
            stored = {row["key"]: row for row in self.stored}
            for form in self.rows.forms:
                form.other = stored.get(str(form["key"].value() or ""))

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

    def rows_elsewhere(self, keys: list[str]) -> dict[str, str]:
        """Where rows went that somebody else took from the list: key -> place."""
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
            for note in self.rows_notes:
                self.add_error(None, note)
        elif self.rows is not None:
            self._check_rows()
        return self.cleaned_data

    def _check_rows(self) -> None:
        if self.order_clash:
            self.add_error(None, _("Elija el orden de la lista: el suyo o el otro."))
        if not self.rows.is_valid():
            for message in self.rows.non_form_errors():
                self.add_error(None, message)
        if not self.rows.is_valid() and not self.errors:
            self.add_error(None, _("Revise las filas señaladas de la lista."))

    def said_by_last_save_of_rows(self) -> str:
        return said_by_last_save(self.instance)

    def _put_together(self, stored: list[dict]) -> None:
        """Bring what was sent up to date: choices made, and saves made meanwhile."""
        name, prefix = self.add_prefix("rows_seen"), self.rows_prefix
        merge = ListMerge(
            posted=posted_rows(self.data, prefix),
            stored=stored,
            content=self.content_fingerprint,
            level_of=self.level_of,
            elsewhere=self.rows_elsewhere,
        )
        rows, chosen = self._chosen(merge)
        self.rows_stale = self.data.get(name) != self.rows_shown
        if self.rows_stale:
            merge.posted = rows
            rows = merge.merged()
            self.rows_notes = merge.notes
            self.order_clash = self.order_clash or merge.order_clash
        if self.rows_stale or chosen:
            self.data = with_rows(self.data, prefix, rows)
            self.data[name] = self.rows_shown
        if self.rows_stale:
            self.data.pop(f"{prefix}-op", None)  # it spoke of the list as it was
        self.stored_as_sent = stored

    def _chosen(self, merge: ListMerge) -> tuple[list[dict], bool]:
        """The posted rows after the person's choices, and whether there were any."""
        rows, chosen = merge.posted, False
        for row in rows:
            if row.get("clash") in CLASHES and row.get("pick") in CHOICES:
                chosen = True
                self._choose(row, merge.by_key.get(row.get("key")))
        order = self.data.get(f"{self.rows_prefix}-order")
        self.order_clash = bool(self.data.get(f"{self.rows_prefix}-order_open"))
        if self.order_clash and order in CHOICES:
            self.order_clash = False
            if order == THEIRS:
                rows, chosen = merge.theirs(rows), True
        return (with_deleted_last(rows, self.level_of) if chosen else rows), chosen

    @staticmethod
    def _choose(row: dict, now: dict | None) -> None:
        clash, pick = row["clash"], row["pick"]
        row["clash"] = row["pick"] = ""
        if (clash, pick) in ((GONE, THEIRS), (DELETED, MINE)):
            row["delete"] = "on"
        elif pick == THEIRS and now is not None:
            level = row.get("level")
            row.update(now)
            row.pop("delete", None)
            if level is not None:
                row["level"] = level

    def level_of(self, row: dict) -> int:
        return self.row_formset_class.level_of(row)

    @property
    def row_form_class(self) -> type[RowForm]:
        return self.row_formset_class.form

    def _as_sent(self, row: dict, place: int) -> dict:
        """A stored row as a browser would send it."""
        raw = {name: "" if value is None else str(value) for name, value in row.items()}
        at = f"{place}.{self.level_of(raw)}"
        return {**raw, "was": self.content_fingerprint(row), "at": at}
