"""The secret link to the calendar of due dates, handed to somebody."""

from __future__ import annotations

from datetime import datetime

from bot.core.tickets.record import Observed, observed
from bot.core.tickets.ticket import Actor
from bot.storage import calendar_link
from bot.storage.store import Store
from bot.storage.unit import Unit


def handed_link(
    store: Store, address: str, actor: Actor, place: str, now: datetime, *, new: bool
) -> str:
    """Return the link below the service's address; a `new` one ends those before.

    Whoever has it sees the due dates for as long as it works: that it was handed out is noted.
    """
    facts = {"desk": place, "what": "calendar link", "new": "yes" if new else "no"}

    def hand(unit: Unit) -> str:
        if new:
            calendar_link.renew(unit)
        unit.audit.append(observed(Observed.LISTED, now, actor=actor.key, facts=facts))
        secret, *_ = calendar_link.secrets(unit)
        return f"{address}{calendar_link.PATH}{secret}.ics"

    return store.retrying(hand)
