"""The latest time seen, and whether the clock has jumped since, until a person has looked at it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.time_jump import jumped
from bot.storage.meta import Meta

_SEEN, _HELD = "time_seen", "time_held"
_OFTEN = timedelta(hours=1)  # noted no more often than this


class SeenTime:
    """The time that was seen, within one transaction."""

    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def agrees(self, now: datetime) -> bool:
        """Tell whether the clock is as it was left; what cannot be undone waits until then."""
        return not self._meta.get(_HELD) and not jumped(self._seen(), now)

    def is_noted(self, now: datetime) -> bool:
        """Tell whether `note` has nothing to do."""
        seen = self._seen()
        if jumped(seen, now) or seen is None:
            return seen is not None and bool(self._meta.get(_HELD))
        return not self._meta.get(_HELD) and now - seen < _OFTEN

    def note(self, now: datetime) -> bool:
        """Note the time; False when the clock has just been found to have jumped.

        A clock that comes back to where it was is trusted again.
        """
        if jumped(self._seen(), now):
            found = self._meta.get(_HELD, lock=True)
            self._meta.set(_HELD, now.isoformat())
            return bool(found)
        self.accept(max(now, self._seen() or now))
        return True

    def accept(self, now: datetime) -> None:
        """Take the present time for right."""
        self._meta.set(_SEEN, now.isoformat())
        self._meta.set(_HELD, "")

    def _seen(self) -> datetime | None:
        value = self._meta.get(_SEEN)
        return datetime.fromisoformat(value) if value else None
