"""Preconditions of actions besides state and role: clock, four eyes, evidence, grounds."""

from __future__ import annotations

from datetime import datetime

from bot.core.catalog import Right
from bot.core.tickets import chat_copy, copies, identity, ownership, recipients, staff_tasks
from bot.core.tickets.clock import Ground
from bot.core.tickets.copies import Way
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.recipients import Outcome
from bot.core.tickets.representation import AuthorityProof
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, Actor, Denial, Role, Ticket


def prevented(
    ticket: Ticket, action: Action, actor: Actor, now: datetime, rules: Rules
) -> Denial | None:
    """Return what stands in the way of an action that state and role allow."""
    today = rules.today(now)
    if denial := (
        _identity_prevents(ticket, action)
        or _authority_prevents(ticket, action)
        or _copy_prevents(ticket, action, actor, now, rules)
        or _recipients_prevent(ticket, action, rules)
        or ownership.prevented(ticket, action, actor, rules)
        or _tasks_prevent(ticket, action)
    ):
        return denial
    match action:
        case Action.CONFIRM if _vouched(ticket, actor) and ticket.right in rules.four_eyes:
            return Denial.FOUR_EYES
        case Action.ANSWER if not ticket.question:
            return Denial.NOTHING_ASKED
        case Action.EXTEND if ticket.clock.extended:
            return Denial.ALREADY_EXTENDED
        # Art. 12(3): the person is told within the first month.
        case Action.EXTEND if today > ticket.clock.first_end(today).due:
            return Denial.TOO_LATE
        case Action.SUSPEND if ticket.clock.suspended_on is not None:
            return Denial.ALREADY_SUSPENDED
        case Action.SUSPEND if today > ticket.clock.end(today).due:
            return Denial.TOO_LATE
        case Action.RESUME if ticket.clock.suspended_on is None:
            return Denial.NOT_SUSPENDED
        case Action.LAPSE:
            return _lapse_denied(ticket, now, rules)
    return None


def _identity_prevents(ticket: Ticket, action: Action) -> Denial | None:
    """Return what stands in the way in what is proved, and of which contact."""
    # Older versions kept evidence that does not say what it proves.
    unbound = ticket.verified is not None and not ticket.verified.is_bound
    match action:
        case Action.CORRECT if ticket.address_is_proved or ticket.is_attested:
            # What was shown of one address, or vouched for with it, says nothing of another.
            return Denial.NOT_IN_THIS_STATE
        case Action.CORRECT_CONTACTS if ticket.source is None or ticket.address_is_proved:
            return Denial.NOT_IN_THIS_STATE  # the person writes to the assistant, or reads letters
        case Action.UNVERIFY if not unbound:
            return Denial.NOT_IN_THIS_STATE
        case Action.TELL_CODE if ticket.source is None or ticket.challenge is None:
            return Denial.NOT_IN_THIS_STATE
        case Action.CONFIRM | Action.FULFIL if unbound:
            return Denial.IDENTITY_OPEN
    return None


def _authority_prevents(ticket: Ticket, action: Action) -> Denial | None:
    """Return what stands in the way of a ticket that somebody makes for somebody else."""
    match action:
        case Action.AUTHORISE if ticket.on_behalf is None:
            return Denial.NOT_ON_BEHALF
        case Action.CONFIRM if ticket.on_behalf and not ticket.authority:
            return Denial.AUTHORITY_MISSING
    return None


def _copy_prevents(
    ticket: Ticket, action: Action, actor: Actor, now: datetime, rules: Rules
) -> Denial | None:
    """Return what stands in the way in the copy of the data, and how it was delivered."""
    delivery = ticket.delivery
    match action:
        case Action.ATTACH | Action.DELIVER if ticket.right not in copies.GIVE_A_COPY:
            return Denial.NO_COPY
        # What turns out to be another person's is taken back as long as it is here.
        case Action.DETACH if delivery is not None and ticket.files:
            return None
        case Action.ATTACH | Action.DETACH | Action.DELIVER if delivery is not None:
            return Denial.DELIVERED
        case Action.ATTACH if len(ticket.files) >= copies.MOST_FILES:
            return Denial.TOO_MANY_FILES
        case Action.DETACH if not ticket.files:
            return Denial.NO_FILE
        case Action.DELIVER if ticket.right in rules.four_eyes and _prepared_by(ticket, actor):
            return Denial.FOUR_EYES
        case Action.COLLECT if delivery is None or not delivery.is_open(now):
            return Denial.NOT_IN_THIS_STATE
        case Action.EXPIRE if delivery is None or not ticket.files or delivery.is_open(now):
            return Denial.NOT_IN_THIS_STATE
        case Action.FULFIL if ticket.right in copies.GIVE_A_COPY and delivery is None:
            return Denial.NOT_DELIVERED
    return None


