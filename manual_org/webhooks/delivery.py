"""The sender: takes from the outbox what is due, sends it and notes what came of it.

At least once: a claim is a lease on an endpoint, and what a killed sender left is sent
again, with the same id, once the lease is over. One at a time per endpoint, the oldest
first, however many senders run. A claim is one conditional UPDATE, the same on both
engines: no row stays locked while others answer.

An endpoint that cannot be reached rests as a whole, so that nothing overtakes what
waits; what it answers with a refusal of its own waits alone, and does not hold up what
came after it. The first success after a while brings forward all that waits.
"""

from __future__ import annotations

import datetime
import logging
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from manual_org.webhooks import addresses, signing, transport
from manual_org.webhooks.addresses import AddressRefused
from manual_org.webhooks.models import RESTED, Delivery, Endpoint
from manual_org.webhooks.transport import Answer, Deadline, Unreachable
from manuals.history import recording

logger = logging.getLogger(__name__)

SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)
# After the first failure, the second, ...; the last one again and again.
WAITS = [
    *(10 * SECOND, 60 * SECOND, 300 * SECOND, 1800 * SECOND),
    *(2 * HOUR, 6 * HOUR, 12 * HOUR),
]
A_WHILE = WAITS[1]  # a single refusal is no outage
PERIOD = datetime.timedelta(days=5)  # of nothing but failures
JITTER = 0.2
# Longer than a lookup of a name and a delivery take together.
LEASE = datetime.timedelta(minutes=3)
AT_ONCE = 20  # to one endpoint, before others have their turn
LOGGED = 40  # attempts
MOST_ERROR = 300  # characters
HEADERS = {
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": "manual_org webhooks",
}
_GONE = 410
# It said nothing about this message: it is overloaded, or out of order as a whole.
_OUTAGES = {408, 425, 429, 502, 503, 504}


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt; ``status`` is None where nobody answered."""

    status: int | None
    error: str = ""
    retry_after: float | None = None
    milliseconds: int = 0

    @property
    def delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def outage(self) -> bool:
        return self.status is None or self.status in _OUTAGES


def wait_after(failures: int, retry_after: float | None = None) -> datetime.timedelta:
    """How long to wait after so many failures, a little longer each time by chance."""
    wait = WAITS[min(failures, len(WAITS)) - 1]
    if retry_after is not None:
        wait = max(wait, min(retry_after * SECOND, WAITS[-1]))
    return wait * (1 + random.uniform(0, JITTER))  # noqa: S311 - spreads load only


def send_due(go_on: Callable[[], bool] = lambda: True) -> int:
    """Send everything that is due now; how many attempts were made.

    ``go_on`` is asked before each attempt. Raises DatabaseError.
    """
    made = 0
    for pk in list(Endpoint.objects.due(timezone.now()).values_list("pk", flat=True)):
        try:
            made += _send_to(pk, go_on)
        except DatabaseError:
            raise
        except Exception:  # what is wrong with one holds up no other
            logger.exception("webhooks: an error of ours with endpoint %s", pk)
    return made


def _send_to(endpoint_id: int, go_on: Callable[[], bool]) -> int:
    """Send one endpoint what is due, unless another sender does; attempts made.

    An exception leaves the claim: what is not known to be noted is not sent again
    before the lease is over.
    """
    claim, now, made = uuid.uuid4(), timezone.now(), 0
    taken = (
        Endpoint.objects.free(now)
        .filter(pk=endpoint_id)
        .update(claim=claim, claimed_until=now + LEASE)
    )
    if not taken:
        return 0
    while made < AT_ONCE and go_on():
        endpoint = _renewed(endpoint_id, claim)
        if endpoint is None:
            break
        waiting = endpoint.deliveries.due(timezone.now()).order_by("pk")
        delivery = waiting.first()
        if delivery is None:
            break
        record(endpoint, delivery, attempt(endpoint, delivery))
        made += 1
    Endpoint.objects.filter(pk=endpoint_id, claim=claim).update(
        claim=None, claimed_until=None
    )
    return made


def _renewed(endpoint_id: int, claim: uuid.UUID) -> Endpoint | None:
    """The endpoint with the claim's lease begun anew; None if it may not go on."""
    now = timezone.now()
    mine = Endpoint.objects.awake(now).filter(pk=endpoint_id, claim=claim)
    if not mine.update(claimed_until=now + LEASE):
        return None
    return Endpoint.objects.filter(pk=endpoint_id).first()


def attempt(endpoint: Endpoint, delivery: Delivery) -> Outcome:
    """Send it once; whatever the other side does is an outcome."""
    started, deadline = time.monotonic(), Deadline(transport.TOTAL_SECONDS)
    status, retry_after = None, None
    try:
        answer = _post(endpoint, delivery, deadline)
        status, retry_after = answer.status, answer.retry_after
        error = _words(answer)
    except (AddressRefused, Unreachable) as refusal:
        error = str(refusal)
    except ValidationError as refusal:
        error = " ".join(refusal.messages)
    except TimeoutError:
        error = _("El nombre del equipo no se encontró a tiempo.")
    milliseconds = round((time.monotonic() - started) * 1000)
    return Outcome(status, error[:MOST_ERROR], retry_after, milliseconds)


