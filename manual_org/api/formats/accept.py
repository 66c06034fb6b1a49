"""Which of the offered media types an Accept header prefers (RFC 9110, 12.5.1).

Parameters other than ``q`` do not count: ``application/json; indent=4`` is JSON. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache

MOST_RANGES = 64
# Commas part the ranges, but not inside a quoted parameter.
_RANGES = re.compile(r'(?:[^,"]|"[^"]*")+')
_RANGE = re.compile(
    r"\s*(\*|[-!#$%&'+.^`|~\w]+/(?:\*|[-!#$%&'+.^`|~\w]+)|\*/\*)\s*(?:;|$)"
)
_QUALITY = re.compile(r";\s*q\s*=\s*([^;\s]*)", re.IGNORECASE)
_NUMBER = re.compile(r"0?\.[0-9]+|0\.?|1(?:\.0*)?")  # some leave the zero out


@lru_cache(maxsize=512)
def chosen(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """The media type to answer with; None where none is acceptable.

    The first offered one wins where several are equally welcome, and where no
    preference is stated.
    """
    if not accept or not accept.strip(", \t"):
        return offered[0]
    ranges = _qualities(accept)
    best, most = None, 0.0
    for media_type in offered:
        quality = _quality_of(media_type, ranges)
        if quality > most:
            best, most = media_type, quality
    return best


def _quality_of(media_type: str, ranges: dict[str, float]) -> float:
    """By the most specific range that covers it."""
    for pattern in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        if pattern in ranges:
            return ranges[pattern]
    return 0.0


def _qualities(accept: str) -> dict[str, float]:
    """Media range -> quality; without what is malformed, the best of equals."""
    found: dict[str, float] = {}
    for one in _RANGES.findall(accept)[:MOST_RANGES]:
        match = _RANGE.match(one)
        stated = _QUALITY.search(one)
        if not match or (stated and not _NUMBER.fullmatch(stated[1])):
            continue
        # Some clients write a single asterisk for anything.
        pattern = "*/*" if match[1] == "*" else match[1].lower()
        quality = float(stated[1]) if stated else 1.0
        found[pattern] = max(quality, found.get(pattern, 0.0))
    return found
