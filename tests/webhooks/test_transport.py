"""One POST, whatever the other side does."""

import ipaddress
import time
from unittest import mock

from django.test import SimpleTestCase
from django.utils import timezone

from manual_org.webhooks import addresses, transport
from manual_org.webhooks.transport import Deadline, Unreachable
from tests.webhooks import support
from tests.webhooks.support import CERTIFICATE, Consumer

LOOPBACK = [ipaddress.ip_address("127.0.0.1")]


class TransportTestCase(SimpleTestCase):
    tls = False

    def setUp(self):
        self.consumer = Consumer(tls=self.tls)
        self.addCleanup(self.consumer.stop)

    def post(self, says=204, seconds=5.0, url="", found=LOOPBACK, **options):
        self.consumer.says = [says]
        return transport.post(
            addresses.parse(url or f"{self.consumer.url}/a?b=1", http=True),
            found,
            body="{«»}".encode(),
            headers={"webhook-id": "1"},
            deadline=Deadline(seconds),
            **options,
        )

    def assertUnreachable(self, why, *args, **options):
        started = time.monotonic()
        with self.assertRaisesMessage(Unreachable, why):
            self.post(*args, **options)
        self.assertLess(time.monotonic() - started, 3)


class TransportTests(TransportTestCase):
    def test_the_request_arrives_as_it_was_given(self):
        self.assertEqual(self.post().status, 204)
        (got,) = self.consumer.got
        self.assertEqual(got.path, "/a?b=1")
        self.assertEqual(got.body, "{«»}".encode())
        self.assertEqual(got.headers["host"], f"127.0.0.1:{self.consumer.port}")
        self.assertEqual(got.headers["webhook-id"], "1")

    def test_a_refusal_is_shown_shortly_and_on_one_line(self):
        def says(handler):
            body = "No:\n\x00 faltó \x1b[31m".encode() + b"\xff" + b"x" * 9000
            support.answer(handler, 500, body)

        answer = self.post(says)
        self.assertEqual(answer.status, 500)
        self.assertTrue(answer.excerpt.startswith("No: faltó [31m�xxx"))
        self.assertEqual(len(answer.excerpt), transport.EXCERPT)

    def test_nobody_follows_a_redirection(self):
        self.assertEqual(self.post(support.redirects).status, 302)
        self.assertEqual(len(self.consumer.got), 1)

    def test_who_does_not_answer_is_not_waited_for(self):
        self.assertUnreachable("a tiempo", support.hangs, seconds=0.2)

    def test_who_answers_drop_by_drop_gets_no_more_time(self):
        self.assertUnreachable("a tiempo", support.drips, seconds=0.3)

    def test_who_closes_did_not_answer(self):
        self.assertUnreachable("sin responder", support.closes)

    def test_an_endless_answer_is_broken_off(self):
        self.assertEqual(self.post(support.floods).status, 500)
        for _time in range(100):
            if self.consumer.broken_off:
                break
            time.sleep(0.02)
        self.assertTrue(self.consumer.broken_off)

    def test_an_endless_head_is_broken_off(self):
        def says(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(90):
                handler.wfile.write(b"X-%d: %s\r\n" % (number, b"x" * 1000))

        self.assertUnreachable("demasiado larga", says)

    def test_what_is_no_http_is_said_so(self):
        self.assertUnreachable(
            "HTTP", lambda handler: handler.wfile.write(b"SSH-2\r\n")
        )

    def test_nobody_there(self):
        self.consumer.stop()
        self.assertUnreachable("Rechazó")

    def test_the_next_address_is_tried_where_the_first_does_not_answer(self):
        nobody = ipaddress.ip_address("127.0.0.2")
        url = f"http://consumidor.example:{self.consumer.port}/"
        self.assertEqual(self.post(url=url, found=[nobody, *LOOPBACK]).status, 204)

    def test_the_environment_names_no_proxy(self):
        with mock.patch.dict("os.environ", {"http_proxy": "http://127.0.0.1:1"}):
            self.assertEqual(self.post().status, 204)

    def test_retry_after_is_read_in_both_forms(self):
        now = timezone.now()
        for text, seconds in (
            ("120", 120),
            ("-1", None),
            ("mañana", None),
            ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
            ("Wed, 21 Oct 2015 07:28:00", None),
        ):
            with self.subTest(text):
                self.assertEqual(transport.seconds_in(text, now), seconds)


class TlsTests(TransportTestCase):
    tls = True

    def test_the_certificate_is_that_of_the_name(self):
        answer = self.post(ca_file=str(CERTIFICATE))
        self.assertEqual(answer.status, 204)

    def test_of_another_name_it_is_refused(self):
        url = f"https://otro.example:{self.consumer.port}/"
        self.assertUnreachable("TLS", url=url, ca_file=str(CERTIFICATE))
        self.assertEqual(self.consumer.got, [])

    def test_of_an_unknown_authority_it_is_refused(self):
        self.assertUnreachable("TLS")
        self.assertEqual(self.consumer.got, [])
