"""Handles a written message."""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import No, PassToStaff, Yes
from bot.core.catalog import Right
from bot.core.conversation import (
    asides,
    commands,
    decisions,
    explaining,
    going_on,
    incident,
    languages,
    not_clear,
    of_earlier,
    on_correction,
    on_reply,
    on_ticket,
    open_question,
    pass_to_staff,
    request_flow,
    respond,
    staff_question,
    stage,
    to_staff,
    told_beside,
    verification,
    wants,
    way_on,
    wish,
)
from bot.core.conversation.code_in import code_in, disowning_word_in, is_misread_code
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Idle,
    Offered,
    Sending,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.reply import NOTHING, Reply, joined, say, stale
from bot.core.conversation.request_fields import DETAILS
from bot.core.conversation.world import World
from bot.core.events import Said
from bot.core.understanding.asked import Meaning, Reading, Stage
from bot.core.understanding.recognisers import wishes
from bot.core.understanding.recognisers.regrets import regrets_stop
from bot.core.understanding.replies import safeguards
from bot.core.understanding.topics.intended import wanted_rights
from bot.core.understanding.topics.match import Match, Outcome
from bot.core.understanding.words.cues import cues
from bot.core.understanding.words.own_words import own_words, without_citations
from bot.core.understanding.words.plain_answers import yes_or_no
from bot.core.understanding.words.text import KEPT, LONGEST

# What tells how tickets go says what staff wait for, too.
_SHOWS_TICKETS = frozenset({Outcome.STATUS, Outcome.CANCEL, Outcome.CLARIFY})
_CODE_TROUBLE = frozenset(
    {Meaning.CODE_MISSING, Meaning.CODE_EXPIRED, Meaning.CODE_ELSEWHERE, Meaning.CHASE}
)
_SURELY = 0.85  # that what may be about the address of a code is a wish instead
_OF_CODE = frozenset({"code_word", "not_come", "again", "expired", "elsewhere", "chase"})


def on_text(dialogue: Dialogue, event: Said, world: World) -> Reply:
    """Reply to a written message."""
    noticed = joined(say(f"masked.{kind}") for kind in sorted(event.masked))
    if event.edited and not isinstance(dialogue.state, Idle):
        # Platforms also report an edit where nobody wrote anything, as at a reaction.
        return noticed + say("edited") + open_question.ask_again(dialogue.state, world)
    if event.cut:
        noticed += say("cut", kept=KEPT, longest=LONGEST)
    elif len(event.text) > LONGEST:
        noticed += say("long", longest=LONGEST)
    if event.attached:
        noticed += say("attachment")
    text = event.text.strip()
    if not (dialogue.greeted or world.tickets):
        language = languages.of_first_words(text, dialogue.language, world.knowledge)
        dialogue = replace(dialogue, language=language)
    # A closed question can be answered by a sign, such as a thumb.
    if any(map(str.isalnum, text)) or (text and isinstance(dialogue.state, Offered | Summary)):
        heard = _heard(dialogue, text, event.replied_to, world)
        return noticed + way_on.shown(heard, dialogue.state)
    if not event.attached:
        noticed += say("empty")
    return noticed + open_question.ask_again(dialogue.state, world)


def something_else(dialogue: Dialogue, world: World) -> Reply:
    """Understand what was offered to be sent to staff as any other message."""
    if not isinstance(dialogue.state, Sending):
        return stale()
    idle = replace(dialogue, state=Idle())
    return Reply(state=Idle()) + _understand(idle, dialogue.state.text, world)


def _heard(dialogue: Dialogue, text: str, replied_to: str, world: World) -> Reply:
    state = dialogue.state
    freely = _is_kept_as_it_stands(state)
    command = commands.command_in(text)
    if command and (command == text or not freely):
        return commands.take(dialogue, command, world)
    if replied_to and (asked := staff_question.replied_to(replied_to, world.tickets)):
        language = languages.of_reply(text, dialogue.language, world.knowledge)
        reply = on_ticket.take_reply(asked, text, language, world)
        return open_question.beside(reply, state, world)
    if pass_to_staff.is_wanted(dialogue, text) and not wish.taken_up(dialogue, text, world):
        return decisions.take(dialogue, PassToStaff(), world)
    if word := disowning_word_in(text, world):
        return open_question.then_again(verification.disown(word, world), state, world)
    if not freely and (code := code_in(text, state, world)):
        return open_question.then_again(verification.take_code(code, world), state, world)
    return _replied(dialogue, text, world)


