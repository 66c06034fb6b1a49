"""Where a webhook may go: which URLs, and which addresses their names may lead to.

A URL that a person writes makes this server open a connection: it must not lead into
the network that the server stands in. A name is looked up at each attempt and the
connection made to the very address that was judged here, so that it cannot lead
elsewhere a moment later.

Public is what IANA's registries of special-purpose addresses leave over. An IPv4
address inside an IPv6 one (mapped, or for NAT64) is judged as itself.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from socket import SOCK_STREAM, gaierror, getaddrinfo
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?|[0-9a-f:.]+", re.IGNORECASE)
_PRINTABLE = re.compile(r"[!-~]+")

_NOT_PUBLIC_4 = [
    ipaddress.ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8"),
        *("169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
_GLOBAL_6 = ipaddress.ip_network("2000::/3")
# Protocol assignments with Teredo, documentation, 6to4.
_NOT_PUBLIC_6 = [
    ipaddress.ip_network(text)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressRefused(Exception):
    """Nothing is sent there; ``str()`` says why, to a person."""


@dataclass(frozen=True)
class Target:
    """What a URL says, in parts."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """Host and port as the Host header says them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def demand_plausible(self, networks: Sequence[str]) -> None:
        """Raise AddressRefused if the host is an address that is not allowed.

        A name is looked up when something is sent to it, each time anew.
        """
        with suppress(ValueError):
            demand_allowed([ipaddress.ip_address(self.host)], networks)


def parse(url: str, *, http: bool = False) -> Target:
    """The parts of a URL; ``http`` allows that besides https. ValidationError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValidationError(_("No es una dirección.")) from None
    if not _PRINTABLE.fullmatch(url) or not _HOST.fullmatch(host):
        raise ValidationError(
            _("Escriba la dirección completa, sin espacios ni letras con acento.")
        )
    if parts.scheme not in ("https", "http") or (parts.scheme == "http" and not http):
        raise ValidationError(
            _("La dirección comienza con https:// o http://.")
            if http
            else _("La dirección comienza con https://.")
        )
    if "@" in parts.netloc:
        raise ValidationError(_("La dirección no lleva usuario ni contraseña."))
    if parts.fragment or "#" in url:
        raise ValidationError(_("La dirección no lleva «#»."))
    port = PORTS[parts.scheme] if port is None else port
    if port not in PORTS.values() and port < 1024:
        raise ValidationError(_("El puerto es 443, 80 o uno desde 1024."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host.lower(), port, path)


def is_allowed(address: Address, networks: Sequence[str] = ()) -> bool:
    """Whether it is public, or in one of these networks."""
    address = _inner(address)
    if any(
        address in network
        for network in map(ipaddress.ip_network, networks)
        if network.version == address.version
    ):
        return True
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address in _GLOBAL_6 and not any(
        address in network for network in _NOT_PUBLIC_6
    )


def _inner(address: Address) -> Address:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def demand_allowed(found: Sequence[Address], networks: Sequence[str]) -> None:
    """Raise AddressRefused if any of them is not allowed."""
    for address in found:
        if not is_allowed(address, networks):
            raise AddressRefused(
                _("No se envía a %(address)s: no es una dirección pública.")
                % {"address": address}
            )


def look_up(target: Target, networks: Sequence[str] = ()) -> list[Address]:
    """The addresses of a host, all of them allowed; else AddressRefused."""
    try:
        rows = getaddrinfo(target.host, target.port, type=SOCK_STREAM)
    except (gaierror, UnicodeError):
        raise AddressRefused(
            _("No se encontró el equipo «%(host)s».") % {"host": target.host}
        ) from None
    found = dict.fromkeys(
        ipaddress.ip_address(row[4][0].partition("%")[0]) for row in rows
    )
    demand_allowed(list(found), networks)
    return list(found)
