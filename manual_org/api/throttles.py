"""How often somebody may ask: counters per window of time, kept in the cache."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse_rate(rate: str) -> tuple[int, int]:
    """``6000/min`` as (requests, seconds); ValueError for anything else."""
    number, _slash, period = rate.partition("/")
    try:
        return int(number), SECONDS[period[:1]]
    except KeyError:
        raise ValueError(f"{rate!r} is no rate such as 6000/min.") from None


class FixedWindow(BaseThrottle):
    """Counts the requests of a person, or of an address without an account.

    A counter costs the same whatever the rate; DRF's own throttle keeps the time of
    each request. The rates are settings.API_THROTTLE_RATES; an empty one is no limit.
    """

    def __init__(self):
        self._seconds_left = None

    def allow_request(self, request, view):
        person = getattr(request.user, "pk", None)
        scope = "user" if person else "anonymous"
        rate = settings.API_THROTTLE_RATES.get(scope)
        if not rate:
            return True
        allowed, seconds = parse_rate(rate)
        window, elapsed = divmod(time.time(), seconds)
        who = person or self.get_ident(request)
        key = f"api-rate:{scope}:{who}:{int(window)}"
        if cache.add(key, 1, timeout=seconds + 1):
            count = 1
        else:
            try:
                count = cache.incr(key)
            except ValueError:  # it expired in between: a new window begins
                count = 1
        self._seconds_left = seconds - elapsed
        return count <= allowed

    def wait(self):
        return self._seconds_left
