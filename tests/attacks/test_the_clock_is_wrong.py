"""A clock that says 2030 for a moment destroys nothing; one that is set back revives nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.bootstrap import Assistant, assistant
from bot.bootstrap.foreground import deliver
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.effects import Alarm, ToStaff
from bot.core.tickets.ticket import Action, Person, State
from bot.core.time_jump import Uptime
from bot.service.routing import Routes
from bot.storage.store import Store
from tests.attacks.conftest import House, Run
from tests.conftest import Clock
from tests.test_service import Talk, letters

YEARS = datetime(2030, 1, 1, 8, 0, tzinfo=UTC)


def work(app: Assistant) -> list[ToStaff]:
    """Do what the day brings; return what the desk is told."""
    told: list[ToStaff] = []
    app.schedule.enqueue_daily_tasks()
    while app.handler.handle_next():
        pass
    deliver(app, "test", lambda _say, _message: None, told.append)
    return told


def jumps(told: list[ToStaff]) -> int:
    return sum(isinstance(one, Alarm) and one.trouble == "clock_jumped" for one in told)


def journal(app: Assistant) -> str:
    file = app.settings.service.data_dir / "erased.log"
    return file.read_text() if file.exists() else ""


@pytest.fixture
def ended(house: House) -> House:
    """The house, whose ticket has ended, on an ordinary day."""
    house.act("Mika", Action.REFUSE, text="Laki velvoittaa.")
    work(house.app)
    return house


def test_a_jump_of_years_destroys_nothing_and_is_told(ended: House, clock: Clock) -> None:
    before = clock.now
    clock.now = YEARS
    assert jumps(work(ended.app)) == 1
    clock.forward(timedelta(hours=30))
    assert jumps(work(ended.app)) == 0  # said once
    assert ended.ticket.state is State.REFUSED
    assert journal(ended.app) == ""
    clock.now = before + timedelta(hours=1)
    work(ended.app)
    assert ended.ticket.state is State.REFUSED


def test_a_request_does_not_lapse_by_a_wrong_clock(app: Assistant, clock: Clock) -> None:
    talk = Talk(app, Person(channel="test", account="liisa"))
    talk.say("poistakaa tietoni", "kyllä", "Liisa Lehto", "liisa@example.com", "ei", "kyllä")
    work(app)
    clock.now = YEARS
    work(app)
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date(ended=True)
    assert ticket.state is State.AWAITING_IDENTITY


def test_once_a_person_says_go_on_what_is_due_is_marked_and_destroyed_a_day_later(
    ended: House, clock: Clock, seloste: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = YEARS
    work(ended.app)
    monkeypatch.setattr("bot.bootstrap.utc_now", clock)
    accepted = seloste("clock", "accept")
    assert (accepted.code, "2030-01-01" in accepted.out) == (0, True), accepted
    clock.forward(timedelta(hours=23))  # the next local day
    work(ended.app)
    assert ended.ticket.state is State.REFUSED
    assert journal(ended.app) == ""
    gone = ended.ticket.id
    clock.forward(timedelta(hours=24))
    work(ended.app)
    with ended.app.store.reading() as unit:
        assert unit.tickets.by_due_date(ended=True) == ()
    assert journal(ended.app).split() == [gone]
    assert seloste("audit", "verify").code == 0


def test_a_service_that_stood_still_for_days_needs_nobody(
    settings: Settings, known: Understanding, store: Store, clock: Clock
) -> None:
    ran = [timedelta(hours=5)]

    def uptime() -> Uptime:
        return Uptime("boot-1", ran[0])

    app = assistant(settings, known, store, clock, Routes(desks=("test",)), uptime)
    work(app)
    clock.forward(timedelta(days=3))
    ran[0] += timedelta(days=3)
    assert jumps(work(app)) == 0
    with store.reading() as unit:
        assert unit.clock.agrees(clock.now, uptime())
    clock.forward(timedelta(days=3))
    assert jumps(work(app)) == 1


def test_a_code_of_the_future_is_expired(app: Assistant, clock: Clock) -> None:
    clock.forward(timedelta(hours=5))
    talk = Talk(app, Person(channel="test", account="liisa"))
    talk.say("poistakaa tietoni", "kyllä", "Liisa Lehto", "liisa@example.com", "ei", "kyllä")
    code = letters(app)[0].split("on ")[1][:8]
    clock.forward(-timedelta(hours=5))
    talk.say(code)
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date()
    assert ticket.evidence == ()
