"""A month in numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.catalog import Language, Right
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.month_report import Month, MonthReport, Notes, Timeliness, Topic, month_report
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import Extent, State, Ticket
from tests.factories import NOW, RULES, a_question, a_ticket, in_state

NOVEMBER = Month(year=2026, month=11)
LATER = datetime(2027, 3, 1, tzinfo=UTC)


def of(*tickets: Ticket, month: Month = NOVEMBER, now: datetime = LATER) -> MonthReport:
    notes = Notes(grounds={tickets[0].id: "excessive"} if tickets else {})
    return month_report(month, tickets, [], notes, now, RULES)


def ended(state: State, days: int) -> Ticket:
    """Return a ticket that was received on 6 November and ended so many days later."""
    return replace(in_state(state), closed_at=NOW + timedelta(days=days))


def test_a_month_has_the_local_days_of_the_calendar() -> None:
    month = Month.of("2026-02")
    assert (month.days[0], month.days[-1]) == (date(2026, 2, 1), date(2026, 2, 28))
    start, end = month.moments(RULES)
    assert (start.isoformat(), end.isoformat()) == (
        "2026-02-01T00:00:00+02:00",
        "2026-03-01T00:00:00+02:00",
    )


def test_months_are_counted_back_over_the_turn_of_a_year() -> None:
    months = Month.of("2026-02").with_those_before(4)
    assert [str(month) for month in months] == ["2026-02", "2026-01", "2025-12", "2025-11"]


@pytest.mark.parametrize("text", ["2026", "2026-13", "monday", "2026-1-1", "9999-12", "0001-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|string"):
        Month.of(text)


def test_what_came_is_told_by_right_channel_and_language() -> None:
    by_letter = replace(a_ticket(Right.ACCESS), source=Source.LETTER, language=Language.SV)
    found = of(a_ticket(), by_letter)
    assert found.received == 2
    assert found.by_right == {Right.ERASURE: 1, Right.ACCESS: 1}
    assert found.by_channel == {"test": 1, "letter": 1}
    assert found.by_language == {Language.FI: 1, Language.SV: 1}
    assert found.by_day[5] == (date(2026, 11, 6), 2, 0)


def test_what_ended_is_told_with_how_long_it_took() -> None:
    partly = replace(ended(State.FULFILLED, 3), extent=Extent.PARTLY)
    found = of(ended(State.REFUSED, 9), partly, ended(State.FULFILLED, 40))
    assert (found.ended, found.partly) == (2, 1)
    assert found.ends == {State.REFUSED: 1, State.FULFILLED: 1}
    assert found.refused == {"excessive": 1}
    assert found.took == (1, 1, 0, 0, 0, 0, 0)
    assert found.days == 6
    assert found.by_day[8] == (date(2026, 11, 9), 0, 1)


def test_a_refusal_without_a_ground_is_counted_all_the_same() -> None:
    assert of(a_ticket(), replace(ended(State.REFUSED, 1), id="other")).refused == {"": 1}


def test_what_took_very_long_is_in_the_last_part() -> None:
    found = of(ended(State.FULFILLED, 110), month=Month(year=2027, month=2))
    assert found.took == (0, 0, 0, 0, 0, 0, 1)
    assert found.timeliness == {Right.ERASURE: Timeliness(late=1)}


def test_a_request_is_on_time_until_its_extended_due_day() -> None:
    one = ended(State.FULFILLED, 40)
    december = Month(year=2026, month=12)
    assert of(one, month=december).timeliness == {Right.ERASURE: Timeliness(late=1)}
    longer = replace(one, clock=replace(one.clock, extended=True))
    found = of(longer, month=december)
    assert found.timeliness == {Right.ERASURE: Timeliness(on_time=1)}
    assert (found.extended, found.paused) == (1, 0)
    paused = replace(one, clock=replace(one.clock, still_days=20))
    assert of(paused, month=december).timeliness == {Right.ERASURE: Timeliness(on_time=1)}
    assert of(paused, month=december).paused == 1


def test_who_withdrew_was_not_kept_waiting() -> None:
    gone = replace(a_ticket(), state=State.WITHDRAWN, closed_at=NOW + timedelta(days=1))
    assert of(gone).timeliness == {}
    assert of(gone).ends == {State.WITHDRAWN: 1}


def test_what_is_open_at_the_end_is_late_when_its_day_has_passed() -> None:
    december = Month(year=2026, month=12)
    known = in_state(State.CONFIRMED)
    assert (of(known).open, of(known).overdue) == (1, 0)
    found = of(known, a_ticket(), month=december)
    assert (found.open, found.overdue, found.unidentified_overdue) == (2, 1, 1)
    assert of(ended(State.FULFILLED, 70), month=december).open == 1
    assert of(ended(State.FULFILLED, 10), month=december).open == 0


def test_a_month_that_is_not_over_ends_today() -> None:
    found = of(a_ticket(), now=NOW)
    assert found.until == date(2026, 11, 6)
    assert (found.received, found.open) == (1, 1)


def test_of_nothing_there_are_zeros() -> None:
    found = of()
    assert (found.received, found.ended, found.open, found.days) == (0, 0, 0, None)
    assert set(found.took) == {0}


def test_questions_to_staff_are_asked_answered_and_wait() -> None:
    def asked(days: float, answered: float | None = None, *, by: str = "sari") -> Inquiry:
        at = NOW + timedelta(days=days)
        closed = at + timedelta(days=answered) if answered is not None else None
        by = by if closed else ""
        return replace(a_question(), asked_at=at, closed_at=closed, answered_by=by)

    inquiries = [asked(0, 2), asked(1, 4), asked(2), asked(3, 40), asked(-30), asked(4, 5, by="")]
    found = month_report(NOVEMBER, [], inquiries, Notes(), LATER, RULES).questions
    assert (found.asked, found.answered, found.unanswered, found.days) == (5, 2, 3, 3.0)
    assert month_report(NOVEMBER, [], [], Notes(), LATER, RULES).questions.days is None


def test_the_topic_of_which_most_wait_comes_first() -> None:
    def asked(number: int, answered: bool) -> Inquiry:
        closed = NOW + timedelta(days=1) if answered else None
        return replace(a_question(), id=str(number), closed_at=closed, answered_by="sari")

    inquiries = [asked(1, True), asked(2, True), asked(3, False), asked(4, True)]
    notes = Notes(topics={"1": "topic.cookies", "2": "topic.cookies", "3": "topic.dpo"})
    found = month_report(NOVEMBER, [], inquiries, notes, LATER, RULES).questions
    assert found.topics == [
        Topic(name="topic.dpo", unanswered=1, answered=0),
        Topic(name="topic.cookies", unanswered=0, answered=2),
        Topic(name="", unanswered=0, answered=1),
    ]
    assert sum(topic.asked for topic in found.topics) == found.asked == 4
