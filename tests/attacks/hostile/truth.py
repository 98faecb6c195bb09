"""What truly happened, noted apart from what the core made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.contacts import Contact, OnFile, canonical_address
from bot.core.conversation.dialogue import Dialogue
from bot.core.effects import Effect, Say, SendCode, Text
from bot.core.events import (
    AskedInPublic,
    FromCustomer,
    StaffActed,
    StaffAnswered,
    StaffOpened,
    TaskDue,
)
from bot.core.tickets.code_budget import CodeEvent, CodeNote, folded
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.record import Record
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, Denial, State, Ticket
from tests.attacks.hostile.cast import Customer

_CODE_LIVES = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """A mail server did not take the letter with a code of this ticket."""

    ticket: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A desk saw the card of a ticket."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOpened:
    """Somebody tried a link to a copy, with a code, or (None) to have one sent."""

    ticket: str
    token: str
    code: str | None = None


OfStaff = StaffActed | StaffAnswered | StaffOpened
Event = FromCustomer | AskedInPublic | OfStaff | TaskDue | Bounced | Shown | CopyOpened


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event, with the tickets that it changed as they were and are, and all that it led to.

    `otherwise` is what the customer would have got had nothing been on file; None: the same.
    """

    event: Event
    now: datetime
    by: str
    customer: Customer | None = None
    before: Mapping[str, Ticket] = field(default_factory=dict)
    after: Mapping[str, Ticket] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    records: tuple[Record, ...] = ()
    codes: tuple[CodeNote, ...] = ()
    inquiry: Inquiry | None = None
    denial: Denial | None = None
    dialogue: Dialogue | None = None
    greeted: bool = True
    otherwise: str | None = None

    @property
    def changes(self) -> list[tuple[Ticket | None, Ticket]]:
        return [(self.before.get(after.id), after) for after in self.after.values()]


@dataclass(slots=True, kw_only=True)
class Letter:
    """A letter with a code that was mailed; `tries` is how often one was typed while it lived."""

    email: str
    code: str
    word: str
    number: str
    at: datetime
    asked_by: str
    stranger: bool
    tries: int = 0

    def lives(self, now: datetime) -> bool:
        return timedelta() <= now - self.at <= _CODE_LIVES


