"""One person, or a few, send a thousand messages at once, each as slow as a message can be.

People take turns: a message of somebody else is next after one of each who floods, and texts are
understood while nobody waits for the database.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.bootstrap import Assistant
from bot.config import Settings
from bot.config.sections import LimitsSection
from bot.core.catalog import Language
from bot.core.knowledge import MessageMatcher
from bot.core.understanding.topics.match import Match
from bot.service.customer import CustomerService
from tests.attacks.talking import Talker

SLOW = "erase my data" + " " * 3900 + "b"
LONGEST_WAIT = 1.0  # seconds


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Leave out the pace: without it, too, the order alone is fair."""
    unpaced = LimitsSection(messages_at_once=10_000, messages_per_second=1000)
    return settings.model_copy(update={"limits": unpaced})


def floods(app: Assistant, people: int, messages: int, text: str) -> None:
    for number in range(people):
        Talker(app, f"mallory-{number}").sends(*[text] * messages)


@pytest.mark.parametrize("people", [1, 4])
def test_one_message_is_next_after_one_of_each_who_floods(app: Assistant, people: int) -> None:
    floods(app, people, 60, "hei")
    for _ in range(3):
        app.handler.handle_next()
    victim = Talker(app, "victim")
    victim.sends("hei")
    for _ in range(people + 1):
        app.handler.handle_next()
    victim.hears()
    assert len(victim.heard) == 1


def test_what_one_person_writes_is_answered_in_the_order_in_which_it_came(app: Assistant) -> None:
    floods(app, 1, 5, "hei")
    liisa = Talker(app, "liisa")
    liisa.sends("Poistakaa tietoni", "kyllä", "Liisa Lehto")
    liisa.sends("liisa@example.com", "ohita", "kyllä")
    while app.handler.handle_next():
        pass
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date()
    assert (ticket.person.name, ticket.person.email) == ("Liisa Lehto", "liisa@example.com")


class Watching:
    """A matcher that tries, whenever it is asked, whether somebody could write meanwhile."""

    def __init__(self, matcher: MessageMatcher, path: str) -> None:
        self._matcher = matcher
        self._path = path
        self.asked: list[bool] = []

    def language_of(self, text: str) -> tuple[Language, float]:
        self._look()
        return self._matcher.language_of(text)

    def match(self, text: str, language: Language | None = None) -> Match:
        self._look()
        return self._matcher.match(text, language)

    def _look(self) -> None:
        with sqlite3.connect(self._path, timeout=0, isolation_level=None) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
                self.asked.append(True)
            except sqlite3.OperationalError:
                self.asked.append(False)
        other.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nobody_waits_for_the_database_while_a_text_is_understood(
    app: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = app.settings.service.data_dir / "seloste.db"
    watching = Watching(app.knowledge.matcher, str(path))
    watched = replace(app.knowledge, matcher=watching)
    customer = CustomerService(watched, app.router, app.codes)
    monkeypatch.setattr(app.handler, "_customer", customer)
    liisa = Talker(app, "liisa")
    liisa.says("Mihin käytätte evästeitä?", "Poistakaa tietoni", "kyllä", "Liisa?", "Liisa")
    assert len(watching.asked) >= 5
    assert all(watching.asked)


@contextmanager
def handling(app: Assistant, handlers: int) -> Iterator[None]:
    """Handle events in so many threads, until the end."""
    ended = threading.Event()

    def handle() -> None:
        while not ended.is_set():
            if not app.handler.handle_next():
                ended.wait(0.02)

    threads = [threading.Thread(target=handle) for _ in range(handlers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def wait_for_an_answer(app: Assistant, name: str) -> float:
    """Write one message; return after how many seconds it had been answered."""
    begun = time.monotonic()
    victim = Talker(app, name)
    victim.sends("Mihin käytätte evästeitä?")
    key = app.intake.key(victim.person)
    while time.monotonic() - begun < 60:
        with app.store.reading() as unit:
            if unit.dialogues.of(key) is not None:
                break
        threading.Event().wait(0.005)
    return time.monotonic() - begun


@pytest.mark.long
@pytest.mark.timed
@pytest.mark.parametrize("people", [1, 4])
def test_a_thousand_slow_messages_delay_nobody_else_by_a_second(
    app: Assistant, people: int
) -> None:
    floods(app, people, 1000, SLOW)
    with handling(app, 4 if app.store.parallel else 1):
        waits = sorted(wait_for_an_answer(app, f"victim-{number}") for number in range(5))
    assert waits[2] < LONGEST_WAIT, waits  # the machine may be busy for a moment
