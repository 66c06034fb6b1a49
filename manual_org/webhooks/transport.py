"""One POST to an address that was judged, within one deadline, and what came back.

By hand over http.client's reading of answers, since no library of ours connects to a
given address while asking the certificate for the name: no redirect is followed, no
proxy of the environment is used, no cookie kept, and at most a few kilobytes are read.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse

from django.utils import timezone
from django.utils.translation import gettext as _

from manual_org.webhooks.addresses import Address, Target

CONNECT_SECONDS = 5
TOTAL_SECONDS = 15
MOST_BYTES = 16 * 1024  # of the answer, head and body
EXCERPT = 200  # characters of an answer that is shown


class Unreachable(Exception):
    """There was no answer; ``str()`` says why, to a person."""


@dataclass(frozen=True)
class Answer:
    """What the other system said; ``retry_after`` in seconds, if it asked to wait."""

    status: int
    excerpt: str = ""
    retry_after: float | None = None


class Deadline:
    """How long everything may take together."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds; raises TimeoutError where none is left."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError
        return left


class _Arriving(io.RawIOBase):
    """The bytes of a socket until the deadline, and so many at most."""

    def __init__(self, connection: socket.socket, deadline: Deadline):
        self._connection = connection
        self._deadline = deadline
        self._left = MOST_BYTES

    def readable(self):
        return True

    def readinto(self, buffer):
        if self._left <= 0:
            raise Unreachable(_("La respuesta es demasiado larga."))
        self._connection.settimeout(self._deadline.left())
        read = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= read
        return read


class _Readable:
    """A socket as HTTPResponse wants it."""

    def __init__(self, raw: _Arriving):
        self._raw = raw

    def makefile(self, mode):
        return io.BufferedReader(self._raw, 4096)


def post(
    target: Target,
    found: list[Address],
    *,
    body: bytes,
    headers: Mapping[str, str],
    deadline: Deadline,
    ca_file: str = "",
) -> Answer:
    """Send it to the first of the addresses that takes a connection.

    Raises Unreachable. What is refused or breaks before the whole answer's head came
    says nothing about whether the other side has the message.
    """
    try:
        with closing(_connected(target, found, deadline, ca_file)) as connection:
            connection.settimeout(deadline.left())
            connection.sendall(_request(target, body, headers))
            return _answer(_Arriving(connection, deadline))
    except TimeoutError:
        raise Unreachable(_("No respondió a tiempo.")) from None
    except ssl.SSLError as error:
        raise Unreachable(
            _("No se pudo asegurar la conexión (TLS): %(why)s")
            % {"why": getattr(error, "verify_message", "") or error.reason or error}
        ) from None
    except ConnectionRefusedError:
        raise Unreachable(_("Rechazó la conexión.")) from None
    except ConnectionError:
        raise Unreachable(_("Cerró la conexión sin responder.")) from None
    except OSError as error:
        raise Unreachable(
            _("No se pudo conectar: %(why)s") % {"why": error.strerror or error}
        ) from None
    except (HTTPException, ValueError):
        raise Unreachable(_("Lo que respondió no es HTTP.")) from None


def _connected(target: Target, found: list[Address], deadline: Deadline, ca_file: str):
    refused: OSError | None = None
    for address in found:
        seconds = min(CONNECT_SECONDS, deadline.left())
        try:
            plain = socket.create_connection((str(address), target.port), seconds)
        except OSError as error:
            refused = error
            continue
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(min(CONNECT_SECONDS, deadline.left()))
            return _tls(ca_file).wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise refused or OSError(_("el nombre no tiene direcciones"))


def _tls(ca_file: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return context


def _request(target: Target, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = [f"POST {target.path} HTTP/1.1", f"Host: {target.named}"]
    given = {**headers, "Content-Length": str(len(body)), "Connection": "close"}
    lines += [f"{name}: {value}" for name, value in given.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _answer(arriving: _Arriving) -> Answer:
    response = HTTPResponse(_Readable(arriving), method="POST")
    response.begin()
    excerpt = "" if 200 <= response.status < 300 else _excerpt(response)
    retry_after = seconds_in(response.getheader("Retry-After", ""), timezone.now())
    return Answer(response.status, excerpt, retry_after)


def _excerpt(response: HTTPResponse) -> str:
    """The beginning of what is said with a refusal, on one line; the head counts."""
    try:
        said = response.read(EXCERPT * 4)
    except (OSError, HTTPException, Unreachable, ValueError):
        return ""
    text = said.decode("utf-8", "replace")
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:EXCERPT]


def seconds_in(text: str, now: datetime) -> float | None:
    """What Retry-After says, as seconds or as a date; None for nothing usable."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return None
