"""Checks of an edition's content: pure rules on the neutral document.

``check(document, catalogues)`` gives the findings of every rule in
review/checks/rules/; ``review.checks.editions`` applies it to a stored edition.
"""

from review.checks.catalogues import Catalogues, shipped
from review.checks.findings import Finding, Hit, Place, Rule, Severity, fixed, rule
from review.checks.registry import all_rules, check

__all__ = [
    "Catalogues",
    "Finding",
    "Hit",
    "Place",
    "Rule",
    "Severity",
    "all_rules",
    "check",
    "fixed",
    "rule",
    "shipped",
]