def _recipients_prevent(ticket: Ticket, action: Action, rules: Rules) -> Denial | None:
    """Return what stands in the way in the recipients that are told of a change (Art. 19)."""
    match action:
        case Action.NOTIFY if ticket.right not in recipients.CONCERNED or not rules.recipients:
            return Denial.NO_RECIPIENTS
        case Action.FULFIL if recipients.wanted(ticket, rules.recipients):
            return Denial.RECIPIENTS_LEFT
    return None


def _tasks_prevent(ticket: Ticket, action: Action) -> Denial | None:
    """Return what stands in the way in the tasks of the staff."""
    match action:
        case Action.ADD_TASK if len(ticket.tasks) >= staff_tasks.MOST:
            return Denial.TOO_MANY_TASKS
        case Action.END_TASK if not staff_tasks.left(ticket.tasks):
            return Denial.TASK_UNKNOWN
    return None


def tick_denied(
    ticket: Ticket, recipient: str, outcome: Outcome | None, rules: Rules
) -> Denial | None:
    """Return why a recipient cannot be ticked off: whom, or what became of it, is missing."""
    if not recipients.chosen(ticket, recipient, rules.recipients):
        return Denial.RECIPIENT_UNKNOWN
    return None if outcome else Denial.OUTCOME_MISSING


def way_denied(ticket: Ticket, way: Way | None) -> Denial | None:
    """Return why a copy cannot be delivered in a way."""
    if way is None:
        return Denial.WAY_MISSING
    if way not in copies.BY_THE_ASSISTANT:
        return None
    if not ticket.files:
        return Denial.NO_FILE
    if way is Way.PAGE and not ticket.address_is_proved:
        return Denial.ADDRESS_NOT_PROVED
    if way is Way.CHAT and not chat_copy.account_is_proved(ticket):
        return Denial.ACCOUNT_NOT_PROVED
    if ticket.right is Right.PORTABILITY and not copies.is_machine_readable(ticket.files):
        return Denial.NOT_MACHINE_READABLE
    return None


def not_offered(way: Way | None, rules: Rules) -> Denial | None:
    """Return why nothing is delivered in a way: the organisation does not offer it."""
    match way:
        case Way.PAGE if not rules.public_url:
            return Denial.NO_PAGE
        case Way.CHAT if not rules.copies_in_chat:
            return Denial.NO_CHAT
    return None


def _prepared_by(ticket: Ticket, actor: Actor) -> bool:
    return _vouched(ticket, actor) or any(file.by == actor.key for file in ticket.files)


def _lapse_denied(ticket: Ticket, now: datetime, rules: Rules) -> Denial | None:
    """A request lapses only when the person has shown nothing for long, and staff knew of it."""
    if not ticket.staff_told:
        return Denial.STAFF_NOT_TOLD
    if ticket.source:  # its person may have shown everything that staff asked for, on paper
        return Denial.TOO_EARLY
    waited = now - (ticket.reopened_at or ticket.received_at) >= rules.lapse_after
    return None if waited and not ticket.evidence else Denial.TOO_EARLY


def evidence_denied(ticket: Ticket, evidence: Evidence | None, actor: Actor) -> Denial | None:
    """Return why evidence is not this actor's to bring: staff attest, customers show.

    Customers show that a contact is theirs which the ticket names, and no other.
    """
    if evidence is None:
        return Denial.METHOD_MISSING
    vouches = evidence.method in identity.ATTESTED
    if evidence.by != actor.key or vouches != (Role.AGENT in actor.roles):
        return Denial.NOT_YOUR_ROLE
    return None if vouches or evidence.contact in ticket.contacts else Denial.NOT_CLAIMED


def told_code_denied(ticket: Ticket, evidence: Evidence | None, actor: Actor) -> Denial | None:
    """Return why what a code proves is not there: only a right one comes with its evidence."""
    if evidence is None:
        return Denial.CODE_WRONG
    of_code = evidence.method is Method.EMAIL_CODE and evidence.contact in ticket.contacts
    return None if of_code and evidence.by == actor.key else Denial.NOT_CLAIMED


def authority_denied(ticket: Ticket, proof: AuthorityProof | None, rules: Rules) -> Denial | None:
    """Return why what was shown does not do for a ticket that is made for somebody else."""
    if proof is None:
        return Denial.AUTHORITY_MISSING
    enough = proof in rules.on_behalf.authority[ticket.right]
    return None if enough else Denial.AUTHORITY_NOT_ENOUGH


def ground_fits(ticket: Ticket, ground: Ground | None) -> bool:
    """Tell whether a suspension has a legal ground: identity once verified is not in doubt."""
    return ground is not None and not (ground is Ground.IDENTITY_DOUBT and ticket.verified)


def _vouched(ticket: Ticket, actor: Actor) -> bool:
    """Tell whether somebody has vouched for who writes, or for their authority."""
    by = {piece.by for piece in ticket.evidence if piece.method in identity.ATTESTED}
    return actor.key in by | {shown.by for shown in ticket.authority}
