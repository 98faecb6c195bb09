"""The uptime of this machine."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from bot.core.time_jump import Uptime

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def uptime() -> Uptime | None:
    """Return for how long this machine has run, sleep included; None where it does not say."""
    try:
        boot = _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return Uptime(boot, timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME)))
