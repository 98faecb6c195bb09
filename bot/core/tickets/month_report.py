"""The monthly figures: requests received, how they ended, how long it took (Art. 5(2), 24)."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from statistics import median
from typing import TypeVar

from bot.core.catalog import Language, Right
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Extent, State, Ticket

T = TypeVar("T", bound=str)
# The first day of each part of the distribution; the last part has no end.
BINS = (0, 8, 15, 22, 31, 62, 93)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the calendar, in local days."""

    year: int
    month: int

    @classmethod
    def of(cls, text: str) -> Month:
        """Return the month of such a text as 2026-10. Raises ValueError."""
        first = date.fromisoformat(f"{text}-01")
        if not MINYEAR < first.year < MAXYEAR:
            raise ValueError("the month is at an end of the calendar")
        return cls(year=first.year, month=first.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def with_those_before(self, number: int) -> tuple[Month, ...]:
        """Return so many months, from this one back."""
        this = 12 * self.year + self.month - 1
        counted = (divmod(one, 12) for one in range(this, this - number, -1))
        return tuple(Month(year=year, month=month + 1) for year, month in counted)

    @property
    def days(self) -> tuple[date, ...]:
        number = calendar.monthrange(self.year, self.month)[1]
        return tuple(date(self.year, self.month, day) for day in range(1, number + 1))

    def moments(self, rules: Rules) -> tuple[datetime, datetime]:
        """Return when it begins and when it has ended."""
        start = datetime.combine(self.days[0], time(), tzinfo=rules.timezone)
        after = self.days[-1] + timedelta(days=1)
        return start, datetime.combine(after, time(), tzinfo=rules.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """How many requests ended by their due day, and how many after it."""

    on_time: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """How many questions of the month are of one topic; without a name, of none that is known."""

    name: str
    unanswered: int
    answered: int

    @property
    def asked(self) -> int:
        """How many in all."""
        return self.unanswered + self.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Questions and reports that people passed to staff; `days` is the median until an answer.

    `topics` begin with the one of which most wait.
    """

    asked: int
    answered: int
    unanswered: int
    days: float | None
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What tickets and inquiries do not tell themselves, by their ids.

    `grounds` are those of refusals, `topics` what inquiries are about, as the matching reads them.
    """

    grounds: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """One month in numbers; nothing in it tells of a person.

    Until the month is over, its end is today. `by_day` is what came and what ended on each day;
    `took` the number of requests by `BINS`; `days` the median of their days. `refused` is by
    ground, empty where none was noted.
    """

    month: Month
    until: date
    by_right: Mapping[Right, int]
    by_channel: Mapping[str, int]
    by_language: Mapping[Language, int]
    by_day: Sequence[tuple[date, int, int]]
    ends: Mapping[State, int]
    partly: int
    took: Sequence[int]
    days: float | None
    timeliness: Mapping[Right, Timeliness]
    extended: int
    paused: int
    refused: Mapping[str, int]
    open: int
    overdue: int
    unidentified_overdue: int
    questions: Questions

    @property
    def received(self) -> int:
        """How many requests came."""
        return sum(self.by_right.values())

    @property
    def ended(self) -> int:
        """How many requests ended."""
        return sum(self.ends.values())


def month_report(
    month: Month,
    tickets: Sequence[Ticket],
    inquiries: Iterable[Inquiry],
    notes: Notes,
    now: datetime,
    rules: Rules,
) -> MonthReport:
    """Calculate a month from the tickets and inquiries that were open in it.

    What retention has destroyed is missing.
    """
    until = min(month.days[-1], rules.today(now))
    came = [one for one in tickets if month.days[0] <= one.clock.received <= until]
    ended = [one for one in tickets if (day := _closed(one, rules)) and day in month.days]
    left = [one for one in tickets if _is_open(one, until, rules)]
    late = [one for one in left if one.clock.end(until).due < until]
    return MonthReport(
        month=month,
        until=until,
        by_right=_counted(one.right for one in came),
        by_channel=_counted(one.source or one.person.channel for one in came),
        by_language=_counted(one.language for one in came),
        by_day=_by_day(month, came, ended, rules),
        ends=_counted(one.state for one in ended),
        partly=sum(one.extent is Extent.PARTLY for one in ended),
        took=_binned(ended, rules),
        days=median(_days(one, rules) for one in ended) if ended else None,
        timeliness=_timeliness(ended, rules),
        extended=sum(one.clock.extended for one in ended),
        paused=sum(one.clock.still_days > 0 for one in ended),
        refused=_counted(
            notes.grounds.get(one.id, "") for one in ended if one.state is State.REFUSED
        ),
        open=len(left),
        overdue=sum(one.verified is not None for one in late),
        unidentified_overdue=sum(one.verified is None for one in late),
        questions=_questions(month, until, inquiries, notes.topics, rules),
    )


def _closed(ticket: Ticket, rules: Rules) -> date | None:
    return rules.today(ticket.closed_at) if ticket.closed_at else None


def _is_open(ticket: Ticket, day: date, rules: Rules) -> bool:
    closed = _closed(ticket, rules)
    return ticket.clock.received <= day and (closed is None or closed > day)


def _days(ticket: Ticket, rules: Rules) -> int:
    closed = _closed(ticket, rules) or ticket.clock.received
    return (closed - ticket.clock.received).days


def _binned(ended: Iterable[Ticket], rules: Rules) -> Sequence[int]:
    days = [max(_days(one, rules), 0) for one in ended]
    found = Counter(max(n for n, first in enumerate(BINS) if first <= day) for day in days)
    return tuple(found[n] for n in range(len(BINS)))


def _by_day(
    month: Month, came: Iterable[Ticket], ended: Iterable[Ticket], rules: Rules
) -> Sequence[tuple[date, int, int]]:
    received = Counter(one.clock.received for one in came)
    closed = Counter(_closed(one, rules) for one in ended)
    return tuple((day, received[day], closed[day]) for day in month.days)


def _timeliness(ended: Iterable[Ticket], rules: Rules) -> Mapping[Right, Timeliness]:
    """Count what staff have decided; who withdrew, or was never known, was not kept waiting."""
    counts: Counter[tuple[Right, bool]] = Counter()
    for one in ended:
        closed = _closed(one, rules)
        if closed and one.state in (State.FULFILLED, State.REFUSED):
            counts[one.right, closed <= one.clock.end(closed).due] += 1
    rights = [right for right in Right if counts[right, True] + counts[right, False]]
    return {
        right: Timeliness(on_time=counts[right, True], late=counts[right, False])
        for right in rights
    }


def _questions(
    month: Month,
    until: date,
    inquiries: Iterable[Inquiry],
    topics: Mapping[str, str],
    rules: Rules,
) -> Questions:
    answered = unanswered = 0
    waited: list[float] = []
    about: Counter[tuple[str, bool]] = Counter()
    for one in inquiries:
        came = rules.today(one.asked_at)
        closed = rules.today(one.closed_at) if one.closed_at else None
        waits = closed is None or closed > until
        unanswered += came <= until and waits
        if came in month.days:
            about[topics.get(one.id, ""), waits] += 1
        if one.closed_at and closed in month.days and one.answered_by:
            answered += 1
            waited.append((one.closed_at - one.asked_at) / timedelta(days=1))
    return Questions(
        asked=about.total(),
        answered=answered,
        unanswered=unanswered,
        days=median(waited) if waited else None,
        topics=_topics(about),
    )


def _topics(about: Counter[tuple[str, bool]]) -> Sequence[Topic]:
    found = [
        Topic(
            name=name, unanswered=about.get((name, True), 0), answered=about.get((name, False), 0)
        )
        for name in sorted({name for name, _ in about})
    ]
    return sorted(found, key=lambda one: (-one.unanswered, -one.answered))


def _counted(values: Iterable[T]) -> Mapping[T, int]:
    return dict(Counter(values).most_common())
