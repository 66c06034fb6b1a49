"""A comparison of two editions, for the OpenAPI document."""

from review.compare.changes import CHAPTER_CHANGES, FUNCTION_CHANGES, UNIT_CHANGES
from review.compare.jsonformat import FORMAT
from review.compare.pairing import KEYS

_UNIT = {
    "key": "9dd1b5c8-eb5a-4e53-a5e9-343100b4bd1f",
    "code": "8.4.3",
    "name": "Coordinación de Ejemplo",
    "kind": "Coordinación",
    "parent_code": "8.4",
}
_FUNCTION = {
    "key": "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90",
    "code": "8.4.3",
    "number": 1,
    "label": "1",
    "anchor": "f1",
    "text": "Coordinar los programas.",
}
_WEIGHED = {"substantive": 1, "terminology": 0, "cosmetic": 0}
_NONE = {"substantive": 0, "terminology": 0, "cosmetic": 0}


def _example_counts(names, total: int, **counted) -> dict:
    return {
        "total": {"old": total, "new": total},
        **dict.fromkeys(names, 0),
        **counted,
    }


EXAMPLE = {
    "format": FORMAT,
    "old": {"manual": "demo", "edition": "2021"},
    "new": {"manual": "demo", "edition": "2024"},
    "matched": KEYS,
    "summary": {
        "same": False,
        "units": _example_counts(UNIT_CHANGES, 97, same=97, differing=1),
        "functions": {
            **_example_counts(FUNCTION_CHANGES, 1960, same=1959, reworded=1),
            "reordered": 0,
            "by_weight": _WEIGHED,
            "modified": 1,
            "modified_by_weight": _WEIGHED,
        },
        "items": {
            **_example_counts(FUNCTION_CHANGES, 215, same=215),
            "reordered": 0,
            "by_weight": _NONE,
        },
        "chapters": _example_counts(CHAPTER_CHANGES, 8, same=8),
        "edition": 1,
        "manual": 0,
        "terms": 0,
    },
    "manual": {},
    "edition": {"label": ["2021", "2024"]},
    "chapters": [],
    "terminology": [],
    "successions": [],
    "units": [
        {
            "key": _UNIT["key"],
            "changes": ["same"],
            "confidence": 1.0,
            "from": [],
            "to": [],
            "old": _UNIT,
            "new": _UNIT,
            "renumbering": None,
            "reordered": False,
            "name": None,
            "objective": None,
            "fields": {},
            "left": [],
            "functions": [
                {
                    "key": _FUNCTION["key"],
                    "change": "reworded",
                    "weight": "substantive",
                    "overall": "substantive",
                    "confidence": 1.0,
                    "reordered": False,
                    "via": None,
                    "old": _FUNCTION,
                    "new": {
                        **_FUNCTION,
                        "text": "Evaluar los programas.",
                    },
                    "redline": [
                        ["-", "Coordinar"],
                        ["+", "Evaluar"],
                        ["=", " los programas."],
                    ],
                    "left": [],
                    "items": [],
                }
            ],
        }
    ],
}
