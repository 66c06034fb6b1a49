"""From which span of control on a unit deserves a look: advice, never an error.

Nothing is refused or counted as wrong because of these. Pure.
"""

# L. F. Urwick, "The Manager's Span of Control", Harvard Business Review 34 (1956):
# five or at most six subordinates whose work interlocks. Disputed since; units whose
# work is of one kind stand more (H. Mintzberg, "The Structuring of Organizations",
# 1979, chapter 8).
WIDE = 6
WIDE_SOURCE = (
    "Urwick (Harvard Business Review, 1956) aconseja no más de seis subordinaciones "
    "directas cuando sus trabajos se entrelazan; si son de la misma clase caben más."
)

# A criterion of this system, not of a norm: a level with one unit below it divides no
# work, and may be a level too many or a branch that is not complete yet.
NARROW = 1
NARROW_SOURCE = (
    "Criterio de este sistema: con una sola unidad subordinada el nivel no reparte "
    "trabajo; puede sobrar, o faltar algo en la rama."
)
