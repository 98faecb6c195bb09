"""What `seloste check --online` found on a platform: fine, or what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One point that was checked; `fault` says what to do, and is empty when all is well."""

    point: str
    fault: str = ""
