"""One person sends more messages than anybody writes: they wait, told so once, and none is lost."""

from __future__ import annotations

from datetime import timedelta

from bot.bootstrap import Assistant
from bot.channels.render import plain
from bot.core.pace import PaceRules
from bot.core.tickets.ticket import State
from tests.attacks.talking import Talker
from tests.conftest import Clock
from tests.register import put_on_file

RULES = PaceRules()
SECOND = timedelta(seconds=1)
WAIT = "Odota hetki."


def handle(app: Assistant, *people: Talker) -> None:
    while app.handler.handle_next():
        pass
    for person in people:
        person.hears()


def heard(person: Talker) -> list[str]:
    return [plain(message) for message in person.heard]


def test_what_comes_faster_waits_and_is_answered_one_after_the_other(
    app: Assistant, clock: Clock
) -> None:
    mallory, more = Talker(app), 10
    mallory.sends(*["Mihin käytätte evästeitä?"] * (RULES.at_once + more))
    handle(app, mallory)
    assert len(mallory.heard) == RULES.at_once + 1
    assert [WAIT in text for text in heard(mallory)].count(True) == 1
    for waited in range(1, more + 1):
        clock.forward(SECOND)
        handle(app, mallory)
        assert len(mallory.heard) == RULES.at_once + 1 + waited
    assert [WAIT in text for text in heard(mallory)].count(True) == 1


def test_it_delays_nobody_else(app: Assistant) -> None:
    mallory, liisa = Talker(app), Talker(app, "liisa")
    mallory.sends(*["hei"] * (RULES.at_once + 1))
    handle(app)
    liisa.sends("hei")
    handle(app, liisa)
    assert len(liisa.heard) == 1


def test_a_code_and_a_press_count_as_soon_as_the_bucket_has_filled_up(
    app: Assistant, clock: Clock
) -> None:
    liisa = Talker(app, "liisa")
    put_on_file(app.store, ("liisa@example.com",))
    liisa.says("Haluan kopion tiedoistani", "kyllä", "Liisa", "liisa@example.com", "ohita", "kyllä")
    liisa.sends(*["hei"] * RULES.at_once, liisa.code())
    handle(app, liisa)
    assert WAIT in heard(liisa)[-1]
    clock.forward(SECOND * RULES.at_once)
    handle(app, liisa)
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date()
    assert ticket.state is State.AWAITING_CONFIRMATION


def test_who_paused_is_told_again_to_wait(app: Assistant, clock: Clock) -> None:
    mallory = Talker(app)
    for _ in range(2):
        mallory.sends(*["hei"] * (RULES.at_once + 1))
        handle(app, mallory)
        clock.forward(SECOND * 60)
        handle(app, mallory)
    assert [WAIT in text for text in heard(mallory)].count(True) == 2
