"""What people decide about an edition, in the admin."""

from review.admin import (
    catalogues,
    common_offer,
    editions,
    notes,
    structure,
    successions,
)

__all__ = [
    "catalogues",
    "common_offer",
    "editions",
    "notes",
    "structure",
    "successions",
]
