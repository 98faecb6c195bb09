"""The way between the fleet and the replicas: one platform, with its people's side and its desk."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Self

from bot.core.tickets.ticket import Action, State
from bot.storage.store import Store
from tests.fakes.replica import Replica

# Several kills in a row may each hold a message up for a lease and a start.
PATIENCE = 240.0  # seconds; a start takes most of a minute on a machine with other work
PAUSE = 0.05
LAG = 0.1  # seconds, at most, that a delivery takes: time to overtake, and to be killed in


class InVain(Exception):
    """What had to come did not, or was not what it had to be."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a customer writes, or the button (by what it carries) that they press at a place."""

    id: str
    person: str
    text: str = ""
    choice: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a customer reads: an answer, or a letter about a ticket; what its buttons carry."""

    text: str
    choices: Sequence[str] = ()
    ticket: str | None = None
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the desk is shown of a ticket; `buttons` carry what each action's button carries."""

    number: str
    version: int
    state: State
    place: str = ""
    buttons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What a member of staff does about a ticket as they were shown it."""

    staff: str
    action: Action
    shown: Shown
    method: str = ""
    extent: str = ""
    text: str = ""

    @property
    def id(self) -> str:
        """Its name, the same each time that it is tried."""
        return f"{self.shown.number}-{self.shown.version}-{self.staff}-{self.action}"


@dataclass(frozen=True, kw_only=True)
class Card:
    """A ticket's card in a chat: the version that it was posted with, and the lines below it."""

    first: int
    shown: Shown
    lines: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """All that came over a way.

    `readings` are in order, one for each message that a person saw; `cards` are those of each
    ticket, in a chat, the newest last; `shown` are the versions of each that the desk was shown,
    `denied` counts what it was told was not done. `repeats` are those that the way itself can tell
    by their ids.
    """

    readings: Mapping[str, Sequence[Reading]]
    shown: Mapping[str, Sequence[int]]
    denied: Mapping[str, int]
    cards: Mapping[str, Sequence[Card]] = field(default_factory=dict)
    repeats: int = 0
    unsigned: int = 0


class Way(ABC):
    """A platform. A context manager: its server runs inside it.

    The four `on_…` are told what happens, from any thread, and have to be quick: what a person
    reads, what the desk is shown, that something was delivered, that an event was acknowledged.
    `has_ids` says whether what is delivered carries an id by which a repeat is recognised;
    `spacing` is how many seconds, at most, a customer waits before they come.
    """

    has_ids = False
    spacing = 0.0

    def __init__(self) -> None:
        self.on_heard: Callable[[str, Reading], None] = lambda _person, _reading: None
        self.on_shown: Callable[[Shown], None] = lambda _shown: None
        self.on_delivery: Callable[[], None] = lambda: None
        self.on_acknowledgement: Callable[[], None] = lambda: None

    @abstractmethod
    def __enter__(self) -> Self:
        """Open it."""

    @abstractmethod
    def __exit__(self, *_: object) -> None:
        """Close it."""

    @abstractmethod
    def replica(self, folder: Path, **settings: str) -> Replica:
        """Return a replica that is reached over this way."""

    def connect(self, replicas: Sequence[Replica]) -> None:  # noqa: B027 not every way needs it
        """Have the way lead to these replicas, which are ready."""

    def killed(self, store: Store) -> None:  # noqa: B027
        """Bring about what time alone would, long after a replica was killed."""

    @abstractmethod
    def send(self, sent: Sent, random: Random) -> bool:
        """Return once the platform has it; False when the sender is told that it failed.

        Then it may have come all the same. Raises InVain when it is never acknowledged.
        """

    @abstractmethod
    def act(self, deed: Deed, random: Random) -> bool:
        """Do what staff do, until that was taken, or until they are told why it is not: False.

        Raises InVain.
        """

    @abstractmethod
    def again(self, what: Sent | Deed, random: Random) -> None:
        """Have an event delivered once more, under its id: this one, or the platform's last."""

    @abstractmethod
    def held_up(self) -> Callable[[], bool]:
        """Return what tells whether, from now on, an event was turned away or still waits."""

    @abstractmethod
    def person_of(self, account: str) -> str:
        """Return the person whom a ticket calls by this account."""

    @abstractmethod
    def arrived(self) -> Arrived:
        """Return what came."""


def ticket_event(deed: Deed) -> dict[str, Any]:
    """Return a deed as the HTTP channel takes it."""
    event: dict[str, Any] = {
        "id": deed.id,
        "staff": deed.staff,
        "action": deed.action,
        "ticket": deed.shown.number,
        "version": deed.shown.version,
    }
    more = {"method": deed.method, "extent": deed.extent, "text": deed.text}
    return event | {name: value for name, value in more.items() if value}
