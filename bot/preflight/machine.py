"""Problems of this machine: a port in use, folders that are not writable, running as root."""

from __future__ import annotations

import os
import pwd
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile

from bot.config import Settings
from bot.config.environment import ALLOW_ROOT
from bot.content.loaded import cache_dir
from bot.content.trained_files import NAME
from bot.preflight.modes import is_there, mode_problems
from bot.preflight.problem import Problem, fault, run_fault, warning


def machine_problems(
    settings: Settings, file: Path | None, *, allow_root: bool
) -> Sequence[Problem]:
    """Return every problem of this machine with these settings; `file` is where they stand.

    Nothing is left behind: what was opened is closed, what was written is gone.
    """
    return [
        *_root(allow_root=allow_root),
        *_data_dir(settings.service.data_dir),
        *_port(settings),
        *mode_problems(settings, file),
        *_cache(cache_dir(), settings.content.dir),
    ]


def root_is_allowed() -> bool:
    """Tell whether the environment says that the superuser may run the service."""
    return os.environ.get(ALLOW_ROOT, "").lower() in ("1", "true", "yes")


def owner_to_run_as(folder: Path) -> str | None:
    """Return whose the data folder is, where the superuser would lock that user out of it."""
    try:
        owner = folder.stat().st_uid
    except OSError:  # nobody's yet
        return None
    if os.geteuid() != 0 or owner == 0 or root_is_allowed():
        return None
    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return f"#{owner}"


def _root(*, allow_root: bool) -> Iterator[Problem]:
    if os.geteuid() == 0 and not allow_root:
        yield run_fault(
            "root",
            "the superuser could do more harm than the service ever needs to; run it as a user "
            f"of its own (deploy/seloste.service), or say --allow-root or {ALLOW_ROOT}=1",
        )


def _data_dir(folder: Path) -> Iterator[Problem]:
    if is_there(folder) and not folder.is_dir():
        yield fault("[service] data_dir", f"{folder} is a file; name a folder")
    elif told := _why_not_writable(folder):
        yield fault("[service] data_dir", f"{folder} cannot be written: {told}")


def _cache(folder: Path, content: Path | None) -> Iterator[Problem]:
    """Warn of a read-only cache, unless no model has to be trained: some ship with the content."""
    if content is None or is_there(content / "intents" / NAME):
        return
    learnt = is_there(folder) and any(folder.glob("trained-*.npz"))
    if not learnt and (told := _why_not_writable(folder)):
        yield warning(
            "cache",
            f"{folder} cannot be written ({told}), so every start trains the models, for about a "
            "minute; run `seloste train`, or set XDG_CACHE_HOME to a folder that can be",
        )


def _why_not_writable(folder: Path) -> str | None:
    """Return why nothing can be written into a folder, or into the one where it would be made."""
    there = next(above for above in (folder, *folder.absolute().parents) if is_there(above))
    try:
        with TemporaryFile(dir=there):
            return None
    except OSError as error:
        return error.strerror or type(error).__name__


def _port(settings: Settings) -> Iterator[Problem]:
    """The ports may be those of the service itself, which is running while it is checked."""
    web = settings.web
    for setting, (host, port) in (
        ("[web] listen", web.address),
        ("[web] health_listen", web.health_address),
    ):
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.create_server(address[:2], family=family):
                continue
        except OSError as error:
            yield run_fault(
                setting,
                f"nothing can listen on {host}:{port}: {error.strerror}; if that is not the "
                "service itself, stop the other process or choose another port",
            )