def _replied(dialogue: Dialogue, text: str, world: World) -> Reply:
    """Take what was written as a reply to what is open, else as any other message."""
    state = dialogue.state
    if isinstance(state, Withdrawing):
        return _withdrawing(dialogue, text, world)
    if dialogue.left and regrets_stop(text):
        return going_on.resume(dialogue, world)
    wanted = wants.matched(dialogue, text, world)
    if not isinstance(state, Answering) and (told := explaining.at_once(state, text, world)):
        return Reply(language=wanted[0].language) + told
    if _reports_incident(dialogue, text, wanted[1], world):
        return asides.reported(dialogue, text, world) or _understand(dialogue, text, world, wanted)
    asked = stage.asked(state, world.tickets, world.now)
    language = languages.of_reply(text, dialogue.language, world.knowledge)
    if asked.stage is Stage.IDLE:
        if unknown := of_earlier.without_ticket(dialogue, text, language, world):
            return Reply(language=language) + unknown
        return _understand(dialogue, text, world, wanted)
    reading = world.knowledge.reader.read(asked, text, language)
    match state:
        case Answering(id):
            return to_staff.take_answer(world.ticket(id), text, reading.means, world)
        case Correcting(id):
            return _correct(dialogue, id, reading, text, world)
        case Idle() | Sending():
            return _of_tickets(dialogue, reading, text, world)
    return _of_form(dialogue, reading, text, world)


def _of_form(dialogue: Dialogue, reading: Reading, text: str, world: World) -> Reply:
    """Take what is written while a request is under way: a reply to its question, or an aside."""
    state = dialogue.state
    language = languages.of_reply(text, dialogue.language, world.knowledge)
    if (explained := explaining.explained(state, text, language, world)) is not None:
        return explained
    if reading.means is Meaning.AGREE and staff_question.may_be_meant(text, language, world):
        return staff_question.reminder(world.tickets) + open_question.ask_again(state, world)
    reply = on_reply.take(dialogue, reading, text, world)
    if reply is not None:
        answered = asides.answered(reply, reading, text, dialogue, world)
        return asides.reportable(answered, reading, text, dialogue, world)
    about = not_clear.is_about_what_is_open(dialogue, reading, text, world)
    if about or wants.only_seems(dialogue, reading, text, world):
        return not_clear.asked_again(state, text, language, world)
    return _understand(dialogue, text, world)


def _of_tickets(dialogue: Dialogue, reading: Reading, text: str, world: World) -> Reply:
    """Take what is written while no form is open: about a ticket, or like any other message."""
    state = dialogue.state
    language = languages.of_reply(text, dialogue.language, world.knowledge)
    if isinstance(state, Sending) and (done := to_staff.decided(dialogue, state, text, world)):
        return done
    if is_misread_code(text, world):
        return on_ticket.misread_code(world)
    if _is_asked_for(text, reading, dialogue, world):
        return _understand(dialogue, text, world)
    match = world.knowledge.matcher.match(text, language)
    reply = on_ticket.take(reading, match, text, language, world)
    goes_on = isinstance(reply.state, Sending) if reply else not on_ticket.is_clear(match)
    if isinstance(state, Sending) and (told := on_ticket.told_beside(reading, text, world)):
        return open_question.then_again(told, state, world)
    if isinstance(state, Sending) and goes_on:
        return to_staff.goes_on(dialogue, state, text, world)
    if reply is None:
        return _understand(dialogue, text, world)
    return reply if reply.state else open_question.then_again(reply, state, world)


def _reports_incident(dialogue: Dialogue, text: str, match: Match, world: World) -> bool:
    """Tell whether a message reports an incident: staff are told at once, whatever is open."""
    if isinstance(dialogue.state, Answering):
        return False  # staff read it anyway
    said = told_beside.without_name(text, dialogue.language)
    if said != text:
        text, match = said, wants.matched(dialogue, said, world)[1]
    # What is asked for, or said of a ticket, may tell of one, or only sound like it: so do names.
    of_ticket = isinstance(dialogue.state, Idle | Sending) and world.tickets
    if match.outcome is not Outcome.INCIDENT:
        return False
    if not of_ticket and not isinstance(dialogue.state, Filling):
        return incident.is_sure(match, text) or not asides.sets_limit(dialogue, text, world)
    answers = of_ticket and on_ticket.may_answer(match, text, dialogue.language, world)
    return incident.is_sure(match, text) and not answers


