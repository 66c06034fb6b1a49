"""Importing, exporting and duplicating editions in the admin."""

from exchange.admin import editions  # noqa: F401
