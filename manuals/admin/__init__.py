"""The administration of manuals, editions, chapters and accounts.

base, forms, steps, rows, history and content are what upper apps build on.
"""

from manuals.admin import chapters, editions, manuals, people, records  # noqa: F401
