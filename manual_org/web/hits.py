"""What a search found, as HTML: hits, units responsible, and the words around them.

Every function takes plain values and returns one escaped string, safe for templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from functions.search import Direct, Hit, Kind, Piece, Responsible
from manual_org.web.unit_links import unit_address
from manual_org.web.words import number
from manuals.models import Edition
from units.outline import OutlineUnit

HITS_OF_UNIT = 3


class Shower:
    """Shows hits; ``address`` gives that of an edition, ``names`` says which it is.

    The name of an edition is shown where it is not the page's own. ``lines`` may be
    kept with an edition: how each of its units, functions and items is named and
    linked.
    """

    def __init__(
        self,
        address: Callable[[Edition], str],
        name: Callable[[Edition], str] | None = None,
        lines: dict | None = None,
    ):
        self._address = address
        self._name = name
        self._lines = {} if lines is None else lines

    def named(self, edition: Edition) -> str:
        """The name of an edition; "" where it goes without saying."""
        return self._name(edition) if self._name else ""

    def hits(self, found: Iterable[Hit], first: int = 1) -> SafeString:
        """The list of a page, its first hit numbered ``first``."""
        start = f' start="{first}"' if first > 1 else ""
        items = "".join([f"<li>{self._hit(hit)}</li>\n" for hit in found])
        return SafeString(f'<ol class="hits"{start}>{items}</ol>')

    def brief(self, found: Iterable[Hit]) -> SafeString:
        """A short list of links, for a panel."""
        items = []
        for hit in found:
            place = " · ".join(filter(None, [self._place(hit), self._edition(hit)]))
            text = "" if _is_named(hit) else marked(hit.snippet)
            items.append(
                f'<li><a data-hit href="{self.url(hit)}">{self._title(hit)}'
                f"<small>{escape(place)}</small>{text}</a></li>\n"
            )
        return SafeString(f"<ul>{''.join(items)}</ul>")

    def responsible(self, found: Iterable[Responsible]) -> SafeString:
        """The units, each with its first hits and how many more there are."""
        return SafeString(
            '<ol class="hits">'
            + "".join(f"<li>{self._responsible(one)}</li>\n" for one in found)
            + "</ol>"
        )

    def leaders(self, found: Iterable[Responsible]) -> SafeString:
        """Links to units, without what says so."""
        items = "".join(
            f'<li><a data-hit href="{self._unit_url(one)}">{_code(one.unit)} '
            f"{escape(one.unit.name)}</a> {_tag(self.named(one.edition))}</li>\n"
            for one in found
        )
        return SafeString(f'<ul class="plain">{items}</ul>')

    def direct(self, direct: Direct) -> SafeString:
        """A link to what a code names."""
        url = self.direct_url(direct)
        words = self._item_words(direct.anchor)
        return SafeString(
            f'<a data-hit href="{url}">{_code(direct.unit)} {escape(direct.unit.name)}'
            + (f", {escape(words)}" if words else "")
            + "</a>"
        )

    def direct_url(self, direct: Direct) -> str:
        return _with_anchor(
            unit_address(self._address(direct.edition), direct.unit.code), direct.anchor
        )

    def url(self, hit: Hit) -> str:
        if hit.unit is not None:
            return _with_anchor(self._known(hit.edition, hit.unit)[0], hit.anchor)
        edition = self._address(hit.edition)
        page = f"{edition}capitulos/{hit.chapter_number}/"
        return escape(_with_anchor(page, hit.anchor))

    def _unit_url(self, one):
        return self._known(one.edition, one.unit)[0]

    def _hit(self, hit):
        if _is_named(hit):
            return f"{self._head(hit)}{self._path(hit, kind=self._place(hit))}"
        text = f'<p class="hit-text">{marked(hit.snippet)}</p>'
        if not hit.anchor:
            return f"{self._head(hit)}{text}{self._path(hit, kind=self._place(hit))}"
        if hit.unit is None:
            return f"{self._head(hit)}{text}{self._path(hit)}"
        slot = hit.unit, hit.anchor
        known = self._lines.get(slot)
        if known is None:
            path = "" if self._name else self._path(hit)
            known = self._lines[slot] = self._head(hit), path
        head, path = known
        return f"{head}{text}{path or self._path(hit)}"

    def _head(self, hit):
        place = f" · {escape(self._place(hit))}" if hit.anchor else ""
        return (
            f'<h3><a data-hit href="{self.url(hit)}">{self._title(hit)}{place}</a></h3>'
        )

    def _path(self, hit, kind=""):
        """Where it stands: its kind, the units above it, its edition."""
        edition = _tag(self._edition(hit)) if self._name else ""
        return self._line(_tag(kind), hit.edition, hit.unit, edition)

    def _edition(self, hit):
        said = self.named(hit.edition)
        if said and hit.editions > 1:
            said = ngettext(
                "%(edition)s y otra edición",
                "%(edition)s y otras %(count)s ediciones",
                hit.editions - 1,
            ) % {"edition": said, "count": number(hit.editions - 1)}
        return said

    def _responsible(self, one):
        url = self._unit_url(one)
        shown = one.hits[:HITS_OF_UNIT]
        items = "".join(
            f'<li><a href="{self.url(hit)}">{escape(self._place(hit))}</a> '
            f"{marked(hit.snippet)}</li>"
            for hit in shown
        )
        more = one.count - len(shown)
        if more > 0:
            said = ngettext("Y %(count)s más.", "Y otras %(count)s.", more)
            items += f'<li class="quiet">{escape(said % {"count": number(more)})}</li>'
        edition = _tag(self.named(one.edition))
        return (
            f'<h3><a data-hit href="{url}">{_code(one.unit)} {escape(one.unit.name)}'
            f"</a></h3>{self._line('', one.edition, one.unit, edition)}"
            f'<ul class="plain">{items}</ul>'
        )

    # Translated once for a whole list.
    @cached_property
    def _forms(self):
        return _("función %s"), _("inciso %s)"), _("subinciso %s)")

    @cached_property
    def _paragraph_form(self):
        return _("párrafo %s")

    @cached_property
    def _chain_form(self):
        return f'<span class="visually-hidden">{escape(_("Depende de"))} </span>%s'

    def _place(self, hit):
        """What it is in words: ``función 12, inciso b)``; a unit's level."""
        if hit.anchor:
            return self._item_words(hit.anchor)
        return hit.unit.kind if hit.kind == Kind.UNIT else _("Capítulo")

    def _item_words(self, anchor):
        if not anchor:
            return ""
        if anchor.startswith("p"):
            return self._paragraph_form % anchor[1:]
        labels = anchor[1:].split("-")
        return ", ".join(
            form % label for form, label in zip(self._forms, labels, strict=False)
        )

    def _line(self, kind: str, of: Edition, unit: OutlineUnit | None, name: str) -> str:
        """A line with the units above one, but the root, of which all are."""
        chain = self._known(of, unit)[2] if unit else ""
        said = " ".join(filter(None, [kind, chain, name]))
        return f'<p class="hit-path">{said}</p>' if said else ""

    def _title(self, hit):
        if hit.unit is None:
            return escape(f"{hit.chapter_number}. {hit.chapter_title}")
        if _is_named(hit):
            return f"{_code(hit.unit)} {marked(hit.snippet)}"
        return self._known(hit.edition, hit.unit)[1]

    def _known(self, edition: Edition, unit: OutlineUnit) -> tuple[str, str, str]:
        """A unit's address, its title, and the units above it."""
        known = self._lines.get(unit)
        if known is None:
            names = [escape(above.name) for above in unit.chain()[1:]]
            known = self._lines[unit] = (
                escape(unit_address(self._address(edition), unit.code)),
                f"{_code(unit)} {escape(unit.name)}",
                self._chain_form % " › ".join(names) if names else "",
            )
        return known


def marked(pieces: Iterable[Piece]) -> str:
    """A snippet, what was looked for in ``<mark>``."""
    return "".join(
        [
            f"<mark>{escape(text)}</mark>" if is_match else escape(text)
            for text, is_match in pieces
        ]
    )


def _with_anchor(page, anchor):
    return f"{page}#{anchor}" if anchor else page


def _code(unit):
    return f'<span class="code">{escape(unit.code)}</span>'


def _is_named(hit):
    """Whether its snippet is nothing but its name, which the title shows."""
    return hit.unit is not None and not hit.anchor and hit.text == hit.unit.name


def _tag(words: str) -> str:
    return f'<span class="tag tag-quiet">{escape(words)}</span>' if words else ""
