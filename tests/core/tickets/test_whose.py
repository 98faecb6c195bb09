"""Whose data is sought, and what is theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.tickets.ticket import Person
from bot.core.tickets.whose import Whose, whose
from tests.factories import LIISA, a_question, a_ticket

ACCOUNT = Person(channel="telegram", account="123")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (" t-2026-0001 ", Whose(number="T-2026-0001")),
        ("q-2026-0001", Whose(number="Q-2026-0001")),
        ("Liisa.Lehto@Example.COM", Whose(email="liisa.lehto@example.com")),
        ("040 123 4567", Whose(phone="+358401234567")),
        ("+46 70 123 45 67", Whose(phone="+46701234567")),
        ("telegram:123", Whose(account=ACCOUNT)),
        ("Liisa Lehto", None),  # two people may have one name
        ("pigeon:123", None),
        ("", None),
    ],
)
def test_a_person_is_known_by_four_things(said: str, found: Whose | None) -> None:
    assert whose(said, "FI") == found


def test_a_ticket_is_theirs_by_each_of_them() -> None:
    ticket = replace(a_ticket(), phones=("+358401234567",))
    assert Whose(number="T-2026-0001").has_ticket(ticket)
    assert Whose(email=LIISA.email).has_ticket(ticket)
    assert Whose(phone="+358401234567").has_ticket(ticket)
    assert Whose(account=Person(channel="test", account="liisa")).has_ticket(ticket)


@pytest.mark.parametrize(
    "other",
    [
        Whose(number="T-2026-0002"),
        Whose(email="matti@example.com"),
        Whose(phone="+358500000000"),
        Whose(account=Person(channel="slack", account="liisa")),
        Whose(account=Person(channel="test", account="matti")),
    ],
)
def test_what_is_another_persons_is_not_theirs(other: Whose) -> None:
    assert not other.has_ticket(a_ticket())
    assert not other.has_inquiry(a_question())


def test_who_has_no_address_is_not_everybody_without_one() -> None:
    nameless = replace(a_ticket(), person=replace(LIISA, email=""))
    assert not Whose(phone="+358401234567").has_ticket(nameless)
    assert not Whose(number="Q-2026-0009").has_ticket(nameless)


def test_an_inquiry_is_theirs_or_names_them() -> None:
    assert Whose(number="Q-2026-0001").has_inquiry(a_question())
    assert Whose(email=LIISA.email).has_inquiry(a_question())
    assert Whose(account=LIISA).has_inquiry(a_question())
    named = a_question("Kirjoittakaa osoitteeseen Matti@example.com")
    assert Whose(email="matti@example.com").has_inquiry(named)


def test_an_account_is_looked_for_in_no_text() -> None:
    assert Whose(email="a@b.fi").is_named_in("... A@B.fi ...")
    assert not Whose(account=ACCOUNT).is_named_in("telegram:123")
