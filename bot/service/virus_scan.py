"""Looks a file over before it is kept: a command of the organisation's own; without it, nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence

from bot.errors import UsageError

Scan = Callable[[bytes], None]
_LONGEST = 120  # seconds


def scanner(command: Sequence[str]) -> Scan:
    """Return a function that raises UsageError unless the command takes a file on its input.

    It fails closed: what cannot be looked over is not taken either. Nothing is written to the disk.
    """
    return lambda content: _scan(command, content) if command else None


def _scan(command: Sequence[str], content: bytes) -> None:
    none = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603 - the command is the configuration's
            list(command), input=content, stdout=none, stderr=none, timeout=_LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"the virus scan failed ({type(error).__name__})") from None
    if done.returncode:
        raise UsageError("the virus scan does not take this file")