def _post(endpoint: Endpoint, delivery: Delivery, deadline: Deadline) -> Answer:
    target = addresses.parse(endpoint.url, http=settings.WEBHOOK_ALLOW_HTTP)
    found = addresses.look_up(target, settings.WEBHOOK_ALLOWED_PRIVATE_NETWORKS)
    deadline.left()  # the lookup has no end of its own
    now, body = timezone.now(), delivery.body.encode()
    signed = signing.headers(
        endpoint.secrets_at(now),
        event_id=str(delivery.event_id),
        timestamp=int(now.timestamp()),
        body=body,
    )
    return transport.post(
        target,
        found,
        body=body,
        headers={**HEADERS, **signed},
        deadline=deadline,
        ca_file=settings.WEBHOOK_CA_FILE,
    )


def _words(answer: Answer) -> str:
    if 200 <= answer.status < 300:
        return ""
    if 300 <= answer.status < 400:
        return _("Respondió %(status)d: las redirecciones no se siguen.") % {
            "status": answer.status
        }
    return _("Respondió %(status)d. %(said)s") % {
        "status": answer.status,
        "said": answer.excerpt,
    }


def record(endpoint: Endpoint, delivery: Delivery, outcome: Outcome) -> bool:
    """Note an attempt; False if the claim was lost, then another sender goes on.

    ``endpoint`` is as it was claimed.
    """
    now = timezone.now()
    with transaction.atomic():
        held = (
            Endpoint.objects.select_for_update()
            .filter(pk=endpoint.pk, claim=endpoint.claim)
            .first()
        )
        if held is None:
            logger.warning("webhook %s: the claim was lost", delivery.event_id)
            return False
        fields = _tried(delivery, outcome, now)
        fields |= (
            _succeeded(held, now)
            if outcome.delivered
            else _failed(held, delivery, outcome, now)
        )
        Delivery.objects.filter(pk=delivery.pk).update(**fields)
    logger.info(
        "webhook %s to endpoint %s: %s in %s ms",
        *(delivery.event_id, endpoint.pk, outcome.status, outcome.milliseconds),
    )
    return True


def _tried(delivery: Delivery, outcome: Outcome, now: datetime.datetime) -> dict:
    entry = {
        "at": now.isoformat(timespec="milliseconds"),
        "status": outcome.status,
        "ms": outcome.milliseconds,
        "error": outcome.error,
    }
    return {
        "attempts": delivery.attempts + 1,
        "log": [*delivery.log, entry][-LOGGED:],
        "last_status": outcome.status,
        "last_error": outcome.error,
    }


def _succeeded(endpoint: Endpoint, now: datetime.datetime) -> dict:
    if endpoint.failing_since is not None:
        Endpoint.objects.filter(pk=endpoint.pk).update(**RESTED)
    if endpoint.failing_since is not None and now - endpoint.failing_since > A_WHILE:
        # What came first goes first again.
        later = endpoint.deliveries.pending().filter(next_attempt_at__gt=now)
        later.update(next_attempt_at=now)
    return {"state": Delivery.State.DELIVERED, "finished_at": now}


def _failed(
    endpoint: Endpoint, delivery: Delivery, outcome: Outcome, now: datetime.datetime
) -> dict:
    """What to store of the delivery; stores what the failure means for the endpoint."""
    failing_since = endpoint.failing_since or now
    of_endpoint: dict = {"failing_since": failing_since}
    if outcome.outage:
        outages = endpoint.outages + 1
        until = now + wait_after(outages, outcome.retry_after)
        of_endpoint |= {"outages": outages, "resting_until": until}
        fields = {"next_attempt_at": until}
    else:
        tries, since = delivery.tries + 1, delivery.trying_since or now
        until = now + wait_after(tries, outcome.retry_after)
        fields = {"next_attempt_at": until, "tries": tries, "trying_since": since}
    Endpoint.objects.filter(pk=endpoint.pk).update(**of_endpoint)
    if outcome.status == _GONE:
        _stop(endpoint, Endpoint.Stopped.GONE)
    elif now - failing_since >= PERIOD:
        _stop(endpoint, Endpoint.Stopped.FAILING)
    elif not outcome.outage and now - since >= PERIOD:
        fields |= {"state": Delivery.State.GIVEN_UP, "finished_at": now}
    return fields


def _stop(endpoint: Endpoint, why: Endpoint.Stopped) -> None:
    """Send nothing more until a person says so; what waits is kept."""
    endpoint.active, endpoint.stopped = False, why
    with recording(user=None, reason=str(why.label)):
        endpoint.save(update_fields=["active", "stopped"])
    logger.error("webhooks: endpoint %s was stopped (%s)", endpoint.pk, why.value)
