"""What must hold of identity and decisions: proved by whom it concerns, decided by whom it may."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core.contacts import email
from bot.core.events import (
    FromCustomer,
    Said,
    Shared,
    StaffActed,
    StaffAnswered,
    StaffOpened,
    Task,
    TaskDue,
)
from bot.core.tickets.identity import ATTESTED, Evidence, Method, Proof
from bot.core.tickets.ticket import (
    APPROVER,
    CUSTOMER,
    NEEDS_IDENTITY,
    STAFF,
    SYSTEM,
    Action,
    Denial,
    Role,
    State,
    Ticket,
)
from tests.attacks.hostile.cast import reads
from tests.attacks.hostile.truth import CopyOpened, Happened, Letter, Truth

_TRIES, _TOLD_CODE_LIVES = 5, timedelta(days=7)
# Written down once more, apart from the table: who may bring an action about.
_MAY: Mapping[Action, frozenset[Role]] = {
    Action.CORRECT: CUSTOMER,
    Action.CORRECT_CONTACTS: frozenset({Role.AGENT}),
    Action.ADD_PHONE: CUSTOMER,
    Action.ANSWER: CUSTOMER,
    Action.WITHDRAW: CUSTOMER,
    Action.ADD: CUSTOMER,
    Action.AMEND: CUSTOMER,
    Action.LIMIT: CUSTOMER,
    Action.CHASE: CUSTOMER,
    Action.DISPUTE: CUSTOMER,
    Action.VERIFY: CUSTOMER | {Role.AGENT},
    Action.TELL_CODE: frozenset({Role.AGENT}),
    Action.AUTHORISE: frozenset({Role.AGENT}),
    Action.REPRESENT: frozenset({Role.AGENT}),
    Action.ASK: STAFF,
    Action.RESUME: STAFF,
    Action.NOTIFY: STAFF,
    Action.TAKE: STAFF,
    Action.HAND_OVER: STAFF,
    Action.NOTE: STAFF,
    Action.ADD_TASK: STAFF,
    Action.END_TASK: STAFF,
    Action.ATTACH: STAFF,
    Action.DETACH: STAFF,
    Action.DELIVER: APPROVER,
    Action.COLLECT: CUSTOMER,
    Action.EXPIRE: SYSTEM,
    Action.CONFIRM: APPROVER,
    Action.REFUSE: APPROVER,
    Action.EXTEND: APPROVER,
    Action.SUSPEND: APPROVER,
    Action.FULFIL: APPROVER,
    Action.REOPEN: APPROVER,
    Action.UNVERIFY: SYSTEM,
    Action.LAPSE: SYSTEM,
}


def evidence_is_true(truth: Truth, happened: Happened) -> Iterator[str]:
    """Whatever is kept as evidence was really shown in this event, by its person or by staff."""
    for ticket, piece in new_evidence(happened):
        if not _was_shown(truth, happened, piece):
            yield f"{piece.method} was not shown for {ticket.number}"
        if piece.contact and piece.on_file != (piece.contact in truth.on_file):
            yield f"the register does not say so of what {ticket.number} shows"
        if piece.contact and set(piece.same_person) - truth.settled_by(piece.contact, ticket):
            yield f"the register has no such person for {ticket.number}"


def new_evidence(happened: Happened) -> Iterator[tuple[Ticket, Evidence]]:
    for before, after in happened.changes:
        known = before.evidence if before else ()
        yield from ((after, piece) for piece in after.evidence if piece not in known)


def _was_shown(truth: Truth, happened: Happened, piece: Evidence) -> bool:
    event, customer = happened.event, happened.customer
    if isinstance(event, StaffActed) and event.command.action is Action.TELL_CODE:
        return _was_told(truth, happened, event, piece)
    if piece.method in ATTESTED:
        vouches = isinstance(event, StaffActed) and Role.AGENT in event.actor.roles
        return vouches and piece.by == happened.by
    if customer is None or piece.contact is None or not isinstance(event, FromCustomer):
        return False
    match piece.method, event.event:
        case Method.EMAIL_CODE, Said(text=text):
            return any(
                letter.email == piece.contact.value and reads(customer, letter.email)
                for letter in _answered(truth, happened, text)
            )
        case Method.PHONE, Shared(phone=phone):
            return phone == piece.contact.value and phone in customer.phones
        case Method.WORKSPACE, _:
            return piece.contact.value == customer.vouched
    return False


def _was_told(truth: Truth, happened: Happened, event: StaffActed, piece: Evidence) -> bool:
    """Tell whether an agent gave the code of the last letter for a ticket in time."""
    ticket = truth.tickets[event.ticket]
    letter = truth.latest(ticket.number)
    given = re.sub(r"\D", "", event.command.code)
    return (
        letter is not None
        and ticket.source is not None
        and Role.AGENT in event.actor.roles
        and piece.method is Method.EMAIL_CODE
        and piece.contact == email(letter.email)
        and given == letter.code
        and timedelta() <= happened.now - letter.at <= _TOLD_CODE_LIVES
        and letter.tries < _TRIES
    )


def _answered(truth: Truth, happened: Happened, text: str) -> Iterator[Letter]:
    """Yield the last letters for the person's tickets whose code a text gives in time."""
    for number in truth.of(happened.by):
        letter = truth.latest(number)
        if letter is None or letter.code not in re.sub(r"\D", "", text):
            continue
        if letter.lives(happened.now) and letter.tries < _TRIES:
            yield letter


