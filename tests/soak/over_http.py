"""The signed HTTP channel: an event is posted with the same id, to any replica, until it is taken.

What is delivered carries an Idempotency-Key and a signature.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, Self

import httpx

from bot.core.tickets.ticket import State
from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, Replica
from tests.soak.way import (
    LAG,
    PATIENCE,
    PAUSE,
    Arrived,
    Deed,
    InVain,
    Reading,
    Sent,
    Shown,
    Way,
    ticket_event,
)

Event = dict[str, Any]


class OverHttp(Way):
    """A platform of one's own, on the other end of the HTTP channel."""

    has_ids = True

    def __init__(self, seed: int) -> None:
        super().__init__()
        lag = Random(f"{seed}:lag")
        self._loopback = Loopback(SECRET, lag=lambda: lag.uniform(0.0, LAG))
        self._loopback.watch(self._taken)
        self._replicas: Sequence[Replica] = ()
        self._turned_away = 0

    def __enter__(self) -> Self:
        self._loopback.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._loopback.__exit__()

    def replica(self, folder: Path, **settings: str) -> Replica:
        return Replica(folder, self._loopback, **settings)

    def connect(self, replicas: Sequence[Replica]) -> None:
        self._replicas = replicas

    def send(self, sent: Sent, random: Random) -> bool:
        self._post(_event(sent), random)
        return True

    def act(self, deed: Deed, random: Random) -> bool:
        self._post(_event(deed), random)
        return True

    def again(self, what: Sent | Deed, random: Random) -> None:
        self._post(_event(what), random)

    def held_up(self) -> Callable[[], bool]:
        before = self._turned_away
        return lambda: self._turned_away > before

    def person_of(self, account: str) -> str:
        return account

    def arrived(self) -> Arrived:
        readings: dict[str, list[Reading]] = defaultdict(list)
        shown: dict[str, list[int]] = defaultdict(list)
        denied: Counter[str] = Counter()
        for delivery in self._loopback.taken:
            if "person" in delivery:
                readings[delivery["person"]].append(_reading(delivery))
            elif delivery.get("kind") == "ticket":
                shown[delivery["ticket"]["number"]].append(delivery["ticket"]["version"])
            elif delivery.get("kind") == "tellstaff":
                denied[(delivery.get("ticket") or {}).get("number", "")] += 1
        return Arrived(
            readings=readings,
            shown=shown,
            denied=denied,
            repeats=self._loopback.repeats,
            unsigned=self._loopback.unsigned,
        )

    def _post(self, event: Event, random: Random) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            code = _tried(event, random.choice(self._replicas))
            if code == httpx.codes.OK:
                self.on_acknowledgement()
                return
            if code not in (None, httpx.codes.SERVICE_UNAVAILABLE):
                raise InVain(f"event {event['id']} was answered {code}")
            self._turned_away += 1
            time.sleep(PAUSE)
        raise InVain(f"event {event['id']} was not acknowledged in {PATIENCE:.0f} s")

    def _taken(self, delivery: Event) -> None:
        if "person" in delivery:
            self.on_heard(delivery["person"], _reading(delivery))
        elif delivery.get("kind") == "ticket" and delivery.get("ticket"):
            ticket = delivery["ticket"]
            state = State(ticket["state"])
            self.on_shown(Shown(number=ticket["number"], version=ticket["version"], state=state))
        self.on_delivery()


def _tried(event: Event, replica: Replica) -> int | None:
    try:
        return replica.post(event).status_code
    except httpx.HTTPError:
        return None


def _event(what: Sent | Deed) -> Event:
    if isinstance(what, Deed):
        return ticket_event(what)
    said = {"choice": what.choice} if what.choice else {"text": what.text}
    return {"id": what.id, "person": what.person, **said}


def _reading(delivery: Event) -> Reading:
    choices = tuple(choice["choice"] for choice in delivery["choices"])
    return Reading(text=delivery["text"], choices=choices, ticket=delivery["ticket"])
