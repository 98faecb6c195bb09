"""Watches the file of the master key, so that a running replica uses a new one at once."""

from __future__ import annotations

from pathlib import Path

from bot.errors import KeyFault
from bot.storage.crypto import Keys, keys_from_file


class KeyFile:
    """The file, and as what it was seen last."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._state()

    def changed(self) -> Keys | None:
        """Return the keys if the file has changed since the last time.

        A file that is missing or cannot be read just now changes nothing: the keys are at hand.
        """
        state = self._state()
        if state is None or state == self._seen:
            return None
        try:
            keys = Keys.of_masters(keys_from_file(self._path, create=False))
        except KeyFault:
            return None
        self._seen = state
        return keys

    def _state(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns
