"""Card rows on recipients and systems: which were notified, and which were excused and why."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.desk.wording import Wording, recipient
from bot.core.tickets import recipients
from bot.core.tickets.recipients import Tick
from bot.core.tickets.ticket import OPEN, Ticket

_DONE, _EXCUSED, _LEFT = "☑", "☒", "☐"


def found(ticket: Ticket, wording: Wording, *, reasons: bool) -> Mapping[str, str]:
    """Return the checklist by its label, with the `reasons` for what was left, or without."""
    known = wording.rules.recipients
    owners = {one.key: one.owner for one in known}

    def line(tick: Tick) -> str:
        named = recipient(tick.name, owners.get(tick.recipient, ""))
        said = f": {tick.excuse}" if reasons and tick.excuse else ""
        return f"{_EXCUSED if tick.excuse else _DONE} {named}{said}"

    left = recipients.wanted(ticket, known) if ticket.state in OPEN else ()
    lines = [*map(line, ticket.ticks), *(f"{_LEFT} {recipient(r.name, r.owner)}" for r in left)]
    return {"recipients": "\n".join(lines)}
