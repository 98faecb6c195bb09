"""A problem of an installation, as a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is: who refuses to go on because of it."""

    FAULT = "fault"  # check and run refuse
    RUN_FAULT = "run fault"  # run refuses; check warns, because it may be run elsewhere
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem, its place, and how to fix it. It is logged too: no secret, no name."""

    severity: Severity
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def fault(where: str, text: str) -> Problem:
    """Return a problem that check and run refuse."""
    return Problem(Severity.FAULT, where, text)


def run_fault(where: str, text: str) -> Problem:
    """Return a problem that run refuses and check warns of."""
    return Problem(Severity.RUN_FAULT, where, text)


def warning(where: str, text: str) -> Problem:
    """Return a problem that both warn of."""
    return Problem(Severity.WARNING, where, text)
