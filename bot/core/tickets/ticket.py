"""Tickets: one right exercised by one person, with its states, evidence and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core import contacts
from bot.core.catalog import Language, Right
from bot.core.contacts import Contact
from bot.core.tickets.clock import Clock
from bot.core.tickets.copies import Delivery, File
from bot.core.tickets.identity import ATTESTED, Challenge, Evidence
from bot.core.tickets.recipients import Tick
from bot.core.tickets.representation import Authority, OnBehalf
from bot.core.tickets.source import Source
from bot.core.tickets.staff_tasks import StaffTask


class State(StrEnum):
    """Where a ticket stands."""

    AWAITING_IDENTITY = "awaiting_identity"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    CONFIRMED = "confirmed"
    FULFILLED = "fulfilled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Action(StrEnum):
    """What can be done to a ticket."""

    CORRECT = "correct"
    CORRECT_CONTACTS = "correct_contacts"  # by staff, of a person without a conversation
    ADD_PHONE = "add_phone"
    VERIFY = "verify"
    TELL_CODE = "tell_code"  # the code of a letter, which the person told staff
    UNVERIFY = "unverify"
    REPRESENT = "represent"  # staff learn that it is made for somebody else, or for whom
    AUTHORISE = "authorise"  # the writer may ask for the person concerned
    ASK = "ask"
    ANSWER = "answer"
    ADD = "add"  # what the request is to cover besides, or what helps to find the data
    AMEND = "amend"  # a value of the request that is wrong or has changed
    LIMIT = "limit"  # what it is not to cover
    CHASE = "chase"
    DISPUTE = "dispute"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    NOTIFY = "notify"  # recipients and systems, ticked off or excused
    ATTACH = "attach"
    DETACH = "detach"
    DELIVER = "deliver"
    COLLECT = "collect"  # the person opened what was delivered by a page
    EXPIRE = "expire"  # the time of the page has passed
    TAKE = "take"
    HAND_OVER = "hand_over"
    NOTE = "note"  # for staff alone
    ADD_TASK = "add_task"
    END_TASK = "end_task"
    FULFIL = "fulfil"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    REOPEN = "reopen"


class Extent(StrEnum):
    """How far a request was carried out."""

    FULLY = "fully"
    PARTLY = "partly"


class Role(StrEnum):
    """Who acts: staff are agents, approvers or both."""

    CUSTOMER = "customer"
    AGENT = "agent"
    APPROVER = "approver"
    SYSTEM = "system"


class Denial(StrEnum):
    """Why an action was not carried out: an expected outcome, shown to the person who tried."""

    UNKNOWN = "unknown"  # there is no such ticket or question, or it is there no longer
    STALE = "stale"
    NOT_IN_THIS_STATE = "not_in_this_state"
    NOT_YOUR_ROLE = "not_your_role"
    FOUR_EYES = "four_eyes"
    REASON_MISSING = "reason_missing"
    GROUND_MISSING = "ground_missing"
    METHOD_MISSING = "method_missing"
    AUTHORITY_MISSING = "authority_missing"
    AUTHORITY_NOT_ENOUGH = "authority_not_enough"
    NOT_ON_BEHALF = "not_on_behalf"
    RELATION_MISSING = "relation_missing"
    NOT_TAKEN = "not_taken"
    NOT_CLAIMED = "not_claimed"
    IDENTITY_OPEN = "identity_open"
    ALREADY_EXTENDED = "already_extended"
    TOO_LATE = "too_late"
    ALREADY_SUSPENDED = "already_suspended"
    NOT_SUSPENDED = "not_suspended"
    NOTHING_ASKED = "nothing_asked"
    STAFF_NOT_TOLD = "staff_not_told"
    TOO_EARLY = "too_early"
    CODE_WRONG = "code_wrong"
    CODE_EXPIRED = "code_expired"  # past its life, or its tries
    DAY_UNCLEAR = "day_unclear"
    DAY_TO_COME = "day_to_come"
    DAY_LONG_PAST = "day_long_past"
    RETURN_UNCLEAR = "return_unclear"  # of somebody on the staff who is away
    RETURN_NOT_AHEAD = "return_not_ahead"
    NOTHING_CHANGED = "nothing_changed"
    PERSON_MISSING = "person_missing"
    EMAIL_INVALID = "email_invalid"
    PHONE_INVALID = "phone_invalid"
    NOT_DELIVERED = "not_delivered"
    NO_FILE = "no_file"
    NO_COPY = "no_copy"  # the right is to something else
    TOO_MANY_FILES = "too_many_files"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_REFUSED = "file_refused"  # by the virus scan
    SCAN_FAILED = "scan_failed"  # so no file is taken
    NOT_MACHINE_READABLE = "not_machine_readable"
    NO_PAGE = "no_page"  # the assistant has no address at which people could open one
    NO_CHAT = "no_chat"  # files are not handed out in conversations here
    ACCOUNT_NOT_PROVED = "account_not_proved"
    ADDRESS_NOT_PROVED = "address_not_proved"
    DELIVERED = "delivered"
    WAY_MISSING = "way_missing"
    RECIPIENTS_LEFT = "recipients_left"
    NO_RECIPIENTS = "no_recipients"  # the right concerns none, or none is configured
    RECIPIENT_UNKNOWN = "recipient_unknown"
    OUTCOME_MISSING = "outcome_missing"
    ALREADY_OWNER = "already_owner"
    NOBODY_ELSE = "nobody_else"
    NOT_ON_STAFF = "not_on_staff"
    TEMPLATE_NOT_FIT = "template_not_fit"
    DUE_PAST = "due_past"
    TASK_UNKNOWN = "task_unknown"
    TOO_MANY_TASKS = "too_many_tasks"


OPEN = frozenset({State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION, State.CONFIRMED})
ENDED = frozenset(State) - OPEN
# What a person writes to staff on a ticket without having been asked: it changes nothing else.
MESSAGES = frozenset({Action.ADD, Action.AMEND, Action.LIMIT, Action.CHASE, Action.DISPUTE})
NEEDS_IDENTITY = frozenset({State.AWAITING_CONFIRMATION, State.CONFIRMED, State.FULFILLED})
# Where the writer must be known to be allowed to ask for the person concerned.
NEEDS_AUTHORITY = frozenset({State.CONFIRMED, State.FULFILLED})

CUSTOMER = frozenset({Role.CUSTOMER})
STAFF = frozenset({Role.AGENT, Role.APPROVER})
AGENT = frozenset({Role.AGENT})
APPROVER = frozenset({Role.APPROVER})
SYSTEM = frozenset({Role.SYSTEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. `key` goes into the audit: customer, system, or a member of staff's opaque key."""

    key: str
    roles: frozenset[Role]


