"""A folder of letters that stands in for a mail server; `chat` shows them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Lock

from anyio import to_thread

from bot.channels.mail.letter import Letter, email_message
from bot.errors import TryLater


class MailFolder:
    """A local outbox: one .eml file a letter, readable by the owner only, and one letter a key."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender
        self._lock = Lock()

    async def send(self, letter: Letter, *, key: str = "") -> None:
        """Write one letter, whole or not at all. Raises TryLater or Refused."""
        await to_thread.run_sync(self._keep, letter, key)

    async def probe(self) -> None:
        """Raise TryLater when nothing can be written to the folder."""
        await to_thread.run_sync(self._try_out)

    def letters(self) -> list[Path]:
        """Return the letters, oldest first."""
        return sorted(self._folder.glob("*.eml"))

    def purge(self, before: datetime) -> None:
        """Delete letters that were written before a moment, and what a crash left of one."""
        for path in (*self.letters(), *self._folder.glob("*.part")):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()

    def _keep(self, letter: Letter, key: str) -> None:
        message = email_message(self._sender, letter, key)
        with self._lock, _writing():
            self._make()
            name = hashlib.sha256(message["Message-ID"].encode()).hexdigest()[:16]
            if not any(self._folder.glob(f"*-{name}.eml")):
                # After the newest one: letters past their retention are gone from the others.
                newest = self.letters()[-1:]
                number = int(newest[0].name.partition("-")[0]) + 1 if newest else 1
                _write(self._folder / f"{number:04d}-{name}.eml", message.as_bytes())

    def _try_out(self) -> None:
        with _writing():
            self._make()
            _write(self._folder / "probe", b"")
            (self._folder / "probe").unlink(missing_ok=True)

    def _make(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        name = type(error).__name__
        raise TryLater(f"the folder for letters cannot be written ({name})") from None
