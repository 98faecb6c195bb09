"""The customer's side of a conversation: (dialogue, event, world) -> what is said and done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.core import buttons, contacts, pace
from bot.core.buttons import Answer, PassToStaff
from bot.core.contacts import Contact
from bot.core.conversation import (
    going_on,
    learning,
    open_question,
    request_fields,
    request_flow,
    typed_label,
    unfinished,
    verification,
)
from bot.core.conversation.dialogue import (
    Correcting,
    Dialogue,
    Filling,
    Form,
    Idle,
    LastTopic,
    Offered,
    OfTicket,
    Sending,
    State,
    Summary,
)
from bot.core.conversation.on_button import on_button
from bot.core.conversation.on_text import on_text
from bot.core.conversation.reply import Reply
from bot.core.conversation.request_fields import EMAIL
from bot.core.conversation.world import World
from bot.core.effects import Choice, Effect, Say, Text
from bot.core.events import Chose, CustomerEvent, Requested, Said, Shared
from bot.core.question_counts import AskedTopic
from bot.core.tickets.code_budget import CodeNote
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.record import Record
from bot.core.tickets.ticket import Person, Ticket
from bot.core.unanswered import Unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one event led to: the new dialogue, changed tickets, what is noted, and effects.

    `asked` is what is counted of questions, `unanswered` what is kept of them to learn from.
    """

    dialogue: Dialogue
    tickets: tuple[Ticket, ...]
    inquiry: Inquiry | None
    records: tuple[Record, ...]
    codes: tuple[CodeNote, ...]
    effects: tuple[Effect, ...]
    asked: tuple[AskedTopic, ...] = ()
    unanswered: Unanswered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """What a step may need to know of addresses and numbers."""

    addresses: frozenset[str]
    phones: frozenset[str]

    @property
    def contacts(self) -> frozenset[Contact]:
        """The contacts that must be looked up in the contact register."""
        emails, phones = map(contacts.email, self.addresses), map(contacts.phone, self.phones)
        return frozenset(emails) | frozenset(phones)


def lookups(
    dialogue: Dialogue, tickets: Iterable[Ticket], event: CustomerEvent, vouched: str
) -> Lookups:
    """Return what is to be looked up for the world in which an event is taken."""
    addresses = {ticket.person.email for ticket in tickets} | {vouched}
    match dialogue.at_request().state:
        case Offered(request) | Filling(request) | Summary(request):
            addresses.add(request.address)
    match event:
        case Requested(email=written):
            addresses.add(request_fields.clean(EMAIL, written))
        case Said(text=written) if isinstance(dialogue.state, Correcting):
            addresses.add(request_fields.clean(EMAIL, written))
    return Lookups(
        addresses=frozenset(addresses - {""}),
        phones=frozenset({event.phone} - {""}) if isinstance(event, Shared) else frozenset(),
    )


def step(dialogue: Dialogue, event: CustomerEvent, world: World) -> Step:
    """Take one event of a customer."""
    match event:
        case Said() if typed := typed_label.pressed(dialogue, event):
            return _step(dialogue, on_button(dialogue, typed, world), world)
        case Said():
            made = _step(dialogue, on_text(dialogue, event, world), world)
            return _learning(dialogue, event, made, world)
        case Chose():
            button = buttons.decode(event.token)
            return _step(dialogue, on_button(dialogue, button, world), world)
        case Shared():
            return _step(dialogue, verification.take_phone(event.phone, world), world)
        case Requested():
            return _step(dialogue, request_flow.take_form(event, world), world)


def _learning(before: Dialogue, event: Said, made: Step, world: World) -> Step:
    """Return a step with what is kept of its message, and is counted in its dialogue."""
    found = learning.of_message(before, event, made.dialogue, made.asked, world)
    if found is None:
        return made
    return replace(made, unanswered=found, dialogue=replace(made.dialogue, kept=before.kept + 1))


def reminded(dialogue: Dialogue, world: World) -> Step:
    """Remind a person of a request that they left half way."""
    dialogue = dialogue.at_request()
    return _by_itself(dialogue, unfinished.remind(dialogue, world), world)


