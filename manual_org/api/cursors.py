"""A place in a list whose rows come and go, as opaque text.

A place is told by its neighbours: what stood before it and what stood after. In the
list as it is now, the place is where most of them agree. So rows that are deleted or
added elsewhere move it rightly, also when the last row that was read is among them;
where all near neighbours are gone, something may be read twice, but nothing is missed.
Signed, so that what comes back is what was given out.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.utils.crypto import constant_time_compare, salted_hmac

NEAR = 6  # neighbours on each side
_DIGEST = 6  # bytes for each of them
_SIGNATURE = 8


class NotACursor(ValueError):
    """The text was not given out, or for another list."""


@dataclass(frozen=True)
class Place:
    """Digests of the keys before a place, and of those after it."""

    before: tuple[bytes, ...]
    after: tuple[bytes, ...]


def place_at(cut: int, keys: Sequence[str], besides: Iterable[int] = ()) -> Place:
    """The place before the row with the index ``cut``.

    ``besides`` are other indexes around which neighbours are remembered: the ends of
    what would be deleted in one piece.
    """
    indexes = set(range(cut - NEAR, cut + NEAR))
    for index in besides:
        indexes.update((index - 2, index - 1, index, index + 1))
    indexes = sorted(index for index in indexes if 0 <= index < len(keys))
    return Place(
        tuple(_digest(keys[index]) for index in indexes if index < cut),
        tuple(_digest(keys[index]) for index in indexes if index >= cut),
    )


def find(place: Place, keys: Sequence[str]) -> int | None:
    """The index that the place is before now; None when nothing says where."""
    at = {_digest(key): index for index, key in enumerate(keys)}
    before = [at[digest] for digest in place.before if digest in at]
    after = [at[digest] for digest in place.after if digest in at]
    return max(
        sorted({*(index + 1 for index in before), *after}),
        key=lambda cut: (
            sum(index < cut for index in before) + sum(index >= cut for index in after)
        ),
        default=None,
    )


def write(of: str, places: Iterable[Place]) -> str:
    """The text of a place, or of one place inside another, in the list named ``of``."""
    body = _digest(of)
    for place in places:
        body += bytes((len(place.before), len(place.after)))
        body += b"".join((*place.before, *place.after))
    return _text(body + _signature(body))


def read(of: str, text: str) -> list[Place]:
    """The places of a text that write() gave; NotACursor for any other."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise NotACursor from None
    body, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    if _text(raw) != text or not constant_time_compare(signature, _signature(body)):
        raise NotACursor
    if body[:_DIGEST] != _digest(of):
        raise NotACursor
    places, at = [], _DIGEST
    while at < len(body):
        before, after = body[at : at + 2]
        at += 2
        digests = [
            body[at + n * _DIGEST : at + (n + 1) * _DIGEST]
            for n in range(before + after)
        ]
        places.append(Place(tuple(digests[:before]), tuple(digests[before:])))
        at += (before + after) * _DIGEST
    return places


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _digest(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=_DIGEST).digest()


def _signature(body: bytes) -> bytes:
    return salted_hmac("manual_org.api.cursors", body).digest()[:_SIGNATURE]
