"""Scans an uploaded file with the organisation's own command, if one is configured."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence

import structlog

from bot.core.tickets.ticket import Denial

Scan = Callable[[bytes], Denial | None]
_LOG = structlog.get_logger()
_LONGEST = 120  # seconds


def scanner(command: Sequence[str]) -> Scan:
    """Return a function that tells why a file is not taken: what the command says of its input.

    It fails closed: what cannot be looked over is not taken either. Nothing is written to the disk.
    """
    return lambda content: _scan(command, content) if command else None


def _scan(command: Sequence[str], content: bytes) -> Denial | None:
    none = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603 - the command is the configuration's
            list(command), input=content, stdout=none, stderr=none, timeout=_LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _LOG.error("the virus scan cannot be run", fault=type(error).__name__)
        return Denial.SCAN_FAILED
    return Denial.FILE_REFUSED if done.returncode else None
