"""A person's list and the list that somebody else saved meanwhile, put together.

Rows are dicts of what a browser sends. Besides its content each says which stored row
it is (``key``), a digest of what that said (``was``) and its place and level in the
list (``at``, such as ``3.1``) when it was shown. So three states are known: what both
started from, what is stored now, what the person sent. What only one of them changed
is taken over; what both changed is a clash, in which the person chooses. Nothing of
either is dropped without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from manuals.admin.posted import posted_number

# What a row's clash is about; the person's choice is MINE or THEIRS.
TEXT = "text"  # both changed it
DELETED = "deleted"  # deleted here, changed by the other
GONE = "gone"  # changed here, deleted by the other
CLASHES = (TEXT, DELETED, GONE)
MINE, THEIRS = "mine", "theirs"
CHOICES = (MINE, THEIRS)

Row = dict[str, str]
Structure = list[tuple[str, int]]


def is_marked_deleted(row: Row) -> bool:
    return bool(row.get("delete"))


def with_deleted_last(rows: Sequence[Row], level_of: Callable[[Row], int]) -> list[Row]:
    """The rows with the deleted ones at the end, where nothing hangs from them.

    What hangs from a deleted row is marked as deleted itself.
    """
    live, deleted, above = [], [], None
    for row in rows:
        if above is not None and level_of(row) > above:
            row["delete"] = "on"
        else:
            above = level_of(row) if is_marked_deleted(row) else None
        (deleted if is_marked_deleted(row) else live).append(row)
    return [*live, *deleted]


@dataclass
class ListMerge:
    """The putting together of one list.

    ``stored`` are the stored rows as a browser would send them, ``content`` digests a
    row's content, ``elsewhere`` says where rows went that the list has no more.
    """

    posted: list[Row]
    stored: list[Row]
    content: Callable[[Row], str]
    level_of: Callable[[Row], int]
    elsewhere: Callable[[list[str]], dict[str, str]] = lambda keys: {}
    notes: list[str] = field(default_factory=list)
    order_clash: bool = False

    def __post_init__(self):
        self.by_key = {row["key"]: row for row in self.stored}

    def merged(self) -> list[Row]:
        """The rows of both."""
        rows = with_deleted_last(self.posted, self.level_of)
        base = self._base(rows)
        rows = self._with_gone_rows(rows)
        for row in rows:
            if row.get("key") in self.by_key and row["clash"] != GONE:
                self._meet(row, self.by_key[row["key"]])
        rows = self._ordered(rows, base)
        self._add_missing(rows)
        for row in self.stored:
            self._now(rows, row)
        return with_deleted_last(rows, self.level_of)

    def theirs(self, rows: list[Row]) -> list[Row]:
        """The rows in the stored order and at the stored levels."""
        return self._arranged(rows, self._structure(self.stored))

    @staticmethod
    def _base(rows: list[Row]) -> Structure:
        """The order and the levels that both started from."""
        shown = []
        for row in rows:
            place, _dot, level = row.get("at", "").partition(".")
            place, level = posted_number(place), posted_number(level)
            if row.get("key") and None not in (place, level):
                shown.append((place, row["key"], level))
        return [(key, level) for _place, key, level in sorted(shown)]

    def _structure(self, rows: list[Row]) -> Structure:
        return [(row["key"], self.level_of(row)) for row in rows if row.get("key")]

    def _with_gone_rows(self, rows: list[Row]) -> list[Row]:
        """Rows that somebody else deleted, or moved to another place."""
        gone = [
            row["key"]
            for row in rows
            if row.get("key") and row["key"] not in self.by_key
        ]
        elsewhere = self.elsewhere(gone) if gone else {}
        kept = []
        for row in rows:
            row.setdefault("clash", "")
            if row.get("key") in gone and not self._stays(row, elsewhere):
                continue
            kept.append(row)
        return kept

    def _stays(self, row: Row, elsewhere: dict[str, str]) -> bool:
        """Whether a row that is stored here no more stays on the screen."""
        if not row.get("at"):
            return True  # said before: the person brings it back
        if is_marked_deleted(row):
            return False  # both are of one mind
        where = elsewhere.get(row["key"], "")
        if where:
            row["key"] = ""  # its own is in use there; kept, this is another row
        row["at"] = ""
        changed = self.content(row) != row.get("was")
        if changed:
            row.update(clash=GONE, pick="")
        else:
            row["delete"] = "on"
        row["note"] = self._said_of_gone(where, changed)
        return True

    @staticmethod
    def _said_of_gone(where: str, changed: bool) -> str:
        if where:
            return _(
                "Otra persona la pasó a %(where)s; si la conserva aquí, será otra."
            ) % {"where": where}
        if changed:
            return ""
        return _("La eliminó otra persona; usted puede conservarla.")

    def _meet(self, row: Row, now: Row) -> None:
        """Bring a row that both have up to date."""
        current, mine = self.content(now), self.content(row)
        if current == row.get("was"):
            return  # the other person did not touch it
        if is_marked_deleted(row):
            row.update(clash=DELETED, pick="", note="")
        elif mine == current:
            row.update(clash="", pick="")
        elif mine == row.get("was"):
            row.update(now)
            row["note"] = _("La cambió otra persona; usted no.")
        else:
            row.update(clash=TEXT, pick="", note="")
        row["was"] = current

    def _ordered(self, rows: list[Row], base: Structure) -> list[Row]:
        """The rows in the order that one of both gave them; a clash if both did."""
        live = [row for row in rows if not is_marked_deleted(row)]
        common = {key for key, _level in base} & set(self.by_key)
        common &= {row.get("key") for row in live}
        was, theirs, mine = (
            [one for one in structure if one[0] in common]
            for structure in (
                base,
                self._structure(self.stored),
                self._structure(live),
            )
        )
        if theirs in (was, mine):
            return rows
        if mine == was:
            self.notes.append(_("El orden o los niveles los cambió otra persona."))
            return self._arranged(rows, theirs)
        self.order_clash = True
        return rows

    def _arranged(self, rows: list[Row], structure: Structure) -> list[Row]:
        """The rows in an order; those it lacks follow the row that they followed."""
        wanted = {key for key, _level in structure}
        followers: dict[str, list[Row]] = {"": []}
        by_key: dict[str, Row] = {}
        leader = ""
        deleted = []
        for row in rows:
            key = row.get("key", "")
            if is_marked_deleted(row):
                deleted.append(row)
            elif key in wanted:
                leader, by_key[key], followers[key] = key, row, []
            else:
                followers[leader].append(row)
        arranged = list(followers[""])
        for key, level in structure:
            if key in by_key:
                if "level" in by_key[key]:
                    by_key[key]["level"] = str(level)
                arranged += [by_key[key], *followers[key]]
        self._settle_levels(arranged)
        return arranged + deleted

    def _settle_levels(self, rows: list[Row]) -> None:
        """No row more than one level below the one before it."""
        above = -1
        for row in rows:
            if "level" in row and self.level_of(row) > above + 1:
                row["level"] = str(above + 1)
            above = self.level_of(row)

    def _add_missing(self, rows: list[Row]) -> None:
        """Insert what the other person added."""
        posted = {row.get("key") for row in rows}
        for number, row in enumerate(self.stored):
            if row["key"] not in posted:
                note = _("La agregó otra persona.")
                added = {**row, "note": note, "clash": "", "pick": ""}
                rows.insert(self._place_of(number, rows), added)

    def _place_of(self, number: int, rows: list[Row]) -> int:
        """Where a stored row goes: after the nearest stored row before it."""
        for before in reversed(self.stored[:number]):
            for index, row in enumerate(rows):
                if row.get("key") == before["key"] and not is_marked_deleted(row):
                    return index + 1
        return 0

    def _now(self, rows: list[Row], stored: Row) -> None:
        """Remember the stored place as the one that the person sees from here on."""
        for row in rows:
            if row.get("key") == stored["key"]:
                row["at"] = stored["at"]
                break
