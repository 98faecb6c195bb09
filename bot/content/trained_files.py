"""Where the file of trained models is: beside the content, shipped with it, or in the cache."""

from __future__ import annotations

from pathlib import Path

from bot.content.files import content_dir
from bot.content.trained import Trained, read_trained, write_trained

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

    def keep(self, trained: Trained) -> Path | None:
        """Put what was learnt into the cache; return where, or None where that cannot be."""
        self._found[trained.key] = trained
        path = self._cached(trained.key)
        try:
            write_trained(path, trained)
            kept = sorted(self._cache.glob("trained-*.npz"), key=lambda path: path.stat().st_mtime)
            for old in kept[:-_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return path

    def put(self, trained: Trained) -> Path | None:
        """Put what was learnt beside the content, or where that is read-only, into the cache."""
        try:
            write_trained(self.beside, trained)
        except OSError:
            return self.keep(trained)
        self._found[trained.key] = trained
        return self.beside

    def _places(self, key: str) -> tuple[Path, ...]:
        return self.beside, content_dir() / "intents" / NAME, self._cached(key)

    def _cached(self, key: str) -> Path:
        return self._cache / f"trained-{key}.npz"