def identity_is_proved(truth: Truth, happened: Happened) -> Iterator[str]:
    """No ticket waits for confirmation, or is beyond it, without proof that its right accepts."""
    for _, ticket in happened.changes:
        if ticket.state in NEEDS_IDENTITY and not _is_proved(truth, happened, ticket):
            yield f"{ticket.number} is {ticket.state} and its identity was not proved"


def _is_proved(truth: Truth, happened: Happened, ticket: Ticket) -> bool:
    verified, policy = ticket.verified, truth.rules.policy[ticket.right]
    if verified is None or verified not in ticket.evidence:
        return False
    if verified.method in ATTESTED:
        vouched = truth.attested[ticket.id] | {happened.by}
        return Proof.ATTESTED in policy and verified.by in vouched
    shown, settled = set(truth.shown[ticket.id]), set(truth.settled[ticket.id])
    for of, piece in new_evidence(happened):
        if of.id == ticket.id and piece.contact:
            shown.add(piece.contact)
            settled |= truth.settled_by(piece.contact, ticket)
    enough = Proof.CONTROL in policy or (Proof.ON_FILE in policy and verified.on_file)
    named = verified.contact in ticket.contacts and verified.contact in shown
    return enough and named and settled.issuperset(ticket.contacts)


def decided_by_whom_it_may(truth: Truth, happened: Happened) -> Iterator[str]:
    """Each act is of somebody with the role for it; a stale press changes nothing."""
    event = happened.event
    for record in happened.records:
        if record.action not in set(Action) or not record.ticket or record.number.startswith("Q"):
            continue
        if not _MAY[Action(record.action)] & _roles(happened):
            yield f"{record.action} by {happened.by}"
        if record.actor != ("customer" if happened.customer else happened.by):
            yield f"{record.action} is noted as somebody else's"
    if isinstance(event, StaffActed) and happened.after:
        before = truth.tickets[event.ticket]
        if event.command.version not in (None, before.version):
            yield f"a press on version {event.command.version} changed {before.version}"
    if isinstance(event, StaffAnswered) and happened.inquiry and not event.actor.roles & STAFF:
        yield "a question was answered by nobody of the staff"


def _roles(happened: Happened) -> frozenset[Role]:
    match happened.event:
        case FromCustomer() | CopyOpened():
            return CUSTOMER
        case StaffActed(actor=actor) | StaffAnswered(actor=actor) | StaffOpened(actor=actor):
            return actor.roles
    return SYSTEM


def confirmed_by_an_approver(truth: Truth, happened: Happened) -> Iterator[str]:
    """A ticket is confirmed by an approver, who did not vouch for it where four eyes are wanted."""
    for before, after in happened.changes:
        was = before.state if before else None
        if after.state is was or after.state not in (State.CONFIRMED, State.FULFILLED):
            continue
        event = happened.event
        approved = isinstance(event, StaffActed) and Role.APPROVER in event.actor.roles
        came_from = State.AWAITING_CONFIRMATION
        if after.state is State.FULFILLED:
            came_from = State.CONFIRMED
        if not approved or was is not came_from:
            yield f"{after.number} became {after.state} from {was} by {happened.by}"
        vouched = happened.by in truth.attested[after.id] | truth.authorised[after.id]
        if after.state is State.CONFIRMED and vouched and after.right in truth.rules.four_eyes:
            yield f"{after.number} was confirmed by who had vouched"


