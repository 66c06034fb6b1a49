"""Webhooks in the administration: whom to tell, and what came of it."""

from manual_org.webhooks.admin import deliveries, endpoints  # noqa: F401
