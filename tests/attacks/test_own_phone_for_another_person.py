"""Mallory, whose own number is on file, asks in Veera's name and proves only who she is herself."""

from __future__ import annotations

import pytest

from bot.bootstrap import Assistant
from bot.core.catalog import Right
from bot.core.tickets.ticket import State
from tests.attacks.customers import Customer, face, staff_confirm
from tests.register import put_on_file

MALLORY, VEERA, OTHER = "+358401111111", "veera.victim@example.com", "+358402222222"


@pytest.fixture
def mallory(app: Assistant) -> Customer:
    put_on_file(app.store, ("mallory@example.com", MALLORY), (VEERA, OTHER))
    return Customer(app, "mallory")


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("number", [MALLORY, "+358403333333"])
def test_a_number_of_ones_own_verifies_no_request_in_another_name(
    app: Assistant, mallory: Customer, right: Right, number: str
) -> None:
    mallory.asks(right, "Veera Victim", VEERA)
    mallory.shares(number)
    staff_confirm(app, mallory.ticket)
    assert mallory.ticket.state is State.AWAITING_IDENTITY


def test_staff_see_that_the_address_was_never_proved(app: Assistant, mallory: Customer) -> None:
    mallory.asks(Right.ERASURE, "Veera Victim", VEERA)
    mallory.shares(MALLORY)
    shown = face(app, mallory.ticket)
    (address,) = (line for line in shown.splitlines() if "v•••@example.com" in line)
    assert "EI todistettu" in address
    assert "osoite rekisterissä" not in shown
    (number,) = (line for line in shown.splitlines() if "•••11 · todistettu" in line)
    assert "numero rekisterissä" in number


def test_whose_address_and_number_are_one_persons_on_file_proves_either(app: Assistant) -> None:
    """What the attack must not take from the honest."""
    put_on_file(app.store, (VEERA, OTHER))
    veera = Customer(app, "veera")
    veera.asks(Right.ERASURE, "Veera Victim", VEERA)
    veera.shares(OTHER)
    assert veera.ticket.state is State.AWAITING_CONFIRMATION


def test_a_number_that_two_persons_have_on_file_proves_neither_address(app: Assistant) -> None:
    put_on_file(app.store, ("mallory@example.com", MALLORY), (VEERA, MALLORY))
    husband = Customer(app, "mallory")
    husband.asks(Right.ACCESS, "Veera Victim", VEERA)
    husband.shares(MALLORY)
    assert husband.ticket.state is State.AWAITING_IDENTITY
    assert "EI todistettu" in face(app, husband.ticket)


def test_staff_are_told_where_a_proved_address_is_several_persons(app: Assistant) -> None:
    """Whoever reads a mailbox that a family or a firm shares is one of them: staff find out who."""
    put_on_file(app.store, ("info@example.com", MALLORY), ("info@example.com", OTHER))
    mallory = Customer(app, "mallory")
    mallory.asks(Right.ACCESS, "Veera Victim", "info@example.com")
    mallory.says(mallory.reads_code_at("info@example.com"))
    assert "osoite rekisterissä usealla henkilöllä" in face(app, mallory.ticket)


def test_who_proves_both_needs_no_link_between_them(mallory: Customer) -> None:
    mallory.asks(Right.ACCESS, "Mallory", "new@example.com")
    mallory.shares(MALLORY)
    assert not mallory.ticket.verified
    mallory.says(mallory.reads_code_at("new@example.com"))
    assert mallory.ticket.state is State.AWAITING_CONFIRMATION
