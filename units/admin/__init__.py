"""The administration of the tree: units, levels, branches of editors."""

from units.admin import chapters, editions, grants, kinds, units  # noqa: F401
