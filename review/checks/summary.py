"""How many findings there are, of which severity. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from review.checks.findings import Finding, Severity


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """The counts of each severity without the waived ones, and of those."""
    counts = {str(severity): 0 for severity in Severity}
    waived = 0
    for finding in findings:
        if finding.waived:
            waived += 1
        else:
            counts[str(finding.severity)] += 1
    return {**counts, "waived": waived}


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """The errors that nobody waived."""
    return [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR and not finding.waived
    ]


def waived(findings: Iterable[Finding], fingerprints: Iterable[str]) -> list[Finding]:
    """The findings, those with one of these fingerprints waived."""
    known = frozenset(fingerprints)
    return [
        finding.waive() if finding.fingerprint in known else finding
        for finding in findings
    ]
