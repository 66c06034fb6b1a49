"""Every rule there is, found in review/checks/rules, and running them. Pure.

A new rule is a new module there, or a new function in one: nothing else lists it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module

from exchange.document import Document
from review.checks import rules
from review.checks.catalogues import Catalogues
from review.checks.findings import Finding, Rule
from review.checks.subject import Subject


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by its id, in alphabetical order.

    Raises ValueError where two rules have one id.
    """
    found: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        for one in vars(import_module(module.name)).values():
            if isinstance(one, Rule) and found.setdefault(one.id, one) is not one:
                raise ValueError(f"two rules have the id {one.id}")
    return dict(sorted(found.items()))


def check(
    document: Document, catalogues: Catalogues, only: Iterable[str] | None = None
) -> list[Finding]:
    """What the rules find in an edition, in reading order; chapters come first.

    ``only`` names the rules to apply; raises KeyError for one that does not exist.
    """
    known = all_rules()
    chosen = known.values() if only is None else [known[name] for name in only]
    subject = Subject(document, catalogues)
    found = [finding for one in chosen for finding in one.check(subject)]
    return sorted(
        found, key=lambda one: (one.place.order, one.hit.start, one.hit.end, one.rule)
    )
