"""The law's clock: Regulation 1182/71 with Finnish public holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.tickets.deadlines import deadline, reminder_due

WORKED = [
    # received, nominal end, due, extended due
    ("2026-08-31", "2026-09-30", "2026-09-30", "2026-11-30"),  # a shorter month
    ("2026-11-06", "2026-12-06", "2026-12-07", "2027-02-08"),  # Independence Day, a Sunday
    ("2026-11-25", "2026-12-25", "2026-12-28", "2027-02-25"),  # Christmas and a Sunday
    ("2026-12-01", "2027-01-01", "2027-01-04", "2027-03-01"),  # New Year before a weekend
    ("2026-12-06", "2027-01-06", "2027-01-07", "2027-03-08"),  # Epiphany
    ("2026-12-31", "2027-01-31", "2027-02-01", "2027-03-31"),
    ("2027-01-29", "2027-02-28", "2027-03-01", "2027-04-29"),  # February ends on a Sunday
    ("2027-01-31", "2027-02-28", "2027-03-01", "2027-04-30"),
    ("2027-02-26", "2027-03-26", "2027-03-30", "2027-05-26"),  # Good Friday to Easter Monday
    ("2027-02-28", "2027-03-28", "2027-03-30", "2027-05-28"),  # the 28th, not the last day
    ("2027-04-01", "2027-05-01", "2027-05-03", "2027-07-01"),  # May Day, a Saturday
    ("2027-04-06", "2027-05-06", "2027-05-07", "2027-07-06"),  # Ascension
    ("2027-05-26", "2027-06-26", "2027-06-28", "2027-08-26"),  # Midsummer Day
    ("2027-09-30", "2027-10-30", "2027-11-01", "2027-12-30"),
    ("2027-11-04", "2027-12-04", "2027-12-07", "2028-02-04"),  # a weekend before Independence Day
    ("2027-11-24", "2027-12-24", "2027-12-24", "2028-02-24"),  # Christmas Eve moves nothing
    ("2027-11-30", "2027-12-30", "2027-12-30", "2028-02-29"),  # extended into a leap day
    ("2028-01-30", "2028-02-29", "2028-02-29", "2028-05-02"),  # a leap year; a Sunday and May Day
    ("2028-01-31", "2028-02-29", "2028-02-29", "2028-05-02"),
    ("2028-02-29", "2028-03-29", "2028-03-29", "2028-05-29"),
    ("2026-03-05", "2026-04-05", "2026-04-07", "2026-06-05"),  # EDPB's 5 March; Easter Sunday
]

few = settings(max_examples=20, database=None)
days = st.dates(min_value=date(2018, 5, 25), max_value=date(2090, 1, 1))
months = st.sampled_from([1, 3])


@pytest.mark.parametrize(
    ("received", "nominal", "due", "extended"), WORKED, ids=[row[0] for row in WORKED]
)
def test_worked_dates(received: str, nominal: str, due: str, extended: str) -> None:
    end = deadline(date.fromisoformat(received))
    assert (str(end.nominal_end), str(end.due)) == (nominal, due)
    assert str(deadline(date.fromisoformat(received), months=3).due) == extended


def test_the_deadline_says_which_days_moved_it() -> None:
    end = deadline(date(2026, 11, 25))
    assert end.received == date(2026, 11, 25)
    assert [str(off.day) for off in end.moved_because] == ["2026-12-25", "2026-12-26", "2026-12-27"]
    names = [off.name for off in end.moved_because]
    assert names == ["Christmas Day", "Second Day of Christmas", "sunday"]
    over_easter = [off.name for off in deadline(date(2027, 2, 26)).moved_because]
    assert over_easter == ["Good Friday", "saturday", "Easter Sunday", "Easter Monday"]


@pytest.mark.parametrize("eve", ["2026-12-24", "2026-06-19", "2027-06-25"])
def test_an_eve_is_no_public_holiday(eve: str) -> None:
    day = date.fromisoformat(eve)
    received = day.replace(month=day.month - 1)
    assert deadline(received).due == day


@few
@given(days, months)
def test_a_period_ends_on_a_working_day_never_before_its_nominal_end(day: date, n: int) -> None:
    end = deadline(day, months=n)
    assert end.due >= end.nominal_end
    assert end.due.weekday() < 5
    assert (end.due - end.nominal_end).days == len(end.moved_because) <= 4


def test_the_nominal_end_is_the_same_day_of_the_next_month_or_its_last() -> None:
    four_years = [date(2027, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)]
    for day in four_years:
        end = deadline(day).nominal_end
        assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == 1
        assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@few
@given(days, months)
def test_a_later_receipt_is_never_due_earlier(day: date, n: int) -> None:
    assert deadline(day + timedelta(days=1), months=n).due >= deadline(day, months=n).due


@few
@given(days, st.integers(min_value=0, max_value=200))
def test_days_on_which_the_clock_stood_still_are_added_before_the_end_moves(
    day: date, still: int
) -> None:
    end = deadline(day, still_days=still)
    assert end.nominal_end == deadline(day).nominal_end + timedelta(days=still)


def test_staff_are_reminded_at_14_7_3_1_days_and_daily_when_overdue() -> None:
    due = date(2026, 12, 7)
    reminded = [left for left in range(-3, 20) if reminder_due(due, due - timedelta(days=left))]
    assert reminded == [-3, -2, -1, 1, 3, 7, 14]
