"""Rounds of work and kills: replicas as real processes, and a fleet that does not let go."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.bootstrap import assistant, store_of
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.service.routing import Routes
from bot.storage.store import Store
from tests.fakes.replica import Replica, until
from tests.fakes.smtp import FakeSmtp
from tests.register import put_on_file
from tests.soak import invariants
from tests.soak.fleet import Fleet
from tests.soak.over_http import OverHttp
from tests.soak.over_slack import OverSlack
from tests.soak.over_telegram import OverTelegram
from tests.soak.scripts import CANARY, Wording
from tests.soak.way import PATIENCE, Way

_LEASE = 5  # seconds: the shortest that the configuration allows
_ON_FILE = range(2, 20_000, 2)  # customers whose address the company knows
_LONGEST = 1.0  # seconds that a round lets the fleet work
_STARTING = 0.15  # the share of rounds that kill a replica while it starts
_START = PATIENCE  # several may start at the same time, on few cores with other work
_STOP = 10.0
# As the replicas know them, for their names only.
_STAFF = [{"name": name, "roles": ["agent"]} for name in ("Aino", "Mika")]
WAYS: Mapping[str, Callable[[int, Wording], Way]] = {
    "http": lambda seed, _wording: OverHttp(seed),
    "telegram": lambda seed, wording: OverTelegram(seed, wording, webhook=False),
    "telegram-webhook": lambda seed, wording: OverTelegram(seed, wording, webhook=True),
    "slack": lambda seed, wording: OverSlack(seed, wording, http=False),
    "slack-http": lambda seed, wording: OverSlack(seed, wording, http=True),
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be done; the same seed makes the same choices, if not the same moments."""

    rounds: int
    replicas: int = 1
    seed: int = 1
    customers: int = 10
    platform: str = "http"


