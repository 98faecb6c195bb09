"""What waits leaves in order for each destination, once, and never for ever in vain."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import anyio
import pytest

from bot.core.catalog import Language
from bot.core.effects import Alarm, AlarmReason, Effect, Say
from bot.core.envelopes import ClaimedEffect, DeadEffect, DeliveryOutcome, RateLimit
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person
from bot.delivery.backoff import PAUSES, pause
from bot.delivery.courier import Courier, Sender, carry_all
from bot.errors import Gone, Refused, TryLater
from bot.service.channel_alarms import ChannelAlarms
from bot.service.routing import EffectRouter, Routes
from bot.storage.store import Store
from tests.conftest import Clock

LEASE = timedelta(seconds=60)


def say(account: str, name: str, number: str = "", email: str = "") -> Say:
    person = Person(channel="test", account=account, name=name, email=email)
    return Say(to=person, language=Language.FI, parts=(), number=number)


class Wire:
    """Sends to nowhere and remembers; a fault may be set for each name."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.faults: dict[str, Exception] = {}

    async def __call__(self, _claimed: ClaimedEffect, effect: Effect) -> None:
        name = effect.to.name if isinstance(effect, Say) else type(effect).__name__
        if name in self.faults:
            raise self.faults[name]
        self.sent.append(name)


