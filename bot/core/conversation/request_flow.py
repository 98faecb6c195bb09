"""A request for a right: offered, filled in field by field, summed up, opened as a ticket."""

from __future__ import annotations

from dataclasses import replace
from textwrap import shorten

from bot.core.buttons import Change, Skip, UseVouchedAddress, Yes
from bot.core.catalog import Language, Right
from bot.core.conversation import (
    already_open,
    answers,
    on_behalf,
    request_fields,
    verification,
)
from bot.core.conversation.answers import DECLINE, MAKE, STOP
from bot.core.conversation.dialogue import Filling, Idle, Offered, Request, Summary
from bot.core.conversation.opening import added, asks_clearly, fields_in, limit_of, other_address
from bot.core.conversation.reply import Reply, joined, keep, say
from bot.core.conversation.request_fields import (
    ALSO_FOR,
    CONCERNED,
    DETAILS,
    EMAIL,
    NAME,
    RELATION,
    Field,
)
from bot.core.conversation.world import World
from bot.core.effects import Choice, Text
from bot.core.events import Requested
from bot.core.tickets import new_ticket, quotas, transitions
from bot.core.tickets.representation import Relation
from bot.core.tickets.ticket import THE_CUSTOMER, Actor, Ticket

_EXCERPT = 300  # characters
# What is asked for in other words where it is somebody else's.
_THEIRS = {
    Right.ACCESS: "theirs",
    Right.ERASURE: "theirs",
    Right.MARKETING_OBJECTION: "their_contacts",
}


def take_form(event: Requested, world: World) -> Reply:
    """Take a form that was filled in at once: what it says has been agreed to."""
    in_its_language = Reply(language=event.language)
    given = {NAME: event.name, EMAIL: event.email, DETAILS: event.details}
    if event.concerned.strip():
        given[CONCERNED] = event.concerned
    fields = {name: request_fields.clean(name, text) for name, text in given.items()}
    if CONCERNED in fields:
        fields[RELATION] = Relation.OTHER
    request = Request(right=event.right, asked_at=world.received_at, fields=fields)
    already = quotas.open_ticket_of(event.right, world.tickets, on_behalf=request.on_behalf)
    if already and verification.may_correct(already, event.email):
        corrected = in_its_language + verification.take_address(already, event.email, world)
        return corrected + already_open.more(already, request, world.changed(corrected.tickets))
    if any(request_fields.problem(name, text) for name, text in given.items() if text):
        return in_its_language + say("empty")
    return in_its_language + open_ticket(request, event.language, world)


def offer(rights: tuple[Right, ...], opening: str, world: World) -> Reply:
    """Offer to make requests of rights, one after the other; not of what is open already.

    `opening` are the words that asked for them.
    """
    told, new = _apart_from_open(rights, opening, world)
    if not new:
        return told
    if not _may_open(world):
        return told + say("ticket.too_many")
    request = Request(
        right=new[0],
        later=new[1:],
        asked_at=world.received_at,
        fields=fields_in(opening, new),
        opening=opening,
        clear=asks_clearly(opening, new, world.knowledge.matcher.match(opening)),
    )
    whom = on_behalf.told(request.fields, world)
    return told + whom + _offer(request, world) + _mention(request.later)


def add(rights: tuple[Right, ...], text: str, request: Request, world: World) -> Reply:
    """Have more rights asked for after a request, by one more message; not what is open already."""
    told, with_more = longer(rights, text, request, world)
    return told + ask_next(with_more, world)


def offer_also(rights: tuple[Right, ...], text: str, request: Request, world: World) -> Reply:
    """Have more rights asked for after the offered one, and put the offer again: no yes yet."""
    told, with_more = longer(rights, text, request, world)
    asked = say("offer.again", right=request.right).offering(MAKE, DECLINE)
    return told + asked.then(Offered(with_more))