def _is_asked_for(text: str, reading: Reading, dialogue: Dialogue, world: World) -> bool:
    """Tell whether, with no question open, a text is a new wish and not about a ticket."""
    if of_earlier.is_of_own(text):
        return False
    if wants.is_worded(text, dialogue, world):
        return True
    disputes = isinstance(dialogue.state, Sending) and reading.means is Meaning.DISPUTE
    if not disputes and wants.asks_on(dialogue, text, world):
        return True
    of_code = cues(text, languages.of_reply(text, dialogue.language, world.knowledge)) & _OF_CODE
    if reading.means not in _CODE_TROUBLE or of_code:
        return False
    match = wants.matched(dialogue, text, world)[1]
    # "The address was wrong" is about the code's letter, unless it is surely a wish.
    clear = _SURELY if reading.means is Meaning.CODE_ELSEWHERE else on_ticket.CLEAR
    return match.outcome is Outcome.REQUEST and match.confidence >= clear


def _withdrawing(dialogue: Dialogue, text: str, world: World) -> Reply:
    """Take the yes to withdrawing, which only a short plain answer is."""
    decision = yes_or_no(text)
    if decision is None:
        return _understand(dialogue, text, world)
    return decisions.take(dialogue, Yes() if decision else No(), world)


def _is_kept_as_it_stands(state: State) -> bool:
    """Tell whether what a person writes now is for staff, whatever it looks like."""
    details = isinstance(state, Filling) and state.asking.name == DETAILS
    return details or isinstance(state, Answering)


def _correct(dialogue: Dialogue, id: str, reading: Reading, text: str, world: World) -> Reply:
    """Take the right address; a question is answered first."""
    ticket = world.ticket(id)
    if ticket is None or not verification.awaits_code(ticket):
        idle = replace(dialogue, state=Idle())
        return Reply(state=Idle()) + _understand(idle, text, world)
    language = languages.of_reply(text, dialogue.language, world.knowledge)
    taken = explaining.explained(dialogue.state, text, language, world)
    taken = taken or on_correction.take(ticket, reading, text, world)
    return taken or _understand(dialogue, text, world)


def _understand(
    dialogue: Dialogue, text: str, world: World, wanted: tuple[Dialogue, Match] | None = None
) -> Reply:
    if not any(map(str.isalpha, text)):  # a number says nothing by itself
        return say("empty") + open_question.ask_again(dialogue.state, world)
    dialogue, match = wanted or wants.matched(dialogue, text, world)
    in_language = Reply(language=dialogue.language)
    if (reply := wish.in_few_words(dialogue, text, match, world)) is not None:
        return in_language + reply
    rights = wanted_rights(match)
    if rights and match.outcome in (Outcome.REQUEST, Outcome.INCIDENT):
        told = incident.beside(match, text, world) + respond.besides(match, world)
        return in_language + told + _asked_for(dialogue, rights, text, world)
    reply = NOTHING
    if not open_question.answers(dialogue.state, match, text, world):
        reply = respond.to_match(match, text, dialogue.state, world)
    if match.outcome not in _SHOWS_TICKETS and isinstance(dialogue.state, Idle):
        reply += staff_question.reminder(world.tickets)
    return in_language + open_question.after_aside(reply, match.outcome, dialogue.state, world)


def _asked_for(dialogue: Dialogue, rights: tuple[Right, ...], text: str, world: World) -> Reply:
    """Take rights that a message asks for; in the middle of a request they come after it."""
    match dialogue.state:
        case Offered(request) if rights == (request.right,):
            # Who asks once more for what is offered agrees, unless anything takes that back.
            # What is quoted agrees to nothing.
            own = without_citations(own_words(text))
            if own and safeguards.may_repeat(own, dialogue.language, request.right):
                return decisions.take(dialogue, Yes(), world)
            return open_question.ask_again(dialogue.state, world)
        case Offered(request) if wishes.beside_yes(text):  # "yes, and stop the adverts"
            return request_flow.offer_also(rights, text, request, world)
        case Filling(request) | Summary(request):
            return request_flow.add(rights, text, request, world)
    return request_flow.offer(rights, text, world)
