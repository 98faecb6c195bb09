"""Where what was learnt is: shipped with the content, or in the cache; else it is learnt now."""

from __future__ import annotations

from pathlib import Path

from bot.content.files import content_dir
from bot.content.load import Content
from bot.content.reply_training import train_replies
from bot.content.trained import Trained, read_trained, write_trained
from bot.content.training import Progress, train
from bot.core.understanding.near_wordings import wordings

NAME = "trained.npz"
_KEPT = 3  # of the cache


class TrainedFiles:
    """The files of what was learnt from the content of a folder."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.beside = root / "intents" / NAME
        self._cache = cache
        self._found: dict[str, Trained | None] = {}

    def find(self, key: str) -> Trained | None:
        """Return what was learnt from content of this key, if it is anywhere."""
        if key not in self._found:
            read = (read_trained(path, key) for path in self._places(key))
            self._found[key] = next((found for found in read if found), None)
        return self._found[key]

    def has(self, key: str) -> bool:
        """Tell whether content of this key was learnt."""
        return self.find(key) is not None

    def keep(self, trained: Trained) -> None:
        """Put what was learnt into the cache; where that cannot be written, nothing is kept."""
        self._found[trained.key] = trained
        try:
            write_trained(self._cached(trained.key), trained)
            kept = sorted(self._cache.glob("trained-*.npz"), key=lambda path: path.stat().st_mtime)
            for path in kept[:-_KEPT]:
                path.unlink(missing_ok=True)
        except OSError:
            pass

    def _places(self, key: str) -> tuple[Path, ...]:
        return self.beside, content_dir() / "intents" / NAME, self._cached(key)

    def _cached(self, key: str) -> Path:
        return self._cache / f"trained-{key}.npz"


def learn(content: Content, progress: Progress | None = None) -> Trained:
    """Return what is learnt from the phrases and replies of content, without the encoder."""
    model = train(content.catalog.library(), progress)
    return Trained(
        key=content.key,
        company=content.notice.company,
        model=model,
        replies=train_replies(content.replies),
        known=wordings(content.catalog.phrases),
    )
