"""What each kind of record says: units, functions, chapters, charts, notes, edition."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Length
from django.utils.translation import gettext as _

from functions import labels
from functions.models import Function
from manuals.models import Chapter, Chart, Edition
from review.compare.redline import deleted, inserted, redline
from review.history.changes import (
    CHANGED,
    CREATED,
    MOVED,
    PLACED,
    RENAMED,
    RENUMBERED,
    REWORDED,
    Fact,
)
from review.history.strands import Strand, at_moment
from review.models import ChangeNote, Succession
from units.models import Unit

PROVENANCE = frozenset({"source", "source_line"})
ROOT = 0


class UnitStrand(Strand):
    kind = "unit"
    model = Unit
    telling = ("name", "parent_id", "kind_id", "objective", "key")
    first = (Length("code"),)  # of a branch its top
    unread = PROVENANCE | {"edition", "position"}

    def records(self, scope):
        return scope.units()

    def with_names(self, records):
        return records.select_related("kind").annotate(
            parent_code=at_moment(Unit, "parent_id", "code"),
            parent_name=at_moment(Unit, "parent_id", "name"),
        )

    def name(self, change, record):
        change.code, change.name = record.code, record.name
        change.order = (ROOT, code_order(record.code))

    def whole(self, change, record):
        if record.parent_code and change.actions == (CREATED,):
            change.facts.append(Fact(_("Depende de"), new=self.parent(record)))
        if record.objective and change.actions == (CREATED,):
            text = inserted(record.objective)
            change.facts.append(Fact(_("Objetivo"), redline=text))

    def compare(self, change, record, before):
        done = set()
        if record.name != before.name:
            done.add(RENAMED)
            words = redline(before.name, record.name)
            change.facts.append(Fact(_("Nombre"), redline=words))
        if record.parent_id != before.parent_id:
            done.add(MOVED)
            change.facts.append(
                Fact(_("Depende de"), self.parent(before), self.parent(record))
            )
        if record.code != before.code:
            done.add(RENUMBERED)
            change.facts.append(Fact(_("Código"), before.code, record.code))
        if record.objective != before.objective:
            done.add(CHANGED)
            words = redline(before.objective, record.objective)
            change.facts.append(Fact(_("Objetivo"), redline=words))
        told = ("name", "parent", "code", "objective")
        if others := self.facts(record, before, *told):
            done.add(CHANGED)
            change.facts += others
        return done

    def words(self, tracked, record):
        if tracked.name == "kind":
            return record.kind.name if record.kind else ""
        return super().words(tracked, record)

    @staticmethod
    def parent(record) -> str:
        if not record.parent_code:
            return ""
        return f"{record.parent_code} {record.parent_name}"


class FunctionStrand(Strand):
    kind = "function"
    model = Function
    telling = ("text", "unit_id", "parent_id", "key")
    first = (F("parent_id").asc(nulls_first=True), "position")

    def records(self, scope):
        return scope.functions()

    def with_names(self, records):
        """With the unit's code and name, and the numbers of what it hangs from."""
        before = Function.history.filter(
            id=OuterRef("id"), history_id__lt=OuterRef("history_id")
        ).order_by("-history_id")
        return records.annotate(
            unit_code=at_moment(Unit, "unit_id", "code"),
            unit_name=at_moment(Unit, "unit_id", "name"),
            unit_before=Subquery(before.values("unit_id")[:1]),
            parent_position=at_moment(Function, "parent_id", "position"),
            parent_before=at_moment(Function, "parent_id", "position", "lt"),
            above_id=at_moment(Function, "parent_id", "parent_id"),
        ).annotate(
            unit_before_code=at_moment(Unit, "unit_before", "code", "lt"),
            unit_before_name=at_moment(Unit, "unit_before", "name", "lt"),
            above_position=at_moment(Function, "above_id", "position"),
            above_before=at_moment(Function, "above_id", "position", "lt"),
        )

    def name(self, change, record):
        path = self.path(record)
        change.code = record.unit_code or ""
        change.label, change.name = path_label(path), record.unit_name or ""
        change.order = (ROOT, code_order(change.code), 1, path)

    def whole(self, change, record):
        mark = inserted if change.actions == (CREATED,) else deleted
        change.text = mark(record.text)

    def compare(self, change, record, before):
        done = set()
        change.text = redline(before.text, record.text)
        if record.text != before.text:
            done.add(REWORDED)
        if record.unit_id != before.unit_id:
            done.add(MOVED)
            change.facts.append(
                Fact(
                    _("Unidad"),
                    f"{record.unit_before_code} {record.unit_before_name}",
                    f"{record.unit_code} {record.unit_name}",
                )
            )
        elif record.parent_id != before.parent_id:
            done.add(PLACED)
            old, new = path_label(self.path(before)), change.label
            change.facts.append(Fact(_("Número"), old, new))
        elif record.position != before.position:
            done.add(RENUMBERED)
            *above, _own = self.path(record)
            old = path_label((*above, before.position))
            change.facts.append(Fact(_("Número"), old, change.label))
        if record.key != before.key:
            done.add(CHANGED)
            old, new = str(before.key), str(record.key)
            change.facts.append(Fact(_("Identificador"), old, new))
        return done

    @staticmethod
    def path(record) -> tuple[int, ...]:
        """Positions from the function down to the item; of a deleted one, the last."""
        above = (record.above_position, record.parent_position)
        if record.history_type == "-":
            above = (record.above_before, record.parent_before)
        return (*(one for one in above if one is not None), record.position)


