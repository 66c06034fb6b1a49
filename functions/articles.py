"""The article before a noun, made to agree with another noun's gender.

«de las » before a masculine is «de los », «del » before a feminine «de la ». The number
stays; «el agua» and its like are feminine nouns that a person must see to. No Django.
"""

from __future__ import annotations

import re
from typing import Literal

Gender = Literal["m", "f"]

# The article with what it contracts with; "el" in "de el" is never written.
_ARTICLE = re.compile(
    r"(?<!\w)(?:(?P<contracted>del|al)|(?:(?P<before>de|a)(?P<gap>\s+))?"
    r"(?P<article>el|la|los|las))\s+$",
    re.IGNORECASE,
)
_REACH = 20  # characters before the noun that may hold it
_OTHER = {
    "m": {"la": "el", "las": "los"},
    "f": {"el": "la", "los": "las"},
}


def agreeing(text: str, start: int, gender: Gender) -> tuple[int, str]:
    """Where the article before ``text[start:]`` begins, and what it should be.

    Both with the blanks after it; ``(start, "")`` when nothing is to change.
    """
    found = _article(text, start)
    if found is None:
        return start, ""
    old = found.group()
    new = _agreed(found, gender)
    if new is None or new == old.lower():
        return start, ""
    if old.strip().isupper() and len(old.strip()) > 1:
        return found.start(), new.upper()
    return found.start(), new[0].upper() + new[1:] if old[0].isupper() else new


def follows_article(text: str, start: int) -> bool:
    """Whether an article stands right before ``text[start:]``."""
    return _article(text, start) is not None


def _article(text: str, start: int) -> re.Match | None:
    begin = max(0, start - _REACH)
    found = _ARTICLE.search(text, begin, start)
    # At the bound a word cut in two looks like an article.
    return None if found is None or (begin and found.start() == begin) else found


def _agreed(found: re.Match, gender: Gender) -> str | None:
    blank = found.group()[len(found.group().rstrip()) :]
    if contracted := found["contracted"]:
        if gender == "m":
            return None
        return f"{'de' if contracted.lower() == 'del' else 'a'} la{blank}"
    article = found["article"].lower()
    other = _OTHER[gender].get(article)
    if other is None:
        return None
    before = (found["before"] or "").lower()
    if other == "el" and before:
        return f"{'del' if before == 'de' else 'al'}{blank}"
    return f"{before}{found['gap'] or ''}{other}{blank}"
