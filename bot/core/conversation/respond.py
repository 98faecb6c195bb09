"""The reply to an understood message, with what the dialogue adds to the answer."""

from __future__ import annotations

from dataclasses import replace

from bot.core import question_counts
from bot.core.buttons import ChooseIntent
from bot.core.catalog import Right, in_library
from bot.core.conversation import answers, incident, my_tickets, pass_to_staff
from bot.core.conversation.dialogue import Idle, State
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.world import World
from bot.core.understanding.recognisers import offers_wanted
from bot.core.understanding.topics.match import KNOWN_WORDING, STATED, Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE
from bot.core.understanding.words.text import sentences

_FEW_WORDS = 2
_STORY, _SENTENCES = 300, 4  # characters; sentences
_RESPONSE_TIME = "topic.response-time"


def to_match(match: Match, text: str, state: State, world: World) -> Reply:
    """Reply to a message; a question without a text was chosen by a button."""
    asked = question_counts.asked_in(match) if text else question_counts.chosen(match)
    said = _offers if offers_wanted.wants_offers(text) else _replied
    return said(match, text, state, world) + Reply(asked=asked)


def _replied(match: Match, text: str, state: State, world: World) -> Reply:
    if match.outcome is Outcome.STATUS:
        told = my_tickets.status(world)
        in_words = len(text.split()) > _FEW_WORDS and match.confidence < KNOWN_WORDING
        known = world.tickets or world.waiting_inquiries()
        if known or not (in_words and isinstance(state, Idle)):
            return told
        # What was asked for in another way runs already: staff know of it (Art. 12(3)).
        return told + say("inquiry.offer") + pass_to_staff.offer(text)
    if match.outcome is Outcome.CANCEL:
        return my_tickets.cancel(state, text, world)
    if match.outcome is Outcome.INCIDENT:
        return incident.take(match, text, world)
    if text and in_library(match.intent) == _RESPONSE_TIME and (own := _of_own(world)):
        return own
    reply = answers.respond(match, world.knowledge.catalog, world.knowledge.notice)
    return _with_way_on(reply, match, text, state, world) if text else reply


def _with_way_on(reply: Reply, match: Match, text: str, state: State, world: World) -> Reply:
    """Return an answer with the way to what it does not answer: to staff, or to a right."""
    if _says_more(match, text, state):
        told = tuple(part for part in reply.parts if part != answers.ALSO)
        also = Reply(parts=tuple(part for part in reply.parts if part == answers.ALSO))
        first = replace(reply, parts=told) + say("answer.one_part") + also
        return first + pass_to_staff.offer(text)
    if any(_leaves_open(one, world) for one in (match, *match.besides)):
        return reply + pass_to_staff.offer(text)
    if match.outcome is Outcome.CLARIFY or _offers_right(reply, world):
        return reply + Reply(unanswered=text)  # what is chosen may be a right: these words ask it
    if match.intent == OTHER_LANGUAGE:
        return reply + pass_to_staff.offer_message(text)
    return reply


def _offers(_match: Match, text: str, state: State, world: World) -> Reply:
    """Reply to who wants offers: an objection that is open they may wish to take back."""
    if not isinstance(state, Idle):
        return say("offers.wanted")
    objections = (one for one in world.open_tickets if one.right is Right.MARKETING_OBJECTION)
    if objected := next(objections, None):
        return my_tickets.withdraw(objected, world)
    return say("offers.wanted") + say("inquiry.offer") + pass_to_staff.offer(text)


def _of_own(world: World) -> Reply | None:
    """Tell when an answer comes to whoever waits for one: theirs, and not the law's."""
    if report := world.open_report():
        return say("incident.waiting", number=report.number)
    return my_tickets.status(world) if world.open_tickets else None


def besides(match: Match, world: World) -> Reply:
    """Answer what is asked besides a request, before the request is taken."""
    answered = answers.besides(match, world.knowledge.catalog, world.knowledge.notice)
    return replace(answered, choices=(), topic="", asked=question_counts.asked_in(match))


def _leaves_open(match: Match, world: World) -> bool:
    """Tell whether staff may have more to say than what was quoted."""
    intent = world.knowledge.catalog.find(match.intent)
    unsure = match.outcome is Outcome.ANSWER and match.confidence < STATED
    return match.outcome is Outcome.NOT_IN_NOTICE or unsure or bool(intent and intent.text)


def _says_more(match: Match, text: str, state: State) -> bool:
    """Tell whether a message is a long story of which one part is answered: the rest has a way."""
    answered = match.outcome in (Outcome.ANSWER, Outcome.NOT_IN_NOTICE, Outcome.CLARIFY)
    long = len(text) > _STORY and len(sentences(text)) >= _SENTENCES
    return answered and long and isinstance(state, Idle)


def _offers_right(reply: Reply, world: World) -> bool:
    """Tell whether a right can be chosen below a reply: as what was meant, or as a request."""
    chosen = (one.button for one in reply.choices if isinstance(one.button, ChooseIntent))
    found = (world.knowledge.catalog.find(button.id) for button in chosen)
    return any(intent.right for intent in found if intent)
