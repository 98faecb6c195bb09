"""The file of the master key: created at the first start, watched, and changed by a rotation."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from bot.errors import KeyFault
from bot.storage.crypto import KEY_BYTES, Keys, new_key


def read_master_key(text: str, source: str) -> bytes:
    """Return a master key given as base64. Raises KeyFault naming the source, never the key."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFault(
            f"the master key in {source} is not 32 bytes in base64; "
            "make one with: openssl rand -base64 32"
        )
    return key


def keys_from_file(path: Path, *, create: bool) -> tuple[bytes, ...]:
    """Return the master keys of a file, a line each; the first one seals, others only open.

    With `create`, make the file (mode 0600) if it is missing. Raises KeyFault when the file is
    missing, unreadable or readable by others.
    """
    try:
        if create and not path.exists():
            _write_key(path)
        if path.stat().st_mode & 0o077:
            raise KeyFault(f"{path} can be read by others; run: chmod 600 {path}")
        lines = path.read_text(encoding="utf-8-sig", errors="replace").split() or [""]
        return tuple(read_master_key(line, str(path)) for line in lines)
    except FileNotFoundError:
        raise KeyFault(
            f"the master key file {path} is missing, and sealed data cannot be opened without it; "
            "restore it from your backup"
        ) from None
    except OSError as error:
        raise KeyFault(f"{path} cannot be used: {error.strerror}") from None


def write_keys(path: Path, masters: Sequence[bytes]) -> None:
    """Replace the master keys of a file, atomically."""
    with _written(path, masters) as unfinished:
        unfinished.replace(path)


def _write_key(path: Path) -> None:
    """Create the key file, atomically; if another replica was first, its file stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _written(path, [new_key()]) as unfinished, suppress(FileExistsError):
        path.hardlink_to(unfinished)


@contextmanager
def _written(path: Path, masters: Sequence[bytes]) -> Iterator[Path]:
    """Give an unfinished file (mode 0600) with master keys; what is left of it is deleted."""
    handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(base64.b64encode(master) + b"\n" for master in masters)
            file.flush()
            os.fsync(file.fileno())
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


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
