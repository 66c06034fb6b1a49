"""What people decide about an edition, in the admin."""

from review.admin import editions, notes, structure, successions

__all__ = ["editions", "notes", "structure", "successions"]
