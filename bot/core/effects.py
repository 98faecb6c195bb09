"""What the core wants done: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.core.buttons import Button
from bot.core.catalog import Language
from bot.core.contacts import Contact
from bot.core.tickets.ticket import Denial, Person

Value = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A reply text by its key in responses/<lang>.toml, with the values it needs."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A passage of the notice, quoted verbatim; `original` asks for the official text."""

    passage: str
    original: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffWords:
    """Words that staff addressed to the customer through a form; shown as theirs."""

    text: str


Part = Text | Quote | StaffWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button: what it does, and what names it: a text key or an intent.

    The section, if any, fills the placeholder of that name; an intent beside a key that of `topic`.
    """

    button: Button
    key: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    intent: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Say something to a person where they wrote.

    `number` names the ticket that it is about: what cannot be said there goes as a letter.
    """

    to: Person
    language: Language
    parts: tuple[Part, ...]
    choices: tuple[Choice, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCode:
    """Mail a one-time code to the address that the person gave.

    With the `word`, the reader of the letter can say that they did not ask for it. Where staff
    opened the ticket, the letter says what was `received` when, and until when it is answered.
    `copy`: the code opens the page with the copy of the person's data.
    """

    email: str
    language: Language
    number: str
    code: str
    word: str = ""
    received: date | None = None
    due: date | None = None
    copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFile:
    """Send a person a file of a ticket's copy where they wrote."""

    to: Person
    ticket: str
    number: str
    file: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTicket:
    """Show staff a ticket that is `new` or has changed: as it is when it is shown."""

    ticket: str
    number: str
    new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowInquiry:
    """Show staff a question or report that is `new`, or that it has been answered.

    What is `urgent` leaves before all else.
    """

    inquiry: str
    number: str
    new: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLetter:
    """Mail what could not be said where the person wrote."""

    say: Say


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDenial:
    """Tell the one who acted, at their desk, why it was not done, who was first, and with what.

    `actor` and `first` are keys of actors.
    """

    desk: str
    actor: str
    number: str
    denial: Denial
    first: str = ""
    did: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind:
    """Remind staff of a ticket: days left until it is due, negative when overdue.

    `owner` is who takes care of it (an actor's key), if anybody. Of a task on it, `task` is the
    number: then days and owner are those of the task.
    """

    ticket: str
    number: str
    days: int
    owner: str = ""
    task: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfInquiry:
    """Remind staff of a question that has waited for an answer: for how many days.

    Of a report, `until` is when its 72 hours end.
    """

    inquiry: str
    number: str
    days: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Remind staff of several tickets and questions of a day; `more` were left out."""

    day: date
    reminders: tuple[Remind | RemindOfInquiry, ...]
    more: int = 0
    number: str = ""


class AlarmReason(StrEnum):
    """What staff are alarmed of: dead letters of inbox and outbox, codes, a clock that jumped.

    Messages may wait for a channel without a sender; a channel may refuse the assistant altogether;
    a ticket, or another part of the database, may be damaged. CODES_... are limits on what
    strangers have mailed, and unusually many wrong codes; DISOWNED is that whoever reads a mailbox
    says that they did not ask; UNREACHED that a person without a conversation has no proved address
    either, UNCOLLECTED that a person did not open the copy of their data in time. AUDIT_HEAD is no
    fault: the head of the audit chain, told weekly to be kept where it is read.
    """

    DEAD_EVENT = "dead_event"
    DEAD_EFFECT = "dead_effect"
    NO_SENDER = "no_sender"
    CHANNEL_DOWN = "channel_down"
    DAMAGED = "damaged"
    CODES_TO_ADDRESS = "codes_to_address"
    CODES_TO_DOMAIN = "codes_to_domain"
    CODES_IN_ALL = "codes_in_all"
    CODES_GUESSED = "codes_guessed"
    DISOWNED = "disowned"
    UNCOLLECTED = "uncollected"
    UNREACHED = "unreached"
    CLOCK_JUMPED = "clock_jumped"
    AUDIT_HEAD = "audit_head"

    @classmethod
    def _missing_(cls, value: object) -> AlarmReason | None:
        # Alarms that a version before revision 0005 of the tables left in the outbox.
        return {"set_aside": cls.DEAD_EVENT, "undelivered": cls.DEAD_EFFECT}.get(str(value))


class Undelivered(StrEnum):
    """Why something will not be delivered, as far as staff can do something about it."""

    GONE = "gone"  # blocked, closed, no longer there
    REFUSED = "refused"
    REFUSED_BY_MAIL = "refused_by_mail"
    FAILED = "failed"  # again and again


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Alarm staff: something needs a person.

    `reference` names a row of the outbox or inbox, a day, the head of the audit chain, a channel,
    or what is damaged; `number` is that of the ticket or inquiry that it is about, if of one. Of
    what was not delivered, `what` names the kind of effect, `to` the recipient (masked) or channel.
    """

    trouble: AlarmReason
    reference: str = ""
    number: str = ""
    what: str = ""
    to: str = ""
    why: Undelivered = Undelivered.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Try a channel out: a mailbox that nobody noticed to be broken is a breach of Art. 12(2)."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppress:
    """Tell the mailing system that a contact gets no direct marketing from now on.

    `ended` tells that the objection was taken back or refused: then it may get some again.
    """

    contact: Contact
    at: datetime
    number: str
    ended: bool = False


ToPerson = Say | SendCode | SendLetter | SendFile

ToStaff = ShowTicket | ShowInquiry | ReportDenial | Remind | RemindOfInquiry | Digest | Alarm

Effect = ToPerson | ToStaff | Probe | Suppress
