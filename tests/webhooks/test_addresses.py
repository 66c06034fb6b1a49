"""Where webhooks may go."""

import ipaddress
from socket import gaierror
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from manual_org.settings.webhooks import networks
from manual_org.webhooks import addresses
from manual_org.webhooks.addresses import AddressRefused

PUBLIC = ["8.8.8.8", "187.141.20.1", "2806:1000:8000::1", "2606:4700::1111"]
PUBLIC += ["::ffff:8.8.8.8", "64:ff9b::808:808", "172.32.0.1", "100.128.0.1"]
NOT_PUBLIC = [
    *("127.0.0.1", "127.9.9.9", "::1", "::", "10.0.0.1", "172.16.0.1"),
    "0.0.0.0",  # noqa: S104 - nothing is bound
    *("172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.1.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.8", "192.0.2.1"),
    *("198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1"),
    *("fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "2001::1", "100::1"),
    # An IPv4 address inside: mapped, compatible, 6to4, NAT64, NAT64 of a network.
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "2002:7f00:1::"),
    *("2002:808:808::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808"),
    *("fec0::1", "3fff::1", "5f00::1"),
]


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_allowed(text):
    assert addresses.is_allowed(ipaddress.ip_address(text)) is True


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_others_are_not(text):
    assert addresses.is_allowed(ipaddress.ip_address(text)) is False


def test_chosen_networks_are_allowed_and_nothing_beside_them():
    chosen = ["10.2.0.0/16", "fd12::/32"]
    for text, allowed in [
        ("10.2.3.4", True),
        ("::ffff:10.2.3.4", True),
        ("fd12::9", True),
        ("10.3.0.1", False),
        ("fd13::9", False),
        ("8.8.8.8", True),
    ]:
        found = addresses.is_allowed(ipaddress.ip_address(text), chosen)
        assert found is allowed, text


def test_networks_of_the_setting_are_read_or_refused():
    assert networks([" 10.2.0.0/16", "fd12::/32"]) == ["10.2.0.0/16", "fd12::/32"]
    for wrong in ("10.2.0.1/16", "intranet", ""):
        with pytest.raises(ImproperlyConfigured):
            networks([wrong])


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://a.example/x?y=1", ("https", "a.example", 443, "/x?y=1")),
        ("https://A.example:8443", ("https", "a.example", 8443, "/")),
        ("http://a.example", ("http", "a.example", 80, "/")),
        ("https://[2806::1]:8443/", ("https", "2806::1", 8443, "/")),
    ],
)
def test_a_url_is_read(url, parts):
    target = addresses.parse(url, http=True)
    assert (target.scheme, target.host, target.port, target.path) == parts


def test_the_host_header_names_what_the_url_names():
    for url, named in [
        ("https://a.example/", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("https://a.example:8443/", "a.example:8443"),
        ("https://[2806::1]:8443/", "[2806::1]:8443"),
    ]:
        assert addresses.parse(url).named == named


@pytest.mark.parametrize(
    "url",
    [
        *("", "a.example", "//a.example/", "ftp://a.example/", "file:///etc/passwd"),
        *("http://a.example/", "https://", "https:///x", "https://:8443/"),
        *("https://yo@a.example/", "https://yo:clave@a.example/", "https://@a.example"),
        *("https://a.example/#x", "https://a.example/#", "https://a.example/a b"),
        *("https://a.example/\r\nHost: b", "https://a.example/ñ", "https://ñ.example/"),
        *("https://a.example:22/", "https://a.example:99999/", "https://a.example:x/"),
        *(
            "https://[::1/",
            "https://a.example\\@b/",
            "https://a%2eexample/",
            "https://-/",
        ),
        "https://a.example:0/",
    ],
)
def test_other_urls_are_refused(url):
    with pytest.raises(ValidationError):
        addresses.parse(url)


def rows(*texts):
    return [(2, 1, 6, "", (text, 443)) for text in texts]


def look_up(*texts, networks=()):
    target = addresses.parse("https://a.example/")
    with mock.patch.object(addresses, "getaddrinfo", return_value=rows(*texts)):
        return [str(one) for one in addresses.look_up(target, networks)]


def test_a_name_leads_to_its_addresses():
    assert look_up("8.8.8.8", "8.8.8.8", "8.8.4.4") == ["8.8.8.8", "8.8.4.4"]


def test_a_name_of_which_one_address_is_private_is_refused():
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        look_up("8.8.8.8", "10.0.0.1")
    with pytest.raises(AddressRefused):
        look_up("fe80::1%eth0")
    assert look_up("8.8.8.8", "10.0.0.1", networks=["10.0.0.0/8"])


def test_a_name_that_nobody_knows_is_refused():
    target = addresses.parse("https://a.example/")
    for error in (gaierror(-2, "unknown"), UnicodeError()):
        with (
            mock.patch.object(addresses, "getaddrinfo", side_effect=error),
            pytest.raises(AddressRefused, match=r"a\.example"),
        ):
            addresses.look_up(target)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1"])
def test_an_address_in_disguise_is_judged_as_what_it_is(host):
    with pytest.raises(AddressRefused):
        addresses.look_up(addresses.parse(f"https://{host}/"))
