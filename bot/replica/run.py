"""`seloste run`: a replica until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading

import structlog

from bot.bootstrap import Assistant, replica
from bot.replica.log import configure_logging

_LOG = structlog.get_logger()
_LONGEST_STOP = 9.0  # seconds; a supervisor kills after ten


def serve(assistant: Assistant) -> None:
    """Run until SIGTERM or SIGINT, or until the replica ends by itself."""
    configure_logging()
    settings = assistant.settings
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    if settings.mail.smtp_url is None:
        folder = str(settings.service.data_dir / "mail")
        _LOG.warning("no mail server is set: codes and letters stay as files", folder=folder)
    running = replica(assistant)
    running.start()
    running.when_ended(stopped.set)
    _LOG.info("running", listen=settings.web.listen)
    stopped.wait()
    _LOG.info("stopping")
    _end_in_time()
    running.stop()
    assistant.store.close()
    _LOG.info("stopped")


def _end_in_time() -> None:
    """End the process even if a thread hangs, as in a database that does not answer.

    Nothing is lost by it: what was not committed is handled or sent by whoever comes next.
    """
    deadline = threading.Timer(_LONGEST_STOP, os._exit, (1,))
    deadline.daemon = True
    deadline.start()
