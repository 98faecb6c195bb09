"""Sends what a person writes about a ticket to staff, after they have agreed to that."""

from __future__ import annotations

import re
from textwrap import shorten

from bot.core.buttons import Instead, SomethingElse, Yes
from bot.core.catalog import Language
from bot.core.conversation import languages, my_tickets, staff_question
from bot.core.conversation.answers import DECLINE
from bot.core.conversation.dialogue import Dialogue, Idle, Sending
from bot.core.conversation.opening import added
from bot.core.conversation.reply import NOTHING, Reply, act, say, stale, stopped
from bot.core.conversation.world import World
from bot.core.effects import Choice
from bot.core.tickets import quotas
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import MESSAGES, OPEN, Action, Ticket
from bot.core.understanding.asked import Asked, Meaning, Stage
from bot.core.understanding.recognisers.earlier_request import wants_to_change
from bot.core.understanding.replies import safeguards
from bot.core.understanding.words.plain_answers import yes_or_no

_EXCERPT = 300  # characters
_OTHERS = 2  # tickets that it might be about instead: more buttons are not read
_ASIDES = frozenset(
    {
        *(Meaning.QUESTION, Meaning.HUMAN, Meaning.LANGUAGE, Meaning.THANKS, Meaning.GREETING),
        *(Meaning.STOP, Meaning.WITHDRAW, Meaning.POSTPONE, Meaning.BREACH),
    }
)
_SEND = {Action.ANSWER: "choice.send_answer", Action.CHASE: "choice.remind_staff"}
_ELSE = Choice(button=SomethingElse(), key="choice.something_else")
# What is sent, and to whom: said beside a yes it adds nothing.
_SENT = re.compile(
    r"\b(?:staff|answer|reply|message|henkilökun\w+|vastau\w+|viesti\w*|personal\w*|svar\w*"
    r"|meddelande\w*)\b",
    re.IGNORECASE,
)


def offer(ticket: Ticket, wanted: Action, text: str, world: World) -> Reply:
    """Ask whether a text is to go to staff, and as what; `wanted` where the ticket allows it."""
    action = _fitting(wanted, ticket)
    question = staff_question.shown(ticket) if action is Action.ANSWER else NOTHING
    return question + _offer(ticket, action, text, world)


def _offer(ticket: Ticket, action: Action, text: str, world: World) -> Reply:
    ended = world.rules.today(ticket.closed_at).isoformat() if ticket.closed_at else ""
    asked = say(
        f"to_staff.{action}",
        number=ticket.number,
        right=ticket.right,
        text=shorten(text, _EXCERPT, placeholder=" …"),
        ended=ended,
    )
    send = Choice(button=Yes(), key=_SEND.get(action, "choice.send_to_staff"))
    leave = DECLINE if action is Action.CHASE else _ELSE
    others = (_instead(other) for other in _others(ticket, action, world))
    return asked.offering(send, *others, leave).then(Sending(ticket.id, action, text))


def ask_what_to_change(ticket: Ticket, text: str) -> Reply:
    """Ask what is to be changed in a ticket: what is written next goes to staff with the wish."""
    asked = say("to_staff.what_to_change", number=ticket.number, right=ticket.right)
    asked = asked.offering(DECLINE, my_tickets.offer_withdrawal(ticket))
    return asked.then(Sending(ticket.id, Action.AMEND, text))


def ask_again(sending: Sending, world: World) -> Reply:
    """Ask once more whether what was written is to go to staff."""
    ticket = world.ticket(sending.ticket)
    return offer(ticket, sending.action, sending.text, world) if ticket else NOTHING


def decided(dialogue: Dialogue, sending: Sending, text: str, world: World) -> Reply | None:
    """Take the yes or no to whether something is sent; None where a text is neither.

    A yes is heard as surely as one to a request. "OK, the brown coat" tells staff something more:
    that belongs to what is sent.
    """
    language = languages.of_reply(text, dialogue.language, world.knowledge)
    reading = world.knowledge.reader.read(Asked(stage=Stage.SUMMARY), text, language)
    if yes_or_no(text) is False:
        return stopped()
    if _is_asked_what(sending, language):
        return _what_to_change(sending, reading.means, text, world)
    if reading.means is not Meaning.AGREE:
        return None
    if sending.action is not Action.CHASE and _tells_more(text, language):
        return goes_on(dialogue, sending, text, world)
    return send(sending, world)


