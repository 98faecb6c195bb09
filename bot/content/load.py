"""All content at once, or all its faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.files import Reading, content_dir
from bot.content.intents import read_catalog
from bot.content.notice import read_notice
from bot.content.responses import Texts, read_texts
from bot.core.catalog import Catalog, Kind, Notice

_NAMED = frozenset({Kind.QUESTION, Kind.REQUEST, Kind.NOT_IN_NOTICE})


@dataclass(frozen=True)
class Content:
    """Everything that an organisation can replace."""

    notice: Notice
    catalog: Catalog
    texts: Texts


def load(configured: Path | None, settings: Mapping[str, str]) -> Content:
    """Return the content of the configured folder, or of the wheel or clone.

    Raises ContentError naming every fault with its file and key.
    """
    reading = Reading(content_dir(configured))
    notice = read_notice(reading)
    catalog = read_catalog(reading, notice)
    named = {intent.id for intent in catalog.intents.values() if intent.kind in _NAMED}
    texts = read_texts(reading, named, settings)
    reading.finish()
    return Content(notice=notice, catalog=catalog, texts=texts)
