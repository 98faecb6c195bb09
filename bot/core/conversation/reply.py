"""The outcome of an event, as a value: what is said, and what changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.catalog import Language
from bot.core.effects import Choice, Effect, Part, ShowTicket, Text
from bot.core.tickets.ticket import THE_CUSTOMER, Denial, Ticket

# What answers a question is said by a reply, too, and needs no dialogue and no ticket: to load
# those was a tenth of the start of a command.
if TYPE_CHECKING:
    from bot.core.conversation.dialogue import State
    from bot.core.conversation.world import World
    from bot.core.question_counts import AskedTopic
    from bot.core.tickets.code_budget import CodeNote
    from bot.core.tickets.command import Command
    from bot.core.tickets.inquiries import Inquiry
    from bot.core.tickets.record import Record
    from bot.core.tickets.transitions import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an event leads to. Replies are joined with +, and the later one counts.

    `state` and `language` are None where they stay as they are. `unanswered` can be passed to
    staff until the next message. `topic` is the intent that is answered, `asked` what is counted.
    """

    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()
    state: State | None = None
    language: Language | None = None
    unanswered: str = ""
    topic: str = ""
    asked: tuple[AskedTopic, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    inquiry: Inquiry | None = None
    records: tuple[Record, ...] = ()
    codes: tuple[CodeNote, ...] = ()
    effects: tuple[Effect, ...] = ()

    def __add__(self, later: Reply) -> Reply:
        return Reply(
            parts=self.parts + later.parts,
            choices=self.choices + later.choices,
            state=self.state if later.state is None else later.state,
            language=later.language or self.language,
            unanswered=later.unanswered or self.unanswered,
            topic=later.topic or self.topic,
            asked=later.asked or self.asked,
            tickets=self.tickets + later.tickets,
            inquiry=later.inquiry or self.inquiry,
            records=self.records + later.records,
            codes=self.codes + later.codes,
            effects=self.effects + later.effects,
        )

    def then(self, state: State) -> Reply:
        """Return the reply, after which the conversation stands there."""
        return replace(self, state=state)

    def offering(self, *choices: Choice) -> Reply:
        """Return the reply with these buttons below it, too."""
        return replace(self, choices=self.choices + choices)


NOTHING = Reply()


def say(key: str, **values: str | int | bool) -> Reply:
    """Say a text."""
    return Reply(parts=(Text(key=key, values=values),))


def stale() -> Reply:
    """Say that a button does nothing any more."""
    return say("stale_button")


def stopped() -> Reply:
    """Leave what was under way, and say so."""
    from bot.core.conversation.dialogue import Idle

    return say("stopped").then(Idle())


def keep(change: Change) -> Reply:
    """Keep a changed ticket with its audit record, and show it to the desk."""
    ticket = change.ticket
    shown = ShowTicket(ticket=ticket.id, number=ticket.number, new=ticket.version == 1)
    return Reply(tickets=(change.ticket,), records=(change.record,), effects=(shown,))


def act(ticket: Ticket, command: Command, world: World) -> Reply | None:
    """Have the customer act on a ticket; None when the table does not allow it."""
    from bot.core.tickets import transitions

    change = transitions.apply(ticket, command, THE_CUSTOMER, world.now, world.rules)
    return None if isinstance(change, Denial) else keep(change)


def joined(replies: Iterable[Reply]) -> Reply:
    """Return replies one after the other."""
    return sum(replies, NOTHING)
