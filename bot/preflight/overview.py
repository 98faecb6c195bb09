"""A summary of the configuration, for people to read before a start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.bootstrap import database_url, key_file, routes_of
from bot.channels import http, slack, telegram
from bot.config import Settings
from bot.preflight.modes import is_there
from bot.storage.engine import shown

_DESKS = {http.CHANNEL: "HTTP", telegram.GROUP: "the Telegram group", slack.CHANNEL: "Slack"}


def overview(settings: Settings, file: Path | None) -> Iterator[tuple[str, str]]:
    """Return what was found, by what it is about. It names staff, but shows no secret."""
    yield "configuration", str(file.absolute()) if file else "no file: defaults and environment"
    yield "content", str(settings.content.dir or "what ships with seloste")
    yield "data folder", str(settings.service.data_dir.absolute())
    yield "database", _database(settings)
    yield "master key", _master_key(settings)
    yield "channels", ", ".join(_channels(settings)) or "none"
    yield "desks", ", ".join(_DESKS[desk] for desk in routes_of(settings).desks) or "none"
    yield "staff", "\n".join(_staff(settings)) or "nobody"
    yield "languages", ", ".join(settings.service.languages)
    yield "mail", _mail(settings)
    yield "contact", settings.service.contact_email
    yield "listens on", settings.web.listen


def _database(settings: Settings) -> str:
    url = database_url(settings)
    scheme = url.partition("://")[0]
    return shown(url) if scheme in ("sqlite", "postgresql+psycopg") else "not known"


def _master_key(settings: Settings) -> str:
    if settings.keys.master_key is not None:
        return "given in the configuration"
    path = key_file(settings)
    return str(path) if is_there(path) else f"{path}, made at the first start"


def _channels(settings: Settings) -> Iterator[str]:
    if settings.telegram.token is not None:
        yield f"Telegram ({settings.telegram.mode})"
    if settings.slack.bot_token is not None:
        yield f"Slack ({settings.slack.mode})"
    if settings.http.secret is not None:
        yield "HTTP"


def _staff(settings: Settings) -> Iterator[str]:
    for number, member in enumerate(settings.staff, 1):
        named = {"slack": member.slack, "telegram": member.telegram}
        accounts = [account for account, given in named.items() if given]
        by = f"; {' and '.join(accounts)}" if accounts else ""
        yield f"{number}. {member.name}: {', '.join(member.roles)}{by}"


def _mail(settings: Settings) -> str:
    mail = settings.mail
    if mail.smtp_url is None:
        return f"no server; files in {settings.service.letters_folder}"
    try:
        parts = urlsplit(mail.smtp_url.get_secret_value())
        server = parts.hostname or "not known"
    except ValueError:
        server = "not known"
    return f"{server}, from {mail.address}"
