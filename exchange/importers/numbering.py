"""Codes of units as tuples of numbers, and which code may come after which."""

from __future__ import annotations

Code = tuple[int, ...]


def parse(code: str) -> Code:
    """The parts of a code of digits and dots; of none, an empty tuple."""
    return tuple(int(part) for part in code.split(".")) if code else ()


def write(code: Code) -> str:
    return ".".join(map(str, code))


def follows(code: Code, previous: Code) -> bool:
    """Whether a code is the first child of the one before it in the text, or the next
    sibling of that one or of a unit above it.
    """
    if not previous or code == (*previous, 1):
        return True
    same = len(code) <= len(previous) and code[:-1] == previous[: len(code) - 1]
    return same and code[-1] == previous[len(code) - 1] + 1
