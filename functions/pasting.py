"""A numbered list pasted into a unit's list: recognised, and put beside what is there.

Reading lists and pairing texts belong to exchange/, which this layer may not import; it
says how with :func:`recognise_with`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from functions.labels import printed_labels

LONGEST_PASTE = 200_000  # characters; the whole functions of a large unit are 40,000
MOST_ROWS = 600


@dataclass(frozen=True)
class PresentRow:
    """A row of the list on the screen, saved or not; ``id`` is the caller's."""

    id: str
    level: int
    text: str


@dataclass
class PastedRow:
    """A row that was recognised, from ``line`` of the text.

    ``id`` is that of the row on the screen that it continues, if any.
    """

    level: int
    text: str
    line: int | None = None
    id: str | None = None


@dataclass
class Pasted:
    """What was recognised; ``remarks`` tell what was read otherwise than printed."""

    rows: list[PastedRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def continued(self) -> int:
        """How many rows continue one that is there already."""
        return sum(row.id is not None for row in self.rows)

    def labels(self) -> list[str]:
        """The label of each row in a list of its own."""
        return printed_labels(row.level for row in self.rows)


Recogniser = Callable[[str, Sequence[PresentRow]], Pasted]


def _every_line(text: str, present: Sequence[PresentRow]) -> Pasted:
    """Until somebody says better: one function in each line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return Pasted([PastedRow(0, line) for line in lines if line])


_recognise: Recogniser = _every_line


def recognise_with(recogniser: Recogniser) -> None:
    """Have pasted lists read by ``recogniser`` (from ``ready()``).

    It raises ValidationError for a text that is no list of one unit.
    """
    global _recognise
    _recognise = recogniser


def recognise(text: str, present: Sequence[PresentRow]) -> Pasted:
    """The rows of a pasted list, each with the row on the screen that it continues.

    Raises ValidationError for a text that is empty, too long or of several units.
    """
    if not text.strip():
        raise ValidationError(_("Pegue primero la lista."))
    if len(text) > LONGEST_PASTE:
        raise ValidationError(
            _("El texto es demasiado largo: caben %(most)d caracteres.")
            % {"most": LONGEST_PASTE}
        )
    pasted = _recognise(text, present)
    if not pasted.rows:
        raise ValidationError(_("No se reconoció ninguna función en el texto."))
    if len(pasted.rows) > MOST_ROWS:
        raise ValidationError(
            _("La lista tiene más de %(most)d filas.") % {"most": MOST_ROWS}
        )
    return pasted