class Office:
    """An outbox with its wires, carried in this thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.router = EffectRouter(store, Rules(), Routes(desks=("desk",)), clock, LEASE)
        self.wire = Wire()

    def post(self, *effects: Effect) -> None:
        with self.store.transaction() as unit:
            self.router.enqueue(unit, effects, self.clock())

    def carry(self) -> int:
        senders: dict[str, Sender] = {"test": self.wire, "desk": self.wire, "mail": self.wire}
        return anyio.run(carry_all, self.router, senders, self.clock)

    def alarms(self) -> ChannelAlarms:
        return ChannelAlarms(self.store, Rules(), self.router, self.clock)

    def waiting(self) -> int:
        with self.store.reading() as unit:
            return unit.outbox.waiting()[0]

    def dead_effects(self) -> list[DeadEffect]:
        with self.store.reading() as unit:
            return unit.outbox.dead_effects()

    def courier(self, sender: Sender, owner: str) -> Courier:
        senders = {"test": sender}
        return Courier(self.router, senders, owner=owner, clock=self.clock, lease=LEASE)

    def claim(self, owner: str) -> list[ClaimedEffect]:
        return self.router.settle_and_claim(owner, [], 5)


@pytest.fixture
def office(store: Store, clock: Clock) -> Office:
    return Office(store, clock)


def test_all_that_waits_is_sent_once_in_order(office: Office) -> None:
    office.post(say("matti", "a"), say("matti", "b"), say("liisa", "c"))
    assert office.carry() == 3
    assert office.carry() == 0
    assert office.wire.sent == ["a", "b", "c"]


def test_what_failed_holds_up_its_own_destination_only(office: Office) -> None:
    office.post(say("matti", "a"), say("matti", "b"), say("liisa", "c"))
    office.wire.faults["a"] = TryLater("429", after=30.0)
    office.carry()
    assert office.wire.sent == ["c"]
    office.clock.forward(timedelta(seconds=29))
    office.wire.faults.clear()
    office.carry()
    assert office.wire.sent == ["c"]
    office.clock.forward(timedelta(seconds=2))
    office.carry()
    assert office.wire.sent == ["c", "a", "b"]


def test_what_is_refused_goes_as_a_letter_when_it_is_about_a_ticket(office: Office) -> None:
    office.wire.faults["a"] = Refused("403")
    office.post(say("matti", "a", number="T-2026-0001", email="matti@example.com"))
    office.carry()
    assert office.wire.sent == ["SendLetter"]


def test_what_is_refused_and_cannot_be_a_letter_alarms_staff(office: Office) -> None:
    office.wire.faults["a"] = Refused("403")
    office.post(say("matti", "a", number="T-2026-0001"))
    office.carry()
    assert office.wire.sent == ["Alarm"]
    (dead,) = office.dead_effects()
    assert (dead.kind, dead.channel, dead.error, dead.attempts) == ("say", "test", "403", 1)


def test_an_answer_to_somebody_who_has_blocked_the_assistant_alarms_nobody(
    office: Office,
) -> None:
    office.wire.faults["a"] = Gone("403")
    office.post(say("matti", "a"))
    office.carry()
    assert office.wire.sent == []
    assert len(office.dead_effects()) == 1


def test_what_was_given_up_can_be_tried_anew(office: Office) -> None:
    office.wire.faults["a"] = Refused("403")
    office.post(say("matti", "a", number="T-2026-0001"))
    office.carry()
    office.wire.faults.clear()
    with office.store.transaction() as unit:
        assert unit.outbox.retry([], office.clock()) == 1
    office.carry()
    assert office.wire.sent == ["Alarm", "a"]


def test_an_alarm_that_cannot_arrive_raises_no_alarm(office: Office) -> None:
    office.wire.faults["Alarm"] = Refused("gone")
    office.post(Alarm(trouble=AlarmReason.DEAD_EVENT, reference="1"))
    office.carry()
    assert office.waiting() == 0
    assert len(office.dead_effects()) == 1


def test_an_unexpected_fault_is_tried_by_the_schedule_and_then_given_up(
    office: Office,
) -> None:
    office.wire.faults["a"] = OSError("secret text")
    office.post(say("matti", "a"))
    for wait in (*PAUSES, timedelta()):
        office.carry()
        office.clock.forward(wait)
    (dead,) = office.dead_effects()
    assert dead.error == "OSError"
    assert dead.attempts == len(PAUSES) + 1


def test_what_staff_are_to_see_is_tried_until_they_do() -> None:
    pauses = [pause(attempt, at_desk=True) for attempt in range(1, 60)]
    assert pauses[0] == PAUSES[0]
    assert pauses[-1] == timedelta(minutes=5)
    assert max(wait for wait in pauses if wait) == timedelta(minutes=5)


def test_the_pauses_grow_to_a_day_and_a_half() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    assert timedelta(hours=24) < sum(PAUSES, timedelta()) < timedelta(hours=48)
    assert pause(1) == timedelta(seconds=1)
    assert pause(len(PAUSES) + 1) is None


def test_what_no_sender_takes_waits_and_is_given_up_after_three_days(office: Office) -> None:
    office.post(say("matti", "a"))
    nobody: dict[str, Sender] = {"mail": office.wire}
    for _ in range(3):
        anyio.run(carry_all, office.router, nobody, office.clock)
        assert (office.waiting(), office.dead_effects()) == (1, [])
        office.clock.forward(timedelta(days=1))
    office.clock.forward(timedelta(seconds=1))
    anyio.run(carry_all, office.router, nobody, office.clock)
    assert office.dead_effects()[0].error == "channel test is not set up"


def test_a_courier_does_not_see_what_is_for_the_senders_of_others(office: Office) -> None:
    office.post(say("matti", "a"))
    assert office.router.next_at(["mail"]) is None
    assert office.router.settle_and_claim("other", [], 5, ["mail"]) == []
    assert office.router.next_at(["test"]) == office.clock()
    assert office.carry() == 1


def test_staff_are_alarmed_once_a_day_of_what_no_sender_takes(office: Office) -> None:
    office.post(say("matti", "a"))
    desk: dict[str, Sender] = {"desk": office.wire}
    for _ in range(3):
        assert office.alarms().of_stranded(desk.keys()) == 1
    anyio.run(carry_all, office.router, desk, office.clock)
    assert office.wire.sent == ["Alarm"]
    office.clock.forward(timedelta(days=1))
    office.alarms().of_stranded(desk.keys())
    anyio.run(carry_all, office.router, desk, office.clock)
    assert office.wire.sent == ["Alarm"] * 2


def test_what_another_version_wrote_waits_for_it(office: Office) -> None:
    with office.store.transaction() as unit:
        unit.outbox.enqueue("of_the_future", "test:x", "{}", office.clock())
    office.carry()
    assert office.wire.sent == []
    assert (office.waiting(), office.dead_effects()) == (1, [])


def test_a_claim_lost_to_another_owner_settles_nothing(office: Office) -> None:
    office.post(say("matti", "a"))
    (slow,) = office.claim("slow")
    assert office.claim("quick") == []
    office.clock.forward(LEASE + timedelta(seconds=1))
    (taken,) = office.claim("quick")
    assert (taken.token, taken.attempt) == (slow.token, 2)
    office.router.settle_and_claim("slow", [DeliveryOutcome(effect=slow, sent=True)], 0)
    assert office.waiting() == 1
    office.router.settle_and_claim("quick", [DeliveryOutcome(effect=taken, sent=True)], 0)
    assert office.waiting() == 0


def test_a_claim_that_is_held_is_not_lost(office: Office) -> None:
    office.post(say("matti", "a"))
    claimed = office.claim("slow")
    office.clock.forward(LEASE * 0.9)
    office.router.renew_leases(claimed)
    office.clock.forward(LEASE * 0.9)
    assert office.claim("quick") == []


def test_a_claim_given_back_is_free_at_once_and_counts_no_attempt(office: Office) -> None:
    office.post(say("matti", "a"))
    office.router.release_leases(office.claim("stopping"))
    (again,) = office.claim("other")
    assert again.attempt == 1


def test_a_destination_and_a_channel_are_used_no_faster_than_their_pace(office: Office) -> None:
    pace = RateLimit(each=timedelta(seconds=1), overall=timedelta(seconds=0.5))
    office.router = EffectRouter(
        office.store, Rules(), Routes(desks=(), rate_limits={"test": pace}), office.clock, LEASE
    )
    office.post(say("matti", "a"), say("matti", "b"), say("liisa", "c"))
    times: dict[str, timedelta] = {}
    begun = office.clock()
    for _ in range(40):
        before = len(office.wire.sent)
        office.carry()
        times |= dict.fromkeys(office.wire.sent[before:], office.clock() - begun)
        office.clock.forward(timedelta(seconds=0.1))
    assert office.wire.sent == ["a", "c", "b"]
    assert times["c"] - times["a"] >= timedelta(seconds=0.5)
    assert times["b"] - times["a"] >= timedelta(seconds=1)


@contextmanager
def running(courier: Courier) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=anyio.run, args=(courier.run,))
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


def test_couriers_side_by_side_send_everything_once(office: Office) -> None:
    office.post(*(say(f"person-{n % 10}", f"{n % 10}-{n // 10}") for n in range(60)))
    couriers = [office.courier(office.wire, f"courier-{n}") for n in range(2)]
    with running(couriers[0]), running(couriers[1]):
        until(lambda: len(office.wire.sent) >= 60)
    assert len(office.wire.sent) == len(set(office.wire.sent)) == 60
    for person in "0123456789":
        own = [name for name in office.wire.sent if name.startswith(person)]
        assert own == sorted(own)


def test_a_slow_destination_holds_up_nobody_and_a_stop_is_not_held_up(office: Office) -> None:
    sent: list[str] = []

    async def send(_claimed: ClaimedEffect, effect: Effect) -> None:
        assert isinstance(effect, Say)
        if effect.to.account == "slow":
            await anyio.sleep(30)
        sent.append(effect.to.account)

    office.post(say("slow", "x"), *(say(f"person-{n}", "y") for n in range(20)))
    courier = office.courier(send, "one")
    thread = threading.Thread(target=anyio.run, args=(courier.run,))
    thread.start()
    until(lambda: len(sent) == 20)
    begun = time.monotonic()
    courier.stop(grace=0.5)
    thread.join(10)
    assert time.monotonic() - begun < 5
    assert office.waiting() == 1
    assert [p.attempt for p in office.claim("other")] == [1]
