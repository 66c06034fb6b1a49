"""Importing, exporting and duplicating editions, and doubtful matches, in the admin."""

from exchange.admin import doubts, editions  # noqa: F401
