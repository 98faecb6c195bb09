"""Another user of the machine waits for what a command writes, with a file or a link there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.private_file import write_private
from bot.errors import UsageError

SECRET = b"Liisa Lehto"


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_file_that_others_can_read_becomes_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(b"older and much longer than what comes now")
    file.chmod(0o666)
    with file.open("rb") as watching:
        write_private(file, SECRET)
        assert SECRET not in watching.read()
    assert file.read_bytes() == SECRET
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_through_a_link_nothing_is_written(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"")
    for target in (theirs, tmp_path / "not there yet"):
        link = tmp_path / "register.csv"
        link.symlink_to(target)
        with pytest.raises(UsageError, match="is a link"):
            write_private(link, SECRET)
        link.unlink()
    assert theirs.read_bytes() == b""
    assert list(tmp_path.iterdir()) == [theirs]


def test_what_fails_leaves_no_half_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "register.csv"
    folder.mkdir()
    for file in (folder, tmp_path / "no folder" / "register.csv"):
        with pytest.raises(UsageError, match="cannot be written"):
            write_private(file, SECRET)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_private(pipe, SECRET)
    assert os.read(reader, 100) == SECRET
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
