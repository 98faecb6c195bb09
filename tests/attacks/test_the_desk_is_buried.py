"""The staff's desk is flooded with cards, refreshes of cards and reminders.

A channel takes a message in some seconds. So what staff have to see first leaves first: answers to
what they did, then new tickets, the newest first; a card has one refresh waiting, however often it
changed.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.bootstrap import Assistant
from bot.core.effects import (
    Alarm,
    AlarmReason,
    Digest,
    Effect,
    Remind,
    ReportDenial,
    ShowInquiry,
    ShowTicket,
)
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome
from bot.core.tickets.ticket import Denial
from tests.attacks.talking import Talker
from tests.conftest import Clock

LEASE = timedelta(minutes=1)


def show(name: str, *, new: bool = False) -> ShowTicket:
    return ShowTicket(ticket=name, number=name, new=new)


def post(app: Assistant, *effects: Effect) -> None:
    with app.store.transaction() as unit:
        app.router.enqueue(unit, effects, app.clock())


def claim(app: Assistant) -> list[ClaimedEffect]:
    with app.store.transaction() as unit:
        return unit.outbox.claim("me", now=app.clock(), lease=LEASE, most=9, rate_limits={})


def leaving(app: Assistant) -> list[str]:
    """Return the names of what leaves for the desk, in its order."""
    left: list[str] = []
    done: list[ClaimedEffect] = []
    while True:
        settled = [_sent(one) for one in done]
        done = app.router.settle_and_claim("me", settled, 9)
        if not done:
            return left
        assert len(done) == 1, "one at a time leaves for a destination"
        left += [getattr(one.effect, "number", "") for one in done]


def _sent(claimed: ClaimedEffect) -> DeliveryOutcome:
    return DeliveryOutcome(effect=claimed, sent=True)


def test_a_card_that_changes_a_hundred_times_is_refreshed_once(app: Assistant) -> None:
    post(app, *[show("T-1"), show("T-2")] * 100)
    assert leaving(app) == ["T-1", "T-2"]


def test_a_report_of_an_incident_leaves_before_a_flood_of_cards(
    app: Assistant, clock: Clock
) -> None:
    report = ShowInquiry(inquiry="Q-1", number="Q-1", new=True, urgent=True)
    post(app, report)
    clock.forward(timedelta(seconds=1))
    post(app, *[show(f"T-{n}", new=True) for n in range(20)])
    assert leaving(app)[0] == "Q-1"


def test_new_tickets_are_shown_before_changes_and_the_newest_first(
    app: Assistant, clock: Clock
) -> None:
    post(app, *(show(f"T-{number}") for number in range(20)))
    for name in ("T-21", "T-22"):
        clock.forward(timedelta(seconds=1))
        post(app, show(name, new=True))
    clock.forward(timedelta(seconds=1))
    post(app, ShowInquiry(inquiry="Q-1", number="Q-1", new=True))
    assert leaving(app)[:4] == ["Q-1", "T-22", "T-21", "T-0"]


def test_a_new_ticket_that_changes_while_it_waits_is_shown_once_and_in_its_place(
    app: Assistant,
) -> None:
    post(app, show("T-1"), show("T-2", new=True), show("T-2"))
    assert leaving(app) == ["T-2", "T-1"]


def test_who_acts_is_answered_before_all_cards(app: Assistant) -> None:
    post(app, *(show(f"T-{number}", new=True) for number in range(9)))
    denied = ReportDenial(desk="test", actor="a", number="T-3", denial=Denial.STALE)
    alarm = Alarm(trouble=AlarmReason.DEAD_EVENT, reference="7", number="alarm")
    post(app, denied, alarm)
    assert leaving(app)[:2] == ["T-3", "alarm"]


def test_a_change_while_a_card_is_being_refreshed_is_shown_after_it(app: Assistant) -> None:
    """What is being sent may have been read before the change."""
    post(app, show("T-1"))
    (sending,) = claim(app)
    post(app, show("T-1"), show("T-1"))
    assert claim(app) == []
    app.router.settle_and_claim("me", [_sent(sending)], 0)
    assert leaving(app) == ["T-1"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_card_is_not_read_between_a_change_and_its_commit(app: Assistant) -> None:
    """The refresh that waits is left to the courier only when it finds the change."""
    post(app, show("T-1"))
    with app.store.transaction() as unit:
        app.router.enqueue(unit, [show("T-1")], app.clock())
        assert claim(app) == []
    assert leaving(app) == ["T-1"]


def test_nothing_overtakes_what_is_being_sent_to_the_same_desk(app: Assistant) -> None:
    post(app, show("T-1"))
    (sending,) = claim(app)
    post(app, show("T-2", new=True))
    assert claim(app) == []
    app.router.settle_and_claim("me", [_sent(sending)], 0)
    assert leaving(app) == ["T-2"]


def test_a_claim_that_was_lost_holds_up_nothing_for_longer_than_its_lease(
    app: Assistant, clock: Clock
) -> None:
    post(app, show("T-1"))
    claim(app)
    post(app, show("T-2", new=True))
    clock.forward(LEASE * 2)
    assert leaving(app) == ["T-2", "T-1"]


# Reminders


def reminders(app: Assistant, clock: Clock, days: int) -> list[tuple[str, ...]]:
    """Let days pass; return the numbers of each message that reminds the desk, day by day."""
    told: list[tuple[str, ...]] = []
    for _ in range(days):
        clock.forward(timedelta(days=1))
        app.schedule.enqueue_daily_tasks()
        while app.handler.handle_next():
            pass
        watcher = Talker(app, "nobody")
        watcher.hears()
        for effect in watcher.told:
            match effect:
                case Digest(reminders=found):
                    told.append(tuple(one.number for one in found))
                case Remind(number=number):
                    told.append((number,))
    return told


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_many_tickets_remind_the_desk_in_one_message_a_day(app: Assistant, clock: Clock) -> None:
    for number in range(12):
        mallory = Talker(app, f"mallory-{number}")
        mallory.says("Haluan kopion tiedoistani", "kyllä", "Mallory", "ohita", "ohita", "kyllä")
    told = reminders(app, clock, 59)
    assert {len(numbers) for numbers in told} == {12}
    assert len(told) <= 4 + 5  # 14, 7, 3 and 1 days before, and then once a week


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_code_typed_for_an_address_not_on_file_reminds_not_for_ever_each_day(
    app: Assistant, clock: Clock
) -> None:
    mallory = Talker(app)
    mallory.says("Poistakaa tietoni", "kyllä", "Mallory", "m@example.com", "ohita", "kyllä")
    assert "koodi on oikein" in mallory.says(mallory.code())
    late = reminders(app, clock, 70)[4:]
    assert len(late) <= 70 / 7
