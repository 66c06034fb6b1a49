"""Every hit of a term in a draft, as the page shows it for people to choose from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from functions.articles import follows_article
from functions.models import Function
from functions.proper_names import name_around
from functions.querysets import Node, nest
from functions.references import Mention, UnitNames
from functions.replacing import Hit, Term, around, find_in, replaced
from manuals.admin.posted import posted_number
from manuals.models import Chapter, Chart
from units.models import Unit
from units.outline import Outline, OutlineUnit

MOST = 2_000  # hits to choose from at once


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Choices:
    """What a person was shown and chose: digests of texts by function, and hits."""

    known: Mapping[int, str]
    chosen: frozenset[str]

    @classmethod
    def read(cls, data) -> Choices:
        """From the form's fields, whatever a browser sends in them."""
        known = {}
        for pair in data.get("shown", "").split():
            pk, _sign, seen = pair.partition(":")
            if (number := posted_number(pk)) is not None:
                known[number] = seen
        return cls(known, frozenset(data.getlist("hit")))


@dataclass(slots=True)
class ShownHit:
    """One hit in its context; ``value`` says which in the form."""

    value: str
    hit: Hit
    before: str
    after: str
    note: str
    chosen: bool


@dataclass(slots=True)
class ShownFunction:
    """A function or item with hits; ``changed`` if it is not what the person saw."""

    id: int
    label: str
    text: str
    changed: bool
    hits: list[ShownHit] = field(default_factory=list)

    def chosen(self) -> list[ShownHit]:
        return [shown for shown in self.hits if shown.chosen]


@dataclass(slots=True)
class ShownUnit:
    unit: OutlineUnit
    editable: bool
    functions: list[ShownFunction] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{reverse('admin:units_unit_change', args=[self.unit.id])}#functions"

    @property
    def number(self) -> int:
        return sum(len(function.hits) for function in self.functions)

    @property
    def number_chosen(self) -> int:
        return sum(len(function.chosen()) for function in self.functions)


@dataclass(frozen=True)
class Elsewhere:
    """Where else the term stands; it is changed there by hand."""

    what: str
    url: str
    number: int


@dataclass
class Preview:
    """The hits by unit, at most MOST of them; all are counted."""

    units: list[ShownUnit]
    number: int
    in_functions: int
    in_units: int
    elsewhere: list[Elsewhere]
    other_case: int
    after_article: int  # hits whose article stays as it is
    stale: list[int]  # functions chosen from whose text is not what was shown

    @property
    def shown_number(self) -> int:
        return sum(shown.number for shown in self.units)

    @property
    def left_out(self) -> int:
        return self.number - self.shown_number

    def functions(self) -> Iterator[ShownFunction]:
        for shown in self.units:
            yield from shown.functions

    def chosen_counts(self) -> tuple[int, int, int]:
        """Hits, functions and units that the choice changes."""
        chosen = [len(one.chosen()) for one in self.functions()]
        units = sum(1 for shown in self.units if shown.number_chosen)
        return sum(chosen), sum(map(bool, chosen)), units

    def texts(self) -> tuple[dict[int, str], dict[int, str]]:
        """The new text of each function chosen, and the one it was made from."""
        new, old = {}, {}
        for function in self.functions():
            if chosen := function.chosen():
                old[function.id] = function.text
                new[function.id] = replaced(
                    function.text, [shown.hit for shown in chosen]
                )
        return new, old

    @property
    def shown(self) -> str:
        """What the form sends back so that later choices are known from new hits."""
        return " ".join(f"{one.id}:{digest(one.text)}" for one in self.functions())


def preview_of(
    edition,
    *,
    outline: Outline,
    units: list[OutlineUnit],
    editable: set[int],
    term: Term,
    choices: Choices | None,
    propose: bool,
) -> Preview:
    """Find the term in these units; raises BadTerm.

    ``propose`` chooses where the person has not: to show. What is saved was chosen.
    """
    rows = Function.objects.for_edition(edition)
    whole = len(units) == len(outline)
    if not whole:
        rows = rows.filter(unit__in=[unit.id for unit in units])
    rows = rows.rows()
    families = nest(rows)
    ids = {(row.unit_id, row.key): row.id for row in rows}
    places = [
        (unit, ids[unit.id, node.key], label, node.text)
        for unit in units
        for label, node in _flat(families.get(unit.id, []))
    ]
    texts = {("function", pk): text for _unit, pk, _label, text in places}
    others = _other_texts(edition, units, whole)
    found = find_in(
        {**texts, **{key: text for key, (text, *_) in others.items()}}, term
    )
    hits = {key: of for key, of in found.items() if key in texts}
    shown = _Showing(outline, editable, choices, propose).show(places, hits)
    wider = 0
    if term.match_case and not term.expression:
        wider = sum(map(len, find_in(texts, replace(term, match_case=False)).values()))
    number = sum(map(len, hits.values()))
    return Preview(
        units=shown,
        number=number,
        in_functions=len(hits),
        in_units=len({unit.id for unit, pk, *_ in places if ("function", pk) in hits}),
        elsewhere=[
            Elsewhere(what, url, len(found[key]))
            for key, (_text, what, url) in others.items()
            if key in found
        ],
        other_case=max(0, wider - number),
        after_article=sum(
            follows_article(texts[key], hit.found)
            for key, of in hits.items()
            for hit in of
            if hit.start == hit.found and hit.new
        )
        if term.article is None
        else 0,
        stale=_stale(texts, choices),
    )


