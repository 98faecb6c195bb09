"""Shares of some items, with the interval in which the share of all may lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share in per cent with its interval."""

    low: float
    share: float
    high: float

    def __str__(self) -> str:
        return f"{self.share:.1f} ({self.low:.1f}-{self.high:.1f})"


def interval(part: int, of: int) -> Share:
    """Return a share with its 95 % interval (Wilson's score interval).

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
    1927.
    """
    if not of:
        return Share(low=0.0, share=0.0, high=100.0)
    share, z = part / of, _Z
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    low, high = max(middle - reach, 0.0), min(middle + reach, 1.0)
    return Share(low=100 * low, share=100 * share, high=100 * high)
