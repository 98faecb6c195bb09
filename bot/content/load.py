"""All content at once, or all its faults at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.files import Reading, content_dir
from bot.content.library import SINGLE, Entry, read_entries, read_phrases
from bot.content.notice import notice_file, read_notice
from bot.content.replies import read_replies
from bot.content.responses import Texts, read_texts
from bot.content.topic_map import read_catalog
from bot.core.buttons import LONGEST_ID
from bot.core.catalog import TOPIC, Catalog, Kind, Notice
from bot.core.understanding.asked import ReplyPhrase

# Below this a linear model learns the wordings, not the intent.
_FEWEST_PHRASES = 30
_NAMED = frozenset({TOPIC, Kind.REQUEST, *SINGLE})


@dataclass(frozen=True)
class Content:
    """Everything that an organisation can replace."""

    notice: Notice
    catalog: Catalog
    texts: Texts
    replies: tuple[ReplyPhrase, ...]


def load(configured: Path | None, settings: Mapping[str, str]) -> Content:
    """Return the content of the configured folder, or of the wheel or clone.

    Raises ContentError naming every fault with its file and key.
    """
    reading = Reading(content_dir(configured))
    notice = read_notice(reading)
    entries = read_entries(reading)
    phrases = read_phrases(reading, entries, notice.company)
    catalog = read_catalog(reading, entries, phrases, notice)
    named = {name for name in entries if name.partition(".")[0] in _NAMED}
    texts = read_texts(reading, named, settings)
    _check_texts(reading, entries, texts)
    _check_ids(reading, notice, catalog)
    replies = read_replies(reading)
    reading.finish()
    return Content(notice=notice, catalog=catalog, texts=texts, replies=replies)


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
    thin = {key: n for key, n in counts.items() if n < _FEWEST_PHRASES}
    return found + [f"{lang}: {intent} has only {n} phrases" for (lang, intent), n in thin.items()]