def longer(
    rights: tuple[Right, ...], text: str, request: Request, world: World
) -> tuple[Reply, Request]:
    """Return a request that more rights come after, and what is said of those."""
    more = tuple(right for right in rights if right not in request.rights)
    told, new = _apart_from_open(more, text, world)
    opening = added(request.opening, text)
    with_more = replace(request, later=request.later + new, opening=opening)
    return replace(told, choices=()) + _mention(new), with_more


def offer_another(ticket: Ticket, opening: str, world: World) -> Reply:
    """Offer a request of the right of an open ticket, for other contacts than it names."""
    if not _may_open(world):
        return say("ticket.too_many")
    known = {NAME: ticket.person.name, EMAIL: other_address(opening, ticket.person.email)}
    fields = {name: value for name, value in known.items() if value and not ticket.on_behalf}
    fields |= fields_in(opening, (ticket.right,))
    at, right = world.received_at, ticket.right
    return _offer(Request(right=right, asked_at=at, opening=opening, fields=fields), world)


def _apart_from_open(
    rights: tuple[Right, ...], opening: str, world: World
) -> tuple[Reply, tuple[Right, ...]]:
    """Return what is said of the rights that this person has an open ticket of, and the others."""
    fields = fields_in(opening, rights)
    address, concerned = fields.get(EMAIL, ""), request_fields.on_behalf(fields)
    found = (
        (right, quotas.open_ticket_of(right, world.tickets, address, concerned)) for right in rights
    )
    already = {right: ticket for right, ticket in found if ticket}
    told = joined(already_open.told(ticket, opening) for ticket in already.values())
    return told, tuple(right for right in rights if right not in already)


def _mention(rights: tuple[Right, ...]) -> Reply:
    """Say that the message asked for these rights, too, which come later."""
    return joined(say("offer.also", right=right) for right in rights)


def offer_next(request: Request, world: World) -> Reply:
    """Offer the next right of the same message, with what limits it there."""
    following = request.following()
    if limit := limit_of(following.right, request.opening):
        following = replace(following, fields={**following.fields, DETAILS: limit})
    return _offer(following, world)


def _offer(request: Request, world: World) -> Reply:
    if not on_behalf.is_taken(request, world):
        return on_behalf.not_taken(request)
    intent = world.knowledge.catalog.request(request.right)
    offered = answers.offer(intent, world.knowledge.notice).then(Offered(request))
    if request.on_behalf is None:
        return offered
    # The usual words speak of the writer's own data.
    asked = Text(key="offer.on_behalf", values={"right": request.right})
    return replace(offered, parts=(asked, *offered.parts[1:]))


def fill_in_again(request: Request, world: World) -> Reply:
    """Ask for all fields once more; whether it is for somebody else was not asked for."""
    kept = {name: text for name, text in request.fields.items() if name == RELATION}
    return ask_next(replace(request, fields=kept), world)


def fill_in(state: Filling, text: str, world: World) -> Reply:
    """Take what was written in answer to a field, or say what is wrong with it."""
    problem = request_fields.problem(state.asking.name, text)
    if problem:
        return say(problem) + ask_next(state.request, world)
    return take_field(state, text, world)


def take_field(state: Filling, text: str, world: World) -> Reply:
    """Take the value of the field that was asked for; go on to the next."""
    name = state.asking.name
    fields = {**state.request.fields, name: request_fields.clean(name, text)}
    return ask_next(replace(state.request, fields=fields), world)


def ask_next(request: Request, world: World) -> Reply:
    """Ask for the next field; when there is none, sum up."""
    if not on_behalf.is_taken(request, world):
        return on_behalf.not_taken(request)
    missing = request.missing
    if missing is None:
        return _summarise(request)
    asked = say(f"field.{_question(missing, request)}").offering(*_ways_out(missing, world), STOP)
    return asked.then(Filling(request, missing))


def _question(field: Field, request: Request) -> str:
    """Return the name of the text that asks for a field: of whom, if two people are concerned."""
    other = request.on_behalf is not None
    if field.name != DETAILS:
        return f"{field.name}.{'own' if other and field.name != CONCERNED else 'ask'}"
    return f"details.{_THEIRS.get(request.right, request.right) if other else request.right}"


