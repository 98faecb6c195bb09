"""What a written message brings about."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.buttons import Change, No, Yes
from bot.core.catalog import Right
from bot.core.conversation import (
    commands,
    decisions,
    incident,
    languages,
    my_tickets,
    open_question,
    replies,
    request_fields,
    request_flow,
    respond,
    verification,
)
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Idle,
    Offered,
    State,
    Summary,
)
from bot.core.conversation.reply import Reply, joined, say
from bot.core.conversation.request_fields import DETAILS, EMAIL
from bot.core.conversation.world import World
from bot.core.events import Said
from bot.core.tickets import code_budget
from bot.core.understanding.matching import KNOWN_WORDING, Match, Outcome
from bot.core.understanding.other_languages import OTHER_LANGUAGE
from bot.core.understanding.text import LONGEST

_CODE = re.compile(r"\d{4}[ -]?\d{4}")
_CODE_WITHIN = re.compile(r"(?<!\d)\d{8}(?!\d)")


def on_text(dialogue: Dialogue, event: Said, world: World) -> Reply:
    """Reply to a written message."""
    noticed = joined(say(f"masked.{kind}") for kind in sorted(event.masked))
    if event.edited and not isinstance(dialogue.state, Idle):
        # Platforms also report an edit where nobody wrote anything, as at a reaction.
        return noticed + say("edited") + open_question.ask_again(dialogue.state, world)
    if event.cut:
        noticed += say("cut", longest=LONGEST)
    if event.attached:
        noticed += say("attachment")
    text = event.text.strip()
    if any(map(str.isalnum, text)):
        return noticed + _heard(dialogue, text, world)
    if not event.attached:
        noticed += say("empty")
    return noticed + open_question.ask_again(dialogue.state, world)


def _heard(dialogue: Dialogue, text: str, world: World) -> Reply:
    state = dialogue.state
    freely = _is_kept_as_it_stands(state)
    command = commands.command_in(text)
    if command and (command == text or not freely):
        return commands.take(dialogue, command, world)
    if word := _disowning(text, world):
        return open_question.then_again(verification.disown(word, world), state, world)
    if not freely and (code := _code_in(text, state, world)):
        return open_question.then_again(verification.take_code(code, world), state, world)
    match state:
        case Answering(id):
            return my_tickets.take_answer(world.ticket(id), text, dialogue, world)
        case Correcting(id):
            return _correct(dialogue, id, text, world)
        case Filling():
            return _fill(dialogue, state, text, world)
    return _understand(dialogue, text, world)


def _disowning(text: str, world: World) -> str:
    """Return the word that disowns a letter, where the text is one or holds one that is known."""
    word = code_budget.word_in(text)
    alone = len(text) <= len(word) + 1  # with a full stop, say
    return word if word and (alone or world.codes.knows(word)) else ""


def _is_kept_as_it_stands(state: State) -> bool:
    """Tell whether what a person writes now is for staff, whatever it looks like."""
    return isinstance(state, Answering) or _asks_for(state, DETAILS)


def _asks_for(state: State, field: str) -> bool:
    return isinstance(state, Filling) and state.asking.name == field


def _code_in(text: str, state: State, world: World) -> str:
    """Return the code that a text gives, or nothing where digits mean something else."""
    asked_for_address = isinstance(state, Correcting) or _asks_for(state, EMAIL)
    if asked_for_address and request_fields.problem(EMAIL, text) is None:
        return ""
    if _CODE.fullmatch(text):
        return re.sub(r"\D", "", text)
    within = _CODE_WITHIN.findall(text)
    awaited = verification.waiting_for_code(world.tickets)
    return within[0] if len(within) == 1 and awaited else ""


def _correct(dialogue: Dialogue, id: str, text: str, world: World) -> Reply:
    """Take the right address; a question is answered first."""
    ticket = world.ticket(id)
    if ticket is None or not verification.awaits_code(ticket):
        idle = replace(dialogue, state=Idle())
        return Reply(state=Idle()) + _understand(idle, text, world)
    if request_fields.problem(EMAIL, text) is None:
        return verification.take_address(ticket, text, world).then(Idle())
    if replies.yes_or_no(text) is False or _is_aside(dialogue, text, EMAIL, world):
        return _understand(dialogue, text, world)
    return say("field.email.invalid") + verification.ask_for_address(ticket)


def _fill(dialogue: Dialogue, state: Filling, text: str, world: World) -> Reply:
    field = state.asking
    if field.optional and replies.skips(field.name, text):
        return request_flow.take_field(state, "", world)
    if field.name != DETAILS and replies.yes_or_no(text) is False:
        return decisions.take(dialogue, No(), world)
    if _is_aside(dialogue, text, field.name, world):
        return _understand(dialogue, text, world)
    return request_flow.fill_in(state, text, world)


def _is_aside(dialogue: Dialogue, text: str, asked: str, world: World) -> bool:
    """Tell a question or a change of mind in the middle of a form from what was asked for.

    A name may look like anything, so only a question mark or a known wording is an aside.
    """
    if asked == EMAIL and request_fields.problem(EMAIL, text) is None:
        return False
    match = world.knowledge.matcher.match(text, dialogue.language)
    if match.outcome in (Outcome.CANCEL, Outcome.HUMAN, Outcome.STATUS):
        return match.confidence >= KNOWN_WORDING
    return asked != DETAILS and text.endswith("?")


def _understand(dialogue: Dialogue, text: str, world: World) -> Reply:
    decision = replies.yes_or_no(text)
    if decision is None and replies.agrees(text):
        decision = True
    if decision is not None and not isinstance(dialogue.state, Idle):
        return decisions.take(dialogue, Yes() if decision else No(), world)
    if isinstance(dialogue.state, Summary) and replies.finds_fault(text):
        return decisions.take(dialogue, Change(), world)
    dialogue, match = _matched(dialogue, text, world)
    in_language = Reply(language=dialogue.language)
    rights = match.rights or ((match.right,) if match.right else ())
    if rights and match.outcome in (Outcome.REQUEST, Outcome.INCIDENT):
        reported = incident.beside(match, text, world)
        return in_language + reported + _asked_for(dialogue, rights, text, world)
    reply = respond.to_match(match, text, dialogue.state, world)
    return in_language + open_question.after_aside(reply, match.outcome, dialogue.state, world)


def _matched(dialogue: Dialogue, text: str, world: World) -> tuple[Dialogue, Match]:
    """Return what a message wants, and the dialogue in the language that it is in or asks for."""
    # A single word, such as a name or "ok", says little of the language.
    written = languages.written_in(text, world.knowledge) if len(text.split()) > 1 else None
    language = written or dialogue.language
    match = world.knowledge.matcher.match(text, language)
    if match.intent == OTHER_LANGUAGE:
        return dialogue, match  # what it looks like most is a guess
    if match.language in world.rules.languages:  # "hello" is greeted in English
        language = match.language
    if match.intent == "smalltalk.language":
        wanted = languages.asked_for(text)
        language = wanted if wanted and wanted in world.rules.languages else language
    return replace(dialogue, language=language), match


def _asked_for(dialogue: Dialogue, rights: tuple[Right, ...], text: str, world: World) -> Reply:
    """Take rights that a message asks for; in the middle of a request they come after it."""
    match dialogue.state:
        case Offered(request) if rights == (request.right,):
            return decisions.take(dialogue, Yes(), world)
        case Filling(request) | Summary(request):
            return request_flow.add(rights, text, request, world)
    return request_flow.offer(rights, text, world)
