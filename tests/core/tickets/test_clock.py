"""The clock of one ticket: one month, three when extended, and days on which it stands still."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.tickets.clock import Clock, Ground
from bot.core.tickets.public_holidays import Place

RECEIVED = Clock(received=date(2026, 11, 9))
TODAY = date(2026, 11, 20)


def test_a_request_is_due_within_a_month_and_within_three_when_extended() -> None:
    assert RECEIVED.end(TODAY).due == date(2026, 12, 9)
    assert replace(RECEIVED, extended=True).end(TODAY).due == date(2027, 2, 9)


def test_the_first_month_ends_at_the_same_time_for_an_extended_request() -> None:
    extended = replace(RECEIVED, extended=True)
    assert extended.first_end(TODAY) == RECEIVED.first_end(TODAY)


def test_days_on_which_it_stood_still_put_the_end_off() -> None:
    assert replace(RECEIVED, still_days=5).end(TODAY).due == date(2026, 12, 14)


def test_while_it_stands_still_the_end_moves_along_with_today() -> None:
    still = replace(
        RECEIVED, still_days=1, suspended_on=date(2026, 11, 18), ground=Ground.CLARIFICATION
    )
    assert still.end(date(2026, 11, 18)).due == date(2026, 12, 10)
    assert still.end(date(2026, 11, 19)).due == date(2026, 12, 11)
    assert still.first_end(date(2026, 11, 19)).due == date(2026, 12, 11)


def test_a_date_before_the_suspension_takes_no_day_away() -> None:
    set_back = replace(RECEIVED, still_days=2, suspended_on=date(2026, 12, 1))
    assert set_back.end(TODAY).due == date(2026, 12, 11)
    assert set_back.stood_still(TODAY) == 2


def test_the_clock_may_stand_still_on_the_grounds_of_the_law_only() -> None:
    assert set(Ground) == {"identity_doubt", "clarification"}


def test_the_holidays_of_its_own_place_move_its_end() -> None:
    """The sixth of December is a holiday in Finland alone; the third of October in Germany."""
    asked = Clock(received=date(2027, 11, 6))
    assert asked.end(TODAY).due == date(2027, 12, 7)
    assert replace(asked, place=Place(country="SE")).end(TODAY).due == date(2027, 12, 6)
    german = Clock(received=date(2028, 9, 3), place=Place(country="DE"))
    assert german.end(TODAY).due == german.first_end(TODAY).due == date(2028, 10, 4)
