"""Runs a replica until a signal or its own end stops it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import structlog

from bot.replica.log import adopt_library_logs
from bot.replica.replica import Replica

_LOG = structlog.get_logger()
_LONGEST_STOP = 9.0  # seconds; a supervisor kills after ten
_FIRST = 1.0  # seconds


def serve(replica: Replica, listen: str, health: str, warm_up: Iterator[None]) -> None:
    """Run until SIGTERM or SIGINT, or until the replica ends by itself.

    `listen` and `health` are for the log. The steps of `warm_up` are taken while it runs.
    """
    adopt_library_logs()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    replica.start()
    try:
        replica.when_ended(stopped.set)
        _LOG.info("running", listen=listen, health=health)
        threading.Thread(target=take_steps, args=(warm_up, stopped), daemon=True).start()
        stopped.wait()
    finally:
        # First of all: a process whose main thread has ended would live on and do nothing.
        _end_in_time()
    _LOG.info("stopping")
    replica.stop()
    _LOG.info("stopped")


def take_steps(warm_up: Iterator[None], stopped: threading.Event) -> None:
    """Warm up until that is done, or the replica stops; what waits already is handled first."""
    if stopped.wait(_FIRST):
        return
    try:
        for _ in warm_up:
            if stopped.is_set():
                return
    except Exception as error:  # without it the first answers take longer
        _LOG.warning("not warmed up", error=type(error).__name__)
    else:
        _LOG.info("warmed up")


def _end_in_time() -> None:
    """End the process even if a thread hangs, as in a database that does not answer.

    Nothing is lost: what was not committed is handled or sent by another replica.
    """
    deadline = threading.Timer(_LONGEST_STOP, os._exit, (1,))
    deadline.daemon = True
    deadline.start()
