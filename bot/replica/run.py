"""A replica until it is told to stop, by a signal or by its own end."""

from __future__ import annotations

import os
import signal
import threading

import structlog

from bot.replica.replica import Replica

_LOG = structlog.get_logger()
_LONGEST_STOP = 9.0  # seconds; a supervisor kills after ten


def serve(replica: Replica, listen: str) -> None:
    """Run until SIGTERM or SIGINT, or until the replica ends by itself; `listen` is for the log."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    replica.start()
    replica.when_ended(stopped.set)
    _LOG.info("running", listen=listen)
    stopped.wait()
    _LOG.info("stopping")
    _end_in_time()
    replica.stop()
    _LOG.info("stopped")


def _end_in_time() -> None:
    """End the process even if a thread hangs, as in a database that does not answer.

    Nothing is lost by it: what was not committed is handled or sent by whoever comes next.
    """
    deadline = threading.Timer(_LONGEST_STOP, os._exit, (1,))
    deadline.daemon = True
    deadline.start()
