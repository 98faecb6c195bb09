"""The fleet: customers who walk whole scripts, and staff who decide by what their desk is told.

All of it goes over the signed HTTP channel as from a platform: an event is posted with the same id,
to any replica, until it is acknowledged; some are posted again later all the same.
"""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from queue import Empty, Queue, SimpleQueue
from random import Random
from typing import Any

import httpx

from bot.core.catalog import Language
from bot.core.tickets import Action, State
from tests.fakes.loopback import Loopback
from tests.fakes.replica import Replica, until
from tests.fakes.smtp import FakeSmtp
from tests.soak.scripts import CANARY, NUMBER, SCRIPTS, Wording

# Several kills in a row may each hold a message up for a lease and a start.
PATIENCE = 90.0
_PAUSE = 0.05
_DUPLICATES = 0.1  # the share of events that the platform delivers again, at once or later
_READING = 0.5  # seconds, at most, that a customer takes to read an answer
_STAFF = 2

Event = dict[str, Any]


class InVain(Exception):
    """What had to come did not, or was not what it had to be."""


@dataclass(frozen=True)
class Line:
    """A customer's message that was acknowledged, and the pattern of its answer."""

    event: str
    answer: str


@dataclass
class Record:
    """What was acknowledged: each customer's lines, staff's actions, events that came twice."""

    lines: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    acted: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def messages(self) -> int:
        """How many messages of customers were acknowledged."""
        return sum(map(len, self.lines.values()))


