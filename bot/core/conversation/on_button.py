"""Handles the press of a button."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.buttons import (
    AddTo,
    Another,
    Answer,
    AnswerStaff,
    Button,
    ChooseIntent,
    CorrectAddress,
    Instead,
    NoneOfThese,
    OfTicket,
    ProveByPhone,
    Resend,
    Restart,
    SendCopy,
    ShowOriginal,
    ShowSection,
    SomethingElse,
    Withdraw,
    WithdrawReally,
)
from bot.core.catalog import Intent, Kind
from bot.core.conversation import (
    answers,
    commands,
    copy_here,
    decisions,
    incident,
    my_tickets,
    on_text,
    open_question,
    request_flow,
    respond,
    staff_question,
    to_staff,
    verification,
)
from bot.core.conversation.dialogue import Dialogue, Idle, Sending
from bot.core.conversation.reply import Reply, say, stale
from bot.core.conversation.world import World
from bot.core.tickets.ticket import Action, Ticket
from bot.core.understanding.topics.match import Match, Outcome, outcome_of

_OF_TICKET: Mapping[type[OfTicket], Callable[[Ticket, World], Reply]] = {
    Resend: verification.resend,
    CorrectAddress: verification.correct,
    ProveByPhone: verification.ask_for_phone,
    AnswerStaff: staff_question.begin_answer,
    SendCopy: copy_here.send,
    Withdraw: my_tickets.withdraw,
    WithdrawReally: my_tickets.withdraw_really,
}


def on_button(dialogue: Dialogue, button: Button | None, world: World) -> Reply:
    """Do what a button says; what no button of ours says, or not any more, is stale."""
    knowledge = world.knowledge
    match button:
        case Answer(question) if not 0 < question == dialogue.asked:
            return stale()
        case SomethingElse():
            return on_text.something_else(dialogue, world)
        case Answer():
            return decisions.take(dialogue, button, world)
        case ShowSection(id) if id in knowledge.notice.sections:
            shown = answers.section(id, knowledge.notice, dialogue.language)
            return _go_on(dialogue, shown, world)
        case ShowOriginal(id):
            return _go_on(dialogue, _original(id, world), world)
        case ChooseIntent(id) if intent := knowledge.catalog.find(id):
            return _chosen(dialogue, intent, world)
        case OfTicket(id) if ticket := world.ticket(id):
            return _on_ticket(button, ticket, dialogue, world)
        case NoneOfThese():
            return say("clarify.none")
        case Restart():
            left = Dialogue(language=dialogue.language, state=Idle())
            return Reply(state=Idle()) + commands.take(left, commands.START, world)
    return stale()


def _on_ticket(button: OfTicket, ticket: Ticket, dialogue: Dialogue, world: World) -> Reply:
    written = dialogue.unanswered
    match button, dialogue.state:
        case Instead(), Sending() as sending:
            return to_staff.instead(sending, ticket, world)
        case AddTo(), _ if written:
            return to_staff.send(Sending(ticket.id, Action.ADD, written), world)
        case Another(), _:
            return request_flow.offer_another(ticket, written, world)
        case ((Instead() | AddTo()), _):
            return stale()
    return _OF_TICKET[type(button)](ticket, world)


def _go_on(dialogue: Dialogue, shown: Reply, world: World) -> Reply:
    """Go on after something was shown: what was open before is open still."""
    kept = shown + Reply(unanswered=dialogue.unanswered)
    return open_question.then_again(kept, dialogue.state, world)


def _original(source: str, world: World) -> Reply:
    notice = world.knowledge.notice
    if source in notice.sections:
        return answers.original(notice.within(source))
    if intent := world.knowledge.catalog.find(source):
        return answers.original(answers.quoted(intent, notice))
    named = tuple(source.split(answers.AND))
    if all(passage in notice.passages for passage in named):
        return answers.original(named)
    return stale()


def _chosen(dialogue: Dialogue, intent: Intent, world: World) -> Reply:
    if intent.right:
        return request_flow.offer((intent.right,), dialogue.unanswered, world)
    if intent.kind is Kind.INCIDENT:
        reported = incident.report(dialogue.unanswered, dialogue.language, world)
        return open_question.after_aside(reported, Outcome.INCIDENT, dialogue.state, world)
    outcome = outcome_of(intent)
    match = Match(language=dialogue.language, outcome=outcome, intent=intent.id)
    reply = respond.to_match(match, "", dialogue.state, world)
    return open_question.after_aside(reply, outcome, dialogue.state, world)
