"""The page with a copy: a link alone opens nothing, nor does a code alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.effects import SendCode
from bot.core.tickets import collecting
from bot.core.tickets.collecting import Problem
from bot.core.tickets.copies import LIFETIME, MOST_OPENINGS, Delivery
from bot.core.tickets.ticket import Action, State, Ticket
from bot.core.tickets.transitions import Change
from tests.core.tickets.test_copy_changes import RULES, with_page
from tests.factories import LIISA, NOW

KEY = b"key"


def with_code(ticket: Ticket, code: str = "12345678", now: datetime = NOW) -> Ticket:
    made = collecting.with_code(ticket, "secret", code, KEY, now, RULES)
    assert not isinstance(made, Problem), made
    return made[0]


def opened(
    ticket: Ticket, token: str = "secret", code: str = "1234 5678", now: datetime = NOW
) -> tuple[Ticket, Change | Problem]:
    return collecting.opened(ticket, token, code, KEY, now, RULES)


def test_a_code_goes_to_the_proved_address() -> None:
    made = collecting.with_code(with_page(), "secret", "12345678", KEY, NOW, RULES)
    assert not isinstance(made, Problem)
    letter = made[1]
    assert letter == SendCode(
        email=LIISA.email,
        language=with_page().language,
        number="T-2026-0001",
        code="12345678",
        copy=True,
    )


def test_link_and_code_open_it_and_the_code_is_used_up() -> None:
    sent = with_code(with_page())
    _, change = opened(sent)
    assert isinstance(change, Change)
    assert change.record.action == Action.COLLECT
    assert change.record.actor == "customer"
    assert opened(change.ticket)[1] is Problem.EXPIRED


def test_neither_opens_it_alone() -> None:
    sent = with_code(with_page())
    assert opened(sent, token="other") == (sent, Problem.GONE)
    assert opened(with_page())[1] is Problem.EXPIRED
    counted, problem = opened(sent, code="00000000")
    assert problem is Problem.WRONG
    assert counted.delivery is not None
    assert counted.delivery.challenge is not None
    assert counted.delivery.challenge.tries == 1


def test_a_code_that_was_tried_too_often_or_is_old_opens_nothing() -> None:
    ticket = with_code(with_page())
    for _ in range(RULES.codes.tries):
        ticket, _ = opened(ticket, code="00000000")
    assert opened(ticket)[1] is Problem.EXPIRED
    late = NOW + RULES.codes.lifetime + timedelta(seconds=1)
    assert opened(with_code(with_page()), now=late)[1] is Problem.EXPIRED


def test_the_code_of_one_ticket_opens_no_other() -> None:
    sent = with_code(with_page())
    other = replace(sent, id="other")
    assert opened(other)[1] is Problem.WRONG


def test_codes_are_few_in_an_hour_and_in_a_day() -> None:
    ticket, now = with_page(), NOW
    for number in range(RULES.codes.per_day):
        ticket = with_code(ticket, str(10**7 + number), now)
        now += timedelta(minutes=30)
    made = collecting.with_code(ticket, "secret", "12345678", KEY, now, RULES)
    assert made is Problem.TOO_MANY
    ticket = with_page()
    for _ in range(RULES.codes.per_hour):
        ticket = with_code(ticket)
    again = collecting.with_code(ticket, "secret", "12345678", KEY, NOW, RULES)
    assert again is Problem.TOO_MANY
    hour = NOW + timedelta(hours=1)
    assert collecting.delivery_of(with_code(ticket, now=hour), "secret", hour)


@pytest.mark.parametrize(
    "ticket",
    [
        replace(with_page(), delivery=None),
        replace(with_page(), files=()),
        replace(with_page(), state=State.AWAITING_CONFIRMATION),
        replace(with_page(), evidence=with_page().evidence[:-1]),
    ],
    ids=["not delivered", "destroyed", "reopened", "not proved"],
)
def test_without_a_page_nothing_is_sent_or_opened(ticket: Ticket) -> None:
    assert collecting.delivery_of(ticket, "secret", NOW) is None
    made = collecting.with_code(ticket, "secret", "12345678", KEY, NOW, RULES)
    assert made is Problem.GONE
    assert opened(ticket)[1] is Problem.GONE


def test_it_ends_after_its_days_and_openings() -> None:
    ticket = with_page()
    assert collecting.delivery_of(ticket, "secret", NOW + LIFETIME)
    assert not collecting.delivery_of(ticket, "secret", NOW + LIFETIME + timedelta(seconds=1))
    for _ in range(MOST_OPENINGS):
        change = opened(with_code(replace(ticket, delivery=_fresh(ticket))))[1]
        assert isinstance(change, Change)
        ticket = change.ticket
    assert collecting.delivery_of(ticket, "secret", NOW) is None


def _fresh(ticket: Ticket) -> Delivery:
    assert ticket.delivery is not None
    return replace(ticket.delivery, codes_sent=())
