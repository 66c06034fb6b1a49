"""The one exception of reading: the source cannot be taken as a manual."""

from __future__ import annotations

from collections.abc import Iterable


class ImportRejected(Exception):
    """The source is refused and nothing of it may be written.

    ``message`` is one Spanish sentence fit to show; ``code`` names the reason for
    programs; ``line`` is the 1-based line of the source where one is to blame;
    ``about`` are the things stored that stand in the way.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "rejected",
        line: int | None = None,
        about: Iterable[object] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.line = line
        self.about = tuple(about)


class Unaccounted(ImportRejected):
    """The importer's own account does not add up: a bug, and a refusal all the same.

    Raised rather than losing or doubling a character of the source in silence.
    """

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(
            "El lector no puede dar cuenta de todos los caracteres del documento "
            f"({detail}); no se importó nada.",
            code="unaccounted",
            line=line,
        )
