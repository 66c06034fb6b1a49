"""How often somebody may ask: counters per window of time, kept in the cache.

Requests count for the person (``user``) and for the address (``address``); without an
account for the address alone (``anonymous``). Failed identifications count for the
address too (``failures``), before a token is looked for: beyond that rate only tokens
that were good a short time ago are looked for at all, so that nobody can shut out the
others behind the same address. The rates are settings.API_THROTTLE_RATES; an empty one
is no limit.
"""

from __future__ import annotations

import math
import time
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
NETWORK = 64  # bits: what a subscriber of IPv6 has, to choose addresses from
KNOWN_SECONDS = 3600


class Window(NamedTuple):
    """What was counted in the present window of one rate."""

    name: str
    count: int
    allowed: int
    seconds: int
    seconds_left: float

    @property
    def is_exceeded(self) -> bool:
        return self.count > self.allowed


def parse_rate(rate: str) -> tuple[int, int]:
    """``6000/min`` as (requests, seconds); ValueError for anything else."""
    number, _slash, period = rate.partition("/")
    try:
        return int(number), SECONDS[period[:1]]
    except KeyError:
        raise ValueError(f"{rate!r} is no rate such as 6000/min.") from None


def address_of(request) -> str:
    """Where a request comes from, as NUM_PROXIES says; of IPv6 the network."""
    named = (BaseThrottle().get_ident(request) or "").strip()
    # Some proxies add the port: 192.0.2.7:4711, [2001:db8::7]:4711.
    if named.startswith("["):
        named = named[1:].partition("]")[0]
    elif named.count(":") == 1:
        named = named.partition(":")[0]
    try:
        address = ip_address(named)
    except ValueError:  # whatever a proxy calls it, as a key of any cache
        return sha256(named.encode("utf-8", "replace")).hexdigest()[:32]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, NETWORK), strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)


def _window(name: str, who, *, more: int) -> Window | None:
    """The window after counting ``more`` in it; None without a limit."""
    rate = settings.API_THROTTLE_RATES.get(name)
    if not rate:
        return None
    allowed, seconds = parse_rate(rate)
    number, elapsed = divmod(time.time(), seconds)
    key = f"api-rate:{name}:{who}:{int(number)}"
    if not more:
        count = cache.get(key, 0)
    elif cache.add(key, more, timeout=seconds + 1):
        count = more
    else:
        try:
            count = cache.incr(key, more)
        except ValueError:  # it expired in between: a new window begins
            count = more
    return Window(name, count, allowed, seconds, seconds - elapsed)


class FixedWindow(BaseThrottle):
    """Counts a request; what it counted stays with the request, for its headers.

    A counter costs the same whatever the rate; DRF's own throttle keeps the time of
    each request.
    """

    def __init__(self):
        self._seconds_left = None

    def allow_request(self, request, view):
        person, address = getattr(request.user, "pk", None), address_of(request)
        counted = (
            [("user", person), ("address", address)]
            if person
            else [("anonymous", address)]
        )
        windows = [_window(name, who, more=1) for name, who in counted]
        request.rate_windows = [window for window in windows if window]
        waits = [one.seconds_left for one in request.rate_windows if one.is_exceeded]
        self._seconds_left = max(waits, default=None)
        return not waits

    def wait(self):
        return self._seconds_left


def headers_of(request) -> dict[str, str]:
    """The limits and what is left of them (draft-ietf-httpapi-ratelimit-headers).

    Of a refusal, or of a person: public answers are kept for others.
    """
    windows = getattr(request, "rate_windows", ())
    if not any(one.is_exceeded or one.name == "user" for one in windows):
        return {}
    return {
        "RateLimit-Policy": ", ".join(
            f'"{one.name}";q={one.allowed};w={one.seconds}' for one in windows
        ),
        "RateLimit": ", ".join(
            f'"{one.name}";r={max(0, one.allowed - one.count)}'
            f";t={math.ceil(one.seconds_left)}"
            for one in windows
        ),
    }


def demand_may_identify(request, key: str) -> None:
    """Raise Throttled where an address has failed too often with what it shows."""
    window = _window("failures", address_of(request), more=0)
    if window is None or window.count < window.allowed:
        return
    if cache.get(_known(key)) is None:
        raise Throttled(wait=window.seconds_left)


def count_failure(request) -> None:
    _window("failures", address_of(request), more=1)


def remember_known(key: str) -> None:
    """This key was good now."""
    cache.add(_known(key), True, timeout=KNOWN_SECONDS)


def _known(key: str) -> str:
    # Not the digest that is stored: the cache may be anywhere.
    digest = sha256(f"known:{key}".encode("utf-8", "surrogateescape")).hexdigest()
    return f"api-known:{digest}"
