"""How the findings of a manual went from edition to edition."""

from __future__ import annotations

import time

from manuals.models import Edition
from review.admin.checks_found import Found
from review.checks.editions import catalogues_of, findings_of
from review.checks.summary import summary, waived
from review.waivers import fingerprints_waived

LAST = 12  # editions
SECONDS = 2.0  # of counting in one request; what it counted of closed ones is kept

Row = tuple[Edition, list[int] | None]


def trend(found: Found) -> list[Row]:
    """Counts of each severity and of the waived ones, in the manual's last editions.

    None for an edition whose turn did not come: to check one takes most of a second,
    and a manual may have many. Closed ones are counted once per process and come before
    other drafts, so that whoever asks again has more of them.
    """
    manual, started = found.edition.manual, time.monotonic()
    catalogues, prints = catalogues_of(manual), fingerprints_waived(manual)
    editions = Edition.objects.with_manual().filter(manual=manual)
    newest = list(editions.order_by("-pk")[:LAST])
    counted = {found.edition.pk: found.counts}
    for edition in sorted(newest, key=lambda one: not one.is_closed):
        if edition.pk in counted or time.monotonic() - started > SECONDS:
            continue
        findings = findings_of(edition, catalogues)
        counted[edition.pk] = summary(waived(findings, prints))
    return [
        (one, list(counted[one.pk].values()) if one.pk in counted else None)
        for one in reversed(newest)
    ]
