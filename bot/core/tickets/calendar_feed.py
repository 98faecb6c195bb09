"""The due dates of open tickets as a calendar feed (RFC 5545, iCalendar)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from bot.core.tickets.register import is_unproved
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import OPEN, Ticket

_LONGEST = 75  # octets of one line
_SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar(
    name: str,
    tickets: Iterable[Ticket],
    title: Callable[[Ticket], str],
    now: datetime,
    rules: Rules,
) -> str:
    """Return the calendar: an event that lasts the due day, of each ticket whose clock runs.

    Of a ticket there is nothing but its due day, its number, and what `title` says of it.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Seloste//Due days//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for ticket in tickets:
        # While a clock stands still its due day moves on with every day: it has none.
        if ticket.state in OPEN and ticket.clock.suspended_on is None:
            lines += _event(ticket, title(ticket), now, rules)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(ticket: Ticket, title: str, now: datetime, rules: Rules) -> list[str]:
    due = ticket.clock.end(rules.today(now)).due
    return [
        "BEGIN:VEVENT",
        f"UID:{ticket.number}@seloste",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{ticket.version}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        # Anybody can ask in any name: what nothing is shown of looks different in a calendar.
        f"STATUS:{'TENTATIVE' if is_unproved(ticket) else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def _folded(line: str) -> Iterator[str]:
    """Yield the parts of a line that is too long; all but the first begin with a space."""
    part = ""
    for letter in line:
        if len(f"{part}{letter}".encode()) > _LONGEST:
            yield part
            part = " "
        part += letter
    yield part
