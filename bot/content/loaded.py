"""What answering a plain question needs: content and matcher, without database or channels."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.encoder import OnnxEncoder, Shipped, load_encoder
from bot.content.files import content_dir
from bot.content.language_identifier import LoadedWhenAsked
from bot.content.load import Content, load
from bot.content.model_cache import load_or_train, load_or_train_replies
from bot.content.training import Progress
from bot.core.understanding.matching import Matcher
from bot.core.understanding.meaning import ReplyReader
from bot.core.understanding.reply_scores import ReplyScores


@dataclass(frozen=True)
class Understanding:
    """The content, with the matcher and the reader of replies that are trained on it.

    `without_encoder` says why there is no encoder; it is empty where there is one, or none wanted.
    """

    content: Content
    matcher: Matcher
    reader: ReplyReader
    encoder: OnnxEncoder | None = None
    without_encoder: str = ""


def understanding(
    folder: Path | None,
    words: Mapping[str, str],
    progress: Progress | None = None,
    *,
    encoder: bool = True,
) -> Understanding:
    """Read the content of a folder (None: what ships) and load, or train, the model.

    `words` fill the placeholders of the texts. Raises ContentError naming every fault.
    """
    content = load(folder, words)
    model = load_or_train(content.catalog.library(), cache_dir(), progress)
    replies = load_or_train_replies(content.replies, cache_dir())
    shipped = load_encoder(content_dir(folder), content.catalog) if encoder else Shipped()
    scores = shipped.scores
    return Understanding(
        content=content,
        matcher=Matcher(content.catalog, model, None, LoadedWhenAsked(), scores),
        reader=ReplyReader(ReplyScores(replies, scores) if scores else replies),
        encoder=shipped.encoder,
        without_encoder=shipped.missing,
    )


def cache_dir() -> Path:
    """Return the folder of the cache, which holds no personal data."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "seloste"
