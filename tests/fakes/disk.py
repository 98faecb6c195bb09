"""A disk that is full for a while: a small file system, or a limit on the size of files."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.fakes.replica import Replica

_MEGABYTE = b"\0" * 2**20


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """Make the folder a file system of its own, in memory; False where that is not allowed."""
    size = f"size={megabytes}m"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    made = os.geteuid() == 0 and not subprocess.run(mount, capture_output=True).returncode
    try:
        yield made
    finally:
        if made:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Fill the file system of the folder to the last byte meanwhile."""
    ballast = folder / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(_MEGABYTE):
            pass
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def limited(replicas: Sequence[Replica], size: int = 1024) -> Iterator[None]:
    """Let the processes write no byte beyond the first so many of any file meanwhile."""
    limits = {
        replica.process.pid: resource.prlimit(replica.process.pid, resource.RLIMIT_FSIZE)
        for replica in replicas
    }
    for process, (_, hard) in limits.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        for process, limit in limits.items():
            resource.prlimit(process, resource.RLIMIT_FSIZE, limit)