def authority_is_attested(truth: Truth, happened: Happened) -> Iterator[str]:
    """Nothing is decided for somebody else unless an agent was shown that the writer may ask.

    Nor does anybody but an agent say so, of a ticket that concerns its own writer, or by a proof
    that the organisation does not take; and whom a ticket concerns, only an agent changes.
    """
    event = happened.event
    for before, after in happened.changes:
        noted = isinstance(event, StaffActed) and event.command.action is Action.REPRESENT
        if before and before.on_behalf != after.on_behalf and not (noted and after.on_behalf):
            yield f"{after.number} concerns somebody else than it did"
        known = before.authority if before else ()
        for shown in (one for one in after.authority if one not in known):
            agent = isinstance(event, StaffActed) and Role.AGENT in event.actor.roles
            if not agent or shown.by != happened.by or after.on_behalf is None:
                yield f"{after.number}: {happened.by} was shown no authority"
            if shown.proof not in truth.rules.on_behalf.authority[after.right]:
                yield f"{after.number}: {shown.proof} does not do"
        decided = after.state in (State.CONFIRMED, State.FULFILLED)
        if after.on_behalf and decided and not truth.authorised[after.id]:
            yield f"{after.number} is {after.state} and nobody saw that its writer may ask"


def lapses_late_enough(truth: Truth, happened: Happened) -> Iterator[str]:
    """A request lapses when staff knew, nothing was shown for long, and the clock is trusted."""
    for before, after in happened.changes:
        if after.state is not State.LAPSED or before is None or before.state is State.LAPSED:
            continue
        since = max(filter(None, (before.received_at, before.reopened_at)))
        if not (isinstance(happened.event, TaskDue) and happened.event.task is Task.LAPSE):
            yield f"{after.number} lapsed by {happened.by}"
        if not truth.clock_is_right:
            yield f"{after.number} lapsed by a clock that had jumped"
        if happened.now - since < truth.rules.lapse_after or after.id not in truth.told:
            yield f"{after.number} lapsed too early"
        if after.source:
            yield f"{after.number} lapsed although staff had opened it"
        if truth.shown[after.id] or truth.attested[after.id]:
            yield f"{after.number} lapsed although something was shown"


def _corrects_an_open_one(happened: Happened, before: Ticket) -> bool:
    """Tell whether staff correct what they wrote themselves, of which nothing is proved yet."""
    event = happened.event
    corrects = isinstance(event, StaffActed) and event.command.action is Action.CORRECT_CONTACTS
    return corrects and before.source is not None and not before.address_is_proved


def nobody_elses_tickets(truth: Truth, happened: Happened) -> Iterator[str]:
    """What one person does changes no ticket of another, and no act gives a ticket away."""
    for before, after in happened.changes:
        owner = truth.owners.get(after.id)
        if before is None and isinstance(happened.event, StaffOpened):
            owner = after.id  # nobody's conversation
        # Whoever has the link of a page can have a code mailed to its owner, and no more than that.
        by_link = isinstance(happened.event, CopyOpened)
        if happened.customer and owner not in (None, happened.by) and not by_link:
            yield f"{happened.by} changed {after.number} of {owner}"
        if after.person.account != (owner or happened.by):
            yield f"{after.number} changed hands"
        if before and not happened.customer and before.contacts != after.contacts:
            if _corrects_an_open_one(happened, before):
                continue
            yield f"{happened.by} changed whose {after.number} is"
    if happened.denial and (_did_more_than_a_try(happened) or happened.effects):
        yield f"what was denied ({happened.denial}) did something"
    if happened.denial is None and isinstance(happened.event, StaffActed) and not happened.after:
        yield f"{Denial.UNKNOWN}: nothing happened, and nobody was told"


def _did_more_than_a_try(happened: Happened) -> bool:
    """Tell whether something changed besides that a wrong code which staff gave was counted."""
    tried = happened.denial in (Denial.CODE_WRONG, Denial.CODE_EXPIRED)
    return any(
        not tried or before is None or replace(after, challenge=before.challenge) != before
        for before, after in happened.changes
    )
