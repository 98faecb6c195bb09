"""The log of a replica: one JSON object a line on stderr.

What is logged is counts, kinds and numbers: no text, name or address. `event_id` follows one
message through every task and thread, from its arrival to the last effect.
"""

from __future__ import annotations

import sys
from contextlib import suppress

import structlog

_PROCESSORS: list[structlog.types.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(),
]


def configure_logging() -> None:
    """Send every log line of this process to stderr."""
    structlog.configure(processors=_PROCESSORS, logger_factory=lambda: _Lines(sys.stderr))


class _Lines(structlog.PrintLogger):
    """Writes a line if it can: a log on a full disk must not stop the work."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    debug = info = warning = error = msg
