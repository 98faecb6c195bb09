"""The customer's side of a conversation: (dialogue, tickets, event) -> what is said and done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.core.catalog import Kind, Language, Right
from bot.core.conversation import (
    answers,
    my_tickets,
    replies,
    request_fields,
    request_flow,
    verification,
)
from bot.core.conversation.answers import NO, YES
from bot.core.conversation.turn import NUMBERED, Context, Dialogue, Stage, Step, Turn
from bot.core.effects import Choice, ShowInquiry
from bot.core.events import Chose, CustomerEvent, Requested, Said, Shared
from bot.core.tickets import inquiries
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import Ticket
from bot.core.understanding.matching import KNOWN_WORDING, Match, Outcome

_CODE = re.compile(r"\d{4}[ -]?\d{4}")
_CODE_WITHIN = re.compile(r"(?<!\d)\d{8}(?!\d)")
# Below this the language of a message is a guess, and the conversation keeps its own.
SURE_OF_LANGUAGE = 0.9
_COMMANDS: Mapping[str, str] = {
    "/start": "smalltalk.hello",
    "/help": "smalltalk.help",
    "/human": "human",
    "/status": "status",
    "/cancel": "cancel",
}
# Where a platform takes all that begins with a slash for itself, they are written without.
_WORDS = frozenset(word[1:] for word in (*_COMMANDS, "/privacy") if word != "/start")
RESTART = "restart"
# What the buttons of a ticket do.
_ON_A_TICKET: Mapping[str, Callable[[Turn, Ticket], None]] = {
    "resend": verification.resend,
    "correct": verification.correct,
    "phone": verification.ask_for_phone,
    "answer": my_tickets.begin_answer,
    "withdraw": my_tickets.withdraw,
    "really": my_tickets.withdraw_really,
}


def step(
    dialogue: Dialogue, owned: tuple[Ticket, ...], event: CustomerEvent, context: Context
) -> Step:
    """Take one event of a customer, who owns these tickets (oldest first)."""
    turn = Turn(dialogue, owned, context)
    match event:
        case Chose():
            _chose(turn, event.token)
        case Said():
            _said(turn, event)
        case Shared():
            verification.take_phone(turn, event.phone)
        case Requested():
            request_flow.take_form(turn, event)
    return turn.result()


def addresses(
    before: Dialogue, owned: Iterable[Ticket], event: CustomerEvent, vouched: str
) -> frozenset[str]:
    """Return the addresses that an event may lead to: what is known of them is looked up first."""
    found = {ticket.person.email for ticket in owned}
    found |= {before.fields.get(request_fields.EMAIL, ""), vouched}
    match event:
        case Requested(email=email):
            found.add(request_fields.clean(request_fields.EMAIL, email))
        case Said(text=text) if before.stage is Stage.CORRECTING:
            found.add(request_fields.clean(request_fields.EMAIL, text))
    return frozenset(found - {""})


def _said(turn: Turn, event: Said) -> None:
    for kind in sorted(event.masked):
        turn.say(f"masked.{kind}")
    if event.edited and turn.dialogue.stage is not Stage.IDLE:
        # Platforms also tell of an edit where nobody wrote anything, as at a reaction.
        turn.say("edited")
        _ask_again(turn)
        return
    text = event.text.strip()
    if event.attached:
        turn.say("attachment")
    if not any(c.isalnum() for c in text):
        _nothing_said(turn, event)
    elif command := _command_in(turn, text):
        _command(turn, command)
    elif code := _code_in(turn, text):
        verification.take_code(turn, code)
        _ask_again(turn)
    elif turn.dialogue.stage is Stage.ANSWERING:
        my_tickets.take_answer(turn, text)
    elif turn.dialogue.stage is Stage.CORRECTING:
        _correct_to(turn, text)
    elif turn.dialogue.stage is Stage.FILLING:
        _fill(turn, text)
    else:
        _understand(turn, text)


def _nothing_said(turn: Turn, event: Said) -> None:
    if not event.attached:
        turn.say("empty")
    _ask_again(turn)


def _command_in(turn: Turn, text: str) -> str:
    """Return the command that a text is, with its slash; else nothing."""
    if text.startswith("/"):
        return text
    is_word = text.casefold() in _WORDS and not _writes_freely(turn)
    return f"/{text}" if is_word else ""


def _writes_freely(turn: Turn) -> bool:
    """Tell whether what a person writes now is kept as it stands."""
    stage, asking = turn.dialogue.stage, turn.dialogue.asking
    return stage is Stage.ANSWERING or (stage is Stage.FILLING and asking == request_fields.DETAILS)


def _code_in(turn: Turn, text: str) -> str:
    """Return the code that a text gives, or nothing where digits mean something else."""
    stage, asking = turn.dialogue.stage, turn.dialogue.asking
    if _writes_freely(turn):
        return ""
    asked_for_address = stage is Stage.CORRECTING or asking == request_fields.EMAIL
    if asked_for_address and request_fields.problem(request_fields.EMAIL, text) is None:
        return ""
    if _CODE.fullmatch(text):
        return re.sub(r"\D", "", text)
    within = _CODE_WITHIN.findall(text)
    return within[0] if len(within) == 1 and verification.waiting_for_code(turn) else ""


def _understand(turn: Turn, text: str) -> None:
    decision = replies.yes_or_no(text)
    if decision is None and replies.agrees(text):
        decision = True
    if decision is not None and turn.dialogue.stage is not Stage.IDLE:
        _decided(turn, "yes" if decision else "no")
        return
    if turn.dialogue.stage is Stage.SUMMARY and replies.finds_fault(text):
        _decided(turn, "change")
        return
    match = _match(turn, text)
    if match.outcome is Outcome.REQUEST:
        _asked_for(turn, match.rights or ((match.right,) if match.right else ()))
        return
    _reply(turn, match, text)
    _resume_form(turn, match)


def _asked_for(turn: Turn, rights: tuple[Right, ...]) -> None:
    """Take rights that a message asks for; in the middle of a request they come after it."""
    stage, current = turn.dialogue.stage, turn.dialogue.rights
    if stage is Stage.OFFERED and rights == current[:1]:
        _decided(turn, "yes")
    elif stage in (Stage.FILLING, Stage.SUMMARY):
        new = tuple(right for right in rights if right not in current)
        for right in new:
            turn.say("offer.also", right=right)
        turn.dialogue = replace(turn.dialogue, rights=current + new)
        request_flow.ask_next(turn)
    else:
        request_flow.offer(turn, rights)


def _match(turn: Turn, text: str) -> Match:
    language, sure = turn.context.matcher.language_of(text)
    wanted = replies.language_asked_for(text)
    spoken = turn.context.rules.languages
    if sure >= SURE_OF_LANGUAGE and len(text.split()) > 1 and language in spoken:
        turn.dialogue = replace(turn.dialogue, language=language)
    match = turn.context.matcher.match(text, turn.dialogue.language)
    if wanted in spoken and wanted and match.intent == "smalltalk.language":
        turn.dialogue = replace(turn.dialogue, language=wanted)
    return match


def _reply(turn: Turn, match: Match, text: str) -> None:
    match match.outcome:
        case Outcome.STATUS:
            my_tickets.status(turn)
        case Outcome.CANCEL:
            my_tickets.cancel(turn, text)
        case _:
            turn.add(answers.respond(match, turn.context.catalog, turn.context.notice))
            if match.outcome is Outcome.NOT_IN_NOTICE and text:
                _offer_to_pass(turn, text)


def _resume_form(turn: Turn, match: Match) -> None:
    """After an aside in the middle of a form, ask again what was being asked."""
    if match.outcome is Outcome.CANCEL:
        return
    if match.outcome is Outcome.CLARIFY:  # one question at a time: asked again after the choice
        return
    if turn.dialogue.stage is Stage.WITHDRAWING:
        turn.dialogue = replace(turn.dialogue, stage=Stage.IDLE, ticket="")
    if turn.dialogue.stage in (Stage.FILLING, Stage.SUMMARY):
        turn.choices.clear()
        turn.dialogue = replace(turn.dialogue, question="")
    _ask_again(turn)


def _command(turn: Turn, text: str) -> None:
    word = text.split()[0].split("@")[0].casefold()
    if word in {f"/{language}" for language in turn.context.rules.languages}:
        turn.dialogue = replace(turn.dialogue, language=Language(word[1:]))
        turn.say("smalltalk.language")
    elif word == "/privacy":
        turn.say("privacy")
    elif intent := _COMMANDS.get(word):
        kind = Kind(intent.split(".")[0])
        outcome = Outcome(kind)
        language = turn.dialogue.language
        _reply(turn, Match(language=language, outcome=outcome, intent=intent), text)
    else:
        turn.say("unknown_command", command=word[:32])
    _ask_again(turn)


def _ask_again(turn: Turn) -> None:
    """Put the open question again, after something else was said."""
    if turn.dialogue.stage is Stage.OFFERED:
        turn.say("offer.again", right=turn.dialogue.rights[0])
        turn.choices += [YES, NO]
    elif turn.dialogue.stage in (Stage.FILLING, Stage.SUMMARY):
        request_flow.ask_next(turn)
    elif turn.dialogue.ticket in turn.owned:
        ticket = turn.owned[turn.dialogue.ticket]
        if turn.dialogue.stage is Stage.ANSWERING:
            my_tickets.ask_for_answer(turn, ticket)
        elif turn.dialogue.stage is Stage.CORRECTING:
            verification.ask_for_address(turn, ticket)


def _chose(turn: Turn, token: str) -> None:
    head, _, rest = token.partition(":")
    if head in NUMBERED:
        _decided(turn, head if rest == str(turn.dialogue.asked) else "")
    elif token in turn.context.notice.sections:
        turn.add(answers.section(token, turn.context.notice, turn.dialogue.language))
        _go_on(turn)
    elif head == "fi":
        _original(turn, rest)
        _go_on(turn)
    elif head == "intent" and rest in turn.context.catalog.intents:
        _chose_intent(turn, rest)
    elif head in _ON_A_TICKET and rest in turn.owned:
        _ON_A_TICKET[head](turn, turn.owned[rest])
    elif token == "none":
        turn.say("clarify.none")
    elif token == RESTART:
        turn.leave()
        _command(turn, "/start")
    else:
        turn.say("stale_button")


def _go_on(turn: Turn) -> None:
    """Go on after something was shown: what was open before is open still."""
    turn.dialogue = replace(turn.dialogue, question=turn.question)
    _ask_again(turn)


def _chose_intent(turn: Turn, intent_id: str) -> None:
    intent = turn.context.catalog.intents[intent_id]
    if intent.right:
        request_flow.offer(turn, (intent.right,))
        return
    outcome = Outcome.ANSWER if intent.kind is Kind.QUESTION else Outcome(intent.kind)
    match = Match(language=turn.dialogue.language, outcome=outcome, intent=intent_id)
    _reply(turn, match, "")
    _resume_form(turn, match)


def _original(turn: Turn, source: str) -> None:
    notice, catalog = turn.context.notice, turn.context.catalog
    if source in notice.sections:
        turn.add(answers.original(notice.within(source)))
    elif source in catalog.intents:
        turn.add(answers.original(answers.quoted(catalog.intents[source], notice)))
    else:
        turn.say("stale_button")


def _decided(turn: Turn, token: str) -> None:
    match turn.dialogue.stage, token:
        case Stage.OFFERED, "yes":
            turn.dialogue = replace(turn.dialogue, stage=Stage.FILLING, asking="")
            request_flow.ask_next(turn)
        case Stage.SUMMARY, "yes":
            request_flow.open_ticket(turn)
        case Stage.SUMMARY, "change":
            turn.dialogue = replace(turn.dialogue, stage=Stage.FILLING, fields={}, asking="")
            request_flow.ask_next(turn)
        case Stage.FILLING, "skip" if request_flow.may_skip(turn):
            request_flow.take_field(turn, "")
        case Stage.FILLING, "vouched" if request_flow.may_take_vouched(turn):
            request_flow.take_field(turn, turn.context.vouched)
        case _, "pass":
            _pass(turn)
        case Stage.WITHDRAWING, "yes" if turn.dialogue.ticket in turn.owned:
            my_tickets.withdraw_really(turn, turn.owned[turn.dialogue.ticket])
        case stage, "no" if stage is not Stage.IDLE:
            _declined(turn)
        case _:
            turn.say("stale_button")


def _declined(turn: Turn) -> None:
    asking = turn.dialogue.stage in (Stage.OFFERED, Stage.SUMMARY, Stage.FILLING)
    if asking and turn.dialogue.rights[1:]:
        turn.say("stopped")
        request_flow.next_right(turn)
    else:
        turn.stop("stopped")


def _offer_to_pass(turn: Turn, text: str) -> None:
    turn.dialogue = replace(
        turn.dialogue, question=text[: request_fields.LONGEST[request_fields.DETAILS]]
    )
    turn.choices.append(Choice(token="pass", key="choice.pass"))


def _pass(turn: Turn) -> None:
    context = turn.context
    if not turn.question:
        turn.say("stale_button")
    elif context.open_inquiries >= inquiries.MOST_OPEN:
        turn.say("inquiry.too_many")
    else:
        turn.inquiry = Inquiry(
            id=context.fresh.ticket_id,
            number=context.fresh.inquiry,
            language=turn.dialogue.language,
            person=replace(context.person, thread=""),
            question=turn.question,
            asked_at=context.now,
        )
        turn.records.append(inquiries.opened(turn.inquiry))
        turn.effects.append(ShowInquiry(inquiry=turn.inquiry.id, number=turn.inquiry.number))
        turn.say("inquiry.passed", number=turn.inquiry.number)


def _fill(turn: Turn, text: str) -> None:
    if request_flow.may_skip(turn) and replies.skips(turn.dialogue.asking, text):
        request_flow.take_field(turn, "")
        return
    if turn.dialogue.asking != request_fields.DETAILS and replies.yes_or_no(text) is False:
        _decided(turn, "no")
        return
    if _is_aside(turn, text, turn.dialogue.asking):
        _understand(turn, text)
        return
    request_flow.fill_in(turn, text)


def _is_aside(turn: Turn, text: str, asked: str) -> bool:
    """Tell a question or a change of mind in the middle of a form from what was asked for.

    A name may look like anything, so only a question mark or a known wording is an aside.
    """
    if asked == request_fields.EMAIL and request_fields.problem(request_fields.EMAIL, text) is None:
        return False
    match = turn.context.matcher.match(text, turn.dialogue.language)
    if match.outcome in (Outcome.CANCEL, Outcome.HUMAN, Outcome.STATUS):
        return match.confidence >= KNOWN_WORDING
    return asked != request_fields.DETAILS and text.endswith("?")


def _correct_to(turn: Turn, text: str) -> None:
    """Take the right address; a question is answered first."""
    ticket = turn.owned.get(turn.dialogue.ticket)
    if ticket is None or verification.phase(ticket) != verification.AWAITING_CODE:
        verification.end_correcting(turn)
        _understand(turn, text)
    elif request_fields.problem(request_fields.EMAIL, text) is None:
        verification.end_correcting(turn)
        verification.take_address(turn, ticket, text)
    elif replies.yes_or_no(text) is False or _is_aside(turn, text, request_fields.EMAIL):
        _understand(turn, text)
    else:
        turn.say("field.email.invalid")
        verification.ask_for_address(turn, ticket)
