"""A consumer of webhooks on this machine that behaves as told, and time that moves."""

from __future__ import annotations

import datetime
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from django.test import TestCase, override_settings
from django.utils import timezone

from manual_org.webhooks.models import Delivery
from manual_org.webhooks.services import create_endpoint
from manuals.permissions import OPERATOR
from tests.factories import REASON, authorise, fill_empty_units, make_edition, make_tree

CERTIFICATE = Path(__file__).parent / "consumer.pem"  # for consumidor.example
DAY = datetime.date(2024, 4, 1)
WHO = {"user": OPERATOR, "reason": REASON}
LOOPBACK = {
    "WEBHOOK_ALLOWED_PRIVATE_NETWORKS": ["127.0.0.0/8"],
    "WEBHOOK_ALLOW_HTTP": True,
}


class Got(NamedTuple):
    """A request as the consumer received it."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        consumer = self.server.consumer
        consumer.got.append(Got(self.path, headers, body))
        said = consumer.says.pop(0) if consumer.says else 204
        self.close_connection = True
        if callable(said):
            said(self)
        else:
            answer(self, said)

    def log_message(self, *args):
        pass


def answer(handler, status, body=b"", **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def hangs(handler):
    handler.server.consumer.released.wait(5)


def closes(handler):
    handler.connection.close()


def drips(handler):
    """A head that never ends, a sign at a time."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _sign in range(500):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        pass


def floods(handler):
    """Bytes without an end."""
    handler.send_response(500)
    handler.end_headers()
    try:
        for _block in range(1000):
            handler.wfile.write(b"x" * 65536)
    except OSError:
        handler.server.consumer.broken_off = True


def redirects(handler):
    answer(handler, 302, Location=f"{handler.server.consumer.url}/otro")


class Consumer:
    """An HTTP server; ``says`` are its next answers (status or function), then 204."""

    def __init__(self, tls: bool = False):
        self.got: list[Got] = []
        self.says: list = []
        self.broken_off = False
        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.consumer = self
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True
            )
            self.url = f"https://consumidor.example:{self.port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}
        ).start()

    def stop(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.got]


def at(moment: datetime.datetime):
    """It is this moment."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


def later(**how_much):
    """It is so much later."""
    return at(timezone.now() + datetime.timedelta(**how_much))


@override_settings(**LOOPBACK)
class WebhookTestCase(TestCase):
    """An authorised edition "2021", a draft "2024", a consumer with an endpoint."""

    @classmethod
    def setUpTestData(cls):
        cls.closed = make_edition("2021")
        make_tree("8.1 8.2", edition=cls.closed)
        fill_empty_units(cls.closed)
        authorise(cls.closed)
        cls.draft = make_edition("2024")
        make_tree("8.1 8.2", edition=cls.draft)
        fill_empty_units(cls.draft)

    def setUp(self):
        self.consumer = self.start_consumer()
        self.endpoint = self.make_endpoint()

    def start_consumer(self, **options) -> Consumer:
        consumer = Consumer(**options)
        self.addCleanup(consumer.stop)
        return consumer

    def make_endpoint(self, name="Portal", url="", **fields):
        url = url or f"{self.consumer.url}/avisos?de=manuales"
        return create_endpoint(name=name, url=url, **fields, **WHO)

    def make_delivery(self, endpoint=None, **fields) -> Delivery:
        return Delivery.objects.create(
            endpoint=endpoint or self.endpoint,
            kind="ping",
            body='{"type":"ping","texto":"Añón"}',
            **fields,
        )

    def authorise(self):
        """The draft, with which the other edition ends: two events."""
        authorise(self.draft, effective_from=DAY)

    def stored(self, row):
        return type(row).objects.get(pk=row.pk)