def handed_over(dialogue: Dialogue, world: World) -> Step:
    """Hand a request that was left half way to staff."""
    dialogue = dialogue.at_request()
    return _by_itself(dialogue, unfinished.hand_over(dialogue, world), world)


def _by_itself(before: Dialogue, reply: Reply, world: World) -> Step:
    """Return what the clock led to, and not a message: nobody is spoken to without words."""
    made = _step(before, reply, world)
    dialogue = replace(made.dialogue, pace=before.pace, unanswered=before.unanswered)
    effects = made.effects if reply.parts else made.effects[1:]
    return replace(made, dialogue=dialogue, effects=effects)


def please_wait(dialogue: Dialogue, person: Person) -> tuple[Dialogue, Say | None]:
    """Tell a person whose messages have to wait that they do, unless they know.

    Returns the dialogue after that; what they wrote is taken when its time has come.
    """
    if dialogue.pace.told:
        return dialogue, None
    told = replace(dialogue, pace=replace(dialogue.pace, told=True))
    return told, Say(to=person, language=dialogue.language, parts=(Text(key="please_wait"),))


def _step(before: Dialogue, reply: Reply, world: World) -> Step:
    reply, form = _with_form(before, reply, world)
    asks = any(isinstance(choice.button, Answer) for choice in reply.choices)
    state = before.state if reply.state is None else reply.state
    after = Dialogue(
        language=reply.language or before.language,
        greeted=True,
        asked=before.asked + 1 if asks else before.asked,
        unanswered=reply.unanswered,
        state=state,
        pace=pace.spend(before.pace, world.rules.pace, world.now),
        topic=LastTopic(intent=reply.topic) if reply.topic else before.later_topic(),
        person=world.person if form or _can_be_unfinished(state) else None,
        form=form,
        left=going_on.left(before.state, reply),
        kept=before.kept,
        may_pass=_may_pass(before, reply),
    )
    # AI Act Art. 50(1): a machine says so at the first interaction at the latest.
    greeting = () if before.greeted else (Text(key="machine"),)
    say = Say(
        to=world.person,
        language=after.language,
        parts=greeting + reply.parts,
        choices=tuple(_numbered(choice, after.asked) for choice in reply.choices),
    )
    shown = typed_label.shown(before.shown, say.choices, after.language, world.knowledge)
    return Step(
        dialogue=replace(after, shown=shown),
        tickets=tuple({ticket.id: ticket for ticket in reply.tickets}.values()),
        inquiry=reply.inquiry,
        records=reply.records,
        codes=reply.codes,
        effects=(say, *reply.effects),
        asked=reply.asked,
    )


def _with_form(before: Dialogue, reply: Reply, world: World) -> tuple[Reply, Form | Sending | None]:
    """Return a reply, and what waits while a question about a ticket is open.

    Once that is answered, the reply goes on with what waited.
    """
    after = before.state if reply.state is None else reply.state
    if isinstance(after, OfTicket):
        return reply, before.state if isinstance(before.state, Form) else before.form
    if isinstance(after, Sending) and isinstance(before.state, Sending):
        # What was asked later is answered first; the same words for another ticket are moved.
        moved = after.ticket == before.state.ticket or after.text == before.state.text
        return reply, before.form if moved else before.state
    if isinstance(after, Idle) and before.form is not None:
        return open_question.then_again(reply.then(before.form), before.form, world), None
    return reply, None


def _may_pass(before: Dialogue, reply: Reply) -> bool:
    """Tell whether a button was shown that passes a text on, and still does."""
    shown = any(isinstance(choice.button, PassToStaff) for choice in reply.choices)
    kept = bool(reply.unanswered) and reply.unanswered == before.unanswered
    return shown or (kept and before.may_pass)


def _can_be_unfinished(state: State) -> bool:
    return isinstance(state, Offered | Filling | Summary | Sending)


def _numbered(choice: Choice, question: int) -> Choice:
    """Bind a button that answers a question to the question of this number."""
    if not isinstance(choice.button, Answer):
        return choice
    return replace(choice, button=replace(choice.button, question=question))
