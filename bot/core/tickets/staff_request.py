"""A request that came by phone, letter, counter or another mailbox, as staff enter it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.core.catalog import Language, Right
from bot.core.contacts import canonical_address, canonical_number
from bot.core.tickets.rules import Rules
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import STAFF, Actor, Denial

# One that lay in a drawer for longer is rather a slip of the pen.
OLDEST = timedelta(days=366)
_NORDIC = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_TODAY = frozenset({"today", "tänään", "idag", "i dag"})
_YESTERDAY = frozenset({"yesterday", "eilen", "igår", "i går"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRequest:
    """A request with its true day of receipt, on which the clock starts (Art. 12(3)).

    `words` are the person's own, or what staff noted of them.
    """

    right: Right
    source: Source
    received: date
    language: Language
    name: str = ""
    email: str = ""
    phone: str = ""
    words: str = ""


def day_of(text: str, today: date) -> date | None:
    """Return the day that a text names, such as 2026-11-20, 20.11.2026 or today; None: none."""
    said = " ".join(text.casefold().split())
    if said in _TODAY or said in _YESTERDAY:
        return today - timedelta(days=said in _YESTERDAY)
    found = _NORDIC.fullmatch(said)
    try:
        if found:
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(said)
    except ValueError:
        return None


def day_denied(text: str, today: date) -> Denial | None:
    """Return what is wrong with a day of receipt."""
    day = day_of(text, today)
    if day is None:
        return Denial.DAY_UNCLEAR
    if day > today:
        return Denial.DAY_TO_COME
    return Denial.DAY_LONG_PAST if today - day > OLDEST else None


def email_denied(text: str) -> Denial | None:
    """Return what is wrong with an address."""
    return None if canonical_address(text.strip()) else Denial.EMAIL_INVALID


def phone_denied(text: str, country: str) -> Denial | None:
    """Return what is wrong with a phone number."""
    return None if canonical_number(text, country) else Denial.PHONE_INVALID


def checked(
    request: StaffRequest, actor: Actor, now: datetime, rules: Rules
) -> StaffRequest | Denial:
    """Return a request with its contacts in the form in which they are kept, or what is wrong."""
    if not actor.roles & STAFF:
        return Denial.NOT_YOUR_ROLE
    if not any(text.strip() for text in (request.name, request.email, request.phone)):
        return Denial.PERSON_MISSING
    denied = day_denied(request.received.isoformat(), rules.today(now))
    if request.email.strip():
        denied = denied or email_denied(request.email)
    if request.phone.strip():
        denied = denied or phone_denied(request.phone, rules.country)
    if denied:
        return denied
    return replace(
        request,
        name=" ".join(request.name.split()),
        email=canonical_address(request.email.strip()) or "",
        phone=canonical_number(request.phone, rules.country) or "",
        words=request.words.strip(),
    )


def received_at(request: StaffRequest, now: datetime, rules: Rules) -> datetime:
    """Return a moment of the day of receipt: noon, unless it is today."""
    if request.received == rules.today(now):
        return now
    return datetime.combine(request.received, time(12), rules.timezone)
