"""Addresses: the same page by another name, the site, the open internet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import clean, domain_of, host_of, is_copy, is_loopback, is_public, key, site_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://A.Example/Path?b=2&a=1#top", "https://a.example/Path?b=2&a=1"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("https://user:secret@a.example/x", "https://a.example/x"),
        ("https://a.example/x?utm_source=rss&id=5&fbclid=abc", "https://a.example/x?id=5"),
        ("https://a.example/x?utm_medium=feed", "https://a.example/x"),
        (" https://a.example/x ", "https://a.example/x"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("javascript:alert(1)", None),
        ("mailto:a@a.example", None),
        ("file:///etc/passwd", None),
        ("https:///x", None),
        ("https://a.example:99999/", None),
        ("https://a.example/a b", None),
        ("https://a.example/" + "x" * 2000, None),
        ("", None),
        ("https://[bad/", None),
    ],
)
def test_an_address_is_cleaned_or_refused(url: str, expected: str | None) -> None:
    assert clean(url) == expected


@given(st.text())
def test_cleaning_never_raises_and_is_done_once(text: str) -> None:
    for url in (text, f"https://a.example/{text}", f"http://{text}/"):
        cleaned = clean(url)
        if cleaned is not None:
            assert clean(cleaned) == cleaned
        key(url)
        site_of(url)
        host_of(url)
        is_copy(cleaned or "")


def test_spellings_of_one_page_share_a_key() -> None:
    spellings = [
        "https://www.a.example/x/",
        "http://a.example/x",
        "https://a.example/x?utm_source=feed",
        "https://A.example/x#comments",
    ]
    assert len({key(url) for url in spellings}) == 1
    assert key("https://a.example/x?id=1") != key("https://a.example/x?id=2")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/amp/story", True),
        ("https://a.example/story/amp", True),
        ("https://a.example/story.amp.html", True),
        ("https://amp.a.example/story", True),
        ("https://a.example/story?amp=1", True),
        ("https://a.example/story?view=print", True),
        ("https://a.example/print/story", True),
        ("https://a.example/story-print.html", True),
        ("https://a.example/story", False),
        ("https://a.example/amplifier", False),
        ("https://a.example/footprint", False),
        ("https://a.example/story?view=gallery", False),
        ("https://ample.example/story", False),
    ],
)
def test_amp_and_print_copies_are_told_by_their_address(url: str, expected: bool) -> None:
    assert is_copy(url) is expected


def test_the_site_is_the_registrable_domain() -> None:
    assert site_of("https://news.bbc.co.uk/1") == "bbc.co.uk"
    assert site_of("http://127.0.0.1:8000/") == "127.0.0.1"
    assert site_of("http://localhost/") == "localhost"
    assert domain_of("a.github.io") == "github.io" or domain_of("a.github.io") == "a.github.io"
    assert host_of("https://A.example/x") == "a.example:443"
    assert host_of("http://a.example:81/x") == "a.example:81"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "not an address",
    ],
)
def test_addresses_that_are_not_the_open_internet(address: str) -> None:
    assert not is_public(address)


def test_addresses_that_are() -> None:
    assert all(map(is_public, ("8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8")))


def test_this_machine_is_told_by_name_or_number() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "localhost", "::1")))
    assert not any(map(is_loopback, ("a.example", "10.0.0.1", "localhost.example")))
