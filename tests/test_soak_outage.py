"""An outage of the soak ends once an event was turned away, also when all wait for an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Event
from typing import Self

from bot.content.loaded import Understanding
from tests.fakes.replica import Replica
from tests.fakes.smtp import FakeSmtp
from tests.soak.fleet import Fleet
from tests.soak.scripts import Wording
from tests.soak.way import Arrived, Deed, InVain, Sent, Way


class Closed(Way):
    """A way on which nothing is answered: whoever has written waits until it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.wrote = Event()
        self.opened = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.opened.set()

    def replica(self, folder: Path, **settings: str) -> Replica:
        raise NotImplementedError

    def send(self, sent: Sent, random: Random) -> bool:  # noqa: ARG002
        self.wrote.set()
        self.opened.wait()
        raise InVain(sent.id)

    def act(self, deed: Deed, random: Random) -> bool:
        raise NotImplementedError

    def again(self, what: Sent | Deed, random: Random) -> None:
        raise NotImplementedError

    def held_up(self) -> Callable[[], bool]:
        return self.wrote.is_set

    def person_of(self, account: str) -> str:
        return account

    def arrived(self) -> Arrived:
        raise NotImplementedError


def test_somebody_writes_during_an_outage_although_all_wait(known: Understanding) -> None:
    with Closed() as way:
        fleet = Fleet(way, FakeSmtp(), Wording(known.content), seed=19)
        fleet.start(1)
        assert way.wrote.wait(30)
        way.wrote.clear()  # from now on all who are there wait
        fleet.knock()
        assert way.wrote.wait(30)
        way.opened.set()
