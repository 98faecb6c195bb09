"""The fleet: customers who walk whole scripts, and staff who decide by what their desk is shown.

All of it goes over a way: what was sent counts once the platform has it; some of it comes twice.
"""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from queue import Empty, Queue, SimpleQueue
from random import Random

from bot.core.catalog import Language
from bot.core.tickets.ticket import Action, State
from tests.fakes.replica import until
from tests.fakes.smtp import FakeSmtp
from tests.soak.scripts import CANARY, NUMBER, SCRIPTS, Wording
from tests.soak.way import PATIENCE, Deed, InVain, Reading, Sent, Shown, Way

_DUPLICATES = 0.1  # the share of events that the platform delivers again, at once or later
_READING = 0.5  # seconds, at most, that a customer takes to read an answer
_FAILED = 6.0  # seconds in which what is said to have failed may be answered all the same
_STAFF = ("Aino", "Mika")


@dataclass(frozen=True)
class Line:
    """A customer's message that the platform took, and the pattern of its answer.

    Where a press failed and was made again, the second one may be answered too, by `again`.
    """

    event: str
    answer: str
    again: str = ""


@dataclass
class Record:
    """What was acknowledged: each customer's lines, staff's deeds, events that came twice."""

    lines: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    tried: set[str] = field(default_factory=set)
    acted: list[Deed] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def messages(self) -> int:
        """How many messages of customers were acknowledged."""
        return sum(map(len, self.lines.values()))


def told_once(readings: Iterable[Reading], lines: Sequence[Line]) -> list[Reading]:
    """Return what answers the lines, without what only came again."""
    kept: list[Reading] = []
    before = again = ""
    for reading in readings:
        due = lines[len(kept)].answer if len(kept) < len(lines) else None
        if comes_again(reading, due, before, again):
            continue
        before = reading.text
        again = again or (lines[len(kept)].again if due is not None else "")
        kept.append(reading)
    return kept


