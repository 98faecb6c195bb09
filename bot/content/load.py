"""Loads all content, or reports all its faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.content.files import Reading, ReadLater, content_dir
from bot.content.key import key_of
from bot.content.library import SINGLE, Entry, read_entries, read_phrases
from bot.content.notice import notice_file, read_notice
from bot.content.replies import read_replies
from bot.content.responses import Texts, read_texts
from bot.content.topic_map import read_catalog
from bot.core.buttons import LONGEST_ID
from bot.core.catalog import TOPIC, Catalog, Kind, Notice
from bot.core.understanding.asked import ReplyPhrase

T = TypeVar("T")

# Below this a linear model learns the wordings, not the intent.
_FEWEST_PHRASES = 30
_FEWEST_OF_FINER = 8  # phrases of a topic that the encoder takes for the one near it
_NAMED = frozenset({TOPIC, Kind.REQUEST, *SINGLE})


@dataclass(frozen=True)
class Content:
    """Everything that an organisation can replace.

    `key` is another one as soon as there is something else to learn.
    """

    notice: Notice
    catalog: Catalog
    texts: Texts
    replies: Sequence[ReplyPhrase]
    key: str


def load(
    configured: Path | None,
    settings: Mapping[str, str],
    learnt: Callable[[str], bool] = lambda _key: False,
) -> Content:
    """Return the content of the configured folder, or of the wheel or clone.

    `learnt` tells by the key whether all was learnt, and so was without fault: phrases and replies
    are then read when somebody asks for them, for they are most of what there is to read.
    Raises ContentError naming every fault with its file and key.
    """
    reading = Reading(content_dir(configured))
    notice = read_notice(reading)
    entries = read_entries(reading)
    key = key_of(reading, entries)
    later = learnt(key)
    phrases = _said(reading, lambda r: read_phrases(r, entries, notice.company), later=later)
    replies = _said(reading, read_replies, later=later)
    catalog = read_catalog(reading, entries, phrases, notice)
    named = {name for name in entries if name.partition(".")[0] in _NAMED}
    quoted = {"notice_version": notice.version, "notice_date": notice.date}
    texts = read_texts(reading, named, {**settings, **quoted})
    _check_texts(reading, entries, texts)
    _check_ids(reading, notice, catalog)
    reading.finish()
    return Content(notice=notice, catalog=catalog, texts=texts, replies=replies, key=key)


def _said(reading: Reading, read: Callable[[Reading], Sequence[T]], *, later: bool) -> Sequence[T]:
    """Return what people say, read now or later."""
    if not later:
        return read(reading)

    def whole() -> Sequence[T]:
        own = Reading(reading.root)
        found = read(own)
        own.finish()
        return found

    return ReadLater(whole)


def _check_texts(reading: Reading, entries: Mapping[str, Entry], texts: Texts) -> None:
    path = reading.place("intents") / "catalog.toml"
    for entry in entries.values():
        if entry.text and not texts.has(entry.text):
            reading.fault(path, f"{entry.name}.text", f"unknown text {entry.text!r}")


def _check_ids(reading: Reading, notice: Notice, catalog: Catalog) -> None:
    """Refuse ids that do not fit into a button."""
    sections = notice_file(Reading(reading.root))
    intents = reading.place("intents") / "catalog.toml"
    for path, ids in ((sections, notice.sections), (intents, catalog.intents)):
        for named in ids:
            if len(named.encode()) > LONGEST_ID:
                reading.fault(path, named, f"is longer than the {LONGEST_ID} bytes of an id")


def warnings(content: Content) -> list[str]:
    """Return what is not a fault but needs attention: what is unquoted, stale or thin."""
    quoted = {p for intent in content.catalog.intents.values() for p in intent.passages}
    found = [f"no topic quotes {p}" for p in content.notice.passages if p not in quoted]
    for language, translations in content.notice.translations.items():
        stale = [passage for passage, translation in translations.items() if translation.stale]
        found += [f"{language}: translation of {passage} is stale" for passage in stale]
    counts = Counter((phrase.language, phrase.intent) for phrase in content.catalog.phrases)
    thin = {key: n for key, n in counts.items() if n < _fewest(key[1], content.catalog)}
    return found + [f"{lang}: {intent} has only {n} phrases" for (lang, intent), n in thin.items()]


def _fewest(name: str, catalog: Catalog) -> int:
    intent = catalog.find(name)
    return _FEWEST_OF_FINER if intent and intent.near else _FEWEST_PHRASES
