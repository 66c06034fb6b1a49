"""What people decide about an edition, in the admin."""

from review.admin import editions, notes

__all__ = ["editions", "notes"]
