"""What was asked in vain, from the message of a customer to its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bootstrap import Assistant, assistant
from bot.channels.render import plain
from bot.config import Settings
from bot.config.learning import LearningSection
from bot.content.loaded import Understanding, understanding
from bot.core.tickets.ticket import Person
from bot.storage.retention import Periods
from bot.storage.store import Store
from tests.conftest import Clock
from tests.test_service import MATTI, Talk

IN_VAIN = "Do you film your customers at night with Matti Virtanen?"
MASKED = "Do you film your customers at night with … …?"


ON = LearningSection(keep_unanswered=True)


@pytest.fixture(scope="module")
def knowing(known: Understanding) -> Understanding:
    """What is known, with texts that say what this organisation keeps."""
    return replace(known, content=understanding(None, Settings(learning=ON).words()).content)


@pytest.fixture
def learning(settings: Settings, knowing: Understanding, store: Store, clock: Clock) -> Assistant:
    """An assistant of an organisation that keeps what was not answered."""
    return assistant(settings.model_copy(update={"learning": ON}), knowing, store, clock)


def texts(app: Assistant) -> list[str]:
    with app.store.reading() as unit:
        return [kept.question.text for kept in unit.unanswered_questions.waiting()]


def a_day_later(app: Assistant, clock: Clock, days: int = 1) -> None:
    """Let days pass, each with its tasks."""
    for _ in range(days):
        clock.forward(timedelta(days=1))
        app.schedule.enqueue_daily_tasks()
        while app.handler.handle_next():
            pass


def test_by_default_nothing_is_kept(app: Assistant) -> None:
    talk = Talk(app)
    talk.say(IN_VAIN)
    assert texts(app) == []
    assert "jotta opin" not in plain(talk.say("/privacy"))


def test_what_is_not_answered_is_kept_masked_and_gone_after_ninety_days(
    learning: Assistant, clock: Clock
) -> None:
    Talk(learning).say(IN_VAIN, "What personal data do you collect about me?")
    assert texts(learning) == [MASKED]
    a_day_later(learning, clock, 89)
    assert texts(learning) == [MASKED]
    a_day_later(learning, clock)
    assert texts(learning) == []


def test_privacy_says_so(learning: Assistant) -> None:
    told = plain(Talk(learning).say("/privacy"))
    assert "jotta opin" in told
    assert "viimeistään 90 päivän kuluttua" in told


def test_nothing_of_who_wrote_it_is_kept(learning: Assistant) -> None:
    named = Person(channel="test", account="matti-account", name="Matti Night")
    Talk(learning, named).say("Do you film your customers at night with Zeppelins?")
    assert texts(learning) == ["Do you film your customers at … with …?"]


def test_nothing_is_kept_from_a_conversation_with_a_request(learning: Assistant) -> None:
    talk = Talk(learning)
    talk.say("please delete my data", IN_VAIN)
    assert texts(learning) == []
    talk.say("yes", "Matti Virtanen", "matti@example.com", "no", "yes")
    talk.say(IN_VAIN)
    assert texts(learning) == []


def test_one_person_cannot_fill_the_list(learning: Assistant) -> None:
    Talk(learning, MATTI).say(*[IN_VAIN] * 9)
    assert len(texts(learning)) == 3


def test_switched_off_again_what_was_kept_goes_with_the_next_day(
    learning: Assistant, known: Understanding, settings: Settings, clock: Clock
) -> None:
    Talk(learning).say(IN_VAIN)
    off = assistant(settings, known, learning.store, clock)
    a_day_later(off, clock)
    assert texts(off) == []


def test_without_a_decision_retention_keeps_none() -> None:
    assert Periods().unanswered == timedelta()
