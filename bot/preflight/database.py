"""Problems of the database: it cannot be used, or its connection is not encrypted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.bootstrap import database_url
from bot.channels.mail.smtp import is_loopback
from bot.config import Settings
from bot.preflight.problem import Problem, fault, warning

_URL = "[database] url"
_KNOWN = ("sqlite", "postgresql+psycopg")
_PROVED = ("verify-full", "verify-ca")


def database_problems(settings: Settings, environment: Mapping[str, str]) -> Iterator[Problem]:
    """Return what is wrong with the URL of the database; nothing of it is shown."""
    url = database_url(settings)
    scheme = url.partition("://")[0].lower()
    if scheme in ("postgres", "postgresql"):
        yield fault(_URL, f"begins with {scheme}://; write postgresql+psycopg:// instead")
        return
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        yield fault(_URL, "is no URL such as postgresql+psycopg://user:password@host/name")
        return
    if parsed.drivername not in _KNOWN:
        yield fault(_URL, "begins with neither sqlite:/// nor postgresql+psycopg://")
    elif parsed.drivername == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            yield fault(_URL, "names no file, so that nothing would outlive the process")
    elif _is_remote(parsed) and (mode := _ssl_mode(parsed, environment)) not in _PROVED:
        # Without one, the driver takes what the server offers, be it nothing.
        weigh = warning if mode else fault
        yield weigh(
            _URL,
            "what goes to the database could be read or answered by others on the way; "
            "add ?sslmode=verify-full&sslrootcert=system, or say that nobody else is in that "
            "network: ?sslmode=disable",
        )


def _is_remote(url: URL) -> bool:
    hosts = [url.host or "", *_values(url, "host"), *_values(url, "hostaddr")]
    return any(host and not host.startswith("/") and not is_loopback(host) for host in hosts)


def _ssl_mode(url: URL, environment: Mapping[str, str]) -> str:
    given = _values(url, "sslmode")
    return given[-1] if given else environment.get("PGSSLMODE", "")


def _values(url: URL, name: str) -> list[str]:
    value = url.query.get(name, ())
    return [value] if isinstance(value, str) else list(value)
