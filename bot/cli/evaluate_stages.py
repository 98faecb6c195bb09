"""Scores on labelled replies: right per language and stage, and the costly errors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.cli.evaluate import labelled_lines
from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage
from bot.core.understanding.replies.decision import ALIKE_AT
from bot.core.understanding.replies.reply_model import LEARNT_AS
from bot.errors import UsageError

FALSE_YES = "taken for a yes, and is none"
MISSED_YES = "a yes, and not taken for one"
STORED = "kept as a name or an address, and is none"
COSTS = (FALSE_YES, MISSED_YES, STORED)

M, S = Meaning, Stage
# Labels that lead to the same thing everywhere; `ALIKE_AT` says which do at some stages.
_ALIKE: Mapping[Meaning, Meaning] = {
    **LEARNT_AS,
    M.CODE_EXPIRED: M.CODE_MISSING,
    M.ALSO_RIGHT: M.OTHER_RIGHT,
    M.NO_EMAIL: M.SKIP,
}


class Reader(Protocol):
    """What reads a reply."""

    def read(self, asked: Asked, text: str, language: Language, /) -> Reading:
        """Return what a reply means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledReply:
    """A reply with what it means; `field` is what a change is about."""

    asked: Asked
    language: Language
    text: str
    means: Meaning
    field: str
    value: str


@dataclass
class StageReport:
    """Counts by (language, stage) and score; costly errors, out of how many chances."""

    counts: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    costs: Counter[str] = field(default_factory=Counter)
    chances: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def total(self, language: str = "", stage: str = "") -> int:
        """Return how many replies were counted."""
        return sum(n for key, n in self.counts.items() if _fits(key, language, stage))

    def share_right(self, language: str = "", stage: str = "") -> float:
        """Return the share (0 to 100) that was read rightly, in one language or stage or in all."""
        total = self.total(language, stage)
        right = sum(n for k, n in self.counts.items() if k[2] and _fits(k, language, stage))
        return 100 * right / total if total else 0.0


def read_replies(paths: Iterable[Path]) -> Iterator[LabelledReply]:
    """Return the labelled replies of JSON-lines files. Raises UsageError naming file and line."""
    return (_reply(path, number, line) for path, number, line in labelled_lines(paths))


def evaluate(replies: Iterable[LabelledReply], reader: Reader) -> StageReport:
    """Return how the reader does on labelled replies."""
    report = StageReport()
    for reply in replies:
        reading = reader.read(reply.asked, reply.text, reply.language)
        right = _is_right(reply, reading)
        report.counts[reply.language, reply.asked.stage, right] += 1
        if not right:
            report.confused[reply.asked.stage, reply.means, reading.means] += 1
        _count_costs(report, reply, reading)
    return report


def _is_right(reply: LabelledReply, reading: Reading) -> bool:
    """Tell whether a reading leads to what the label leads to."""
    wanted, given = (_ALIKE.get(m, m) for m in (reply.means, reading.means))
    if wanted is given:
        return True
    stage = reply.asked.stage
    if any({wanted, given} <= alike and stage in at for alike, at in ALIKE_AT):
        return True
    of_right = M.CHANGE in (wanted, given) and M.OTHER_RIGHT in (wanted, given)
    return of_right and "right" in (reply.field, reading.field)


def _count_costs(report: StageReport, reply: LabelledReply, reading: Reading) -> None:
    agrees, taken = reply.means is M.AGREE, reading.means is M.AGREE
    report.chances[MISSED_YES if agrees else FALSE_YES] += 1
    if agrees is not taken:
        report.costs[MISSED_YES if agrees else FALSE_YES] += 1
    if reply.asked.stage in (S.NAME, S.EMAIL):
        report.chances[STORED] += 1
        gives_one = reply.means in (M.VALUE, M.CHANGE, M.ON_BEHALF, M.SAME_AS_BEFORE)
        if reading.means is M.VALUE and reading.value and not gives_one:
            report.costs[STORED] += 1


def _reply(path: Path, number: int, line: str) -> LabelledReply:
    try:
        item = json.loads(line)
        right = item.get("right")
        return LabelledReply(
            asked=Asked(
                stage=Stage(item["stage"]),
                right=Right(right) if right else None,
                question=item.get("asked", ""),
                state=item.get("state", ""),
            ),
            language=Language(item["lang"]),
            text=str(item["text"]),
            means=Meaning(item["means"]),
            field=item.get("field", ""),
            value=item.get("value", ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}, line {number}: not a labelled reply ({error!r})") from None


def _fits(key: tuple[str, str, bool], language: str, stage: str) -> bool:
    return (not language or key[0] == language) and (not stage or key[1] == stage)
