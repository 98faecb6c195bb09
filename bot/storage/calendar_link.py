"""The secret of the calendar link: stored as a keyed digest, replaced by a newer one."""

from __future__ import annotations

from bot.storage.unit import Unit

PATH = "/calendar/"
_SERIAL = "calendar"


def secrets(unit: Unit) -> tuple[str, ...]:
    """Return the secrets that open the calendar, the one of the present master key first."""
    return unit.keys.calendars(_serial(unit))


def renew(unit: Unit) -> None:
    """Let no link work that was made before."""
    unit.meta.set(_SERIAL, str(_serial(unit) + 1))


def _serial(unit: Unit) -> int:
    return int(unit.meta.get(_SERIAL) or 0)
