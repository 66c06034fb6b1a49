"""What people decide about an edition, in the admin."""

from review.admin import catalogues, editions, notes, structure, successions

__all__ = ["catalogues", "editions", "notes", "structure", "successions"]
