"""A backup: one file with all rows of all tables, the same for both databases.

The first line names the format, the master key (by its check) and a checksum; what follows is gzip
of JSON lines: a header, then the rows, table by table. The checksum is an HMAC-SHA-256 over all
that follows, keyed from the master key: it is checked before anything in the file is believed.
Sealed columns stay sealed, and the master key is not in it.
"""

from __future__ import annotations

import gzip
import hashlib
import hmac
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import mkstemp
from typing import IO, Any

from bot.errors import KeyFault, StorageError, UsageError
from bot.storage.backup.journal import sync_folder
from bot.storage.backup.rows import TABLES, Progress, Tell, lines, numbers, readable
from bot.storage.crypto import Keys
from bot.storage.engine import HEAD
from bot.storage.store import Store

_FORMAT = 1
_NAME = "seloste backup"
_CHUNK = 1 << 20
_LONGEST_FIRST_LINE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a backup says of itself: when it was made, by which version, and what is in it.

    `numbers` are the last ones given to rows; `erased` is how long the erasure journal was; `audit`
    is the head of the audit chain (empty in backups of the first versions).
    """

    made_at: datetime
    version: str
    revision: str
    tables: Mapping[str, int]
    numbers: Mapping[str, int]
    erased: int
    audit: str = ""


def write_backup(
    store: Store, path: Path, *, now: datetime, version: str, erased: int, tell: Tell
) -> Header:
    """Write all that is in the database, as it is at one moment; others may keep writing.

    Of a table with a damaged page it holds what can be read. The file gets its name once it is
    complete and on disk. Raises UsageError when it cannot be written.
    """
    with _new_file(path) as file, store.snapshot() as unit:
        header = Header(
            made_at=now,
            version=version,
            revision=HEAD,
            tables={table.name: readable(unit.connection, table) for table in TABLES},
            numbers=numbers(unit.connection),
            erased=erased,
            audit=str(unit.audit.head()),
        )
        progress = Progress(tell, "writing", sum(header.tables.values()))
        file.write(_first_line(store.keys, "0" * 64))
        signed = _Signed(file, store.keys)
        with gzip.GzipFile(fileobj=signed, mode="wb", mtime=0) as packed:
            packed.write(_header_line(header))
            for table in TABLES:
                # Left open, its cursor would be closed later, in another transaction.
                with closing(lines(unit.connection, table)) as whole:
                    for line in progress.over(islice(whole, header.tables[table.name])):
                        packed.write(line + b"\n")
        file.seek(0)
        file.write(_first_line(store.keys, signed.checksum()))
    return header


class Backup:
    """A backup that was found whole: its header, then its rows, once, in the order of TABLES."""

    def __init__(self, header: Header, packed: Iterator[bytes]) -> None:
        self.header = header
        self._packed = packed

    def lines(self, table: str) -> Iterator[bytes]:
        """Return the lines of the table whose turn it is."""
        return islice(self._packed, self.header.tables[table])


@contextmanager
def read_backup(path: Path, keys: Keys, tell: Tell) -> Iterator[Backup]:
    """Open a backup for reading, after checking the whole file.

    Raises UsageError when it is no backup or of another version, KeyFault when it was made with
    another master key, StorageError when it was changed or cut short.
    """
    try:
        with path.open("rb") as file:
            _check(path, file, keys, tell)
            with gzip.GzipFile(fileobj=file, mode="rb") as packed:
                header = _header(path, packed.readline())
                yield Backup(header, (line.rstrip(b"\n") for line in packed))
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UsageError(f"{path} cannot be read: {reason or type(error).__name__}") from None


class _Signed:
    """A file with a running checksum of what is written to it."""

    def __init__(self, file: IO[bytes], keys: Keys) -> None:
        self._file = file
        self._hmac = _new_checksum(keys)

    def write(self, data: bytes) -> int:
        self._hmac.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def checksum(self) -> str:
        return self._hmac.hexdigest()


def _check(path: Path, file: IO[bytes], keys: Keys, tell: Tell) -> None:
    first = _read_first_line(path, file)
    if first["key"] not in keys.checks:
        raise KeyFault(
            f"{path} was made with another master key; bring back that key ([keys] in the "
            "configuration), then restore again"
        )
    made_with = next(one for one in (keys, *keys.older) if one.check == first["key"])
    checksum, start = _new_checksum(made_with), file.tell()
    total = max(path.stat().st_size, 1)
    while chunk := file.read(_CHUNK):
        checksum.update(chunk)
        tell("checking", min(file.tell() / total, 1.0))
    if not hmac.compare_digest(checksum.hexdigest(), str(first["checksum"])):
        raise StorageError(
            f"{path} was changed or cut short after it was made; nothing was restored. "
            "Use another copy or another backup"
        )
    file.seek(start)


def _read_first_line(path: Path, file: IO[bytes]) -> dict[str, Any]:
    try:
        first: dict[str, Any] = json.loads(file.readline(_LONGEST_FIRST_LINE))
        made_as, _ = first[_NAME], (first["key"], first["checksum"])
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"{path} is no backup of seloste") from None
    if made_as != _FORMAT:
        raise UsageError(f"{path} was made by a newer version of seloste; upgrade seloste")
    return first


def _first_line(keys: Keys, checksum: str) -> bytes:
    first = {_NAME: _FORMAT, "key": keys.check, "checksum": checksum}
    return json.dumps(first).encode("ascii") + b"\n"


def _new_checksum(keys: Keys) -> hmac.HMAC:
    return hmac.new(keys.backups, f"{_NAME} {_FORMAT}\n".encode(), hashlib.sha256)


def _header_line(header: Header) -> bytes:
    written = {
        "made_at": header.made_at.isoformat(),
        "version": header.version,
        "revision": header.revision,
        "tables": header.tables,
        "numbers": header.numbers,
        "erased": header.erased,
        "audit": header.audit,
    }
    return json.dumps(written).encode("ascii") + b"\n"


def _header(path: Path, line: bytes) -> Header:
    read = json.loads(line)
    header = Header(**{**read, "made_at": datetime.fromisoformat(read["made_at"])})
    if header.revision != HEAD:
        raise UsageError(
            f"{path} was made by seloste {header.version} (tables {header.revision}, this version "
            f"has {HEAD}); restore it with that version, then start this one"
        )
    return header


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file, for its owner only, that gets its name once complete and on disk."""
    if path.exists():
        raise UsageError(f"{path} is there already and is not overwritten; name a new file")
    try:
        handle, unfinished = mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).rename(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
