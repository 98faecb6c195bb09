"""What the commands work with, opened as configured: settings, store, keys, erasure journal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.bootstrap import Assistant
    from bot.config import Settings
    from bot.content.loaded import Understanding
    from bot.errors import UsageError
    from bot.storage.crypto import Keys
    from bot.storage.store import Store

Config = Annotated[Path | None, typer.Option("--config", help="The TOML file to use.")]
COMMAND_LINE = "command line"  # the desk, as the audit calls it


def settings_from(path: Path | None) -> Settings:
    """Return the settings of a file and of the environment. Raises ConfigError."""
    from bot.config import read_settings

    return read_settings(path)


def understanding_of(settings: Settings, *, encoder: bool = True) -> Understanding:
    """Load the content and the models; the first start trains one, with a progress bar.

    Without the encoder everything works, less well: a warning on stderr says so.
    """
    from bot.cli.screen import progress
    from bot.content.loaded import understanding

    with progress("first start: ") as tell:
        known = understanding(settings.content.dir, settings.words(), tell, encoder=encoder)
    if known.without_encoder:
        print(f"warning: without the encoder: {known.without_encoder}", file=sys.stderr)
    return known


def assistant_of(settings: Settings) -> Assistant:
    """Build the assistant on a database that is already there."""
    from bot.bootstrap import assistant

    store = existing_store(settings)
    return assistant(settings, understanding_of(settings), store)


def made_store(settings: Settings) -> Store:
    """Open the database; a new one is announced, as the path may be wrong."""
    from bot.bootstrap import database_url, store_of
    from bot.storage.engine import shown

    _refuse_wrong_user(settings)
    database = settings.service.database_file
    is_new = settings.database.url is None and not database.exists()
    store = store_of(settings)
    if is_new:
        print(f"a new database was made: {shown(database_url(settings))}")
    return store


def _refuse_wrong_user(settings: Settings) -> None:
    """Raise UsageError where files of root would lie in the data folder of another user."""
    from bot.errors import UsageError
    from bot.preflight.machine import owner_to_run_as

    folder = settings.service.data_dir
    if owner := owner_to_run_as(folder):
        raise UsageError(
            f"{folder} belongs to {owner}, who could not open what root makes there; run this as "
            f"that user: runuser --user {owner} -- seloste ... (deploy/seloste does)"
        )


def existing_store(settings: Settings, url: str | None = None) -> Store:
    """Open a database that is already there; neither it nor a master key is made.

    Raises StorageError, KeyFault, and UsageError where it is another user's.
    """
    from bot.bootstrap import anchors_of, database_url
    from bot.storage.engine import open_existing

    store = open_existing(url or database_url(settings), lambda: existing_keys(settings))
    store.on_audit = anchors_of(settings).note
    return store


def existing_keys(settings: Settings) -> Keys:
    """Return the keys derived from the master key.

    Raises KeyFault when there is none, and UsageError where they are another user's.
    """
    from bot.bootstrap import master_keys
    from bot.storage.crypto import Keys

    _refuse_wrong_user(settings)
    return Keys.of_masters(master_keys(settings, create=False))


def erased_ids(settings: Settings, others: Sequence[Path] = ()) -> frozenset[str]:
    """Return the ids in the erasure journal and in those of other replicas.

    Raises UsageError when one of the others is missing, or any cannot be read.
    """
    from bot.errors import UsageError
    from bot.storage.backup.journal import Journal

    for other in others:
        if not other.is_file():
            raise UsageError(f"there is no journal {other}")
    try:
        found = [Journal(file).read() for file in (settings.service.erasure_journal, *others)]
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from None
    return frozenset(chain.from_iterable(found))


def local_time(settings: Settings) -> Callable[[datetime], str]:
    """Return a function that writes a moment in the configured time zone."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(settings.service.timezone)
    return lambda moment: f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def no_ticket(number: str) -> UsageError:
    """Return what is raised where no ticket has a number."""
    from bot.errors import UsageError

    said = number.upper()
    if said.startswith("Q-"):
        told = f"{said} would be a question passed to staff, and no ticket"
        return UsageError(f"{told}; see: seloste tickets show {said}")
    return UsageError(f"there is no ticket {said}; see: seloste tickets list --all")
