"""Some messages are answered at once, then one after the other; who waits is told so once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.pace import Pace, PaceRules, pause, spend

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
RULES = PaceRules(at_once=4, per_second=2.0)


def after(messages: int, rules: PaceRules = RULES) -> Pace:
    """Return the pace after so many messages at one moment."""
    pace = Pace()
    for _ in range(messages):
        pace = spend(pace, rules, NOW)
    return pace


def test_so_many_messages_are_answered_at_once() -> None:
    assert not pause(after(3), RULES, NOW)
    assert pause(after(4), RULES, NOW) == SECOND / 2


def test_after_its_pause_a_message_is_answered_and_the_next_one_waits_again() -> None:
    pace = after(4)
    later = NOW + pause(pace, RULES, NOW)
    assert not pause(pace, RULES, later)
    assert pause(spend(pace, RULES, later), RULES, later) == SECOND / 2


def test_after_a_rest_as_many_are_answered_at_once_as_at_first() -> None:
    rested = NOW + SECOND * 60
    assert spend(after(4), RULES, rested) == replace(after(1), at=rested)


def test_who_was_told_to_wait_is_told_again_only_after_a_rest() -> None:
    told = replace(after(4), told=True)
    assert spend(told, RULES, NOW + SECOND / 2).told
    assert not spend(told, RULES, NOW + SECOND).told


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    assert pause(after(4), RULES, NOW - SECOND * 3600) == SECOND / 2


@given(
    st.lists(st.floats(0, 100, allow_nan=False), max_size=60),
    st.integers(1, 30),
    st.floats(0.01, 50),
)
def test_nobody_is_answered_faster_than_that_or_waits_longer_than_for_one_token(
    gaps: list[float], at_once: int, per_second: float
) -> None:
    rules, pace, now, answered = PaceRules(at_once=at_once, per_second=per_second), Pace(), NOW, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        wait = pause(pace, rules, now)
        assert wait <= timedelta(seconds=1 / per_second + 0.001)
        now += wait
        pace = spend(pace, rules, now)
        answered.append(now)
    for first, moment in enumerate(answered):
        passed = (answered[-1] - moment).total_seconds()
        assert len(answered) - first <= at_once + passed * per_second + 1
