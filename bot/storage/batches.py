"""Splits long lists into batches that fit the parameters of one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_MOST = 500


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return the values in order, at most 500 at a time."""
    return (values[start : start + _MOST] for start in range(0, len(values), _MOST))
