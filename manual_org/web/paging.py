"""Long documents cut into pages by their size, between one piece and the next."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString

PAGE_CHARACTERS = 200_000


def in_pages(pieces: Iterable[str], most: int | None = None) -> list[SafeString]:
    """The escaped pieces joined into pages of at most so many characters.

    A longer piece is a page of its own; of nothing there is one empty page.
    """
    most = PAGE_CHARACTERS if most is None else most
    pages: list[list[str]] = [[]]
    taken = 0
    for piece in pieces:
        if pages[-1] and taken + len(piece) > most:
            pages.append([])
            taken = 0
        pages[-1].append(piece)
        taken += len(piece)
    return [SafeString("".join(page)) for page in pages]
