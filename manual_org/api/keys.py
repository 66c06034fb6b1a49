"""Keys of tokens: how they are made, recognised and kept.

``mo_`` and 43 signs at random (256 bits), then six that check them: scanners for
secrets find a key that was published by mistake, and a key with a typing error costs
no query. Stored is only the SHA-256, which says nothing about so long a secret; found
by an index, it gives nothing away by the time that it takes.

Keys of tokens made before have 40 hexadecimal digits.
"""

from __future__ import annotations

import re
import secrets
import string
from hashlib import sha256
from zlib import crc32

MARK = "mo_"
SIGNS = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM = 43
CHECK = 6
SHOWN = 8  # signs after the mark
FORM = re.compile(rf"{MARK}([0-9A-Za-z]{{{RANDOM}}})([0-9A-Za-z]{{{CHECK}}})")
OLD_FORM = re.compile(r"[0-9a-f]{40}")


def new_key() -> str:
    body = "".join(secrets.choice(SIGNS) for _sign in range(RANDOM))
    return f"{MARK}{body}{_check(body)}"


def is_well_formed(key: str) -> bool:
    """Whether it may be a key at all."""
    found = FORM.fullmatch(key)
    if found is None:
        return OLD_FORM.fullmatch(key) is not None
    return _check(found[1]) == found[2]


def digest_of(key: str) -> str:
    return sha256(key.encode("ascii")).hexdigest()


def prefix_of(key: str) -> str:
    """The beginning by which people recognise it; the rest cannot be guessed."""
    return key[: (len(MARK) if key.startswith(MARK) else 0) + SHOWN]


def _check(body: str) -> str:
    number, signs = crc32(body.encode("ascii")), ""
    for _sign in range(CHECK):
        number, rest = divmod(number, len(SIGNS))
        signs = SIGNS[rest] + signs
    return signs
