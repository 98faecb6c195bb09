"""What proposed phrases would change, shown before they are accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.evaluate import SCORES, Item, Report, Scored, evaluate, read_items
from bot.cli.resources import understanding_of
from bot.cli.screen import counted, print_table, progress, tracked
from bot.config import Settings
from bot.content import proposals
from bot.content.files import Reading, content_dir
from bot.content.library import read_entries
from bot.content.loaded import Understanding, learnt_anew
from bot.core.catalog import Phrase
from bot.errors import UsageError

_LONGEST = 70  # characters of a message in a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A labelled message that gets another answer once the proposed phrases are learnt."""

    text: str
    before: Scored
    after: Scored


def evaluate_proposed(files: Sequence[Path], settings: Settings) -> None:
    """Print what accepting the proposed phrases changes on labelled questions.

    What is learnt for it is kept: once they are accepted, no training is needed any more.
    Raises UsageError where nothing is proposed, and ContentError where it cannot be accepted.
    """
    items, now = list(read_items(files)), understanding_of(settings)
    root, notice = content_dir(settings.content.dir), now.content.notice
    phrases = proposals.proposed(root, read_entries(Reading(root)), notice.company)
    if not phrases:
        raise UsageError("no phrase is proposed: `seloste questions review` proposes some")
    with proposals.accepted_apart(root) as copy:
        with progress() as tell:
            then = learnt_anew(copy, settings.words(), tell)
        _print_phrases(phrases, now, then)
        before, after = _scored(items, now), _scored(items, then)
    columns = "", "before", "after"
    print_table(f"{counted(len(items), 'labelled question')}, %", columns, effect(before, after))
    found = list(changes(items, before, after))
    rows = [
        (one.text[:_LONGEST], one.before.expected[:_LONGEST], *map(_told, (one.before, one.after)))
        for one in found
    ]
    print_table(
        f"{counted(len(found), 'question')} answered otherwise",
        ("question", "expected", "before", "after"),
        rows,
    )


def effect(before: Report, after: Report) -> Iterator[tuple[str, str, str]]:
    """Yield the share of each score, before and after, in per cent and as a number."""
    for score in SCORES:
        old, new = (f"{one.share(score):.1f} ({one.times((score,))})" for one in (before, after))
        yield score, old, new


def changes(items: Sequence[Item], before: Report, after: Report) -> Iterator[Change]:
    """Yield the messages that get another answer; those that turn wrong or right come first."""
    found = [
        Change(text=item.text, before=old, after=new)
        for item, old, new in zip(items, before.scored, after.scored, strict=True)
        if (old.given, old.score) != (new.given, new.score)
    ]
    yield from sorted(found, key=lambda one: one.before.score == one.after.score)


def _scored(items: Sequence[Item], known: Understanding) -> Report:
    content = known.content
    return evaluate(tracked(items), content.catalog, content.notice, known.matcher)


def _print_phrases(phrases: Sequence[Phrase], now: Understanding, then: Understanding) -> None:
    rows = [
        (
            phrase.text,
            phrase.intent,
            *(one.matcher.match(phrase.text).intent for one in (now, then)),
        )
        for phrase in phrases
    ]
    columns = "phrase", "proposed for", "understood as", "afterwards"
    print_table(f"{counted(len(rows), 'proposed phrase')}", columns, rows)


def _told(scored: Scored) -> str:
    return f"{scored.score}: {scored.given}"
