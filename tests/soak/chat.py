"""What both chats have in common: answers, letters, cards and threads as people see them.

Neither platform takes an idempotency key: what went out and was not settled goes out again. People
know such a repeat by its text.
"""

from __future__ import annotations

import re
import time
from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import count
from random import Random

from bot.core.catalog import Language
from bot.core.tickets.ticket import Action, Denial, State
from tests.soak.scripts import NUMBER, Wording
from tests.soak.way import (
    PATIENCE,
    PAUSE,
    Arrived,
    Card,
    Deed,
    InVain,
    Reading,
    Sent,
    Shown,
    Way,
)

DESK = Language.FI  # the desk speaks it unless told otherwise
PRESSED = 6.0  # seconds after which people press again what brought nothing
_ASKED_IN_A_SECOND = 50  # how often `until` looks
_LETTERS = [f"letter.{action}" for action in ("verify", "confirm", "refuse", "fulfil")]
# By which of its buttons a card shows the state of a ticket.
_STATES = {
    Action.VERIFY: State.AWAITING_IDENTITY,
    Action.CONFIRM: State.AWAITING_CONFIRMATION,
    Action.FULFIL: State.CONFIRMED,
    Action.REOPEN: State.FULFILLED,  # or ended in another way: staff do nothing more
}


class Told(Enum):
    """What a member of staff understands of what they are told instead of going on."""

    AGAIN = auto()
    FOREIGN = auto()
    REFUSED = auto()
    STRANGE = auto()


@dataclass
class _Posted:
    """A card as it was posted and now stands, and what stands below it."""

    first: int
    shown: Shown
    lines: list[str] = field(default_factory=list)


class Chat(Way):
    """A chat platform. Who derives from this tells it of each message as it appears or changes."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._readings: dict[str, list[Reading]] = defaultdict(list)
        self._cards: dict[str, _Posted] = {}
        self._denied: Counter[str] = Counter()
        letters = (wording.pattern(said, *_LETTERS) for said in Language)
        self._letter = re.compile("|".join(letters))
        self._understood = {
            Told.AGAIN: wording.pattern(DESK, "desk.form.later", "desk.form.gone"),
            Told.FOREIGN: wording.pattern(DESK, "desk.form.foreign"),
            Told.REFUSED: wording.pattern(DESK, *(f"desk.denial.{denial}" for denial in Denial)),
        }

    def act(self, deed: Deed, random: Random) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            ended = self.fills_in(deed)
            if ended is not None:
                return ended
            time.sleep(random.uniform(PAUSE, 1.0))
        raise InVain(f"{deed.id} was neither taken nor refused in {PATIENCE:.0f} s")

    def again(self, what: Sent | Deed, random: Random) -> None:  # noqa: ARG002
        self.repeat()

    @abstractmethod
    def repeat(self) -> None:
        """Have the platform deliver its last event once more."""

    def held_up(self) -> Callable[[], bool]:
        turned_away, asked = self.turned_away(), count()

        def held() -> bool:
            # Few people, who all wait for an answer, send nothing new. A poll that is under way may
            # take what is repeated, once, before anybody sees that it waits: so it is done again.
            if next(asked) % _ASKED_IN_A_SECOND == 0:
                self.repeat()
            return turned_away()

        return held

    @abstractmethod
    def turned_away(self) -> Callable[[], bool]:
        """Return what tells whether, from now on, an event was turned away or still waits."""

    @abstractmethod
    def fills_in(self, deed: Deed) -> bool | None:
        """Press the card's button and fill in what comes: whether the deed was taken.

        None: nothing came, or it failed, and is to be begun again. Raises InVain.
        """

    def ended_by(self, told: str, deed: Deed) -> bool | None:
        """Return what being told something means: False that a deed is refused; None: again.

        Raises InVain.
        """
        match self.understood(told):
            case Told.AGAIN:
                return None
            case Told.REFUSED:
                return False
        raise InVain(f"{deed.id}: staff were told {told[:60]!r}")

    def understood(self, text: str) -> Told:
        """Return what a member of staff understands."""
        found = (told for told, known in self._understood.items() if re.search(known, text))
        return next(found, Told.STRANGE)

    def hears(self, person: str, text: str, choices: Sequence[str], place: str) -> None:
        """Take what a customer reads."""
        number = NUMBER.search(text)
        is_letter = number is not None and self._letter.match(text)
        ticket = number.group() if number and is_letter else None
        reading = Reading(text=text, choices=choices, ticket=ticket, place=place)
        self._readings[person].append(reading)
        self.on_heard(person, reading)

    def sees(self, place: str, text: str, buttons: Iterable[str]) -> None:
        """Take a message at the desk, new or changed, with what its buttons carry."""
        shown = _shown(place, text, buttons)
        if shown is None:
            return
        card = self._cards.get(place)
        if card is None:
            self._cards[place] = _Posted(shown.version, shown)
        else:
            card.shown = shown
        self.on_shown(shown)

    def is_card(self, place: str) -> bool:
        """Tell whether a card stands there."""
        return place in self._cards

    def reads_below(self, place: str, text: str) -> None:
        """Take what is said below a card: lines of history, or why something was not done."""
        self._cards[place].lines += text.splitlines()

    def is_denied(self, number: str) -> None:
        """Take that the desk was told why something was not done about a ticket."""
        self._denied[number] += 1

    def arrived(self) -> Arrived:
        cards: dict[str, list[Card]] = defaultdict(list)
        denied = Counter(self._denied)
        for posted in self._cards.values():
            card = Card(first=posted.first, shown=posted.shown, lines=tuple(posted.lines))
            cards[posted.shown.number].append(card)
            refusals = (self.understood(line) is Told.REFUSED for line in posted.lines)
            denied[posted.shown.number] += sum(refusals)
        return Arrived(readings=self._readings, shown={}, denied=denied, cards=cards)


def _shown(place: str, text: str, buttons: Iterable[str]) -> Shown | None:
    """Return what a card shows; None of what is no ticket's card."""
    found = {action: carried for carried in buttons if (action := _action(carried))}
    number = NUMBER.match(text)
    state = next((state for action, state in _STATES.items() if action in found), None)
    if number is None or state is None:
        return None
    version = int(found[next(iter(found))].split(":")[2])
    shown = Shown(number=number.group(), version=version, state=state, place=place)
    return replace(shown, buttons=found)


def _action(carried: str) -> str:
    """Return the action of a card's button: action, ticket, version and tag are what it carries."""
    action, *rest = carried.split(":")
    return action if len(rest) == 3 and rest[1].isdecimal() else ""


def newest(cards: Mapping[str, Sequence[Card]], number: str) -> Card | None:
    """Return the card of a ticket that was posted last."""
    posted = cards.get(number, ())
    return posted[-1] if posted else None