# Whose request staff opened: there is no conversation in which they could be told anything.
OFFLINE = "offline"
THE_CUSTOMER = Actor(key="customer", roles=CUSTOMER)
THE_SYSTEM = Actor(key="system", roles=SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asked, and where they are reached. Sealed at rest.

    `thread` is the message or thread in which an answer belongs, if any.
    """

    channel: str
    account: str
    name: str = ""
    email: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What was written on a ticket: a question, an answer, a reason, a note of staff's own.

    Sealed at rest, and destroyed with the ticket's key.
    """

    at: datetime
    by: str
    action: Action
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One right asked for by one person. A state that needs identity cannot exist without it.

    `person` is who writes. Whom the ticket concerns is the same, unless it is made `on_behalf` of
    somebody: then all evidence is of the writer, and `authority` is what staff were shown.

    `opening` is what the person wrote when asking, `details` what exactly it is to cover;
    `unfinished` tells that they left it half way, and something may be missing. `source` is how it
    came where staff opened it. `phones` are numbers in E.164 that the person has added. `bounced`
    is an address that did not take the letter with the last code; `reads` is one whose letters with
    codes the person has read. `extent` is known once the request was carried out. `files` are what
    is stored of the copy of the person's data, `delivery` how it was delivered. `ticks` tell which
    recipients and systems were seen to. `owner` is who on the staff takes care of it (an actor's
    key), if anybody, and `tasks` are what staff have set each other. `notice` is the version of the
    privacy notice that was in force when it was asked for. `template` is the ready-made reply with
    which it was refused or carried out.
    """

    id: str
    number: str
    right: Right
    language: Language
    state: State
    received_at: datetime
    clock: Clock
    person: Person
    details: str = ""
    opening: str = ""
    unfinished: bool = False
    source: Source | None = None
    phones: tuple[str, ...] = ()
    on_behalf: OnBehalf | None = None
    authority: tuple[Authority, ...] = ()
    version: int = 1
    evidence: tuple[Evidence, ...] = ()
    verified: Evidence | None = None
    challenge: Challenge | None = None
    codes_sent: tuple[datetime, ...] = ()
    bounced: str = ""
    reads: str = ""
    question: str = ""
    notes: tuple[Note, ...] = ()
    staff_told: bool = False
    extent: Extent | None = None
    files: tuple[File, ...] = ()
    delivery: Delivery | None = None
    ticks: tuple[Tick, ...] = ()
    owner: str = ""
    tasks: tuple[StaffTask, ...] = ()
    template: str | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    notice: str = ""

    def __post_init__(self) -> None:
        if self.state in NEEDS_IDENTITY and self.verified is None:
            raise ValueError(f"a ticket cannot be {self.state} without verified identity")
        if self.verified is not None and self.verified not in self.evidence:
            raise ValueError("the verifying evidence is not among the ticket's evidence")
        if self.verified is not None and self.verified.contact not in (None, *self.contacts):
            raise ValueError("the verifying evidence is of a contact that the ticket does not name")

        if self.authority and self.on_behalf is None:
            raise ValueError("there is authority to ask, and nobody to ask for")
        if self.on_behalf and self.state in NEEDS_AUTHORITY and not self.authority:
            raise ValueError(f"a ticket for somebody else cannot be {self.state} without authority")

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The contacts that the person claims as theirs, the address first.

        Their account is none of them: each message proves it.
        """
        emails = (contacts.email(self.person.email),) if self.person.email else ()
        return (*emails, *map(contacts.phone, self.phones))

    @property
    def address_is_proved(self) -> bool:
        """Whether the person has shown that the address is theirs: else no letter goes there."""
        return self.is_proved(contacts.email(self.person.email))

    @property
    def is_attested(self) -> bool:
        """Whether a member of staff has vouched for the person."""
        return any(piece.method in ATTESTED for piece in self.evidence)

    def is_proved(self, contact: Contact) -> bool:
        """Tell whether the person has shown that a contact is theirs."""
        return any(piece.contact == contact for piece in self.evidence)
