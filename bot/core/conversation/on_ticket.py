"""Handles messages of people who have tickets, while no form is open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.core.catalog import Language, in_library
from bot.core.conversation import (
    my_tickets,
    of_earlier,
    staff_question,
    stage,
    to_staff,
    verification,
)
from bot.core.conversation.dialogue import Answering, Idle
from bot.core.conversation.opening import sets_limit
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.world import World
from bot.core.tickets.ticket import OPEN, Action, Ticket
from bot.core.understanding.asked import Meaning, Reading, Topic
from bot.core.understanding.recognisers import about_question
from bot.core.understanding.replies import safeguards
from bot.core.understanding.topics.match import Match, Outcome
from bot.core.understanding.words.plain_answers import yes_or_no

M = Meaning
CLEAR = 0.5  # from this confidence on, a message clearly wants what it matches
_CERTAIN = 0.7  # and from this on, whatever else it may be
_FEW_WORDS = 2
_LATELY = timedelta(days=7)
_SENT_IN_VAIN = 2  # codes
# What goes to staff with the ticket, and as what.
_ABOUT: Mapping[Meaning, Action] = {
    M.ADD: Action.ADD,
    M.CHANGE: Action.AMEND,
    M.LIMIT: Action.LIMIT,
    M.DISPUTE: Action.DISPUTE,
}
# What may be asked beside an open question of staff, if it is clearly that.
_BESIDE = frozenset({M.QUESTION, M.MARKETING_STOP, M.NEW_RIGHT, M.OTHER_RIGHT, M.ALSO_RIGHT})
_ASIDES = frozenset({M.QUESTION, M.HUMAN, M.THANKS, M.BREACH, M.NEW_RIGHT, M.OTHER_RIGHT})
_TALK = frozenset({M.THANKS, M.GREETING, M.LANGUAGE})
_ANSWERED = frozenset({Outcome.ANSWER, Outcome.NOT_IN_NOTICE, Outcome.STATUS})
_NOT_OF_TICKETS = frozenset(
    {Outcome.ANSWER, Outcome.NOT_IN_NOTICE, Outcome.SMALLTALK, Outcome.HUMAN}
)
_RESPONSE_TIME = "topic.response-time"  # of one's own request, it is asked of that
# Where and when it comes is asked of one's own request.
_ANSWER = re.compile(r"\b(?:vastau\w+|päätö\w+|svaret|beslutet|(?:the|my|your) (?:answer|reply))\b")
_UNFIT = frozenset({Outcome.OUT_OF_SCOPE, Outcome.CLARIFY})


def take(
    reading: Reading, match: Match, text: str, language: Language, world: World
) -> Reply | None:
    """Do what is said of a ticket; None where a message is about something else."""
    if reply := of_earlier.take(reading, text, language, world) or _awaited(text, world):
        return reply
    asked = staff_question.waiting(world.tickets)
    waiting = verification.awaiting_code(world.tickets)
    if waiting and (done := _of_code(reading, waiting[-1], asked, world)):
        return done
    match reading.means:
        case M.WITHDRAW if not (asked and _asks_for_right(match)):
            return my_tickets.cancel(Idle(), text, world)
        case M.THANKS if match.outcome is Outcome.OUT_OF_SCOPE and not asked:
            return say("smalltalk.thanks")
        case means if _chases(means, text):
            return None if _is_clear(match) else of_earlier.chased(text, world)
    if asked:
        return _answered(my_tickets.meant(text, asked, world), reading, match, text, world)
    answered = staff_question.lately_answered(world.tickets, world.now)
    if answered and reading.means is M.ANSWER:
        return to_staff.offer(answered, Action.ADD, text, world)
    return _told(reading, match, text, language, world)


def _awaited(text: str, world: World) -> Reply | None:
    """Say that a code is awaited to whoever says yes to that, or asks where it is."""
    waiting = verification.awaiting_code(world.tickets)
    if not waiting or staff_question.waiting(world.tickets):
        return None
    if yes_or_no(text) is not True and not about_question.asks_where_code_is(text):
        return None
    told = say("code.awaited", email=waiting[-1].person.email)
    return told.offering(*verification.offer_code(waiting[-1]))


def _of_code(
    reading: Reading, ticket: Ticket, asked: Sequence[Ticket], world: World
) -> Reply | None:
    """Take what is said of a code that is awaited."""
    match reading.means:
        case M.CODE if not asked:  # one that is none: it would have been taken
            return misread_code(world)
        case M.CODE_MISSING:
            return _missing(ticket, world)
        case M.NEW_CODE | M.CODE_EXPIRED:
            return verification.resend(ticket, world)
        case M.CODE_ELSEWHERE:
            return _elsewhere(ticket, reading.value, world)
    return None


def misread_code(world: World) -> Reply:
    """Say what a code looks like; no try is counted."""
    waiting = verification.awaiting_code(world.tickets)
    return say("code.misread").offering(*verification.offer_code(waiting[-1]))


def take_reply(ticket: Ticket, text: str, language: Language, world: World) -> Reply:
    """Take a reply to the very message with a question of staff as its answer."""
    asked = stage.asked(Answering(ticket.id), world.tickets, world.now)
    reading = world.knowledge.reader.read(asked, text, language)
    return to_staff.take_answer(ticket, text, reading.means, world)


def may_answer(match: Match, text: str, language: Language, world: World) -> bool:
    """Tell whether what sounds like an incident reads more like the answer staff wait for."""
    if match.confidence >= _CERTAIN or not staff_question.waiting(world.tickets):
        return False
    asked = stage.asked(Idle(), world.tickets, world.now)
    return world.knowledge.reader.read(asked, text, language).means is M.ANSWER


def is_clear(match: Match) -> bool:
    """Tell whether a message clearly asks something by itself, whatever is to be sent."""
    return match.confidence >= CLEAR and match.outcome not in _UNFIT


def told_beside(reading: Reading, text: str, world: World) -> Reply | None:
    """Answer what is asked of a request beside what is to be sent: how it goes, who decides."""
    if reading.means is M.CHASE and safeguards.asks(text):
        return my_tickets.status(world)
    return of_earlier.who_decides(text, world)


def is_something_else(means: Meaning, match: Match, text: str) -> bool:
    """Tell whether a message is clearly no answer to the question of staff that is open."""
    if means in _TALK:
        return match.outcome is Outcome.SMALLTALK
    if means is M.STOP:
        return match.outcome is Outcome.CANCEL
    beside = means in _BESIDE or (match.outcome in _ANSWERED and safeguards.asks(text))
    return beside and match.confidence >= CLEAR and match.outcome not in _UNFIT


def _answered(
    ticket: Ticket, reading: Reading, match: Match, text: str, world: World
) -> Reply | None:
    """Offer what is not clearly something else as the answer: staff and the clock wait for it."""
    if reading.means is M.POSTPONE:
        return say("answer_staff.later", number=ticket.number).then(Idle())
    if is_something_else(reading.means, match, text):
        return None
    offered = to_staff.offer(ticket, Action.ANSWER, text, world)
    return say("human.reply") + offered if reading.means is M.HUMAN else offered


def _told(
    reading: Reading, match: Match, text: str, language: Language, world: World
) -> Reply | None:
    """Offer to send to staff what is said of a ticket, open or ended."""
    still_open = world.open_tickets
    ticket = my_tickets.meant(text, still_open or world.tickets[-1:], world)
    if reading.means is M.HUMAN and match.confidence < CLEAR:
        return say("human.reply") + to_staff.offer(ticket, Action.ADD, text, world)
    if still_open and _limits(reading, match, text, ticket):
        return to_staff.offer(ticket, Action.LIMIT, text, world)
    if action := _ABOUT.get(reading.means):
        if reading.field is Topic.EMAIL and verification.may_correct(ticket, reading.value):
            return verification.take_address(ticket, reading.value, world)
        return to_staff.offer(ticket, action, text, world)
    if match.confidence < CLEAR and (ended := _disputed(text, language, world)):
        return to_staff.offer(ended, Action.DISPUTE, text, world)
    if reading.means is M.UNCLEAR and _is_with_staff(ticket) and _is_unheard(match, text):
        return to_staff.offer(ticket, Action.ADD, text, world)
    return None


def _disputed(text: str, language: Language, world: World) -> Ticket | None:
    """Return the ticket that ended lately, if a message disputes it while others are open."""
    ended = [t for t in world.tickets if t.closed_at and world.now - t.closed_at < _LATELY]
    if not ended:
        return None
    asked = stage.of_ended(ended[-1])
    disputes = world.knowledge.reader.read(asked, text, language).means is M.DISPUTE
    return ended[-1] if disputes else None


def _limits(reading: Reading, match: Match, text: str, ticket: Ticket) -> bool:
    """Tell whether a message says what a request is not to cover, whatever it reads like."""
    said = len(text.split()) > _FEW_WORDS and not safeguards.asks(text)
    aside = reading.means in _ASIDES or _is_clear(match)
    return said and not aside and sets_limit(text, ticket.right)


def _asks_for_right(match: Match) -> bool:
    """Tell whether a message clearly wants a right, such as erasure: that ends no request."""
    return match.outcome is Outcome.REQUEST and match.confidence >= CLEAR


def _is_clear(match: Match) -> bool:
    """Tell whether a message clearly asks something that is no matter of one ticket."""
    clear = match.confidence >= CLEAR and in_library(match.intent) != _RESPONSE_TIME
    return clear and match.outcome in _NOT_OF_TICKETS


def _chases(means: Meaning, text: str) -> bool:
    """Tell whether a message asks how a request goes, or where and when its answer comes."""
    asks_for_it = means is M.QUESTION and _ANSWER.search(text.casefold()) is not None
    return means is M.CHASE or asks_for_it


def _missing(ticket: Ticket, world: World) -> Reply:
    """Send a new code; who got none twice is asked whether the address is right."""
    if len(ticket.codes_sent) < _SENT_IN_VAIN:
        return verification.resend(ticket, world)
    asked = say("code.missing", email=ticket.person.email)
    return asked.offering(*verification.offer_code(ticket))


def _elsewhere(ticket: Ticket, address: str, world: World) -> Reply:
    """Send the code to the address that is given, or ask for one."""
    if address == ticket.person.email:
        return _missing(ticket, world)
    if address and verification.may_correct(ticket, address):
        return verification.take_address(ticket, address, world)
    return verification.correct(ticket, world)


def _is_with_staff(ticket: Ticket) -> bool:
    return ticket.state in OPEN and verification.phase(ticket) not in verification.TURN_OF_CUSTOMER


def _is_unheard(match: Match, text: str) -> bool:
    """Tell whether nothing is known of what a message means, and it says something."""
    return match.outcome is Outcome.OUT_OF_SCOPE and len(text.split()) > _FEW_WORDS
