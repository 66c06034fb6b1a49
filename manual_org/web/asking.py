"""What an address of the search asks: its words and filters, and the ways to others.

Everything that is asked stands in the address, so that it can be linked and kept. What
is no kind, no page, no day falls away; whether a code or a manual exists is seen where
the search is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from urllib.parse import quote_plus

from django.utils.safestring import SafeString

from functions.search import Kind

MOST_CHARACTERS = 500  # of a query; its words stand in every link of the page
TITLE = 60  # characters of a query
KINDS = {
    "unidad": Kind.UNIT,
    "funcion": Kind.FUNCTION,
    "inciso": Kind.ITEM,
    "capitulo": Kind.CHAPTER,
}
_ASKS_WHO = re.compile(
    r"(?:.*¿)?\s*(?:a |con |de |en |por )?(?:qui[eé]n(?:es)?|d[oó]nde|qu[eé] unidad)\b",
    re.I,
)
_WORDS = {kind: word for word, kind in KINDS.items()}
WHO = "quien"
ALL_EDITIONS = "todas"


@dataclass(frozen=True)
class Asked:
    """A search as its address says it.

    ``under`` limits it to a unit and below, ``branch`` to a branch that was counted,
    ``start`` is the unit whose page one came from; all three are codes, or keys where
    codes of several manuals could meet. ``nearest`` puts what is near ``start`` first.
    ``manual``, ``all_editions`` and ``day`` say which editions, where the address does
    not; ``wrong_day`` is what was given in place of a day.
    """

    text: str = ""
    is_cut: bool = False
    kind: Kind | None = None
    under: str = ""
    branch: str = ""
    start: str = ""
    who: bool = False
    nearest: bool = False
    page: int = 1
    manual: str = ""
    all_editions: bool = False
    day: date | None = None
    wrong_day: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Asked:
        def given(name: str) -> str:
            return parameters.get(name, "").replace("\0", "").strip()

        text = " ".join(given("q").split())
        page, day = given("pagina"), given("fecha")
        return cls(
            text=text[:MOST_CHARACTERS].strip(),
            is_cut=len(text) > MOST_CHARACTERS,
            kind=KINDS.get(given("tipo")),
            under=given("bajo")[:255],
            branch=given("rama")[:255],
            start=given("desde")[:255],
            who=given("vista") == WHO,
            nearest=given("cerca") == "1",
            page=int(page) if page.isascii() and page.isdigit() else 1,
            manual=given("manual")[:80],
            all_editions=given("ediciones") == ALL_EDITIONS,
            day=_day(day),
            wrong_day=day[:40] if _day(day) is None else "",
        )

    @property
    def asks_who(self) -> bool:
        """Whether the words ask for a unit: «quién cobra», «debo, ¿dónde pago?»."""
        return _ASKS_WHO.match(self.text) is not None

    @cached_property
    def alone(self) -> Asked:
        """The same words, wherever they are looked for."""
        return Asked(text=self.text, who=self.who)

    @property
    def title(self) -> str:
        """What was typed, as short as the title of a page."""
        text = self.text
        return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"

    @property
    def hidden(self) -> SafeString:
        """What the form keeps besides what it shows."""
        said = {"bajo": self.under, "desde": self.start, "vista": WHO * self.who}
        return SafeString(
            "".join(
                f'<input type="hidden" name="{name}" value="{escape(value)}">'
                for name, value in said.items()
                if value
            )
        )

    @cached_property
    def _fields(self) -> dict[str, str]:
        """Each parameter that says something, with its value as an address has it."""
        return {
            parameter: _pair(parameter, said)
            for name, (parameter, write) in _WRITTEN.items()
            if (value := getattr(self, name)) and (said := write(value))
        }

    def query(self, **changes) -> str:
        """The query string, with its question mark, of this search but for changes.

        Of its first page, unless they say which.
        """
        fields = self._fields.copy()
        fields.pop("pagina", None)
        for name, value in changes.items():
            parameter, write = _WRITTEN[name]
            if said := write(value):
                fields[parameter] = _pair(parameter, said)
            else:
                fields.pop(parameter, None)
        if len(fields) > 1:
            fields = dict(sorted(fields.items(), key=_in_order))
        return f"?{'&'.join(fields.values())}"


# Attribute -> its parameter, and how its value is written there.
_WRITTEN = {
    "text": ("q", str),
    "kind": ("tipo", lambda kind: _WORDS.get(kind, "")),
    "under": ("bajo", str),
    "branch": ("rama", str),
    "start": ("desde", str),
    "who": ("vista", lambda who: WHO if who else ""),
    "nearest": ("cerca", lambda nearest: "1" if nearest else ""),
    "manual": ("manual", str),
    "all_editions": ("ediciones", lambda every: ALL_EDITIONS if every else ""),
    "day": ("fecha", lambda day: day.isoformat() if day else ""),
    "page": ("pagina", lambda page: str(page) if page > 1 else ""),
}


_ORDER = {parameter: at for at, (parameter, _write) in enumerate(_WRITTEN.values())}


def _in_order(field: tuple[str, str]) -> int:
    return _ORDER[field[0]]


def _pair(parameter: str, value: str) -> str:
    return f"{parameter}={quote_plus(value)}"


def _day(text):
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
