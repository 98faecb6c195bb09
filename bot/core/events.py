"""What comes into the core: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.catalog import Language, Right
from bot.core.effects import Digest
from bot.core.masking import Masked
from bot.core.tickets.command import Command
from bot.core.tickets.staff_request import StaffRequest
from bot.core.tickets.ticket import Actor, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A person wrote something; `text` is already masked. What was `attached` is not looked at.

    `edited` tells that an earlier message was changed to this; `cut` that only the beginning of a
    letter of many pages is here. `replied_to` is the message of the assistant's own that this one
    replies to, where the platform hands it over.
    """

    text: str
    attached: bool = False
    edited: bool = False
    cut: bool = False
    masked: frozenset[Masked] = frozenset()
    replied_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chose:
    """A person pressed a button that the assistant had offered."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffActed:
    """A member of staff acted on a ticket from the desk."""

    ticket: str
    actor: Actor
    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A person shared the phone number that their platform had verified (E.164).

    Empty when it was not their own, or no number.
    """

    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """A person filled in a whole form for a right at once and agreed to it.

    `concerned` is the name of whom it concerns, if somebody else.
    """

    right: Right
    name: str
    email: str
    details: str
    language: Language
    concerned: str = ""


CustomerEvent = Said | Chose | Shared | Requested


@dataclass(frozen=True, slots=True, kw_only=True)
class FromCustomer:
    """What a person wrote, pressed or shared, and where.

    `language` is the platform's guess; `shares_phone` tells that Shared may come from there;
    `vouched` is the address that the organisation's own workspace vouches for.
    """

    person: Person
    event: CustomerEvent
    language: Language | None = None
    shares_phone: bool = False
    vouched: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedInPublic:
    """Somebody asked where others read along; `place` is the group, not the person."""

    place: Person
    text: str
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAnswered:
    """A member of staff answered a question that was passed to staff."""

    inquiry: str
    actor: Actor
    text: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffOpened:
    """A member of staff opened a ticket for what did not come through the assistant."""

    actor: Actor
    request: StaffRequest


class Task(StrEnum):
    """What falls due by the clock."""

    REMIND = "remind"
    LAPSE = "lapse"
    EXPIRE = "expire"
    UNVERIFY = "unverify"
    UNFINISHED = "unfinished"
    RETENTION = "retention"
    SELF_TEST = "self_test"

    @classmethod
    def _missing_(cls, value: object) -> Task | None:
        # Tasks that a version before revision 0005 of the tables left in the inbox.
        return cls.RETENTION if value == "forget" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDue:
    """A task of a local day is due: for one ticket, one inquiry or one person, or for all.

    `digest` is what staff are reminded of; `person` is the hash of whom the task is about, `what`
    tells it from that person's others.
    """

    task: Task
    day: date
    ticket: str = ""
    inquiry: str = ""
    person: str = ""
    what: str = ""
    digest: Digest | None = None


Event = FromCustomer | AskedInPublic | StaffActed | StaffAnswered | StaffOpened | TaskDue