@dataclass(frozen=True, kw_only=True)
class Outage:
    """A time without storage while the fleet works on; `unready`: the replicas must say so.

    It lasts at least until an event was turned away.
    """

    seconds: float
    begin: Callable[[Sequence[Replica]], AbstractContextManager[None]]
    unready: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was done, what was counted, and what did not hold."""

    plan: Plan
    rounds: int
    kills: int
    messages: int
    duplicates: int
    staff_actions: int
    tickets: int
    repeats: int
    repeats_by_mail: int
    seconds: float
    faults: Sequence[str]


class Trap:
    """Kills a replica at the very moment when something happens."""

    def __init__(self) -> None:
        self._victim: Replica | None = None
        self._lock = threading.Lock()
        self._sprung = threading.Event()

    def spring(self) -> None:
        """Tell that it happens."""
        with self._lock:
            if self._victim is not None:
                os.kill(self._victim.process.pid, signal.SIGKILL)
                self._victim = None
                self._sprung.set()

    def kill(self, victim: Replica, patience: float) -> None:
        """Kill the replica when it next happens, or when patience is over."""
        self._sprung.clear()
        with self._lock:
            self._victim = victim
        self._sprung.wait(patience)
        self.spring()


class Soak:
    """One run of the harness on one database: rounds of kills, then the outages."""

    def __init__(
        self,
        plan: Plan,
        url: str,
        folder: Path,
        known: Understanding,
        outages: Sequence[Outage] = (),
    ) -> None:
        self._plan = plan
        self._outages = outages
        self._settings = Settings.model_validate(
            {
                "service": {"data_dir": folder / "data"},
                "database": {"url": url},
                "staff": _STAFF,
            }
        )
        self._known = known
        self._wording = Wording(known.content)
        self._folder = folder
        self._random = Random(plan.seed)
        self._rounds = self._kills = 0
        self._way = WAYS[plan.platform](plan.seed, self._wording)
        self._smtp = FakeSmtp()
        self._environment = {
            "SELOSTE_DATABASE__URL": url,
            "SELOSTE_DELIVERY__LEASE_SECONDS": str(_LEASE),
            "SELOSTE_MAIL__ADDRESS": "privacy@example.com",
        }

    def run(self, tell: Callable[[], None] = lambda: None) -> Report:
        """Do all rounds, let everything drain, look what is left; `tell` is told each round."""
        begun = time.monotonic()
        with ExitStack() as stack:
            way, smtp = stack.enter_context(self._way), stack.enter_context(self._smtp)
            replicas = stack.enter_context(self._running())
            way.connect(replicas)
            store = store_of(self._settings)
            stack.callback(store.close)
            put_on_file(store, *((f"{CANARY}.{number}@example.com",) for number in _ON_FILE))
            fleet = Fleet(way, smtp, self._wording, self._plan.seed)
            faults: list[str] = []
            try:
                for fault in self._happenings(fleet, replicas, store, tell):
                    faults.append(fault)  # noqa: PERF402 what was found before a death counts
            except AssertionError as death:
                faults.append(f"a replica comes up again: {death}")
            after = invariants.look(
                assistant(self._settings, self._known, store, routes=Routes(desks=())),
                way=way,
                record=fleet.record,
                wording=self._wording,
                smtp=smtp,
                interruptions=self._kills + len(self._outages) * len(replicas),
                log="\n".join(replica.log.read_text() for replica in replicas),
            )
            return Report(
                plan=self._plan,
                rounds=self._rounds,
                kills=self._kills,
                messages=fleet.record.messages,
                duplicates=len(fleet.record.duplicates),
                staff_actions=len(fleet.record.acted),
                tickets=len(after.tickets),
                repeats=after.repeats,
                repeats_by_mail=after.repeats_by_mail,
                seconds=time.monotonic() - begun,
                faults=[*faults, *invariants.broken(after)],
            )

    def _happenings(
        self, fleet: Fleet, replicas: Sequence[Replica], store: Store, tell: Callable[[], None]
    ) -> Iterator[str]:
        moments = self._moments()
        fleet.start(self._plan.customers)
        while self._rounds < self._plan.rounds and not fleet.record.faults:
            self._round(replicas, moments, store)
            self._rounds += 1
            tell()
        for outage in self._outages:
            yield from self._without_storage(outage, fleet, replicas)
        yield from self._drained(fleet, replicas, store)
        yield from self._stopped(replicas)

    @contextmanager
    def _running(self) -> Iterator[list[Replica]]:
        """All replicas, started at the same moment on an empty database; killed at the end."""
        environment = {**self._environment, "SELOSTE_MAIL__SMTP_URL": self._smtp.url()}
        replicas = [
            self._way.replica(self._folder, **environment) for _ in range(self._plan.replicas)
        ]
        for replica in replicas:
            replica.launch()
        with ExitStack() as stack:
            for replica in replicas:
                stack.push(replica.__exit__)
            for replica in replicas:
                until(replica.ready, _START)
            yield replicas

    def _moments(self) -> list[Callable[[Replica], None]]:
        """Ways to choose the moment of a kill: at random, at a delivery, at an acknowledgement."""
        delivery, acknowledgement = Trap(), Trap()
        self._way.on_delivery = delivery.spring
        self._way.on_acknowledgement = acknowledgement.spring

        def now(victim: Replica) -> None:
            victim.stop(signal.SIGKILL)

        def at(trap: Trap) -> Callable[[Replica], None]:
            return lambda victim: trap.kill(victim, _LONGEST)

        return [now, at(delivery), at(acknowledgement)]

    def _round(
        self,
        replicas: Sequence[Replica],
        moments: list[Callable[[Replica], None]],
        store: Store,
    ) -> None:
        """Let the fleet work, kill a replica at some moment, and start it again."""
        victim = self._random.choice(replicas)
        if self._random.random() > _STARTING:
            until(victim.ready, _START)
        time.sleep(self._random.uniform(0.0, _LONGEST))
        self._random.choice(moments)(victim)
        victim.process.wait(10)
        self._kills += 1
        self._way.killed(store)
        victim.launch()

    def _without_storage(
        self, outage: Outage, fleet: Fleet, replicas: Sequence[Replica]
    ) -> Iterator[str]:
        for replica in replicas:
            until(replica.ready, _START)
        time.sleep(_LONGEST)
        held_up = self._way.held_up()
        with outage.begin(replicas):
            fleet.knock()
            time.sleep(outage.seconds)
            try:
                until(held_up, PATIENCE)
            except AssertionError:
                yield f"without storage an event is turned away: none was in {PATIENCE:.0f} s"
            if outage.unready and any(replica.ready() for replica in replicas):
                yield "a replica without storage says so: it said that it was ready"

    def _drained(self, fleet: Fleet, replicas: Sequence[Replica], store: Store) -> Iterator[str]:
        for replica in replicas:
            until(replica.ready, _START)
        fleet.finish()

        def over() -> bool:
            return fleet.idle and _empty(store) and fleet.idle

        try:
            until(over, PATIENCE)
        except AssertionError:
            yield f"everything drains: not in {PATIENCE:.0f} s"

    def _stopped(self, replicas: Sequence[Replica]) -> Iterator[str]:
        for replica in replicas:
            took = replica.stop()
            if took > _STOP or replica.process.returncode != 0:
                yield f"a stop is over in time: {took:.1f} s, {replica.process.returncode}"


def _empty(store: Store) -> bool:
    with store.reading() as unit:
        return not unit.inbox.waiting()[0] and not unit.outbox.waiting()[0]
