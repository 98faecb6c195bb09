"""What answering a plain question needs: content and matcher, without database or channels."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.config import Settings
from bot.content.load import Content, load
from bot.content.models import load_or_train
from bot.core.matching import Matcher
from bot.core.training import Progress


@dataclass(frozen=True)
class Understanding:
    """What answering a plain question needs: content and matcher, no database."""

    content: Content
    matcher: Matcher


def understanding(settings: Settings, progress: Progress | None = None) -> Understanding:
    """Read the content and load (or train) the model."""
    content = load(settings.content.dir, settings.words())
    model = load_or_train(content.catalog, cache_dir(), progress)
    return Understanding(content=content, matcher=Matcher(content.catalog, model))


def cache_dir() -> Path:
    """Return the folder for what can be made again: it holds no personal data."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "seloste"
