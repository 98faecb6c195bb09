"""What waits leaves in order for each destination, once, and never for ever in vain."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.core.catalog import Language
from bot.core.messages import Alarm, Say, Trouble
from bot.core.parcels import Pace, Parcel
from bot.core.tickets import Person, Rules
from bot.delivery.backoff import PAUSES, pause
from bot.delivery.courier import Courier, Sender, carry_all
from bot.dispatch import Dispatch, Routes
from bot.errors import Refused, TryLater
from bot.storage.store import Store
from tests.conftest import Clock

LEASE = timedelta(seconds=60)


def say(account: str, name: str, number: str = "", email: str = "") -> Say:
    person = Person(channel="test", account=account, name=name, email=email)
    return Say(to=person, language=Language.FI, parts=(), number=number)


class Wire:
    """Sends to nowhere and remembers; a fault may be set for each name."""

    def __init__(self, dispatch: Dispatch) -> None:
        self.dispatch = dispatch
        self.sent: list[str] = []
        self.faults: dict[str, Exception] = {}

    def __call__(self, parcel: Parcel) -> None:
        effect = self.dispatch.opened(parcel)
        name = effect.to.name if isinstance(effect, Say) else type(effect).__name__
        if name in self.faults:
            raise self.faults[name]
        self.sent.append(name)


@pytest.fixture
def dispatch(store: Store, clock: Clock) -> Dispatch:
    return Dispatch(store, Rules(), Routes(desks=("desk",)), clock, LEASE)


@pytest.fixture
def wire(dispatch: Dispatch) -> Wire:
    return Wire(dispatch)


@pytest.fixture
def senders(wire: Wire) -> dict[str, Sender]:
    return {"test": wire, "desk": wire, "mail": wire}


@pytest.fixture
def post(store: Store, dispatch: Dispatch, clock: Clock) -> Callable[..., None]:
    def post(*effects: Say) -> None:
        with store.transaction() as unit:
            dispatch.post(unit, effects, clock())

    return post


def test_all_that_waits_is_sent_once_in_order(
    dispatch: Dispatch,
    wire: Wire,
    senders: dict[str, Sender],
    post: Callable[..., None],
    clock: Clock,
) -> None:
    post(say("matti", "a"), say("matti", "b"), say("liisa", "c"))
    assert carry_all(dispatch, senders, clock) == 3
    assert carry_all(dispatch, senders, clock) == 0
    assert wire.sent == ["a", "b", "c"]


def test_what_failed_holds_up_its_own_destination_only(
    dispatch: Dispatch,
    wire: Wire,
    senders: dict[str, Sender],
    post: Callable[..., None],
    clock: Clock,
) -> None:
    post(say("matti", "a"), say("matti", "b"), say("liisa", "c"))
    wire.faults["a"] = TryLater("429", after=30.0)
    carry_all(dispatch, senders, clock)
    assert wire.sent == ["c"]
    clock.forward(timedelta(seconds=29))
    wire.faults.clear()
    carry_all(dispatch, senders, clock)
    assert wire.sent == ["c"]
    clock.forward(timedelta(seconds=2))
    carry_all(dispatch, senders, clock)
    assert wire.sent == ["c", "a", "b"]


def test_what_is_refused_goes_as_a_letter_when_it_is_about_a_ticket(
    dispatch: Dispatch,
    wire: Wire,
    senders: dict[str, Sender],
    post: Callable[..., None],
    clock: Clock,
) -> None:
    wire.faults["a"] = Refused("403")
    post(say("matti", "a", number="T-2026-0001", email="matti@example.com"))
    carry_all(dispatch, senders, clock)
    assert wire.sent == ["SendLetter"]


def test_what_is_refused_and_cannot_be_a_letter_alarms_staff(
    dispatch: Dispatch,
    wire: Wire,
    senders: dict[str, Sender],
    post: Callable[..., None],
    store: Store,
    clock: Clock,
) -> None:
    wire.faults["a"] = Refused("403")
    post(say("matti", "a"))
    carry_all(dispatch, senders, clock)
    assert wire.sent == ["Alarm"]
    with store.reading() as unit:
        (dead,) = unit.outbox.undelivered()
    assert (dead.kind, dead.channel, dead.error, dead.attempts) == ("say", "test", "403", 1)


def test_what_was_given_up_can_be_tried_anew(
    dispatch: Dispatch,
    wire: Wire,
    senders: dict[str, Sender],
    post: Callable[..., None],
    store: Store,
    clock: Clock,
) -> None:
    wire.faults["a"] = Refused("403")
    post(say("matti", "a"))
    carry_all(dispatch, senders, clock)
    wire.faults.clear()
    with store.transaction() as unit:
        assert unit.outbox.retry([], clock()) == 1
    carry_all(dispatch, senders, clock)
    assert wire.sent == ["Alarm", "a"]


def test_an_alarm_that_cannot_arrive_raises_no_alarm(
    dispatch: Dispatch, wire: Wire, senders: dict[str, Sender], store: Store, clock: Clock
) -> None:
    wire.faults["Alarm"] = Refused("gone")
    with store.transaction() as unit:
        dispatch.post(unit, [Alarm(trouble=Trouble.SET_ASIDE, reference="1")], clock())
    carry_all(dispatch, senders, clock)
    with store.reading() as unit:
        assert unit.outbox.waiting()[0] == 0
        assert unit.outbox.dead() == 1


def test_an_unexpected_fault_is_tried_again_by_the_schedule_and_then_given_up(
    dispatch: Dispatch,
    wire: Wire,
    senders: dict[str, Sender],
    post: Callable[..., None],
    store: Store,
    clock: Clock,
) -> None:
    wire.faults["a"] = OSError("secret text")
    post(say("matti", "a"))
    for wait in (*PAUSES, timedelta()):
        carry_all(dispatch, senders, clock)
        clock.forward(wait)
    with store.reading() as unit:
        (dead,) = unit.outbox.undelivered()
    assert dead.error == "OSError"
    assert dead.attempts == len(PAUSES) + 1


def test_the_pauses_grow_to_a_day_and_a_half() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    assert timedelta(hours=24) < sum(PAUSES, timedelta()) < timedelta(hours=48)
    assert pause(1) == timedelta(seconds=1)
    assert pause(len(PAUSES) + 1) is None


def test_a_channel_that_is_not_set_up_is_named(
    dispatch: Dispatch, post: Callable[..., None], store: Store, clock: Clock
) -> None:
    post(say("matti", "a"))
    carry_all(dispatch, {}, clock)
    with store.reading() as unit:
        assert unit.outbox.undelivered()[0].error == "channel test is not set up"


def test_a_claim_lost_to_another_owner_settles_nothing(
    dispatch: Dispatch, post: Callable[..., None], store: Store, clock: Clock
) -> None:
    post(say("matti", "a"))
    (slow,) = dispatch.exchange("slow", [], 5)
    assert dispatch.exchange("quick", [], 5) == []
    clock.forward(LEASE + timedelta(seconds=1))
    (taken,) = dispatch.exchange("quick", [], 5)
    assert (taken.token, taken.attempt) == (slow.token, 2)
    from bot.core.parcels import Settlement

    dispatch.exchange("slow", [Settlement(parcel=slow, sent=True)], 0)
    with store.reading() as unit:
        assert unit.outbox.waiting()[0] == 1
    dispatch.exchange("quick", [Settlement(parcel=taken, sent=True)], 0)
    with store.reading() as unit:
        assert unit.outbox.waiting()[0] == 0


def test_a_claim_that_is_held_is_not_lost(
    dispatch: Dispatch, post: Callable[..., None], clock: Clock
) -> None:
    post(say("matti", "a"))
    claimed = dispatch.exchange("slow", [], 5)
    clock.forward(LEASE * 0.9)
    dispatch.hold(claimed)
    clock.forward(LEASE * 0.9)
    assert dispatch.exchange("quick", [], 5) == []


def test_a_claim_given_back_is_free_at_once_and_counts_no_attempt(
    dispatch: Dispatch, post: Callable[..., None]
) -> None:
    post(say("matti", "a"))
    dispatch.release(dispatch.exchange("stopping", [], 5))
    (again,) = dispatch.exchange("other", [], 5)
    assert again.attempt == 1


def test_a_destination_and_a_channel_are_used_no_faster_than_their_pace(
    store: Store, clock: Clock, post: Callable[..., None]
) -> None:
    pace = Pace(each=timedelta(seconds=1), overall=timedelta(seconds=0.5))
    paced = Dispatch(store, Rules(), Routes(desks=(), paces={"test": pace}), clock, LEASE)
    wire = Wire(paced)
    post(say("matti", "a"), say("matti", "b"), say("liisa", "c"))
    times: dict[str, timedelta] = {}
    begun = clock()
    for _ in range(40):
        before = len(wire.sent)
        carry_all(paced, {"test": wire}, clock)
        times |= dict.fromkeys(wire.sent[before:], clock() - begun)
        clock.forward(timedelta(seconds=0.1))
    assert wire.sent == ["a", "c", "b"]
    assert times["c"] - times["a"] >= timedelta(seconds=0.5)
    assert times["b"] - times["a"] >= timedelta(seconds=1)


@contextmanager
def running(courier: Courier) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=courier.run)
    thread.start()
    yield thread
    courier.stop()
    thread.join(10)
    assert not thread.is_alive()


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_couriers_side_by_side_send_everything_once(
    dispatch: Dispatch, wire: Wire, post: Callable[..., None], clock: Clock
) -> None:
    post(*(say(f"person-{n % 10}", f"{n % 10}-{n // 10}") for n in range(60)))
    couriers = [
        Courier(dispatch, {"test": wire}, owner=f"courier-{n}", clock=clock, lease=LEASE)
        for n in range(2)
    ]
    with running(couriers[0]), running(couriers[1]):
        until(lambda: len(wire.sent) >= 60)
    assert len(wire.sent) == len(set(wire.sent)) == 60
    for person in "0123456789":
        own = [name for name in wire.sent if name.startswith(person)]
        assert own == sorted(own)


def test_a_slow_destination_holds_up_nobody_and_a_stop_is_not_held_up(
    dispatch: Dispatch, store: Store, post: Callable[..., None], clock: Clock
) -> None:
    hang = threading.Event()
    sent: list[str] = []

    def send(parcel: Parcel) -> None:
        effect = dispatch.opened(parcel)
        assert isinstance(effect, Say)
        if effect.to.account == "slow":
            hang.wait(30)
        sent.append(effect.to.account)

    post(say("slow", "x"), *(say(f"person-{n}", "y") for n in range(20)))
    courier = Courier(dispatch, {"test": send}, owner="one", clock=clock, lease=LEASE)
    thread = threading.Thread(target=courier.run)
    thread.start()
    until(lambda: len(sent) == 20)
    begun = time.monotonic()
    courier.stop(grace=0.5)
    thread.join(10)
    assert time.monotonic() - begun < 5
    hang.set()
    with store.reading() as unit:
        assert unit.outbox.waiting()[0] == 1
    assert [p.attempt for p in dispatch.exchange("other", [], 5)] == [1]