class ChapterStrand(Strand):
    kind = "chapter"
    model = Chapter
    unread = PROVENANCE | {"edition"}

    def records(self, scope):
        return scope.chapters()

    def name(self, change, record):
        change.label, change.name = f"{record.number}.", record.title
        change.order = (ROOT + 1, record.number)

    def compare(self, change, record, before):
        done = super().compare(change, record, before)
        if record.body != before.body:
            done.add(REWORDED)
            change.text = redline(before.body, record.body)
        return done

    def facts(self, record, before, *without):
        return super().facts(record, before, "body", *without)


class ChartStrand(Strand):
    kind = "chart"
    model = Chart
    unread = frozenset({"chapter", "position", "unit_key"})

    def records(self, scope):
        return scope.charts()

    def with_names(self, records):
        return records.annotate(
            chapter_number=at_moment(Chapter, "chapter_id", "number")
        )

    def name(self, change, record):
        change.label, change.name = record.number, record.title
        change.order = (ROOT + 1, record.chapter_number or 0, record.position)

    def compare(self, change, record, before):
        done = super().compare(change, record, before)
        if record.unit_key != before.unit_key:
            done.add(CHANGED)
            change.facts.append(Fact(_("Unidad que muestra"), new=_("otra")))
        return done


class NoteStrand(Strand):
    kind = "note"
    model = ChangeNote
    unread = frozenset({"edition", "unit_key"})

    def records(self, scope):
        return scope.notes()

    def with_names(self, records):
        """With the unit, which may be gone from the edition: then that of the base."""
        here = Unit.history.filter(
            edition=OuterRef("edition"),
            key=OuterRef("unit_key"),
            history_date__lte=OuterRef("history_date"),
        ).order_by("-history_date", "-history_id")
        base = Unit.objects.filter(
            edition=OuterRef("edition__base"), key=OuterRef("unit_key")
        ).order_by()
        return records.annotate(
            **{
                f"unit_{name}": Coalesce(
                    Subquery(here.values(name)[:1]), Subquery(base.values(name)[:1])
                )
                for name in ("code", "name")
            }
        )

    def name(self, change, record):
        change.code, change.name = record.unit_code or "", record.unit_name or ""
        change.order = (ROOT, code_order(change.code), 2)

    def whole(self, change, record):
        mark = inserted if change.actions == (CREATED,) else deleted
        change.text = mark(record.text or _("Cambio menor"))

    def compare(self, change, record, before):
        done = super().compare(change, record, before)
        if record.text != before.text:
            done.add(REWORDED)
            change.text = redline(before.text, record.text)
        return done

    def facts(self, record, before, *without):
        return super().facts(record, before, "text", *without)


class SuccessionStrand(Strand):
    kind = "succession"
    model = Succession

    def records(self, scope):
        return scope.successions()

    def details(self, history_ids):
        """With the units that it names: of this edition, else of the base."""
        records = super().details(history_ids)
        editions = {record.edition_id for record in records.values()}
        keys = {
            key for one in records.values() for key in (*one.from_keys, *one.to_keys)
        }
        rows = Unit.objects.filter(key__in=keys).filter(
            Q(edition__in=editions) | Q(edition__derived__in=editions)
        )
        units = {}
        for edition_id, *unit in rows.order_by().values_list(
            "edition_id", "key", "code", "name"
        ):
            key, code, name = unit
            if edition_id in editions or str(key) not in units:
                units[str(key)] = f"{code} {name}"
        for record in records.values():
            record.origins = [units.get(key, key) for key in record.from_keys]
            record.results = [units.get(key, key) for key in record.to_keys]
        return records

    def name(self, change, record):
        change.name = record.get_kind_display()
        change.order = (ROOT - 1, 1)

    def whole(self, change, record):
        if change.actions == (CREATED,):
            change.facts.append(Fact(_("De"), new="; ".join(record.origins)))
            change.facts.append(Fact(_("Resulta"), new="; ".join(record.results)))

    def compare(self, change, record, before):
        for title, name in ((_("De"), "origins"), (_("Resulta"), "results")):
            old, new = (
                "; ".join(getattr(before, name)),
                "; ".join(getattr(record, name)),
            )
            if old != new:
                change.facts.append(Fact(title, old, new))
        return {CHANGED} if change.facts else set()


class EditionStrand(Strand):
    """The edition's data; its steps are told by the log of its life."""

    kind = "edition"
    model = Edition
    unread = frozenset({"key", "manual", "base", "status", "submitted_by"})

    def records(self, scope):
        return scope.editions()

    def name(self, change, record):
        change.name = record.label
        change.order = (ROOT - 1,)


STRANDS: tuple[Strand, ...] = (
    EditionStrand(),
    UnitStrand(),
    FunctionStrand(),
    NoteStrand(),
    SuccessionStrand(),
    ChapterStrand(),
    ChartStrand(),
)


def path_label(path: tuple[int, ...]) -> str:
    """The way to an item as people write it; empty for a place that is none."""
    if not path or len(path) > 3 or min(path) < 1:
        return ""  # parked while its list was being changed
    return labels.path_label(path)


def code_order(code: str) -> tuple:
    """Codes in reading order: 8.10 after 8.9."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in code.split(".")
    )
