"""Requests that were left half way, with the real storage and the clock: each is done once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import deliver, take
from bot.channels.desk import card
from bot.core.catalog import Language
from bot.core.effects import Say, Text
from bot.core.events import FromCustomer, Said
from bot.core.messages import Message
from bot.core.tickets.ticket import Person, Ticket
from bot.storage.audit import Audit
from tests.conftest import Clock

MATTI = Person(channel="test", account="matti-account")
HOUR = timedelta(hours=1)


class Conversation:
    """What one person writes, and what they read unasked."""

    def __init__(self, app: Assistant, clock: Clock) -> None:
        self.app, self.clock, self.sent = app, clock, 0

    def write(self, *texts: str) -> None:
        for text in texts:
            self.sent += 1
            event = FromCustomer(person=MATTI, event=Said(text=text))
            take(self.app, self.app.intake.inbound(f"event-{self.sent}", event))
        self.read()

    def read(self) -> list[str]:
        heard: list[str] = []

        def hear(say: Say, _: Message) -> None:
            first = say.parts[0]
            assert isinstance(first, Text)
            heard.append(first.key)

        deliver(self.app, "test", hear, lambda _: None)
        return heard

    def after(self, hours: float) -> list[str]:
        """Return what is read by then; the clock is looked at by two replicas."""
        self.clock.forward(hours * HOUR)
        for _ in range(2):
            self.app.schedule.enqueue_daily_tasks()
        self.handle()
        return self.read()

    def handle(self) -> None:
        while self.app.handler.handle_next():
            pass

    def tickets(self) -> list[Ticket]:
        with self.app.store.reading() as unit:
            return list(unit.tickets.by_due_date())


@pytest.fixture
def talk(app: Assistant, clock: Clock) -> Conversation:
    return Conversation(app, clock)


def test_it_is_brought_to_mind_once_and_handed_over_once(talk: Conversation) -> None:
    talk.write("poistakaa tietoni")
    assert talk.after(3) == []
    assert talk.after(1) == ["unfinished.reminder"]
    assert talk.after(1) == []
    assert talk.after(19) == ["unfinished.handed_over"]
    assert talk.after(4) == talk.after(20) == []
    [ticket] = talk.tickets()
    assert ticket.clock.received == date(2026, 11, 6)
    rows = dict(card.rows(ticket, talk.app.queries.wording))
    assert "jäi kesken" in rows["Lomake"]
    assert rows["Kirjoitti"] == "poistakaa tietoni"
    with talk.app.store.reading() as unit:
        assert unit.audit.verify_chain()[1] is None


def test_at_night_it_waits_for_the_morning(talk: Conversation) -> None:
    talk.clock.forward(8 * HOUR)  # 18.00 in Helsinki
    talk.write("poistakaa tietoni")
    assert talk.after(5) == talk.after(8) == []
    assert talk.after(1) == ["unfinished.reminder"]


@pytest.mark.parametrize("said", ["ei kiitos", "peru", "kyllä"])
def test_whoever_answers_is_not_taken_to_have_left(talk: Conversation, said: str) -> None:
    talk.write("poistakaa tietoni")
    talk.clock.forward(24 * HOUR)
    talk.app.schedule.enqueue_daily_tasks()  # enqueued, and not handled before the answer
    talk.write(said)
    assert talk.tickets() == []
    assert talk.after(1) == []


def test_a_plain_question_and_an_offer_that_nobody_asked_for_leave_nothing(
    talk: Conversation,
) -> None:
    talk.write("Voiko tietonsa saada poistettua?")
    assert [line for _ in range(8) for line in talk.after(6)] == []
    with talk.app.store.reading() as unit:
        assert unit.dialogues.of(talk.app.store.keys.person(MATTI)) is None


def test_what_breaks_in_the_middle_is_done_again_as_a_whole(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.write("poistakaa tietoni")
    talk.after(4)
    with monkeypatch.context() as patch:
        patch.setattr(Audit, "append", _fails)
        assert talk.after(20) == []
        assert talk.tickets() == []
    talk.clock.forward(timedelta(minutes=5))
    talk.handle()
    assert talk.read() == ["unfinished.handed_over"]
    assert len(talk.tickets()) == 1


def _fails(*_: object) -> None:
    raise RuntimeError("the process is gone")


def test_all_rights_of_a_clear_message_are_handed_over(talk: Conversation) -> None:
    talk.write("Haluan kopion tiedoistani. Poistakaa sen jälkeen tietoni.")
    talk.after(4)
    assert talk.after(20) == ["unfinished.handed_over"]
    assert talk.after(0.2) == ["unfinished.handed_over"]
    assert talk.after(0.2) == []
    assert len({ticket.right for ticket in talk.tickets()}) == 2


def test_after_a_standstill_nothing_is_forgotten_before_it_was_brought_to_mind(
    talk: Conversation,
) -> None:
    talk.write("poistakaa tietoni")
    talk.clock.forward(70 * HOUR)
    with talk.app.store.transaction() as unit:
        unit.clock.accept(talk.clock.now)
    assert talk.after(1) == ["unfinished.reminder"]
    assert talk.after(6) == ["unfinished.handed_over"]


def test_what_was_handed_over_by_nobody_is_not_kept_for_ever(talk: Conversation) -> None:
    talk.write("poistakaa tietoni")
    with talk.app.store.transaction() as unit:
        now = talk.clock.now + timedelta(days=8)
        assert unit.dialogues.purge(now - timedelta(days=1), now - timedelta(days=7, hours=23)) == 1


def test_the_words_of_a_request_are_kept_only_as_long_as_it_is_under_way(
    talk: Conversation,
) -> None:
    talk.write("poistakaa tietoni")
    whose = talk.app.store.keys.person(MATTI)
    with talk.app.store.reading() as unit:
        left = unit.dialogues.of(whose)
    assert left is not None
    assert (left.person, left.language) == (MATTI, Language.FI)
    talk.write("ei kiitos")
    with talk.app.store.reading() as unit:
        stopped = unit.dialogues.of(whose)
    assert stopped is not None
    assert stopped.person is None
