"""Scores on labelled questions: right, clarified, silent, wrong, and the most confused pairs."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Protocol

from bot.core.catalog import Catalog, Intent, Kind, Notice
from bot.core.conversation import answers
from bot.core.understanding.topics.match import Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE
from bot.errors import UsageError

# "beside": not right, but what is right can be chosen beside it.
SCORES = ("right", "clarified", "beside", "silent", "wrong")
_NO = frozenset({Outcome.NOT_IN_NOTICE, Outcome.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A labelled question; `note` is "either" where a quotation and a request are both right."""

    lang: str
    kind: str
    text: str
    expect_any: Sequence[str]
    right: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One item: what was expected and given, how surely, and in how many seconds of a core."""

    lang: str
    kind: str
    score: str
    expected: str
    given: str
    confidence: float
    seconds: float


class Understands(Protocol):
    """What is scored: whatever understands a message."""

    def match(self, text: str, /) -> Match:
        """Return what a message wants."""


@dataclass
class Report:
    """The scored items, and the figures derived from them."""

    scored: list[Scored] = field(default_factory=list)

    @property
    def confused(self) -> Counter[tuple[str, str]]:
        """How often what was expected got what else."""
        return Counter((one.expected, one.given) for one in self.scored if one.score != "right")

    def share(self, score: str, language: str = "", kind: str = "") -> float:
        """Return the share (0 to 100) of a score, in one language or kind or in all."""
        total = self.total(language, kind)
        return 100 * self.times((score,), language, kind) / total if total else 0.0

    def times(self, scores: Collection[str], language: str = "", kind: str = "") -> int:
        """Return how many items have one of these scores."""
        return sum(one.score in scores for one in self.of(language, kind))

    def total(self, language: str = "", kind: str = "") -> int:
        """Return how many items were scored."""
        return sum(1 for _ in self.of(language, kind))

    def of(self, language: str = "", kind: str = "") -> Iterator[Scored]:
        """Return the items of one language or kind, or all."""
        for one in self.scored:
            if language in ("", one.lang) and kind in ("", one.kind):
                yield one


def read_items(paths: Iterable[Path]) -> Iterator[Item]:
    """Return the labelled questions of JSON-lines files. Raises UsageError naming file and line."""
    return (_item(path, number, line) for path, number, line in labelled_lines(paths))


def labelled_lines(paths: Iterable[Path]) -> Iterator[tuple[Path, int, str]]:
    """Return file, number and text of each line that is not blank. Raises UsageError."""
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} cannot be read ({type(error).__name__})") from None
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield path, number, line


def evaluate(
    items: Iterable[Item], catalog: Catalog, notice: Notice, matcher: Understands
) -> Report:
    """Return how the matcher does on labelled questions, language not given."""
    report = Report()
    for item in items:
        begun = time.thread_time()
        match = matcher.match(item.text)
        seconds = time.thread_time() - begun
        report.scored.append(
            Scored(
                lang=item.lang,
                kind=item.kind,
                score=_score(match, item, catalog, notice),
                expected=str(item.right or (item.expect_any or [item.kind])[0]),
                given=match.intent,
                confidence=match.confidence,
                seconds=seconds,
            )
        )
    return report


def _score(match: Match, item: Item, catalog: Catalog, notice: Notice) -> str:
    if match.outcome is Outcome.CLARIFY:
        fits = any(_right(catalog.intents[i], item, notice) for i in match.options)
        return "clarified" if fits else "wrong"
    if match.intent == OTHER_LANGUAGE:
        return "right" if item.kind is Kind.SMALLTALK else "silent"
    if any(_answers(one, item, catalog, notice) for one in (match, *match.besides)):
        return "right"
    if any(_right(catalog.intents[intent], item, notice) for intent in match.also):
        return "beside"
    says_no = item.kind in (Kind.QUESTION, Kind.REQUEST) and match.outcome in _NO
    return "silent" if says_no else "wrong"


def _answers(match: Match, item: Item, catalog: Catalog, notice: Notice) -> bool:
    return _right(catalog.intents[match.intent], item, notice, match.passages)


def _right(intent: Intent, item: Item, notice: Notice, best: tuple[str, ...] = ()) -> bool:
    """Tell whether this intent, answered by its best passages, is a right answer to an item."""
    wanted = [" ".join(piece.split()) for piece in item.expect_any]
    quoted = answers.quoted(intent, notice, best)
    texts = [" ".join(notice.passages[passage].text.split()) for passage in quoted]
    offers = intent.kind is Kind.QUESTION or (intent.kind is Kind.NOT_IN_NOTICE and best)
    quotes = offers and any(w in text for w in wanted for text in texts)
    starts = intent.right is not None and intent.right == item.right
    if item.kind == Kind.QUESTION:
        return bool(quotes) or (starts and item.note == "either")
    if item.kind == Kind.REQUEST:
        return starts or (bool(quotes) and item.note == "either")
    return bool(intent.kind == item.kind)


def _item(path: Path, number: int, line: str) -> Item:
    try:
        item = json.loads(line)
        return Item(**{field.name: item[field.name] for field in fields(Item)})
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}, line {number}: not a labelled question ({error!r})") from None