class _Showing:
    def __init__(
        self,
        outline: Outline,
        editable: set[int],
        choices: Choices | None,
        propose: bool,
    ):
        self.outline, self.editable, self.choices = outline, editable, choices
        self.propose = propose
        self.names = UnitNames(outline.units)

    def show(self, places, hits) -> list[ShownUnit]:
        units: list[ShownUnit] = []
        left = MOST
        for unit, pk, label, text in places:
            found = hits.get(("function", pk), [])[:left]
            if not found:
                continue
            left -= len(found)
            if not units or units[-1].unit is not unit:
                units.append(ShownUnit(unit, unit.id in self.editable))
            units[-1].functions.append(self._function(unit, pk, label, text, found))
        return units

    def _function(self, unit, pk, label, text, hits) -> ShownFunction:
        known = self.choices is not None and self.choices.known.get(pk)
        same = known == digest(text)
        function = ShownFunction(pk, label, text, self.choices is not None and not same)
        mentions = self.names.find(text)
        for hit in hits:
            value = f"{pk}-{hit.found}"
            note = self._note(text, hit, mentions)
            proposed = self.propose and not note
            chosen = value in self.choices.chosen if same else proposed
            function.hits.append(
                ShownHit(
                    value,
                    hit,
                    *around(text, hit),
                    note,
                    chosen and unit.id in self.editable,
                )
            )
        return function

    def _note(self, text: str, hit: Hit, mentions: list[Mention]) -> str:
        """Why the hit is better left alone; empty if nothing speaks against it."""
        if hit.done:
            return _("Ya dice lo que diría.")
        for mention in mentions:
            if (
                mention.start <= hit.found < mention.end
                and text[mention.start : mention.end] != text[hit.found : hit.end]
            ):
                unit = self.outline.by_key[mention.keys[0]]
                return _("Es parte del nombre de la unidad %(code)s, «%(name)s».") % {
                    "code": unit.code,
                    "name": text[mention.start : mention.end],
                }
        if name := name_around(text, hit.found, hit.end):
            return _("Parece parte de un nombre propio: «%(name)s».") % {
                "name": text[slice(*name)]
            }
        return ""


def _flat(nodes: list[Node], above: str = "") -> Iterator[tuple[str, Node]]:
    """(«2. a)», function or item) in reading order."""
    for node in nodes:
        label = f"{above} {node.printed_label}".strip()
        yield label, node
        yield from _flat(node.items, label)


def _stale(texts: Mapping, choices: Choices | None) -> list[int]:
    """Functions that the person chose from and that no longer say what was shown."""
    if choices is None:
        return []
    wanted = {value.partition("-")[0] for value in choices.chosen}
    return [
        pk
        for pk, seen in choices.known.items()
        if str(pk) in wanted and digest(texts.get(("function", pk), "")) != seen
    ]


def _other_texts(edition, units: list[OutlineUnit], whole: bool) -> dict:
    """Texts that are no functions: (text, what it is, where it is changed) by key."""
    texts = {}
    objectives = dict(
        Unit.objects.for_edition(edition)
        .exclude(objective="")
        .order_by()
        .values_list("pk", "objective")
    )
    for unit in units:
        url = reverse("admin:units_unit_change", args=[unit.id])
        at = {"code": unit.code}
        texts["name", unit.id] = (
            unit.name,
            _("Nombre de la unidad %(code)s") % at,
            url,
        )
        if unit.id in objectives:
            texts["objective", unit.id] = (
                objectives[unit.id],
                _("Objetivo de la unidad %(code)s") % at,
                url,
            )
    if not whole:
        return texts
    chapters = Chapter.objects.filter(edition=edition).order_by("number")
    for pk, number, title, body in chapters.values_list(
        "pk", "number", "title", "body"
    ):
        url = reverse("admin:manuals_chapter_change", args=[pk])
        what = _("Capítulo %(number)s") % {"number": number}
        texts["chapter", pk] = (f"{title}\n\n{body}", what, url)
    charts = Chart.objects.filter(chapter__edition=edition).order_by("number")
    for pk, number, title, chapter in charts.values_list(
        "pk", "number", "title", "chapter"
    ):
        url = reverse("admin:manuals_chapter_change", args=[chapter])
        what = _("Organograma %(number)s") % {"number": number}
        texts["chart", pk] = (title, what, url)
    return texts
