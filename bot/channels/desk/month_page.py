"""The monthly report as one HTML page with plots, in the desk's language; it names nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import TypeVar

from jinja2 import Environment, StrictUndefined

from bot.channels.desk import register_words
from bot.channels.desk.wording import Wording
from bot.core.catalog import Kind, Language, in_library
from bot.core.question_counts import QuestionResult, TopicResults
from bot.core.tickets.month_report import BINS, MonthReport
from bot.core.tickets.ticket import State

T = TypeVar("T", bound=str)
Bars = Sequence[tuple[str, int]]
_TICKS = 4
_MOST_TOPICS = 15
_MOST_ASKED = 40
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 50, 100, 200, 500, 1000)


def page(
    report: MonthReport,
    asked: Sequence[TopicResults],
    made_at: datetime,
    wording: Wording,
    labels: Mapping[str, str],
    company: str,
) -> str:
    """Return the page of a company's report and what was `asked`; `labels` name the topics."""
    source = files("bot.channels.desk").joinpath("month_page.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    days = report.month.days
    return environment.from_string(source).render(
        report=report,
        say=lambda key, **values: wording.desk(f"report.{key}", **values),
        language=wording.language,
        company=company,
        first=days[0].isoformat(),
        last=days[-1].isoformat(),
        until=report.until.isoformat(),
        at=wording.iso(made_at),
        days=lambda number: _days(number, wording),
        on_time=_on_time(report),
        ticks=_ticks(report),
        by_right=_bars(report.by_right, lambda right: wording.text(f"right.{right}")),
        by_channel=_bars(report.by_channel, lambda channel: register_words.came(channel, wording)),
        by_language=_bars(report.by_language, lambda spoken: wording.desk(f"spoken.{spoken}")),
        took=list(zip(_ranges(), report.took, strict=True)),
        timeliness=[(wording.text(f"right.{r}"), one) for r, one in report.timeliness.items()],
        ends=_ends(report, wording),
        topics=[
            (_topic(one.name, labels, wording), one)
            for one in report.questions.topics[:_MOST_TOPICS]
        ],
        results=list(QuestionResult),
        asked=[(_topic(one.topic, labels, wording), one) for one in asked[:_MOST_ASKED]],
        questions=sum(one.asked for one in asked),
        refused=_bars(report.refused, lambda ground: _ground(ground, wording)),
    )


def _bars(counted: Mapping[T, int], name: Callable[[str], str]) -> Bars:
    return [(name(value), number) for value, number in counted.items()]


def _ends(report: MonthReport, wording: Wording) -> Bars:
    ends = list(_bars(report.ends, lambda state: wording.desk(f"state.{state}")))
    if report.partly:
        place = [*report.ends].index(State.FULFILLED) + 1
        ends.insert(place, (wording.desk("report.partly"), report.partly))
    return ends


def _topic(intent: str, labels: Mapping[str, str], wording: Wording) -> str:
    """Return how a topic is called; one that the library no longer has, by its own name."""
    name = in_library(intent)
    if name == Kind.OUT_OF_SCOPE:
        return wording.desk("report.not_privacy")
    return labels.get(name, name) or wording.desk("report.no_topic")


def _ground(ground: str, wording: Wording) -> str:
    return wording.ground(ground) if ground else wording.desk("report.no_ground")


def _days(number: float | None, wording: Wording) -> str:
    if number is None:
        return "–"
    said = f"{number:.1f}".removesuffix(".0")
    decimal = said if wording.language is Language.EN else said.replace(".", ",")
    return wording.desk("report.in_days", days=decimal)


def _on_time(report: MonthReport) -> str:
    in_time = sum(one.on_time for one in report.timeliness.values())
    together = in_time + sum(one.late for one in report.timeliness.values())
    return f"{100 * in_time / together:.0f} %" if together else "–"


def _ranges() -> list[str]:
    """Return what each part of the distribution is called, from and to."""
    ends = [first - 1 for first in BINS[1:]]
    return [f"{first}–{last}" for first, last in zip(BINS, [*ends, ""], strict=True)]


def _ticks(report: MonthReport) -> Sequence[int]:
    """Return round numbers from 0 past the most that came or ended on one day."""
    most = max(max(came, ended) for _, came, ended in report.by_day)
    step = next((step for step in _STEPS if step * _TICKS >= most), most)
    return range(0, step * _TICKS + 1, step)
