"""Backup files: where they are written, and which old ones are deleted."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import UsageError

_DATE = "{date}"
_STDOUT = Path("-")


@contextmanager
def written_to(named: Path, folder: Path, today: date) -> Iterator[Path]:
    """Yield the file that a backup is to be written to; for `-`, it then goes to stdout.

    `{date}` in the name is the day. Until a backup is whole, nothing of it is printed; meanwhile it
    lies in `folder`. Raises UsageError when stdout is a screen.
    """
    if named != _STDOUT:
        yield named.with_name(named.name.replace(_DATE, today.isoformat()))
        return
    if is_screen():
        raise UsageError(
            "a backup is not for a screen: send it into a file or a program, or name a file"
        )
    with TemporaryDirectory(dir=folder if folder.is_dir() else None, prefix="backup-") as private:
        yield (file := Path(private) / "whole")
        with file.open("rb") as whole:
            shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def is_screen() -> bool:
    """Tell whether what is printed is shown to a person."""
    return sys.stdout.isatty()


def check_keep(named: Path, keep: int | None) -> None:
    """Raise UsageError when it cannot be told which backups belong together."""
    if keep is not None and named.name.count(_DATE) != 1:
        raise UsageError('--keep needs a name with the day in it, such as "seloste-{date}.backup"')


def delete_older(named: Path, keep: int) -> Sequence[Path]:
    """Delete all but the newest backups of this name, whatever their day; return what went.

    Other files are left alone, even if their names look similar.
    """
    before, after = map(re.escape, named.name.split(_DATE))
    dated = re.compile(rf"{before}(\d{{4}}-\d{{2}}-\d{{2}}){after}")
    found = {file: day[1] for file in named.parent.iterdir() if (day := dated.fullmatch(file.name))}
    gone = sorted(found, key=lambda file: found[file], reverse=True)[keep:]
    for file in gone:
        file.unlink()
    return gone
