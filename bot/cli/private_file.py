"""Files that are nobody else's to read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.errors import UsageError


def write_private(file: Path, content: bytes) -> None:
    """Write a file that is nobody else's to read, or with `-` the standard output.

    Raises UsageError.
    """
    if str(file) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
