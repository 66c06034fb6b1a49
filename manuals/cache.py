"""The one cache: things derived from a closed edition, kept in this process.

What an authorised edition says never changes, so what is computed from it stays right
for as long as the process lives; drafts never pass through here. Bounded: the things
used longest ago go first; something large counts for as many as its ``cache_weight``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import TypeVar

T = TypeVar("T")

CAPACITY = 256

_kept: OrderedDict[tuple, object] = OrderedDict()
_lock = Lock()
_weight = 0


def for_edition(edition, name: str, build: Callable[[], T]) -> T:
    """``build()``, computed once per closed edition and name; always for a draft.

    The edition is known by its key, which no other edition ever has.
    """
    return for_editions((edition,), name, build)


def for_editions(editions: Iterable, name: str, build: Callable[[], T]) -> T:
    """The same for what is derived from several editions, in their order.

    One draft among them is enough for nothing to be kept.
    """
    editions = tuple(editions)
    if not all(edition.is_closed for edition in editions):
        return build()
    key = (*(edition.key for edition in editions), name)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    value = build()
    global _weight
    with _lock:
        if key not in _kept:
            _weight += _weight_of(value)
            _kept[key] = value
        while _weight > CAPACITY and len(_kept) > 1:
            _weight -= _weight_of(_kept.popitem(last=False)[1])
    return value


def _weight_of(value) -> int:
    return getattr(value, "cache_weight", 1)


def clear() -> None:
    """Forget everything; for tests and measurements."""
    global _weight
    with _lock:
        _kept.clear()
        _weight = 0
