"""Characters that no text of a manual holds, for forms, API and imports alike.

Control characters other than tabs and line ends have no place in a text, and XML,
PostgreSQL or UTF-8 do not take them; neither do halves of surrogate pairs, nor U+FFFE
and U+FFFF, which are no characters. Soft hyphens and joiners of no width are letters to
this. Knows no Django.
"""

from __future__ import annotations

import re

UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
SHOWN = 40  # characters said of what stands before one


def code_of(character: str) -> str:
    """``U+0007``."""
    return f"U+{ord(character):04X}"


def words_before(text: str, at: int) -> str:
    """The end of what stands before a place, to find it by; of one line, cleaned."""
    before = UNWRITABLE.sub("", text[:at])
    return " ".join(before[-SHOWN:].split())
