"""How slow the machine is just now: what takes processor time is measured beside a fixed work."""

from __future__ import annotations

import time
from collections.abc import Callable

QUIET = 0.007  # seconds that the work takes where nothing else runs


def slowness() -> float:
    """Return how many times longer than on a quiet machine things take; at least 1."""
    return max(1.0, measured(_work) / QUIET)


def measured(work: Callable[[], object]) -> float:
    """Return the processor seconds of some work in this thread."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def _work() -> None:
    """Do what understanding mostly does: make pieces of words and look them up."""
    counted: dict[str, int] = {}
    for number in range(40_000):
        piece = f"{number % 5000}-x"
        counted[piece] = counted.get(piece, 0) + 1
