"""Finds and deletes everything that is stored about one person (Art. 15, 17)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import Table, delete, select

from bot.core.contacts import Contact, email, phone
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import OPEN, Ticket
from bot.core.tickets.whose import Whose
from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.unit import SCRUB, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything about one person, decrypted; events and effects by their position.

    `dialogues` are by the hash of their person; `codes` is when codes were mailed lately.
    `forms` are what staff have begun to write about them, by id. `suppressed` is since when no
    marketing is sent to the `contact` that was sought.
    """

    tickets: Sequence[Ticket]
    inquiries: Sequence[Inquiry]
    dialogues: dict[str, str]
    events: dict[int, str]
    effects: dict[int, str]
    forms: dict[str, str]
    codes: Sequence[datetime]
    disowned: bool
    on_file: bool
    suppressed: datetime | None
    contact: Contact | None

    @property
    def open_tickets(self) -> list[Ticket]:
        """Those that are to be handled before they can be let go of."""
        return [ticket for ticket in self.tickets if ticket.state in OPEN]

    @property
    def unproved(self) -> list[Ticket]:
        """Those that name the contact without anything to show that it is their person's."""
        return [
            ticket
            for ticket in self.tickets
            if self.contact in ticket.contacts
            and not (ticket.is_proved(self.contact) or ticket.is_attested)
        ]

    def is_needed(self, text: str) -> bool:
        """Tell whether a conversation names an open ticket, which goes on there."""
        return any(ticket.number in text for ticket in self.open_tickets)

    def is_to_be_sent(self, form: str) -> bool:
        """Tell whether a form is about an open ticket."""
        return _subject_of(form) in {ticket.id for ticket in self.open_tickets}


def kept_of(unit: Unit, whose: Whose) -> Kept:
    """Return everything stored about a person, decrypted row by row."""
    hashes = unit.keys.persons(whose.account) if whose.account else ()
    places = {f"{whose.account.channel}:{one}" for one in hashes} if whose.account else set()
    contact = _contact(whose)
    codes, disowned = unit.code_letters.kept_of(hashes, whose.email)
    tickets = [one for one in _tickets(unit, whose) if whose.has_ticket(one)]
    inquiries = [one for one in _inquiries(unit) if whose.has_inquiry(one)]
    subjects = {one.id for one in tickets} | {one.id for one in inquiries}
    return Kept(
        tickets=tickets,
        inquiries=inquiries,
        dialogues={
            person: text
            for person, text in _dialogues(unit)
            if person in hashes or whose.is_named_in(_strings(text))
        },
        events={
            position: text
            for position, person, text in unit.inbox.contents()
            if person in hashes or whose.is_named_in(_strings(text))
        },
        effects={
            position: text
            for position, place, text in unit.outbox.contents()
            if place in places or whose.is_named_in(_strings(text))
        },
        forms={
            form: text
            for form, text in unit.drafts.contents()
            if _subject_of(text) in subjects or whose.is_named_in(_strings(text))
        },
        codes=codes,
        disowned=disowned,
        on_file=contact is not None and contact in unit.contacts.look_up([contact]),
        suppressed=unit.suppressions.since(contact) if contact else None,
        contact=contact,
    )


def forget(unit: Unit, kept: Kept, now: datetime, journal: Callable[[Sequence[str]], None]) -> int:
    """Destroy what is kept but what is open, or still on its way; return how many things.

    The contact register is the company's own, and is replaced by its next import; that a mailbox
    wants no codes protects whoever reads it, and holds until its retention ends. That no marketing
    is sent to a contact goes on to hold, by its keyed hash alone (Art. 21(3)).
    """
    ended = [ticket.id for ticket in kept.tickets if _has_ended(unit, ticket)]
    answered = [inquiry.id for inquiry in kept.inquiries if inquiry.closed_at]
    hidden = unit.suppressions.forget([kept.contact] if kept.contact else [])
    journal([*ended, *answered, *hidden])
    gone = unit.erase([*ended, *answered], now)
    for person, text in kept.dialogues.items():
        if not kept.is_needed(text):
            unit.connection.execute(delete(tables.dialogues).filter_by(person=person))
            gone += 1
    for position in _dead(unit, tables.inbox, kept.events):
        unit.inbox.wipe(position, now)
        gone += 1
    for position in _dead(unit, tables.outbox, kept.effects):
        unit.outbox.destroy(position)
        gone += 1
    for form, text in kept.forms.items():
        gone += not kept.is_to_be_sent(text) and unit.drafts.drop(form)
    unit.meta.set(SCRUB, now.isoformat())
    return gone + len(hidden)


def _has_ended(unit: Unit, ticket: Ticket) -> bool:
    """Tell whether a ticket has ended, and was not opened again since it was read."""
    now = unit.tickets.by_id(ticket.id) if ticket.state not in OPEN else None
    return now is not None and now.state not in OPEN


def _subject_of(form: str) -> str:
    """Return the id of the ticket or inquiry that a form is about."""
    return str(json.loads(form)["subject"])


def _strings(text: str) -> str:
    """Return what stands in JSON as it was written: escaped, a new line would join two words."""
    try:
        return "\n".join(_within(json.loads(text)))
    except ValueError:
        return text


def _within(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_within, chain(value.keys(), value.values())))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_within, value))


def _dead(unit: Unit, table: Table, positions: dict[int, str]) -> list[int]:
    """Return those that are dead letters: the others are carried out in a moment, and wiped."""
    dead = select(table.c.position).where(table.c.dead_at.is_not(None))
    return sorted(set(unit.connection.execute(dead).scalars()) & positions.keys())


def _contact(whose: Whose) -> Contact | None:
    if whose.email:
        return email(whose.email)
    return phone(whose.phone) if whose.phone else None


def _tickets(unit: Unit, whose: Whose) -> Iterator[Ticket]:
    """Yield the tickets that may be theirs: all of them where no hash tells which."""
    table = tables.tickets
    rows = select(table.c.id).order_by(table.c.received_at, table.c.number)
    if whose.number:
        rows = rows.where(table.c.number == whose.number)
    elif whose.email:
        rows = rows.where(table.c.contact.in_(unit.keys.ticket_contacts_of(whose.email)))
    elif whose.account:
        rows = rows.where(table.c.person.in_(unit.keys.persons(whose.account)))
    for which in list(unit.connection.execute(rows).scalars()):
        with suppress(KeyFault, ValueError):
            if ticket := unit.tickets.by_id(which):
                yield ticket


def _inquiries(unit: Unit) -> Iterator[Inquiry]:
    for which in list(unit.connection.execute(select(tables.inquiries.c.id)).scalars()):
        with suppress(KeyFault, ValueError):
            if inquiry := unit.inquiries.by_id(which):
                yield inquiry


def _dialogues(unit: Unit) -> Iterator[tuple[str, str]]:
    for row in unit.connection.execute(select(tables.dialogues)).all():
        with suppress(KeyFault):
            text = unit.keys.unseal(row.sealed_state, f"dialogues/{row.person}")
            yield row.person, text
