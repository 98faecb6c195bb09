"""The code of a letter, read out to staff by a person without a conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import contacts
from bot.core.contacts import OnFile
from bot.core.events import StaffActed
from bot.core.tickets import identity, transitions
from bot.core.tickets.identity import CodeVerdict, Evidence, Method
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Denial, Ticket

_WRONG = frozenset({CodeVerdict.WRONG, CodeVerdict.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The ticket with the try counted, and the event with its evidence, or why it has none."""

    ticket: Ticket
    event: StaffActed | Denial


def taken(
    ticket: Ticket, event: StaffActed, key: bytes, on_file: OnFile, now: datetime, rules: Rules
) -> Tried:
    """Look at a code that somebody on the staff was told; only a right one becomes evidence.

    It is of the address alone: that the person has it does not make staff vouch for them.
    """
    command, actor = event.command, event.actor
    # What came with it is not looked at: evidence is made here and nowhere else.
    command = replace(command, evidence=None)
    denial = transitions.check(ticket, command.action, actor, now, rules, command.version)
    if denial or ticket.challenge is None:
        return Tried(ticket=ticket, event=denial or Denial.NOT_IN_THIS_STATE)
    lives_longer = replace(rules.codes, lifetime=rules.codes.told_lifetime)
    code = "".join(filter(str.isdecimal, command.code))
    verdict, tried = identity.check(ticket.challenge, code, ticket.id, key, lives_longer, now)
    counted = replace(ticket, challenge=tried)
    if verdict is not CodeVerdict.RIGHT:
        wrong = verdict in _WRONG
        return Tried(ticket=counted, event=Denial.CODE_WRONG if wrong else Denial.CODE_EXPIRED)
    contact = contacts.email(ticket.person.email)
    evidence = Evidence(
        method=Method.EMAIL_CODE,
        at=now,
        by=actor.key,
        contact=contact,
        on_file=contact in on_file,
        shared=on_file.is_shared(contact),
        same_person=on_file.of_same_person(contact, ticket.contacts),
    )
    return Tried(
        ticket=counted,
        event=replace(event, command=replace(command, evidence=evidence)),
    )
