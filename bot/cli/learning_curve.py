"""How much of what is right comes with how many phrases, on the linear path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.cli.evaluate import Item, evaluate
from bot.cli.intervals import Share, interval
from bot.content.load import Content
from bot.content.training import train
from bot.core.catalog import Catalog, Language
from bot.core.understanding.topics.matching import Matcher

SHARES = (10, 25, 50, 75, 100)  # per cent of the phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What is right once so many phrases are learnt, in all and in each language."""

    phrases: int
    right: Share
    languages: Sequence[tuple[Language, Share]]


def learning_curve(
    items: Sequence[Item], content: Content, tell: Callable[[str, float], None]
) -> Iterator[Point]:
    """Train on ever more of the phrases, and score each time; it takes minutes."""
    for number, share in enumerate(SHARES):
        tell(f"learning {share} % of the phrases", number / len(SHARES))
        catalog = part_of(content.catalog, share)
        matcher = Matcher(catalog, train(catalog.library()))
        report = evaluate(items, catalog, content.notice, matcher)
        spoken = [language for language in Language if report.total(language)]
        yield Point(
            phrases=len(catalog.phrases),
            right=interval(report.times(("right",)), report.total()),
            languages=[
                (one, interval(report.times(("right",), one), report.total(one))) for one in spoken
            ],
        )


def part_of(catalog: Catalog, share: int) -> Catalog:
    """Return a catalogue with a share (in per cent) of the phrases, evenly from each intent.

    Each intent keeps at least one phrase in each of its languages.
    """
    met: Counter[tuple[str, Language]] = Counter()
    kept = []
    for phrase in catalog.phrases:
        place = met[phrase.intent, phrase.language]
        met[phrase.intent, phrase.language] += 1
        if place * share % 100 < share:
            kept.append(phrase)
    return replace(catalog, phrases=tuple(kept))
