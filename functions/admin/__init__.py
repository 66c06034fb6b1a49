"""Functions in the admin: edited inside their unit, in order, with their items."""

from functions.admin import editions, functions, structure, synonyms, units  # noqa: F401
