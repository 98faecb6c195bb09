"""Files that other users of this machine may read or change."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from bot.bootstrap import database_url, key_file, master_keys
from bot.config import Settings
from bot.config.section import FILE, Section
from bot.errors import KeyFault
from bot.preflight.problem import Problem, fault, warning

_OTHERS, _GROUP_AND_OTHERS, _OTHERS_MAY_WRITE = 0o007, 0o077, 0o022
_SQLITE = "sqlite:///"


def mode_problems(settings: Settings, file: Path | None) -> Iterator[Problem]:
    """Return which files are open to others; `file` is the one that the settings stand in."""
    if file is not None:
        loose = _OTHERS | _OTHERS_MAY_WRITE if _holds_secret(file) else _OTHERS_MAY_WRITE
        yield from _loose(file, loose, "600")
    for path in _files_of_secrets(settings):
        yield from _loose(path, _OTHERS | _OTHERS_MAY_WRITE, "600")
    yield from _loose(settings.service.data_dir, _GROUP_AND_OTHERS, "700")
    for path in _database_files(settings):
        yield from _loose(path, _GROUP_AND_OTHERS, "600")
    yield from _master_key(settings)


def is_there(path: Path) -> bool:
    """Tell whether a path can be seen; one below a folder that is closed to us cannot."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def _loose(path: Path, bits: int, mode: str) -> Iterator[Problem]:
    try:
        open_to_others = path.stat().st_mode & bits
    except OSError:  # what is not there is not open
        return
    if open_to_others:
        yield warning(str(path), f"is open to other users; run: chmod {mode} {path}")


def _master_key(settings: Settings) -> Iterator[Problem]:
    """Where there is a key it must be usable; where there is none, the first start makes it."""
    if settings.keys.master_key is not None:
        return
    if any(map(is_there, (key_file(settings), *_database_files(settings)))):
        try:
            master_keys(settings, create=False)
        except KeyFault as error:
            yield fault("[keys] master_key_file", str(error))


def _database_files(settings: Settings) -> list[Path]:
    url = database_url(settings)
    if not url.startswith(_SQLITE):
        return []
    path = url.removeprefix(_SQLITE).partition("?")[0]
    return [Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm")]


def _files_of_secrets(settings: Settings) -> Iterator[Path]:
    for name in type(settings).model_fields:
        section = getattr(settings, name)
        if isinstance(section, Section):
            for secret in section.secrets_read_here():
                path: Path | None = getattr(section, f"{secret}{FILE}")
                if path is not None:
                    yield path


def _holds_secret(file: Path) -> bool:
    """Tell whether a secret stands in the file itself."""
    tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            given = tables.get(name, {})
            if any(given.get(secret) for secret in kind.secrets()):
                return True
    return False