def _ways_out(field: Field, world: World) -> tuple[Choice, ...]:
    """Return what can be pressed in the place of writing a field."""
    choices: tuple[Choice, ...] = ()
    if field.name == EMAIL and world.vouched:
        values = {"email": world.vouched}
        choices += (Choice(button=UseVouchedAddress(), key="choice.vouched", values=values),)
    if field.optional:
        key = "choice.no_email" if field.name == EMAIL else "choice.skip"
        choices += (Choice(button=Skip(), key=key),)
    return choices


def _summarise(request: Request) -> Reply:
    fields = request.fields
    summed_up = say(
        "summary.text",
        right=request.right,
        name=fields.get(NAME, ""),
        email=request.address,
        details=fields.get(DETAILS, ""),
        opening=_excerpt(request.opening),
        concerned=request.on_behalf.name if request.on_behalf else "",
        relation=request.on_behalf.relation if request.on_behalf else "",
    )
    change = Choice(button=Change(), key="choice.change")
    send = Choice(button=Yes(), key="choice.send")
    return summed_up.offering(send, change, STOP).then(Summary(request))


def _excerpt(opening: str) -> str:
    """Return the beginning of what was written: the summary is read on a phone."""
    return shorten(opening, _EXCERPT, placeholder=" …")


def open_ticket(request: Request, language: Language, world: World) -> Reply:
    """Open the ticket that was agreed to, and begin with the proof of identity.

    Not while one of the same right is open, nor when the person's quota is used up: whatever led
    here, this is where tickets are opened.
    """
    if not on_behalf.is_taken(request, world):
        return on_behalf.not_taken(request)
    already = quotas.open_ticket_of(
        request.right, world.tickets, request.address, request.on_behalf
    )
    if already:
        return _then_next(already_open.agreed(already, request, world), request, world)
    if not _may_open(world):
        return say("ticket.too_many").then(Idle())
    change = new_ticket_of(request, language, THE_CUSTOMER, world)
    due = change.ticket.clock.end(world.today).due.isoformat()
    told = say("ticket.opened", number=change.ticket.number, due=due)
    opened = keep(change) + told + verification.begin(change.ticket, world)
    opened += on_behalf.next_steps(change.ticket)
    return _then_next(opened, request, world)


def new_ticket_of(
    request: Request, language: Language, actor: Actor, world: World
) -> transitions.Change:
    """Return the ticket of a request as it stands, with what is known of its person."""
    name, email = request.fields.get(NAME, ""), request.address
    return new_ticket.open_ticket(
        id=world.new.id,
        number=world.new.ticket_number,
        right=request.right,
        language=language,
        person=replace(world.person, name=name, email=email, thread=""),
        details=request.fields.get(DETAILS, ""),
        received_at=request.asked_at,
        opening=request.opening,
        on_behalf=request.on_behalf,
        now=world.now,
        rules=world.rules,
        actor=actor,
    )


def _may_open(world: World) -> bool:
    return quotas.may_open(world.tickets, world.rules.quotas, world.now)


def _then_next(reply: Reply, request: Request, world: World) -> Reply:
    """Return a reply, and after it the offer of what the same person asked for besides."""
    if not request.later and ALSO_FOR not in request.fields:
        return reply.then(Idle())
    # One question at a time: the code can be sent again by /status.
    following = offer_next if request.later else _offer_for_another
    return replace(reply, choices=()) + following(request, world)


def _offer_for_another(request: Request, world: World) -> Reply:
    """Offer the same right for the other person of whom the writer spoke."""
    known = {name: text for name, text in request.fields.items() if name in (NAME, EMAIL)}
    whom = {RELATION: Relation.OTHER, CONCERNED: request.fields[ALSO_FOR]}
    fields = known | {name: text for name, text in whom.items() if text}
    return on_behalf.told(fields, world) + _offer(replace(request, fields=fields), world)