class Platform:
    """Posts events to any replica until one acknowledges them; `acknowledged` is called then."""

    def __init__(self, replicas: Sequence[Replica]) -> None:
        self._replicas = replicas
        self.turned_away = 0
        self.acknowledged: Callable[[], None] = lambda: None

    def post(self, event: Event, random: Random) -> None:
        """Return once the event is acknowledged. Raises InVain when it never is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            code = self._tried(event, random.choice(self._replicas))
            if code == httpx.codes.OK:
                self.acknowledged()
                return
            if code not in (None, httpx.codes.SERVICE_UNAVAILABLE):
                raise InVain(f"event {event['id']} was answered {code}")
            self.turned_away += 1
            time.sleep(_PAUSE)
        raise InVain(f"event {event['id']} was not acknowledged in {PATIENCE:.0f} s")

    def _tried(self, event: Event, replica: Replica) -> int | None:
        try:
            return replica.post(event).status_code
        except httpx.HTTPError:
            return None


class PostOffice:
    """The letters with codes, by the number of the ticket."""

    def __init__(self, smtp: FakeSmtp) -> None:
        self._smtp = smtp
        self._read = 0
        self._codes: dict[str, str] = {}
        self._lock = threading.Lock()

    def code(self, number: str) -> str:
        """Return the code that was mailed for a ticket, once it is there."""
        try:
            until(lambda: number in self._opened(), PATIENCE)
        except AssertionError:
            raise InVain(f"the code for {number} did not come") from None
        return self._codes[number]

    def _opened(self) -> Mapping[str, str]:
        with self._lock:
            for letter in self._smtp.letters[self._read :]:
                self._read += 1
                text = letter.body("plain")
                ticket, code = NUMBER.search(text), re.search(r"\b\d{8}\b", text)
                if ticket and code:
                    self._codes[ticket.group()] = code.group()
            return self._codes


class Customer:
    """One person with one conversation, from greeting to end."""

    def __init__(self, number: int, seed: int, fleet: Fleet) -> None:
        self.name = f"{CANARY}-{number}"
        self.email = f"{CANARY}.{number}@example.com"
        self.random = Random(f"{seed}:{number}")
        self.language = self.random.choice(list(Language))
        self.wording = fleet.wording
        self.answers: SimpleQueue[Event] = SimpleQueue()
        self._fleet = fleet
        self._sent: list[Event] = []
        self._buttons: list[str] = []

    def walk(self) -> None:
        """Walk one script to its end. Raises InVain."""
        (script,) = self.random.choices(list(SCRIPTS), list(SCRIPTS.values()))
        script(self)

    def say(self, text: str, answer: str) -> Event:
        """Write something; return the answer, which must match."""
        self._send(answer, text=text)
        return self._answered(answer)

    def offered(self, kind: str) -> str | None:
        """Return the button of a kind (what stands before the colon) under the last answer."""
        return next((b for b in self._buttons if b.partition(":")[0] == kind), None)

    def press(self, kind: str, answer: str) -> Event:
        """Press the button of a kind; return the answer, which must match."""
        button = self.offered(kind)
        if button is None:
            raise InVain(f"after {self._sent[-1]['id']} no button for {kind} was offered")
        self._send(answer, choice=button)
        return self._answered(answer)

    def burst(self, lines: Mapping[str, str]) -> None:
        """Write several things without waiting; the answers must match in the same order."""
        for text, answer in lines.items():
            self._send(answer, text=text)
        for answer in lines.values():
            self._answered(answer)

    def code(self, number: str) -> str:
        """Return the code that was mailed for a ticket."""
        return self._fleet.post_office.code(number)

    def _send(self, answer: str, **content: str) -> None:
        event = {"id": f"{self.name}-{len(self._sent) + 1}", "person": self.name, **content}
        self._sent.append(event)
        self._fleet.platform.post(event, self.random)
        self._fleet.record.lines[self.name].append(Line(event["id"], answer))
        if self.random.random() < _DUPLICATES:
            again = self.random.choice([event, self.random.choice(self._sent)])
            self._fleet.platform.post(again, self.random)
            self._fleet.record.duplicates.append(again["id"])

    def _answered(self, pattern: str) -> Event:
        last = self._sent[-1]["id"]
        try:
            answer = self.answers.get(timeout=PATIENCE)
        except Empty:
            raise InVain(f"no answer after {last} in {PATIENCE:.0f} s") from None
        if not re.search(pattern, answer["text"]):
            raise InVain(f"after {last} came another answer: {answer['text'][:60]!r}")
        self._buttons = [choice["choice"] for choice in answer["choices"]]
        self._fleet.pause(self.random.uniform(0.0, _READING))
        return answer


class Desk:
    """Staff: they act on each state of a ticket that the desk is told, now and then two at once."""

    def __init__(self, seed: int, platform: Platform, record: Record) -> None:
        self._seed = seed
        self._platform = platform
        self._record = record
        self._seen: set[tuple[str, int]] = set()
        self._waiting: Queue[Event] = Queue()

    def start(self) -> None:
        """Set staff to work."""
        for number in range(_STAFF):
            threading.Thread(target=self._work, name=f"staff-{number}", daemon=True).start()

    def told(self, delivery: Event) -> None:
        """Take what the desk was told, and act on it once."""
        ticket = delivery.get("ticket")
        if delivery["kind"] != "ticket" or ticket is None:
            return
        state = (ticket["number"], ticket["version"])
        if state not in self._seen:
            self._seen.add(state)
            for event in self._decided(ticket):
                self._waiting.put(event)

    @property
    def idle(self) -> bool:
        """Whether all that was decided has been acknowledged."""
        return not self._waiting.unfinished_tasks

    def _decided(self, ticket: Event) -> Iterator[Event]:
        number, version = ticket["number"], ticket["version"]
        chance = Random(f"{self._seed}:{number}:{version}").random()

        def act(staff: str, action: Action, **more: str) -> Event:
            event = {"id": f"{number}-{version}-{staff}-{action}", "staff": staff, "action": action}
            return {**event, "ticket": number, "version": version, **more}

        match State(ticket["state"]):
            case State.AWAITING_IDENTITY if version > 1 or chance < 0.3:
                yield act("Aino", Action.VERIFY, method="call_back")
            case State.AWAITING_CONFIRMATION | State.CONFIRMED if chance < 0.1:
                yield act("Mika", Action.REFUSE, text=f"{CANARY} has a contract")
            case State.AWAITING_CONFIRMATION:
                if chance < 0.4:  # at once with Mika; after an attestation she may not
                    yield act("Aino", Action.CONFIRM)
                yield act("Mika", Action.CONFIRM)
            case State.CONFIRMED:
                if chance < 0.2:
                    yield act("Mika", Action.FULFIL)
                yield act("Aino", Action.FULFIL)

    def _work(self) -> None:
        random = Random(f"{self._seed}:{threading.current_thread().name}")
        while True:
            event = self._waiting.get()
            try:
                self._platform.post(event, random)
                self._record.acted.append(event["id"])
                if random.random() < _DUPLICATES:
                    self._platform.post(event, random)
                    self._record.duplicates.append(event["id"])
            except InVain as fault:
                self._record.faults.append(str(fault))
            finally:
                self._waiting.task_done()


class Fleet:
    """So many customers at the same time, one after the other, until it is told to finish."""

    def __init__(
        self,
        replicas: Sequence[Replica],
        loopback: Loopback,
        smtp: FakeSmtp,
        wording: Wording,
        seed: int,
    ) -> None:
        self.wording = wording
        self.record = Record()
        self.platform = Platform(replicas)
        self.post_office = PostOffice(smtp)
        self.desk = Desk(seed, self.platform, self.record)
        self._seed = seed
        self._numbers = count(1)
        self._customers: dict[str, Customer] = {}
        self._finishing = threading.Event()
        self._threads: list[threading.Thread] = []
        loopback.watch(self._heard)

    def start(self, size: int) -> None:
        """Let so many customers at a time come."""
        self.desk.start()
        self._threads = [threading.Thread(target=self._come, daemon=True) for _ in range(size)]
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Let nobody new come, and those who are there make haste."""
        self._finishing.set()

    def pause(self, seconds: float) -> None:
        """Wait so long, or until all make haste."""
        self._finishing.wait(seconds)

    @property
    def idle(self) -> bool:
        """Whether every customer has gone, and staff have nothing to do."""
        return not any(thread.is_alive() for thread in self._threads) and self.desk.idle

    def _come(self) -> None:
        while not self._finishing.is_set():
            customer = Customer(next(self._numbers), self._seed, self)
            self._customers[customer.name] = customer
            try:
                customer.walk()
            except Exception as fault:
                told = str(fault) if isinstance(fault, InVain) else repr(fault)
                self.record.faults.append(told)
                return

    def _heard(self, delivery: Event) -> None:
        if delivery.get("desk"):
            self.desk.told(delivery)
        elif "person" in delivery and delivery["ticket"] is None:
            self._customers[delivery["person"]].answers.put(delivery)
