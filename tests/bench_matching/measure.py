"""What is measured of each peer: right answers, time to learn, time of a message."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.cli.evaluate import Item, Report, Understands, evaluate
from bot.cli.evaluation_page import percentiles
from bot.cli.intervals import Share, interval
from bot.core.catalog import Catalog, Notice
from bot.core.understanding.topics.match import Match
from tests.bench_matching import nlpjs
from tests.bench_matching.peers import NearestWording, TfidfLinear, likeliest, linear

SIZES = (1, 10, 100)
PEERS: dict[str, Callable[[Catalog], Understands]] = {
    "rapidfuzz, nearest wording": NearestWording,
    "scikit-learn, TF-IDF and linear": TfidfLinear,
    "Seloste, linear path": linear,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: milliseconds of a message, seconds to learn; None where it ran out."""

    name: str
    phrases: int
    learning: float | None = None
    right: Share | None = None
    median: float = 0.0
    slowest: float = 0.0


def measured(
    name: str,
    catalog: Catalog,
    notice: Notice,
    items: Sequence[Item],
    learn: Callable[[Catalog], Understands],
) -> Line:
    """Have a peer learn the phrases of a catalogue, and score it."""
    begun = time.perf_counter()
    peer = learn(catalog)
    learning = time.perf_counter() - begun
    report = evaluate(items, catalog, notice, peer)
    return _line(name, catalog, learning, report)


def measured_nlpjs(
    folder: Path, catalog: Catalog, notice: Notice, items: Sequence[Item], limit: float
) -> Line:
    """Have nlp.js learn the phrases of a catalogue in its own process, and score it."""
    name = "nlp.js, language told"
    questions = [(item.lang, item.text) for item in items]
    told = nlpjs.answered(folder, catalog, questions, limit)
    if told is None:
        return Line(name=name, phrases=len(catalog.phrases))
    report = evaluate(items, catalog, notice, _Said(catalog, items, told.intents))
    took = [
        replace(one, seconds=seconds)
        for one, seconds in zip(report.scored, told.seconds, strict=True)
    ]
    return _line(name, catalog, told.trained, Report(scored=took))


class _Said:
    """Says of each question what was found before."""

    def __init__(self, catalog: Catalog, items: Sequence[Item], intents: Sequence[str]) -> None:
        self._found = {item.text: name for item, name in zip(items, intents, strict=True)}
        self._catalog = catalog

    def match(self, text: str, /) -> Match:
        """Return what was found."""
        return likeliest(self._catalog, self._found[text])


def _line(name: str, catalog: Catalog, learning: float, report: Report) -> Line:
    median, slowest = percentiles(report)
    return Line(
        name=name,
        phrases=len(catalog.phrases),
        learning=learning,
        right=interval(report.times(("right",)), report.total()),
        median=median,
        slowest=slowest,
    )
