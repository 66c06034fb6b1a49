"""Comparisons as HTML: what differs, in reading order, in one text or side by side.

How a changed text is marked: marks.py. What is written here is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from functions import labels
from manual_org.web.comparing import CHAPTER, DATA, Group, Part
from manual_org.web.marks import (
    NEW_SIDE,
    OLD_SIDE,
    change_tag,
    marked,
    place_tag,
    weight_tag,
)
from review.compare import (
    BlockChange,
    ChapterChange,
    ChartChange,
    FunctionChange,
    TextChange,
    UnitChange,
)
from review.compare.changes import (
    MOVED,
    NEW,
    SUPPRESSED,
)
from review.compare.redline import deleted, inserted, redline
from review.compare.spanish import (
    Codes,
    field_name,
    field_value,
    spoken_date,
    unit_remarks,
)

LEFT_OUT = "[…]"


class Redliner:
    """Writes the groups of one comparison.

    ``urls`` and ``names`` are those of the old and the new edition; ``beside`` puts
    both texts side by side; ``reasons`` are the change notes by the unit's key, and
    ``edit_urls`` where the reader may edit a unit, by its key.
    """

    def __init__(
        self, codes: Codes, urls, names, reasons, *, beside: bool, edit_urls=None
    ):
        self.codes = codes
        self.urls = dict(zip((OLD_SIDE, NEW_SIDE), urls, strict=True))
        self.names = dict(zip((OLD_SIDE, NEW_SIDE), names, strict=True))
        self.reasons = reasons
        self.beside = beside
        self.edit_urls = edit_urls or {}

    def group(self, group: Group, parts: Iterable[Part]) -> SafeString:
        """A section with its heading and the list of these parts."""
        if group.sort == DATA:
            head = self._data_head()
        elif group.sort == CHAPTER:
            head = self._chapter_head(group.change)
        else:
            head = self._unit_head(group.change)
        written = [f'<section class="change-group">{head}']
        items = [self._part(group, part) for part in parts]
        if items:
            written += ['<ol class="items changes">', *items, "</ol>"]
        written.append("</section>\n")
        return SafeString("".join(written))

    # Headings

    def _data_head(self):
        return f'<h3 id="datos">{escape(_("Datos de la edición"))}</h3>'

    def _chapter_head(self, change: ChapterChange):
        old = f"{change.old.number}. {change.old.title}" if change.old else ""
        new = f"{change.new.number}. {change.new.title}" if change.new else ""
        remarks = []
        if change.old is None:
            remarks.append(_("Capítulo nuevo."))
        elif change.new is None:
            remarks.append(_("Capítulo suprimido."))
        elif change.old.number != change.new.number:
            remarks.append(
                _("Pasa de ser el capítulo %(old)d a ser el %(new)d.")
                % {"old": change.old.number, "new": change.new.number}
            )
        links = [
            self._link(name, f"capitulos/{side.number}/", _("capítulo"), side.number)
            for name in (OLD_SIDE, NEW_SIDE)
            if (side := getattr(change, name))
        ]
        return (
            f'<h3 id="{change.anchor}">{_heading(old, new)}</h3>'
            f"{_remarks(remarks)}{_links(links)}"
        )

    def _unit_head(self, change: UnitChange):
        if change.old and change.new:
            name = marked(change.name_redline)
        else:
            name = marked(
                inserted(change.new.name) if change.new else deleted(change.old.name)
            )
        links = [
            self._link(name_, f"{quote(side.code, safe='')}/", side.code)
            for name_ in (OLD_SIDE, NEW_SIDE)
            if (side := getattr(change, name_))
        ]
        links += self._edit_links(change)
        reason = next(
            (
                self.reasons[side.key]
                for side in (change.new, change.old)
                if side and self.reasons.get(side.key)
            ),
            "",
        )
        return (
            f'<h3 id="{change.anchor}"><a href="#{change.anchor}"><span class="code">'
            f"{escape(change.side.code)}</span></a> {name}</h3>"
            f"{_remarks(unit_remarks(change, self.codes))}{_links(links)}"
            f"{self._departures(change)}"
            + (
                f'<p class="reason"><strong>{escape(_("Motivo:"))}</strong> '
                f"{escape(reason)}</p>"
                if reason
                else ""
            )
        )

    def _edit_links(self, change: UnitChange):
        """To the unit's page in the administration, for who may edit it."""
        if not (address := self.edit_urls.get(change.side.key)):
            return []
        name = _("Editar %(code)s") % {"code": change.side.code}
        return [
            f'<a class="no-print" href="{escape(address)}" aria-label="{escape(name)}">'
            f"{escape(_('Editar'))}</a>"
        ]

    def _departures(self, change: UnitChange):
        """Where the functions went that stood here and stand elsewhere now."""
        if not change.left:
            return ""
        items = "".join(f"<li>{self._departure(one)}</li>" for one in change.left)
        title = escape(_("Pasan a otra unidad:"))
        return f'<div class="change-head left"><p>{title}</p><ul>{items}</ul></div>'

    def _departure(self, change: FunctionChange):
        """``2021: núm. 4 → 2024: 7.2.1.5, núm. 4``, each a link."""
        return " → ".join(
            self._function_link(name, getattr(change, name), None)
            for name in (OLD_SIDE, NEW_SIDE)
        )

    def _link(self, name, path, *words):
        """To a place in one of the editions: ``2021: 8.2.1, núm. 4``."""
        words = " ".join(map(str, words))
        return (
            f'<a href="{escape(self.urls[name])}{path}">'
            f"{escape(self.names[name])}: {escape(words)}</a>"
        )

    # Parts

    def _part(self, group: Group, part: Part):
        change = part.change
        if isinstance(change, FunctionChange):
            return self._function(group.change, change)
        if isinstance(change, BlockChange):
            return self._block(group.change, change)
        if isinstance(change, ChartChange):
            return self._chart(change)
        if isinstance(change, TextChange):
            return self._text(field_name("objective"), change.redline, change.weight)
        name, old, new = change
        old, new = (field_value(name, value) if value else "" for value in (old, new))
        # Long texts word by word; of a date or a name, the whole.
        long = len(old) + len(new) > 200
        segments = redline(old, new) if long else (*deleted(old), *inserted(new))
        return self._text(field_name(name), segments)

    def _text(self, name, segments, weight=None):
        return self._item(
            "", "", [weight_tag(weight)], [], segments, f"{name[:1].upper()}{name[1:]}"
        )

    def _item(self, anchor, number, tags, links, segments, name="", inner=None):
        """A part: its number, how it changed and where it stands, and the text."""
        identity = f' id="{anchor}"' if anchor else ""
        if number and anchor:
            number = f'<a class="n" href="#{anchor}">{escape(number)}</a>'
        elif number:
            number = f'<span class="n">{escape(number)}</span>'
        title = f"<strong>{escape(name)}</strong> " if name else ""
        head = " ".join([title, *filter(None, tags), *links]).strip()
        inner = inner or (lambda side: f"<p>{marked(segments, side)}</p>")
        return (
            f'<li{identity}>{number}<div class="change-head">{head}</div>'
            f"{self._body(inner)}</li>\n"
        )

    def _body(self, inner):
        """One text with its marks, or both beside each other."""
        if not self.beside:
            return inner(None)
        written = ['<div class="beside">']
        for name in (OLD_SIDE, NEW_SIDE):
            content = inner(name)
            nothing = (
                "" if content else f'<p class="quiet">{escape(_("(No está)"))}</p>'
            )
            written.append(
                f'<div><p class="side">{escape(self.names[name])}</p>'
                f"{content}{nothing}</div>"
            )
        written.append("</div>")
        return "".join(written)

    def _block(self, chapter: ChapterChange, block: BlockChange):
        links = []
        for name in (OLD_SIDE, NEW_SIDE):
            side, of = getattr(block, name), getattr(chapter, name)
            if side and of:
                path = f"capitulos/{of.number}/#p{side.number}"
                links.append(self._link(name, path, _("párr."), side.number))
        tags = [change_tag(block.change, block.weight), place_tag(block)]
        return self._item(
            chapter.block_anchor(block),
            block.side.marker or str(block.side.number),
            tags,
            links,
            block.redline,
            inner=lambda side: _paragraph(block, side),
        )

    def _chart(self, chart: ChartChange):
        old, new = _chart_text(chart.old), _chart_text(chart.new)
        fresh_or_gone = chart.change in (NEW, SUPPRESSED)
        tags = [change_tag(chart.change, None)] if fresh_or_gone else []
        return self._item("", "", tags, [], redline(old, new), _("Organograma"))

    def _function(self, unit: UnitChange, change: FunctionChange):
        links = [
            self._function_link(name, side, getattr(unit, name))
            for name in (OLD_SIDE, NEW_SIDE)
            if (side := getattr(change, name))
        ]
        tags = [change_tag(change.change, change.overall), place_tag(change)]
        if change.change == MOVED:
            tags.append(weight_tag(change.overall))
        return self._item(
            change.anchor,
            change.side.printed_label,
            tags,
            links,
            (),
            inner=lambda side: self._function_text(change, side),
        )

    def _function_link(self, name, side, unit):
        """With the code of its unit where that is not the one of the heading."""
        path = f"{quote(side.code, safe='')}/#{side.anchor}"
        words = [] if unit and unit.code == side.code else [f"{side.code},"]
        return self._link(name, path, *words, _place(side))

    def _function_text(self, change: FunctionChange, side: str | None):
        """Its text and those of its items that changed; empty where it is not."""
        if side and getattr(change, side) is None:
            return ""
        return f"<p>{marked(change.redline, side)}</p>{self._items(change, side)}"

    def _items(self, change, side):
        items = [one for one in change.items if not side or getattr(one, side)]
        if side == OLD_SIDE:
            items.sort(key=lambda one: one.old.path)
        left = change.left if side != NEW_SIDE else []
        if not left and not any(map(_differs, items)):
            return ""
        written = ["<ol>"]
        left_out = False
        for item in items:
            if _differs(item):
                written.append(self._inner_item(item, side))
                left_out = False
            elif not left_out:
                written.append(f'<li class="quiet">{LEFT_OUT}</li>')
                left_out = True
        for item in left:
            gone = escape(_("Pasa a otro lugar:"))
            written.append(
                f'<li><span class="n">{item.old.printed_label}</span>'
                f'<p class="change-head">{gone} {self._departure(item)}</p></li>'
            )
        written.append("</ol>")
        return "".join(written)

    def _inner_item(self, item: FunctionChange, side):
        shown = getattr(item, side) if side else item.side
        name = side or (NEW_SIDE if item.new else OLD_SIDE)
        links = [
            f'<a href="{escape(self.urls[each])}{quote(at.code, safe="")}/'
            f'#{at.anchor}">{escape(self.names[each])}</a>'
            for each in ((side,) if side else (OLD_SIDE, NEW_SIDE))
            if (at := getattr(item, each))
        ]
        # Beside each other both sides hold the item: only the new one is the target.
        anchored = not side or name == NEW_SIDE or item.new is None
        identity = f' id="{item.anchor}"' if anchored else ""
        tags = [change_tag(item.change, item.weight), place_tag(item)]
        return (
            f'<li{identity}><span class="n">{shown.printed_label}</span>'
            f"<p>{marked(item.redline, side)} "
            f'<span class="change-head">{" ".join(filter(None, [*tags, *links]))}'
            f"</span></p>{self._items(item, side)}</li>"
        )


def _place(side) -> str:
    """``núm. 4``, of an item ``núm. 4, b)``."""
    number, *inner = side.path
    printed = [labels.printed_label(level, at) for level, at in enumerate(inner, 1)]
    return _("núm. %(place)s") % {"place": ", ".join([str(number), *printed])}


def _differs(item: FunctionChange) -> bool:
    return (
        item.overall is not None
        or item.reordered
        or item.change == MOVED
        or bool(item.left)
    )


def _paragraph(block: BlockChange, side):
    if side and getattr(block, side) is None:
        return ""
    return f"<p>{marked(block.redline, side)}</p>"


def _chart_text(side):
    if side is None:
        return ""
    since = (
        _("vigente desde el %(day)s") % {"day": spoken_date(side.effective_from)}
        if side.effective_from
        else _("sin fecha de vigencia")
    )
    return f"{side.number} {side.title}, {since}"


def _heading(old, new):
    return marked(redline(old, new))


def _remarks(remarks):
    text = " ".join(filter(None, remarks))
    return f'<p class="remark">{escape(text)}</p>' if text else ""


def _links(links):
    return f'<p class="change-head">{" ".join(links)}</p>'