def comes_again(reading: Reading, due: str | None, before: str, again: str) -> bool:
    """Tell whether something is no answer to what is due, but the one before once more.

    `again` is how a press is answered that was made a second time.
    """
    if due is not None and re.search(due, reading.text):
        return False
    return reading.text == before or bool(again and re.search(again, reading.text))


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
        self.answers: SimpleQueue[Reading] = SimpleQueue()
        self._fleet = fleet
        self._sent: list[Sent] = []
        self._last = Reading(text="")
        self._again = ""

    def walk(self) -> None:
        """Walk one script to its end. Raises InVain."""
        (script,) = self.random.choices(list(SCRIPTS), list(SCRIPTS.values()))
        script(self)

    def say(self, text: str, answer: str) -> Reading:
        """Write something; return the answer, which must match."""
        self._write(text, answer)
        return self._answered(answer)

    def offered(self, kind: str) -> str | None:
        """Return the button of a kind (what stands before the colon) under the last answer."""
        return next((b for b in self._last.choices if b.partition(":")[0] == kind), None)

    def press(self, kind: str, answer: str) -> Reading:
        """Press the button of a kind; return the answer, which must match.

        Where the platform says that it failed, and nothing comes all the same, press again.
        """
        button = self.offered(kind)
        if button is None:
            raise InVain(f"after {self._sent[-1].id} no button for {kind} was offered")
        sent = self._next(choice=button, place=self._last.place)
        again, answered = "", None
        while not self._fleet.way.send(sent, self.random):
            answered = self._heard(answer, _FAILED)
            if answered is not None:
                break
            again = self._again = self.wording.pattern(
                self.language, "stale_button", "withdraw.ended"
            )
        self._record(Line(sent.id, answer, again))
        if answered is None:
            return self._answered(answer)
        return self._read(answered, answer)

    def burst(self, lines: Mapping[str, str]) -> None:
        """Write several things without waiting; the answers must match in the same order."""
        for text, answer in lines.items():
            self._write(text, answer)
        for answer in lines.values():
            self._answered(answer)

    def code(self, number: str) -> str:
        """Return the code that was mailed for a ticket."""
        return self._fleet.post_office.code(number)

    def _next(self, **content: str) -> Sent:
        sent = Sent(id=f"{self.name}-{len(self._sent) + 1}", person=self.name, **content)
        self._sent.append(sent)
        return sent

    def _write(self, text: str, answer: str) -> None:
        sent = self._next(text=text)
        self._fleet.way.send(sent, self.random)
        self._record(Line(sent.id, answer))

    def _record(self, line: Line) -> None:
        self._fleet.record.lines[self.name].append(line)
        if self.random.random() < _DUPLICATES:
            again = self.random.choice([self._sent[-1], self.random.choice(self._sent)])
            self._fleet.way.again(again, self.random)
            self._fleet.record.duplicates.append(again.id)

    def _answered(self, pattern: str) -> Reading:
        answer = self._heard(pattern, PATIENCE)
        if answer is None:
            raise InVain(f"no answer after {self._sent[-1].id} in {PATIENCE:.0f} s")
        return self._read(answer, pattern)

    def _heard(self, pattern: str, seconds: float) -> Reading | None:
        """Return what is heard next, if anything is, without what only comes again."""
        end = time.monotonic() + seconds
        while True:
            try:
                answer = self.answers.get(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                return None
            if self._fleet.way.has_ids:
                return answer
            if not comes_again(answer, pattern, self._last.text, self._again):
                return answer

    def _read(self, answer: Reading, pattern: str) -> Reading:
        if not re.search(pattern, answer.text):
            raise InVain(f"after {self._sent[-1].id} came another answer: {answer.text[:60]!r}")
        self._last = answer
        self._fleet.pause(self.random.uniform(0.0, _READING))
        return answer


class Desk:
    """Staff: they act on each state of a ticket that the desk is shown, at times two at once."""

    def __init__(self, seed: int, way: Way, record: Record) -> None:
        self._seed = seed
        self._way = way
        self._record = record
        self._seen: set[tuple[str, int]] = set()
        self._waiting: Mapping[str, Queue[Deed]] = {name: Queue() for name in _STAFF}

    def start(self) -> None:
        """Set staff to work."""
        for name in self._waiting:
            work = threading.Thread(target=self._work, args=(name,), name=name, daemon=True)
            work.start()

    def shown(self, shown: Shown) -> None:
        """Take what the desk is shown, and act on it once."""
        state = (shown.number, shown.version)
        if state not in self._seen:
            self._seen.add(state)
            for deed in self._decided(shown):
                self._waiting[deed.staff].put(deed)

    @property
    def idle(self) -> bool:
        """Whether all that was decided has come to an end."""
        return not any(waiting.unfinished_tasks for waiting in self._waiting.values())

    def _decided(self, shown: Shown) -> Iterator[Deed]:
        chance = Random(f"{self._seed}:{shown.number}:{shown.version}").random()

        def act(staff: str, action: Action, **more: str) -> Deed:
            return Deed(staff=staff, action=action, shown=shown, **more)

        match shown.state:
            case State.AWAITING_IDENTITY if shown.version > 1 or chance < 0.3:
                yield act("Aino", Action.VERIFY, method="call_back")
            case State.AWAITING_CONFIRMATION | State.CONFIRMED if chance < 0.1:
                yield act("Mika", Action.REFUSE, text=f"{CANARY} has a contract")
            case State.AWAITING_CONFIRMATION:
                if chance < 0.4:  # at once with Mika; after an attestation she may not
                    yield act("Aino", Action.CONFIRM)
                yield act("Mika", Action.CONFIRM)
            case State.CONFIRMED:
                if chance < 0.2:
                    yield act("Mika", Action.FULFIL, extent="fully")
                yield act("Aino", Action.FULFIL, extent="fully")

    def _work(self, name: str) -> None:
        random = Random(f"{self._seed}:{name}")
        waiting = self._waiting[name]
        while True:
            deed = waiting.get()
            try:
                self._act(deed, random)
            except InVain as fault:
                self._record.faults.append(str(fault))
            except Exception as fault:  # whoever does not come back would be waited for
                self._record.faults.append(repr(fault))
            finally:
                waiting.task_done()

    def _act(self, deed: Deed, random: Random) -> None:
        self._record.tried.add(deed.id)
        if self._way.act(deed, random):
            self._record.acted.append(deed)
        if random.random() < _DUPLICATES:
            self._way.again(deed, random)
            self._record.duplicates.append(deed.id)


class Fleet:
    """So many customers at the same time, one after the other, until it is told to finish."""

    def __init__(self, way: Way, smtp: FakeSmtp, wording: Wording, seed: int) -> None:
        self.wording = wording
        self.record = Record()
        self.way = way
        self.post_office = PostOffice(smtp)
        self.desk = Desk(seed, way, self.record)
        self._seed = seed
        self._numbers = count(1)
        self._customers: dict[str, Customer] = {}
        self._finishing = threading.Event()
        self._threads: list[threading.Thread] = []
        way.on_heard = self._heard
        way.on_shown = self.desk.shown

    def start(self, size: int) -> None:
        """Let so many customers at a time come."""
        self.desk.start()
        self._threads = [threading.Thread(target=self._come, daemon=True) for _ in range(size)]
        for thread in self._threads:
            thread.start()

    def knock(self) -> None:
        """Let one more customer come, for one conversation: all others may be waiting."""
        knocking = threading.Thread(target=self._visit, daemon=True)
        self._threads.append(knocking)
        knocking.start()

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
        while not self._finishing.is_set() and (customer := self._visit()):
            self.pause(customer.random.uniform(0.0, self.way.spacing))

    def _visit(self) -> Customer | None:
        """Let a customer walk a script; None when something did not hold."""
        customer = Customer(next(self._numbers), self._seed, self)
        self._customers[customer.name] = customer
        try:
            customer.walk()
        except Exception as fault:
            told = str(fault) if isinstance(fault, InVain) else repr(fault)
            self.record.faults.append(told)
            return None
        return customer

    def _heard(self, person: str, reading: Reading) -> None:
        if reading.ticket is None:
            self._customers[person].answers.put(reading)
