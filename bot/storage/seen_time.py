"""The latest time seen, and whether the clock has jumped since; a person resets it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.time_jump import SeenAt, Uptime, jumped
from bot.storage.meta import Meta

_SEEN, _HELD, _UPTIME = "time_seen", "time_held", "time_uptime"
_OFTEN = timedelta(hours=1)  # noted no more often than this


class SeenTime:
    """The time that was seen, within one transaction.

    The `uptime` of the machine, where it is known, tells a service that stood still from a jump.
    """

    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def agrees(self, now: datetime, uptime: Uptime | None = None) -> bool:
        """Tell whether the clock is as it was left; what cannot be undone waits until then."""
        return not self._meta.get(_HELD) and not jumped(self._seen(), now, uptime)

    def is_noted(self, now: datetime, uptime: Uptime | None = None) -> bool:
        """Tell whether `note` has nothing to do."""
        seen = self._seen()
        if jumped(seen, now, uptime) or seen is None:
            return seen is not None and bool(self._meta.get(_HELD))
        return not self._meta.get(_HELD) and now - seen.time < _OFTEN

    def note(self, now: datetime, uptime: Uptime | None = None) -> bool:
        """Note the time; False when the clock has just been found to have jumped.

        A clock that comes back to where it was is trusted again.
        """
        seen = self._seen()
        if jumped(seen, now, uptime):
            found = self._meta.get(_HELD, lock=True)
            self._meta.set(_HELD, now.isoformat())
            return bool(found)
        self.accept(max(now, seen.time) if seen else now, uptime)
        return True

    def accept(self, now: datetime, uptime: Uptime | None = None) -> None:
        """Take the present time for right."""
        self._meta.set(_SEEN, now.isoformat())
        self._meta.set(_HELD, "")
        lasted = f"{uptime.boot} {uptime.lasted.total_seconds():.0f}" if uptime else ""
        self._meta.set(_UPTIME, lasted)

    def _seen(self) -> SeenAt | None:
        value = self._meta.get(_SEEN)
        if not value:
            return None
        boot, _, seconds = (self._meta.get(_UPTIME) or "").partition(" ")
        uptime = Uptime(boot, timedelta(seconds=int(seconds))) if seconds else None
        return SeenAt(datetime.fromisoformat(value), uptime)
