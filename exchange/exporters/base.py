"""What an exporter is: a pure function of the document, and how its file is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exchange.document import Document


@dataclass(frozen=True)
class Exporter:
    """``render(document)`` returns the file's bytes; ``label`` is its name for people.

    ``render_branch(document, code)`` is for formats in which a unit and what is below
    it is not written like an edition that has nothing else.
    """

    name: str
    label: str
    extension: str
    media_type: str
    render: Callable[[Document], bytes]
    render_branch: Callable[[Document, str], bytes] | None = None

    def branch(self, document: Document, code: str) -> bytes:
        """A unit and everything below it; KeyError for a code that there is not."""
        if self.render_branch:
            return self.render_branch(document, code)
        return self.render(document.branch(code))
