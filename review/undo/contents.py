"""Undoing what a save did to the rest of a draft: chapters, charts, notes, its data."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from exchange.doubts import restore_decision
from exchange.models import MatchDoubt
from manuals.charts import FIELDS as CHART_FIELDS
from manuals.charts import ListedChart, save_charts
from manuals.models import Chapter, Chart, Edition
from manuals.rewriting import rewrite_chapters
from manuals.services import change_edition
from manuals.services.content import EDITION_DATA
from review.models import ChangeNote, Succession
from review.notes import delete_note, write_note
from review.successions import delete_succession, record_succession
from review.undo.families import Ordered
from review.undo.tables import Table


class Data(Table):
    """What the edition says of itself."""

    model = Edition
    fields = (*EDITION_DATA, "label")
    identity = "id"

    def records(self):
        return Edition.history.filter(id=self.edition.pk)

    def all_live(self):
        return Edition.objects.filter(pk=self.edition.pk)

    def name(self, row):
        return _("los datos de la edición")

    def write(self, **authorship):
        for values in self.values.values():
            change_edition(edition=self.edition, **values, **authorship)


class Chapters(Table):
    model = Chapter
    fields = ("number", "title", "kind", "body")
    silent = ("source_id", "source_line")
    identity = "number"

    def plan(self):
        super().plan()
        self.ids: dict[int, int] = {}  # of those that came back, by ``-id``

    def name(self, row):
        return f"{row.number}. {row.title}"

    def write(self, **authorship):
        names = (*self.fields, *self.silent)
        self.ids = rewrite_chapters(
            edition=self.edition,
            removed=self.removed,
            changed=self.values,
            new={
                pk: {name: getattr(record, name) for name in names}
                for pk, record in self.new.items()
            },
            **authorship,
        )


class Charts(Ordered):
    model = Chart
    fields = CHART_FIELDS
    identity = "number"
    unique = False
    place_fields = ("chapter_id",)

    def __init__(self, edition, records, chapters: Chapters):
        self.chapters = chapters
        super().__init__(edition, records)

    def records(self):
        chapters = Chapter.history.filter(edition=self.edition).values("id")
        return Chart.history.filter(chapter_id__in=chapters)

    def all_live(self):
        return Chart.objects.filter(chapter__edition=self.edition)

    def find_live(self):
        if self.rows or self.chapters.rows:
            self.live = self.live_rows().in_bulk()

    def family(self, record):
        return record.chapter_id

    def family_now(self, family):
        return self.chapters.now(family)

    def members(self, families):
        return Chart.history.filter(chapter_id__in=families)

    def tell_gone(self, family):
        records = Chapter.history.filter(id=self.chapters.ids_of(family)[-1])
        self.chapters.conflict_at(records.latest("history_id"), "deleted")

    def plan(self):
        super().plan()
        for chapter in self.chapters.removed:
            for pk in self.orders.get(chapter, self.families.get(chapter, [])):
                self.stands_live(pk, ("chapter_id",), "put")

    def is_nothing(self):
        return super().is_nothing() and not self.orders

    def write(self, **authorship):
        touched = {self.live[pk].chapter_id for pk in self.values} | {*self.orders}
        for chapter in sorted(touched - {*self.chapters.removed}):
            order = self.orders.get(chapter, self.families.get(chapter, []))
            pk = self.chapters.ids.get(chapter, chapter)
            save_charts(
                chapter=Chapter.objects.select_related("edition").get(pk=pk),
                rows=[self._listed(pk) for pk in order],
                **authorship,
            )

    def _listed(self, pk: int) -> ListedChart:
        source = self.live.get(pk) or self.new[pk]
        values = {name: getattr(source, name) for name in CHART_FIELDS}
        values |= self.values.get(pk, {})
        return ListedChart(**values, id=pk if pk > 0 else None)


class Notes(Table):
    """Notes on changes; they follow the key of their unit by themselves."""

    model = ChangeNote
    fields = ("text", "minor")
    identity = "unit_key"

    def name(self, row):
        return Truncator(row.text or _("Cambio menor")).chars(60)

    def write(self, **authorship):
        for pk in self.removed:
            delete_note(note=self.live[pk], **authorship)
        for pk, values in self.values.items():
            note = self.live[pk]
            said = {"text": note.text, "minor": note.minor} | values
            self._write(note.unit_key, said, authorship)
        for record in self.new.values():
            said = {"text": record.text, "minor": record.minor}
            self._write(record.unit_key, said, authorship)

    def _write(self, unit_key, said, authorship):
        write_note(edition=self.edition, unit_key=unit_key, **said, **authorship)


class Successions(Table):
    """Splits and mergers; they are stated and taken back, never altered."""

    model = Succession
    identity = "from_keys"
    unique = False

    def _heirs(self, ids):
        return {}

    def name(self, row):
        return row.get_kind_display()

    def write(self, **authorship):
        for pk in self.removed:
            delete_succession(succession=self.live[pk], **authorship)
        for record in self.new.values():
            record_succession(
                edition=self.edition,
                kind=record.kind,
                from_keys=record.from_keys,
                to_keys=record.to_keys,
                **authorship,
            )


class Doubts(Table):
    """What people decided about an import's doubts, with the keys that this gave."""

    model = MatchDoubt
    fields = ("key", "state")
    silent = ("decided_by_id", "decided_at")

    def plan(self):
        self.values = self.returning()

    def is_nothing(self):
        return not self.values

    def name(self, row):
        return Truncator(row.text).chars(60)

    def write(self, **authorship):
        for pk, values in self.values.items():
            restore_decision(doubt=self.live[pk], values=values, **authorship)
