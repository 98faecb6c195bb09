"""The page where a person opens the copy of their data: a link, then a fresh code by e-mail."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.effects import SendCode
from bot.core.tickets import copies, identity
from bot.core.tickets.command import Command
from bot.core.tickets.copies import Delivery
from bot.core.tickets.identity import CodeVerdict
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, Action, Denial, State, Ticket
from bot.core.tickets.transitions import Change, apply

_WITH_A_PAGE = frozenset({State.CONFIRMED, State.FULFILLED})
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class Problem(StrEnum):
    """Why nothing was opened, or no code sent. Keys of [page]."""

    GONE = "gone"  # there is no such page, or no more: nobody is told which
    TOO_MANY = "too_many"
    WRONG = "wrong"
    EXPIRED = "expired"


def delivery_of(ticket: Ticket, token: str, now: datetime) -> Delivery | None:
    """Return what a link opens: None unless it is the ticket's, and neither old nor used up."""
    delivery = ticket.delivery
    if delivery is None or ticket.state not in _WITH_A_PAGE or not ticket.files:
        return None
    own = hmac.compare_digest(copies.token_digest(token).encode(), delivery.token.encode())
    own = own and bool(delivery.token)
    return delivery if own and delivery.is_open(now) and ticket.address_is_proved else None


def with_code(
    ticket: Ticket, token: str, code: str, key: bytes, now: datetime, rules: Rules
) -> tuple[Ticket, SendCode] | Problem:
    """Send a fresh code to the proved address; only so many in an hour and a day."""
    delivery = delivery_of(ticket, token, now)
    if delivery is None:
        return Problem.GONE
    sent, limits = delivery.codes_sent, rules.codes
    in_an_hour = [at for at in sent if now - at < _HOUR]
    in_a_day = [at for at in sent if now - at < _DAY]
    if len(in_an_hour) >= limits.per_hour or len(in_a_day) >= limits.per_day:
        return Problem.TOO_MANY
    challenge = identity.challenge(code, _place(ticket), key, now, delivery.challenge)
    after = replace(delivery, challenge=challenge, codes_sent=(*sent, now))
    letter = SendCode(
        email=ticket.person.email,
        language=ticket.language,
        number=ticket.number,
        code=code,
        copy=True,
    )
    return replace(ticket, delivery=after), letter


def opened(
    ticket: Ticket, token: str, code: str, key: bytes, now: datetime, rules: Rules
) -> tuple[Ticket, Change | Problem]:
    """Open the copy with a code: return the ticket with the try counted, and what came of it."""
    delivery = delivery_of(ticket, token, now)
    if delivery is None:
        return ticket, Problem.GONE
    if delivery.challenge is None:
        return ticket, Problem.EXPIRED
    given = "".join(filter(str.isdecimal, code))
    verdict, tried = identity.check(
        delivery.challenge, given, _place(ticket), key, rules.codes, now
    )
    counted = replace(ticket, delivery=replace(delivery, challenge=tried))
    if verdict is not CodeVerdict.RIGHT:
        wrong = verdict in (CodeVerdict.WRONG, CodeVerdict.SUPERSEDED)
        return counted, Problem.WRONG if wrong else Problem.EXPIRED
    change = apply(counted, Command(action=Action.COLLECT), THE_CUSTOMER, now, rules)
    return counted, Problem.GONE if isinstance(change, Denial) else change


def _place(ticket: Ticket) -> str:
    return f"{ticket.id}/copy"