def _is_asked_what(sending: Sending, language: Language) -> bool:
    """Tell whether it was asked what is to be changed: so far there is but the wish."""
    return sending.action is Action.AMEND and wants_to_change(sending.text, language)


def _what_to_change(sending: Sending, means: Meaning, text: str, world: World) -> Reply | None:
    """Take what is to be changed, whatever it looks like; a bare yes says nothing of that."""
    ticket = world.ticket(sending.ticket)
    if ticket is None or means in _ASIDES:
        return None
    if means is Meaning.AGREE:
        return ask_what_to_change(ticket, sending.text)
    return lengthened(sending, text, world)


def _tells_more(text: str, language: Language) -> bool:
    """Tell whether there are words beside a yes: a bare sign has none."""
    said = _SENT.sub(" ", text)
    return any(map(str.isalpha, said)) and not safeguards.says_only_yes(said, language)


def goes_on(dialogue: Dialogue, sending: Sending, text: str, world: World) -> Reply:
    """Add one more message; where staff have asked on another ticket since, it answers that."""
    asked, before = staff_question.waiting(world.tickets), dialogue.pace.at
    newer = asked and before is not None and staff_question.asked_at(asked[-1]) >= before
    if sending.action is Action.ANSWER and newer and asked[-1].id != sending.ticket:
        return offer(asked[-1], Action.ANSWER, text, world)
    return lengthened(sending, text, world)


def lengthened(sending: Sending, text: str, world: World) -> Reply:
    """Add one more message to what is to be sent: several can be one answer."""
    ticket, longer = world.ticket(sending.ticket), added(sending.text, text)
    return _offer(ticket, _fitting(sending.action, ticket), longer, world) if ticket else NOTHING


def instead(sending: Sending, ticket: Ticket, world: World) -> Reply:
    """Ask the same about another ticket."""
    return offer(ticket, sending.action, sending.text, world)


def send(sending: Sending, world: World) -> Reply:
    """Send what was agreed to; where it can no longer be what it was offered as, as it fits now."""
    ticket = world.ticket(sending.ticket)
    if ticket is None:
        return stale().then(Idle())
    return _send(ticket, _fitting(sending.action, ticket), sending.text, world).then(Idle())


def take_answer(ticket: Ticket | None, text: str, means: Meaning, world: World) -> Reply:
    """Take the answer for staff, unless it says to stop or to withdraw the request."""
    if means in (Meaning.STOP, Meaning.POSTPONE):
        return stopped()
    if ticket is None or not ticket.question:
        return stale().then(Idle())
    if means is Meaning.WITHDRAW:
        return my_tickets.withdraw(ticket, world)
    return _send(ticket, Action.ANSWER, text, world).then(Idle())


def _send(ticket: Ticket, action: Action, text: str, world: World) -> Reply:
    if action in MESSAGES and not quotas.may_write(world.tickets, world.rules.quotas, world.now):
        return say("to_staff.too_many")
    sent = act(ticket, Command(action=action, text=text), world)
    if sent is None:
        return stale()
    after = sent.tickets[-1]
    due = after.clock.end(world.today).due.isoformat() if after.state in OPEN else ""
    late = my_tickets.is_late(after, world)
    if action is not Action.ANSWER:
        return sent + say("to_staff.sent", number=ticket.number, due=due, late=late)
    resumed = ticket.clock.suspended_on is not None and after.clock.suspended_on is None
    told = say("answer_staff.thanks", number=ticket.number, due=due, resumed=resumed, late=late)
    return sent + told


def _fitting(wanted: Action, ticket: Ticket) -> Action:
    """Return as what a text can go to staff as the ticket stands."""
    if ticket.state not in OPEN:
        return Action.DISPUTE
    return Action.ADD if wanted is Action.ANSWER and not ticket.question else wanted


def _others(ticket: Ticket, action: Action, world: World) -> list[Ticket]:
    """Return the tickets that it might be about instead, the newest first."""
    match action:
        case Action.ANSWER:
            possible = staff_question.waiting(world.tickets)
        case Action.DISPUTE:
            possible = list(world.tickets)
        case _:
            possible = world.open_tickets
    return [other for other in reversed(possible) if other.id != ticket.id][:_OTHERS]


def _instead(ticket: Ticket) -> Choice:
    values = {"number": ticket.number}
    return Choice(button=Instead(ticket.id), key="choice.instead", values=values)
