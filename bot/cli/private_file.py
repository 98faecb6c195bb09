"""Files that only their owner can read."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from bot.errors import UsageError


def write_private(file: Path, content: bytes) -> None:
    """Write a file that is nobody else's to read, or with `-` the standard output.

    A file of that name is replaced whole: who could read it, or has it open, reads on in what it
    was. Raises UsageError.
    """
    if str(file) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        if file.exists() and not file.is_file():  # a pipe, such as of >(gpg ...)
            file.write_bytes(content)
        elif file.is_symlink():
            raise UsageError(f"{file} is a link: name the file itself, or - for standard output")
        else:
            _replace(file, content)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None


def _replace(file: Path, content: bytes) -> None:
    handle, name = mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)  # mode 0600
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        unfinished.replace(file)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
