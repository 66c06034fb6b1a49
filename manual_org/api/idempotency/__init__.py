"""Trying a POST again without doing it twice: the Idempotency-Key header."""
