"""The scores as one HTML page: tables with intervals, confusions, reliability, cost.

It holds no text of a message: expected quotations are of the notice, and given are intents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from bot.cli.evaluate import SCORES, Report, Scored
from bot.cli.intervals import Share, interval
from bot.cli.learning_curve import Point
from bot.core.catalog import Kind, Language

ONE_TAP = ("right", "clarified", "beside")
_BINS = 10
_MOST_CONFUSED = 25
_MILLISECONDS = (0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table of scores: all items of a language and kind."""

    language: str
    kind: str
    items: int
    one_tap: Share
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers given with about the same confidence, and the share of them that was right."""

    confidence: float
    items: int
    right: Share


def page(
    report: Report,
    without: Report | None,
    *,
    names: Sequence[str],
    day: date,
    curve: Sequence[Point] = (),
) -> str:
    """Return the page of a report; `without` is the same without the encoder, where there is one.

    `names` are those of the files with the labelled questions; `curve` is empty where nobody asked
    for it.
    """
    source = files("bot.cli").joinpath("evaluation_page.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(source).render(
        names=names,
        day=day.isoformat(),
        scores=SCORES,
        rows=list(rows(report)),
        ways=[(name, _row(one, "", "")) for name, one in _ways(report, without)],
        confused=report.confused.most_common(_MOST_CONFUSED),
        bins=reliability(report),
        costs=[(name, cost(one), percentiles(one)) for name, one in _ways(report, without)],
        milliseconds=_MILLISECONDS,
        curve=curve,
    )


def rows(report: Report) -> Iterator[Row]:
    """Return a row for each language and kind that has items, and for all of them."""
    for language in (*Language, ""):
        for kind in (*Kind, ""):
            if report.total(language, kind):
                yield _row(report, language, kind)


def reliability(report: Report) -> list[Bin]:
    """Return how often answers were right, by the confidence they were given with."""
    bins: list[list[Scored]] = [[] for _ in range(_BINS)]
    for one in report.scored:
        if one.score != "clarified":  # a choice states nothing
            bins[min(int(one.confidence * _BINS), _BINS - 1)].append(one)
    return [
        Bin(
            confidence=sum(one.confidence for one in found) / len(found),
            items=len(found),
            right=interval(sum(one.score == "right" for one in found), len(found)),
        )
        for found in bins
        if found
    ]


def cost(report: Report) -> list[float]:
    """Return what share of messages (0 to 1) took up to each of the times of the page."""
    took = [1000 * one.seconds for one in report.scored]
    return [sum(t <= most for t in took) / max(len(took), 1) for most in _MILLISECONDS]


def percentiles(report: Report) -> tuple[float, float]:
    """Return the median and the 99th percentile of what a message took, in milliseconds."""
    took = sorted(1000 * one.seconds for one in report.scored) or [0.0]
    return took[len(took) // 2], took[min(int(0.99 * len(took)), len(took) - 1)]


def _ways(report: Report, without: Report | None) -> list[tuple[str, Report]]:
    if without is None:
        return [("linear model", report)]
    return [("with the encoder", report), ("linear model alone", without)]


def _row(report: Report, language: str, kind: str) -> Row:
    items = report.total(language, kind)
    return Row(
        language=language or "all",
        kind=kind or "all",
        items=items,
        one_tap=interval(report.times(ONE_TAP, language, kind), items),
        shares=[interval(report.times((score,), language, kind), items) for score in SCORES],
    )
