"""One line that is broken on purpose, and the copy of the tree in which that is done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "dist")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A promise, the snippet that keeps it, what breaks it, and the tests that must notice.

    The snippet stands exactly once in the file; `tests` are arguments of pytest.
    """

    promise: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def fault(self, root: Path = ROOT) -> str:
        """Return why this cannot be tried on a tree; empty when it can."""
        path = root / self.file
        if not path.is_file():
            return f"{self.file}: no such file"
        if (found := path.read_text(encoding="utf-8").count(self.old)) != 1:
            return f"{self.file}: {self.old!r} stands there {found} times, not once"
        return ""


def of_file(file: str, tests: str, *broken: tuple[str, str, str]) -> tuple[Mutation, ...]:
    """Return mutations of a file which the same tests must notice: promise, snippet, instead."""
    return tuple(
        Mutation(promise=promise, file=file, old=old, new=new, tests=tuple(tests.split()))
        for promise, old, new in broken
    )


class Verdict(StrEnum):
    """What became of a mutation."""

    KILLED = "killed"
    SURVIVED = "survived"
    BROKEN = "broken"  # the tests could not even be run
    TIMED_OUT = "timed out"


# By pytest's exit status: 1 when tests ran and some failed, others when none could be run.
_VERDICTS = {0: Verdict.SURVIVED, 1: Verdict.KILLED, None: Verdict.TIMED_OUT}


class Tree:
    """A copy of the working tree that may be broken: the working tree itself is only read."""

    def __init__(self, root: Path) -> None:
        shutil.copytree(ROOT, root, ignore=_LEFT_OUT)
        self._root = root
        self._broken = 0
        # An installed package may point to the working tree: the copy comes first. Modules are
        # compiled once, whatever the surroundings say.
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self._environment = inherited | {"PYTHONPATH": str(root)}

    def try_out(self, mutation: Mutation, seconds: float) -> Verdict:
        """Break one line, run its tests, and put the line back."""
        path = self._root / mutation.file
        original, times = path.read_bytes(), path.stat()
        text = original.decode("utf-8").replace(mutation.old, mutation.new)
        path.write_text(text, encoding="utf-8")
        # What was compiled of a file counts as current by its size and the second of its change.
        self._broken += 1
        os.utime(path, (times.st_mtime, times.st_mtime + self._broken))
        try:
            return _VERDICTS.get(self.run(mutation.tests, seconds), Verdict.BROKEN)
        finally:
            path.write_bytes(original)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def run(self, tests: tuple[str, ...], seconds: float) -> int | None:
        """Return pytest's exit status for tests of this copy; None when the time was up."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider"]
        try:
            done = subprocess.run(
                [*command, *tests],
                cwd=self._root,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            return None
        return done.returncode
