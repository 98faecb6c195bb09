"""Where tests write: in memory, where there is room, so that nothing waits for a disk.

What a killed process wrote is there just as it is on a disk. Another place: `TMPDIR=/tmp`.
"""

from __future__ import annotations

import os
import tempfile

import pytest

_MEMORY, _ENOUGH = "/dev/shm", 2 * 2**30


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Choose it before anybody asks; processes that tests start inherit it."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = _MEMORY
        tempfile.tempdir = None  # asked for anew


def _has_room() -> bool:
    """Tell whether much can be written there, and programs started from there."""
    try:
        disk = os.statvfs(_MEMORY)
    except OSError:
        return False
    usable = not disk.f_flag & (os.ST_NOEXEC | os.ST_RDONLY) and os.access(_MEMORY, os.W_OK)
    return usable and disk.f_bavail * disk.f_frsize >= _ENOUGH
