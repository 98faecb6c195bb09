"""The copy of a person's data: what its files may be called, and for how long a page is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.tickets.copies import (
    LIFETIME,
    MOST_OPENINGS,
    Delivery,
    File,
    Way,
    clean_name,
    is_machine_readable,
    token_digest,
)
from bot.core.tickets.identity import Challenge
from tests.factories import NOW


def a_file(name: str = "copy.json") -> File:
    return File(id="f", name=name, size=3, sha256="00", at=NOW, by="sari")


PAGE = Delivery(way=Way.PAGE, at=NOW, by="mika", token=token_digest("t"), until=NOW + LIFETIME)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("copy.json", "copy.json"),
        ("C:\\Users\\sari\\Liisa copy.json", "Liisa copy.json"),
        ("/home/sari/copy.json", "copy.json"),
        ("../../etc/passwd", "passwd"),
        ("käännös.csv", "käännös.csv"),
        ('a"b\r\nContent-Type: x.html', "a_b__Content-Type_ x.html"),
        ("exe.\u202egnp", "exe._gnp"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_a_name_is_kept_without_paths_and_tricks(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert len(clean_name("a" * 300 + ".json")) == 100
    assert clean_name("a" * 300 + ".json").endswith(".json")
    assert clean_name("a" * 300) == "a" * 100


def test_what_another_service_can_take_over_is_told_by_its_ending() -> None:
    assert is_machine_readable([a_file("a.pdf"), a_file("B.CSV")])
    assert not is_machine_readable([a_file("a.pdf"), a_file("json.pdf")])


def test_a_page_is_open_for_some_days_and_openings() -> None:
    assert PAGE.is_open(NOW)
    assert PAGE.is_open(NOW + LIFETIME)
    assert not PAGE.is_open(NOW + LIFETIME + timedelta(seconds=1))
    assert not PAGE.is_open(NOW - timedelta(seconds=1))  # a clock that was set back
    opened = PAGE
    for _ in range(MOST_OPENINGS):
        assert opened.is_open(NOW)
        opened = opened.collected(NOW)
    assert not opened.is_open(NOW)


def test_other_ways_have_no_page() -> None:
    assert not Delivery(way=Way.POST, at=NOW, by="mika").is_open(NOW)


def test_a_code_is_used_up_by_opening() -> None:
    sent = Delivery(
        way=Way.PAGE, at=NOW, by="mika", challenge=Challenge(digest="d", sent_at=NOW)
    ).collected(NOW)
    assert (sent.challenge, sent.opened) == (None, (NOW,))


def test_of_a_token_only_the_digest_is_kept() -> None:
    assert token_digest("") == ""
    assert "secret" not in token_digest("secret")
    assert token_digest("secret") != token_digest("Secret")
