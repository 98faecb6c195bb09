"""Takes what is written where the right address of a ticket was asked for."""

from __future__ import annotations

from bot.core.conversation import verification
from bot.core.conversation.dialogue import Idle
from bot.core.conversation.reply import Reply, say, stopped
from bot.core.conversation.world import World
from bot.core.tickets.ticket import Ticket
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.words.plain_answers import yes_or_no

M = Meaning


def take(ticket: Ticket, reading: Reading, text: str, world: World) -> Reply | None:
    """Take the right address, or ask for it again; None where something else is said."""
    match reading.means:
        case M.VALUE | M.CHANGE if reading.value and "@" in reading.value:
            return verification.take_address(ticket, reading.value, world).then(Idle())
        case M.STOP | M.REFUSE | M.POSTPONE:
            return stopped()
        case M.NO_EMAIL if yes_or_no(text) is False:
            return stopped()
        case M.VALUE | M.UNCLEAR | M.NO_EMAIL | M.SKIP:
            return say("field.email.invalid") + verification.ask_for_address(ticket)
    return None
