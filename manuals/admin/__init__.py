"""The administration of manuals, editions, chapters and accounts.

base, forms, steps, rows, history and content are what upper apps build on.
"""

from manuals.admin import (  # noqa: F401
    chapters,
    editions,
    glossary,
    manuals,
    people,
    records,
)
