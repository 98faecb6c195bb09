"""Contacts: one form of each address, and which are of one person."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.core.contacts import OnFile, canonical_address, canonical_number, email, phone

_PLAIN = "abkswxyzäöåß"
# What Unicode's foldings and normal forms make of others, or of nothing.
_TRICKY = "ſKÅﬁﬀßẞςσΣΩΩıİIijǅŉ·ªº２ａＡ⁰ʰ\u0301\u0308\u0331\u030c\u00ad\u200d1lоеа"
locals_ = st.text(_PLAIN + _PLAIN.upper() + _TRICKY + "._+-", min_size=1, max_size=8)
labels = st.text(_PLAIN + "ABſKßςσΣﬁａа", min_size=1, max_size=6)
addresses = st.builds(
    "{}@{}.{}".format,
    locals_,
    labels,
    st.sampled_from(["fi", "de", "Com", "xn--vermgensberatung-pwb"]),
)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Matti.Meikalainen@Example.COM", "matti.meikalainen@example.com"),
        ("info@straße.de", "info@xn--strae-oqa.de"),
        ("info@xn--STRAE-oqa.de", "info@xn--strae-oqa.de"),
        ("info@strasse.de", "info@strasse.de"),
        ("weiß@example.com", "weiß@example.com"),
        ("ÄITI@example.com", "Äiti@example.com"),
        ("a\u0308iti@example.com", "äiti@example.com"),
        (
            "\u212aari@example.com",
            "kari@example.com",
        ),  # the Kelvin sign is a K in every normal form
        ("H\u0331@example.com", "\u1e96@example.com"),
    ],
)
def test_an_address_has_one_form(written: str, canonical: str) -> None:
    assert canonical_address(written) == canonical


@pytest.mark.parametrize("written", ["", "matti", "a@b", "a@b.fi, c@d.fi", "a b@c.fi", "@b.fi"])
def test_what_is_no_address_has_none(written: str) -> None:
    assert canonical_address(written) is None


def test_a_domain_of_the_own_network_counts_where_letters_are_sent() -> None:
    assert canonical_address("dpo@mailhost") is None
    assert canonical_address("DPO@mailhost", internal=True) == "dpo@mailhost"


@settings(max_examples=300)
@given(addresses)
@example("H\u0331@example.com")
def test_the_canonical_form_is_its_own(written: str) -> None:
    canonical = canonical_address(written)
    assume(canonical)
    assert canonical
    assert canonical_address(canonical) == canonical
    assert unicodedata.is_normalized("NFC", canonical)
    assert canonical.rpartition("@")[2].isascii()


A, B, C = email("a@example.com"), email("b@example.com"), phone("+358401234567")


def test_a_contact_is_on_file_or_not() -> None:
    known = OnFile({A: frozenset({"matti"}), B: frozenset()})
    assert [contact in known for contact in (A, B, C)] == [True, False, False]


def test_contacts_are_of_one_person_when_whoever_has_the_one_has_the_other() -> None:
    known = OnFile(
        {A: frozenset({"matti", "liisa"}), B: frozenset({"pekka"}), C: frozenset({"liisa"})}
    )
    assert known.of_same_person(C, [A, B, C]) == (A,)
    assert known.of_same_person(A, [B, C]) == (), "it may be Matti's as well"
    assert known.of_same_person(B, [A, C]) == ()
    assert [known.is_shared(contact) for contact in (A, B, C)] == [True, False, False]
    assert OnFile().of_same_person(A, [B, C]) == ()


@pytest.mark.parametrize(
    ("written", "country", "canonical"),
    [
        ("040 123 4567", "FI", "+358401234567"),
        ("+46 70 123 45 67", "FI", "+46701234567"),
        ("070-123 45 67", "SE", "+46701234567"),
        ("123", "FI", None),
        ("none", "FI", None),
        ("", "FI", None),
    ],
)
def test_a_number_is_kept_with_its_country(
    written: str, country: str, canonical: str | None
) -> None:
    assert canonical_number(written, country) == canonical
