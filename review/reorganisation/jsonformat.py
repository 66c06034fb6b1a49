"""The stable JSON form ``manual-org/reorganisation/1`` of an effect.

Its JSON Schema is docs/manual-org-reorganisation-1.schema.json. Pure: no Django, no
database.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID

from functions.labels import label
from review.reorganisation.effect import Effect
from review.reorganisation.summary import summary
from review.reorganisation.thresholds import NARROW, NARROW_SOURCE, WIDE, WIDE_SOURCE

FORMAT = "manual-org/reorganisation/1"


def dumps(effect: Effect) -> bytes:
    """The effect as UTF-8 JSON with a stable order of keys and a final line end."""
    tree = to_dict(effect)
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def to_dict(effect: Effect) -> dict[str, Any]:
    """The effect as plain values, ready for any JSON writer."""
    return {
        "format": FORMAT,
        "old": _plain(effect.old),
        "new": _plain(effect.new),
        "matched": effect.matched,
        "summary": {"same": effect.is_none, **summary(effect)},
        "thresholds": {
            "wide": {"above": WIDE, "source": WIDE_SOURCE},
            "single": {"exactly": NARROW, "source": NARROW_SOURCE},
        },
        **{
            name: _plain(getattr(effect, name))
            for name in ("totals", "structure", "homes", "spans", "numbering")
        },
    }


def _plain(value: Any) -> Any:
    """Dataclasses as objects; ``path`` as ``3``, ``3-b`` or ``3-b-ii``."""
    if is_dataclass(value):
        return {
            one.name: (
                _path(getattr(value, one.name))
                if one.name == "path"
                else _plain(getattr(value, one.name))
            )
            for one in fields(value)
        }
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, UUID) else value


def _path(path: tuple[int, ...]) -> str | None:
    return "-".join(label(level, one) for level, one in enumerate(path)) or None
