"""What answering a plain question needs: content and matcher, without database or channels."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.content.encoder import OnnxEncoder, Shipped, load_encoder
from bot.content.files import content_dir
from bot.content.language_identifier import LoadedWhenAsked
from bot.content.load import Content, load
from bot.content.trained_files import TrainedFiles
from bot.core.understanding.models.encoder import TextScores
from bot.core.understanding.topics.compound import CompoundMatcher
from bot.core.understanding.topics.matching import Matcher
from bot.core.understanding.topics.passage_ranks import PassageRanks

if TYPE_CHECKING:
    from bot.content.training import Progress
    from bot.core.understanding.replies.meaning import ReplyReader
    from bot.core.understanding.replies.reply_model import ReplyModel

_OTHER_TOPICS = "it was made for other topics; `seloste train` has it learn these"


@dataclass(frozen=True)
class Understanding:
    """The content, with the matcher and the reader of replies that are trained on it.

    `without_encoder` says why there is no encoder; it is empty where there is one, or none wanted.
    """

    content: Content
    matcher: CompoundMatcher
    reply_model: Callable[[], ReplyModel]
    scores: TextScores | None = None
    encoder: OnnxEncoder | None = None
    without_encoder: str = ""
    identifier: LoadedWhenAsked = field(default_factory=LoadedWhenAsked)

    def warm_up(self) -> Iterator[None]:
        """Load and work out, a step at a time, what the first questions would wait for."""
        self.identifier.rank("")
        yield
        yield from self.matcher.warm_up()

    @cached_property
    def reader(self) -> ReplyReader:
        """Return the reader of replies: a question alone needs none of what it imports."""
        from bot.core.understanding.replies.meaning import ReplyReader
        from bot.core.understanding.replies.reply_scores import ReplyScores

        model = self.reply_model()
        return ReplyReader(ReplyScores(model, self.scores) if self.scores else model)


def understanding(
    folder: Path | None,
    words: Mapping[str, str],
    progress: Progress | None = None,
    *,
    encoder: bool = True,
) -> Understanding:
    """Read the content of a folder (None: what ships), and what was learnt from it, or learn it.

    `words` fill the placeholders of the texts. Raises ContentError naming every fault.
    """
    root = content_dir(folder)
    files = TrainedFiles(root, cache_dir())
    content = load(folder, words, files.has)
    trained = files.find(content.key)
    if trained is None:
        from bot.content.learning import learn

        trained = learn(content, progress)
        files.keep(trained)
    shipped = load_encoder(root) if encoder else Shipped()
    scores = shipped.scores(trained.heads, content.catalog)
    without = shipped.missing or ("" if scores or not encoder else _OTHER_TOPICS)
    known = trained.known if trained.company == content.notice.company else None
    identifier = LoadedWhenAsked()
    ranks = PassageRanks(content.notice, trained.model, shipped.encoder if scores else None)
    matcher = Matcher(content.catalog, trained.model, None, identifier, scores, known, ranks)
    return Understanding(
        content=content,
        matcher=CompoundMatcher(matcher, content.catalog),
        reply_model=trained.replies,
        scores=scores,
        encoder=shipped.encoder if scores else None,
        without_encoder=without,
        identifier=identifier,
    )


def learnt_anew(folder: Path, words: Mapping[str, str], progress: Progress) -> Understanding:
    """Learn all from the content of a folder, as `seloste train` does, and keep it in the cache.

    What was learnt from the same content before is not learnt again. Raises ContentError.
    """
    from bot.content.learning import learn_all

    files, content = TrainedFiles(folder, cache_dir()), load(folder, words)
    if not files.has(content.key):
        trained = learn_all(content, folder, cache_dir(), progress)
        if files.keep(trained) is None:
            files.put(trained)
    return understanding(folder, words, progress)


def cache_dir() -> Path:
    """Return the folder of the cache, which holds no personal data."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "seloste"
