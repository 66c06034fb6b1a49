"""What a new structure does to the one before it: pure functions on two documents.

``effect_of(old, new)`` computes it; ``review.reorganisation.editions`` applies it to
stored editions.
"""

from review.reorganisation.computing import effect_of
from review.reorganisation.effect import Effect, UnitRef

__all__ = ["Effect", "UnitRef", "effect_of"]
