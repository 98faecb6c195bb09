"""What people may do next: the sensible, the hostile, and what staff never should."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core import contacts
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Idle,
    Offered,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.request_fields import CONCERNED, EMAIL, NAME
from bot.core.tickets import identity, staff_tasks, task_changes, templates
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import TAKES, Command
from bot.core.tickets.copies import File, Way
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.representation import AuthorityProof, Relation
from bot.core.tickets.templates import Template
from bot.core.tickets.ticket import Action, Actor, Extent, Ticket
from tests.attacks.hostile.cast import (
    ADDRESSES,
    ALICE,
    ASKED,
    BOB,
    DETAILS,
    HOSTILE,
    WANTED,
    Customer,
)

OF_TICKETS = ("resend", "correct", "phone", "answer", "withdraw", "really")
STAFF_TEXTS = ("Which orders do you mean?", "", "  ", "<!channel> *now* {{ x }}", *DETAILS[2:4])
# What staff try, those twice that would open the way to somebody's data.
TRIED = (*Action, Action.VERIFY, Action.AUTHORISE, Action.CONFIRM, Action.FULFIL, Action.REOPEN)
BESIDE = frozenset({Action.TAKE, Action.HAND_OVER, Action.NOTE, *task_changes.ACTIONS})
_PROOFS = (AuthorityProof.POWER_OF_ATTORNEY, AuthorityProof.OTHER)
_METHODS = (Method.CALL_BACK, Method.IN_PERSON, Method.KNOWN_CUSTOMER)


def addressed(who: Customer, choice: int) -> str:
    """Return an address: more often than not the person's own."""
    some = who.reads if choice % 2 else ADDRESSES
    return some[choice // 2 % len(some)]


def answer_to(dialogue: Dialogue | None, who: Customer, choice: int) -> str:
    """Return what somebody says who wants to get on, to what they were asked."""
    state: State = dialogue.state if dialogue else Idle()
    match state:
        case Offered() | Summary() | Withdrawing():
            return "no" if choice % 5 == 4 else "yes"
        case Filling(asking=field) if field.name == NAME:
            return ALICE.name if choice % 4 == 3 else who.name
        case Filling(asking=field) if field.name == CONCERNED:
            return BOB.name if choice % 4 == 3 else ALICE.name
        case Filling(asking=field) if field.name == EMAIL:
            return "skip" if choice % 9 == 8 else addressed(who, choice)
        case Filling():
            return DETAILS[choice % len(DETAILS)] or "skip"
        case Answering():
            return HOSTILE[choice % len(HOSTILE)] if choice % 3 == 2 else DETAILS[1]
        case Correcting():
            return addressed(who, choice)
    wishes = (*ASKED, *WANTED, "why is the sky blue?")
    return wishes[choice % len(wishes)]


def useful(action: Action, actor: Actor, choice: int, now: datetime, ticket: Ticket) -> Command:
    """Return a command of staff with all that its action has to carry."""
    grounds = list(Ground) if ticket.verified is None else [Ground.CLARIFICATION]
    command = Command(
        action=action,
        version=ticket.version,
        # Each in its own words, now and then with what must not be kept.
        text=f"{action} {choice}: {STAFF_TEXTS[4 if choice % 7 == 3 else 0]}",
        ground=grounds[choice % len(grounds)],
        evidence=identity.attestation(_METHODS[choice % len(_METHODS)], actor.key, now),
        extent=(None, *Extent)[choice % 3],
        code="12345678",
        relation=list(Relation)[choice % len(Relation)],
        authority=_PROOFS[choice % len(_PROOFS)],
        file=_file(choice, actor, now),
        way=list(Way)[0 if choice % 2 else choice // 2 % len(Way)],
        to="mika",
        due=(now + timedelta(days=choice % 40)).date(),
        task=next(iter(staff_tasks.numbers(ticket.tasks)), 1),
        template=next(iter(_ready(action, choice, ticket)), None),
    )
    return _taken(command)


def wild(action: Action, actor: Actor, choice: int, now: datetime, ticket: Ticket) -> Command:
    """Return a command as no form makes it: forged evidence, another contact, another version."""
    versions = (None, ticket.version, ticket.version - 1, ticket.version + 1)
    address = contacts.email(ticket.person.email or ADDRESSES[0])
    forged: Sequence[Evidence | None] = (
        None,
        identity.attestation(Method.IN_PERSON, "mika", now),
        identity.attestation(Method.CALL_BACK, actor.key, now),
        Evidence(method=Method.EMAIL_CODE, at=now, by="customer", contact=address, on_file=True),
        Evidence(method=Method.EMAIL_CODE, at=now, by=actor.key, contact=address, on_file=True),
        Evidence(method=Method.PHONE, at=now, by=actor.key, on_file=True),
    )
    command = Command(
        action=action,
        version=versions[choice % len(versions)],
        text=STAFF_TEXTS[choice // 24 % len(STAFF_TEXTS)],
        ground=(None, *Ground)[choice // 24 % 3],
        evidence=forged[choice // 4 % len(forged)],
        email="mallory@example.net",
        phone="+358409999999",
        extent=(None, *Extent)[choice // 72 % 3],
        code="60000002",
        relation=(None, *Relation)[choice % (len(Relation) + 1)],
        authority=(None, *AuthorityProof)[choice % (len(AuthorityProof) + 1)],
        file=_file(choice, actor, now) if choice % 3 else None,
        way=(None, *Way)[choice // 24 % 5],
        to=("", "mika", "mallory")[choice % 3],
        due=(None, now.date(), now.date() - timedelta(days=1))[choice % 3],
        task=choice % 4,
        template=(None, *Template)[choice % (len(Template) + 1)],
    )
    return command if choice % 8 == 5 else _taken(command)


def _ready(action: Action, choice: int, ticket: Ticket) -> Sequence[str]:
    """Return a ready-made reply now and then, where one fits."""
    extent = (None, *Extent)[choice % 3]
    return templates.fitting(action, extent, ticket.right) if choice % 5 == 2 else ()


def _file(choice: int, actor: Actor, now: datetime) -> File:
    name = ("copy.json", "copy.pdf")[choice % 5 == 4]
    return File(id=f"file-{choice}", name=name, size=3, sha256="00", at=now, by=actor.key)


def _taken(command: Command) -> Command:
    """Return a command without what its action does not take."""
    given = {name: getattr(command, name) for name in TAKES.get(command.action, ())}
    return Command(action=command.action, version=command.version, **given)
