"""Signatures of webhooks, against the specification's own example."""

import base64
import hashlib
import hmac

from manual_org.webhooks import signing

# Of the specification and of the libraries that follow it.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KNOWN = {
    "event_id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "timestamp": 1614265330,
    "body": b'{"test": 2432232314}',
}
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_example_of_the_specification_is_signed_as_it_says():
    assert signing.signature(SECRET, **KNOWN) == SIGNATURE


def test_each_secret_signs_and_the_newest_comes_first():
    newest = signing.new_secret()
    headers = signing.headers([newest, SECRET], **KNOWN)
    first, second = headers["webhook-signature"].split(" ")
    key = base64.b64decode(newest.removeprefix("whsec_"))
    signed = b'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert (first, second) == (f"v1,{expected}", SIGNATURE)
    assert headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert headers["webhook-timestamp"] == "1614265330"


def test_a_secret_has_256_bits_and_is_another_each_time():
    made = {signing.new_secret() for _time in range(50)}
    assert len(made) == 50
    assert {len(base64.b64decode(one.removeprefix("whsec_"))) for one in made} == {32}
