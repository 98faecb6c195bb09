"""One finding of `seloste check --online` about a platform: fine, or wrong and how to fix it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One point that was checked; `fault` says what to do, and is empty when all is well."""

    point: str
    fault: str = ""
