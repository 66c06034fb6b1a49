"""What an exporter is: a pure function of the document, and how its file is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exchange.document import Document


@dataclass(frozen=True)
class Exporter:
    """``render(document)`` returns the file's bytes."""

    name: str
    extension: str
    media_type: str
    render: Callable[[Document], bytes]