@dataclass
class Truth:
    """What nobody in the core is asked about: who owns what, and what was mailed and written.

    `tickets` are as they were after the last event. `owners` and `accounts` name whose a ticket or
    question is, by id and by number. `shown` are the contacts that were really shown for a ticket,
    and `settled` those that are beyond doubt with them. `attested` is who vouched, `authorised` who
    was shown since then that its writer may ask, `told` of what a desk knows; `read` is who gave
    the word of a letter, and of which address of theirs.
    and `settled` those that are beyond doubt with them. `attested` is who vouched, `told` of what
    a desk knows; `read` is who gave the word of a letter, and of which address of theirs. `links`
    are the tokens of the links that were told, by ticket; `copy_letters` hold their codes.
    """

    rules: Rules
    on_file: OnFile
    tickets: dict[str, Ticket] = field(default_factory=dict)
    inquiries: dict[str, Inquiry] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    wrote: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    staff_words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    letters: list[Letter] = field(default_factory=list)
    disowned: set[str] = field(default_factory=set)
    shown: dict[str, set[Contact]] = field(default_factory=lambda: defaultdict(set))
    settled: dict[str, set[Contact]] = field(default_factory=lambda: defaultdict(set))
    attested: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    authorised: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    withdrawn: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    proved_at: dict[tuple[str, str], datetime] = field(default_factory=dict)
    read: set[tuple[str, str]] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)
    copy_letters: list[Letter] = field(default_factory=list)
    clock_is_right: bool = True

    def latest(self, number: str) -> Letter | None:
        """Return the last letter with a code that was mailed for a ticket."""
        return next((one for one in reversed(self.letters) if one.number == number), None)

    def of(self, account: str) -> set[str]:
        """Return the numbers of an account's tickets and questions."""
        return {number for number, owner in self.accounts.items() if owner == account}

    def waiting(self, account: str) -> int:
        """Return how many questions of an account wait for staff."""
        own = [i for i in self.inquiries.values() if i.person.account == account]
        return sum(inquiry.closed_at is None for inquiry in own)

    def settled_by(self, contact: Contact, ticket: Ticket) -> set[Contact]:
        """Return which contacts of a ticket are beyond doubt once this one was shown."""
        of = self.on_file.persons
        whose = of.get(contact, frozenset())
        linked = {c for c in ticket.contacts if all(one in of.get(c, ()) for one in whose)}
        return {contact, *(linked if whose else ())}

    def hear(self, account: str, *texts: str) -> None:
        """Note what somebody wrote, and the address that it gives."""
        for text in texts:
            address = canonical_address(text.split("<")[-1].strip("<> .")) if "@" in text else None
            self.wrote[account] += [text, address or ""]

    def note(self, happened: Happened) -> None:
        """Note what truly happened in an event whose claims hold."""
        self._note_tries(happened)
        self._note_told_code(happened)
        self._note_copy(happened)
        for effect in happened.effects:
            if isinstance(effect, SendCode):
                kept = self.copy_letters if effect.copy else self.letters
                kept.append(self._letter(effect, happened))
        self.disowned |= self._words_given(happened)
        self.read |= self._reads(happened)
        if inquiry := happened.inquiry:
            self.inquiries[inquiry.id] = inquiry
            self.accounts[inquiry.number] = inquiry.person.account
        for before, after in happened.changes:
            self._note_change(happened, before, after)
            self._note_contacts(after)

    def _letter(self, sent: SendCode, happened: Happened) -> Letter:
        return Letter(
            email=sent.email,
            code=sent.code,
            word=sent.word,
            number=sent.number,
            at=happened.now,
            asked_by=self._asked_by(happened),
            stranger=self.is_stranger(happened, sent.email),
        )

    def latest_for_copy(self, number: str) -> Letter | None:
        """Return the last letter with a code for the page of a ticket."""
        return next((one for one in reversed(self.copy_letters) if one.number == number), None)

    def _asked_by(self, happened: Happened) -> str:
        """Return on whose behalf a code was mailed: of what staff opened, of its own person."""
        opened = isinstance(happened.event, StaffOpened)
        return next(iter(happened.after)) if opened else happened.by

    def is_stranger(self, happened: Happened, address: str) -> bool:
        """Tell whether somebody has neither proved an address nor given its letters' word."""
        pair = self._asked_by(happened), address
        return pair not in self.proved_at and pair not in self.read | self._reads(happened)

    def _reads(self, happened: Happened) -> set[tuple[str, str]]:
        """Return which addresses of their tickets a customer shows to read, by the word given."""
        mailboxes = self._words_given(happened)
        own = [t.person.email for t in self.tickets.values() if self.owners[t.id] == happened.by]
        return {(happened.by, address) for address in own if folded(address) in mailboxes}

    def _words_given(self, happened: Happened) -> set[str]:
        """Return the mailboxes to which letters went that hold the word that was given."""
        words = {note.word for note in happened.codes if note.event is CodeEvent.DISOWNED}
        return {folded(letter.email) for letter in self.letters if letter.word in words - {""}}

    def _note_tries(self, happened: Happened) -> None:
        """Count a code that was typed as a try on each letter whose code lives."""
        typed = {note.event for note in happened.codes} & {CodeEvent.RIGHT, CodeEvent.WRONG}
        words = {note.word for note in happened.codes} - {""}
        if not typed or words:
            return
        for number in self.of(happened.by):
            letter = self.latest(number)
            if letter and letter.lives(happened.now):
                letter.tries += 1

    def _note_told_code(self, happened: Happened) -> None:
        """Count a code that staff gave as a try, where it was looked at."""
        event = happened.event
        if isinstance(event, StaffActed) and event.command.action is Action.TELL_CODE:
            letter = self.latest(self.tickets[event.ticket].number)
            if letter and happened.after:
                letter.tries += 1

    def _note_copy(self, happened: Happened) -> None:
        """Note a link that was told, and count a code that was tried on a page."""
        event = happened.event
        for effect in happened.effects:
            if isinstance(effect, Say) and isinstance(event, StaffActed):
                values = [part.values for part in effect.parts if isinstance(part, Text)]
                for link in (str(value["link"]) for value in values if "link" in value):
                    self.links[event.ticket] = link.rpartition("/")[2]
        if isinstance(event, CopyOpened) and event.code is not None and happened.after:
            letter = self.latest_for_copy(self.tickets[event.ticket].number)
            if letter:
                letter.tries += 1

    def _note_contacts(self, ticket: Ticket) -> None:
        """Note the contacts of a ticket that staff opened: they wrote what is the person's."""
        if ticket.source:
            self.wrote[self.owners[ticket.id]] += [contact.value for contact in ticket.contacts]

    def _note_change(self, happened: Happened, before: Ticket | None, after: Ticket) -> None:
        self.tickets[after.id] = after
        if before is None and isinstance(happened.event, StaffOpened):
            self.owners[after.id] = self.accounts[after.number] = after.person.account
        elif before is None:
            self.owners[after.id] = self.accounts[after.number] = happened.by
        if after.state is State.WITHDRAWN and before and before.state is not State.WITHDRAWN:
            self.withdrawn[happened.by].append(happened.now)
        if before and before.state is State.WITHDRAWN and after.state is not State.WITHDRAWN:
            # The person is needed anew: what was shown before counts no more.
            for noted in (self.shown, self.settled):
                noted.pop(after.id, None)
            self.attested.pop(after.id, None)
            self.authorised.pop(after.id, None)
        self._note_authority(happened, before, after)
        if isinstance(happened.event, Shown):
            self.told.add(after.id)
        known = before.evidence if before else ()
        for piece in after.evidence:
            if piece in known:
                continue
            if piece.contact is None:
                self.attested[after.id].add(happened.by)
                continue
            self.shown[after.id].add(piece.contact)
            self.settled[after.id] |= self.settled_by(piece.contact, after)
            # A clock that was set back takes nothing from what was shown before.
            proof = self.owners[after.id], piece.contact.value
            self.proved_at[proof] = max(happened.now, self.proved_at.get(proof, happened.now))

    def _note_authority(self, happened: Happened, before: Ticket | None, after: Ticket) -> None:
        """Note who was shown authority: with other contacts, or for another, no more."""
        event = happened.event
        noted = isinstance(event, StaffActed) and event.command.action is Action.REPRESENT
        if noted or (before and before.contacts != after.contacts):
            self.authorised.pop(after.id, None)
        if isinstance(event, StaffActed) and event.command.action is Action.AUTHORISE:
            self.authorised[after.id].add(happened.by)
