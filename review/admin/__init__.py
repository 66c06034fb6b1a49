"""What people decide about an edition, in the admin."""

from review.admin import editions, notes, successions

__all__ = ["editions", "notes", "successions"]
