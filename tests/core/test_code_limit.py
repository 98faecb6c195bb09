"""Three codes an hour to one address, whoever asks and by whichever way: in the core alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from bot.core.conversation.turn import Context, Dialogue, Fresh, Step

from bot.core.catalog import Catalog, Language, Notice, Right
from bot.core.conversation.step import addresses, step
from bot.core.effects import Say, SendCode
from bot.core.events import Chose, CustomerEvent, Requested, Said
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person, Ticket
from bot.core.understanding.matching import Matcher

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
VICTIM = "uhri@example.com"
SENT = tuple(NOW - timedelta(minutes=minutes) for minutes in (1, 2, 3))


class Customer:
    """One customer, whose events are handled with what the shell looks up for them."""

    def __init__(self, knows: tuple[Catalog, Notice, Matcher], sent: Sequence[datetime]) -> None:
        self._catalog, self._notice, self._matcher = knows
        self._sent = {VICTIM: tuple(sent)}
        self._dialogue = Dialogue(language=Language.EN)
        self._owned: dict[str, Ticket] = {}

    def does(self, event: CustomerEvent) -> list[str]:
        """Return to whom codes were mailed."""
        owned = tuple(self._owned.values())
        looked_up = addresses(self._dialogue, owned, event, "")
        done = self.step(event, {email: self._sent.get(email, ()) for email in looked_up})
        self._dialogue = done.dialogue
        self._owned |= {ticket.id: ticket for ticket in done.tickets}
        self._said = [effect for effect in done.effects if isinstance(effect, Say)][-1]
        return [effect.email for effect in done.effects if isinstance(effect, SendCode)]

    def step(self, event: CustomerEvent, sent: dict[str, tuple[datetime, ...]]) -> Step:
        context = Context(
            now=NOW,
            received_at=NOW,
            person=Person(channel="test", account="account"),
            catalog=self._catalog,
            notice=self._notice,
            matcher=self._matcher,
            rules=Rules(),
            code_key=b"key",
            fresh=Fresh(ticket_id="ticket", number="T-2026-0001", code="12345678"),
            codes_sent=sent,
        )
        return step(self._dialogue, tuple(self._owned.values()), event, context)

    def says(self, *texts: str) -> list[str]:
        return [email for text in texts for email in self.does(Said(text=text))]

    def presses(self, name: str) -> list[str]:
        token = next(c.token for c in self._said.choices if re.match(rf"{name}(:|$)", c.token))
        return self.does(Chose(token=token))

    def fills_in_a_form(self, email: str) -> list[str]:
        right = Right.ERASURE
        form = Requested(right=right, name="Matti", email=email, details="", language=Language.EN)
        return self.does(form)


@pytest.fixture(params=[(), SENT[:2], SENT], ids=["none", "two", "three"])
def sent(request: pytest.FixtureRequest) -> tuple[datetime, ...]:
    """When codes were sent to the victim's address within this hour, for other people."""
    found: tuple[datetime, ...] = request.param
    return found


@pytest.fixture
def customer(
    catalog: Catalog, notice: Notice, matcher: Matcher, sent: Sequence[datetime]
) -> Customer:
    return Customer((catalog, notice, matcher), sent)


def allowed(sent: Sequence[datetime]) -> list[str]:
    return [] if len(sent) == 3 else [VICTIM]


def asks(customer: Customer, email: str) -> list[str]:
    return customer.says("delete my data", "yes", "Matti", email, "skip", "yes")


def test_in_a_new_request(customer: Customer, sent: Sequence[datetime]) -> None:
    assert asks(customer, VICTIM) == allowed(sent)


def test_in_a_form(customer: Customer, sent: Sequence[datetime]) -> None:
    assert customer.fills_in_a_form(VICTIM) == allowed(sent)


def test_asked_for_once_more(customer: Customer, sent: Sequence[datetime]) -> None:
    asks(customer, VICTIM)
    assert customer.presses("resend") == allowed(sent)


@pytest.mark.parametrize("answer", [VICTIM, f"it is {VICTIM}."])
def test_by_correcting_the_address(
    customer: Customer, sent: Sequence[datetime], answer: str
) -> None:
    assert asks(customer, "matti@example.com") == ["matti@example.com"]
    assert customer.presses("correct") == []
    assert customer.says(answer) == allowed(sent)


def test_by_correcting_the_address_in_a_second_form(
    customer: Customer, sent: Sequence[datetime]
) -> None:
    customer.fills_in_a_form("matti@example.com")
    assert customer.fills_in_a_form(VICTIM) == allowed(sent)


def test_to_an_address_that_was_not_looked_up_no_code_is_sent(customer: Customer) -> None:
    customer.says("delete my data", "yes", "Matti", VICTIM, "skip")
    with pytest.raises(LookupError) as caught:
        customer.step(Said(text="yes"), sent={})
    assert VICTIM not in str(caught.value)
