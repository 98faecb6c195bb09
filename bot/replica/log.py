"""The log of a replica: one JSON object a line on stderr, or a line for people.

Logs hold counts, kinds and numbers: no text, name or address. `event_id` follows one
message through every task and thread, from its arrival to the last effect.

A log that fails stops nothing: whatever goes wrong in it, the one who logs goes on.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

import structlog

_FIELDS: list[structlog.types.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
]
_JSON: list[structlog.types.Processor] = [
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(),
]
# The first line of these is fixed text that says what happened; others may quote data.
_PLAIN = ("asyncio", "uvicorn.error")
_QUIET_FOR = 10.0  # seconds in which the same message of a library is written once
_MOST_KINDS = 1000


def configure_logging(form: Literal["json", "text"] = "json") -> None:
    """Send every log line of this process to stderr, for programs or for people to read."""
    text: list[structlog.types.Processor] = [
        structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0),
    ]
    structlog.configure(
        processors=[*_FIELDS, *(_JSON if form == "json" else text)],
        wrapper_class=Unfailing,
        logger_factory=lambda: structlog.PrintLogger(sys.stderr),
    )


def adopt_library_logs() -> None:
    """Write what libraries log as lines of our own, at most one of a kind in ten seconds."""
    logging.basicConfig(handlers=[LibraryLog()], level=logging.WARNING, force=True)
    logging.captureWarnings(True)


class Unfailing(structlog.make_filtering_bound_logger(logging.DEBUG)):  # type: ignore[misc]
    """A logger that writes a line if it can: a full disk must not end the task that logs."""

    def _proxy_to_logger(self, method_name: str, *args: object, **fields: object) -> Any:
        with suppress(Exception):
            return super()._proxy_to_logger(method_name, *args, **fields)
        return None


class LibraryLog(logging.Handler):
    """Turns what libraries log into our lines: who logged, and the type of an exception.

    Its text and that of the record may quote a message or a token, so they are left out.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._last: dict[tuple[str, ...], tuple[float, int]] = {}
        self._log = structlog.get_logger()

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, unless the same was written a moment ago."""
        told = {"library": record.name, "where": f"{record.module}:{record.lineno}"}
        if record.name in _PLAIN:
            told["said"] = str(record.msg).partition("\n")[0]
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
        since, before = self._last.get(kind := tuple(told.values()), (-_QUIET_FOR, 0))
        if self._now() - since < _QUIET_FOR:
            self._last[kind] = since, before + 1
            return
        if len(self._last) > _MOST_KINDS:
            self._last.clear()
        self._last[kind] = self._now(), 0
        more = {"times_before": before} if before else {}
        level = logging.WARNING if record.levelno < logging.ERROR else logging.ERROR
        self._log.log(level, "a library reports", **told, **more)
