"""The commands that rotate the master key and retire an old one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.resources import Config, existing_store, settings_from
from bot.cli.screen import progress

if TYPE_CHECKING:
    from bot.config import Settings

keys_app = typer.Typer(help="The master key.", no_args_is_help=True)


@keys_app.command()
def rotate(config: Config = None) -> None:
    """Make a new master key and re-encrypt everything with it; the service may be running."""
    from bot.bootstrap import utc_now
    from bot.core.tickets.record import Observed
    from bot.service.operator import note
    from bot.storage import rotation
    from bot.storage.crypto import new_key
    from bot.storage.key_file import keys_from_file, write_keys

    settings = settings_from(config)
    file = _file(settings)
    masters = keys_from_file(file, create=False)
    with closing(existing_store(settings)):
        pass  # the key is that of the database, or nothing is changed
    if len(masters) == 1:  # else a rotation was interrupted, and goes on
        write_keys(file, [new_key(), *masters])
    with closing(existing_store(settings)) as store, progress() as tell:
        with store.transaction() as unit:
            rotation.begin(unit)
            note(unit, Observed.KEYS_ROTATED, utc_now(), {"key": unit.keys.name})
        number = rotation.reseal(store, tell)
    typer.echo(f"{number} values were re-encrypted with the new master key, the first in {file}.")
    typer.echo(
        "Back up that file now. The old key is its second line: backups of before need it. Once "
        "you no longer do,\nlet it go with: seloste keys retire"
    )


@keys_app.command()
def retire(config: Config = None) -> None:
    """Remove old master keys from the key file, unless something still needs them."""
    from bot.bootstrap import utc_now
    from bot.core.tickets.record import Observed
    from bot.errors import UsageError
    from bot.service.operator import note
    from bot.storage import rotation
    from bot.storage.key_file import keys_from_file, write_keys

    settings = settings_from(config)
    file = _file(settings)
    newest, *old = keys_from_file(file, create=False)
    if not old:
        raise UsageError(f"{file} holds one key only; see: seloste keys rotate")
    with closing(existing_store(settings)) as store, store.transaction() as unit:
        left = rotation.left(unit)
        if left:
            raise UsageError(
                f"{left} values are still sealed with an old key; run: seloste keys rotate"
            )
        note(unit, Observed.KEY_RETIRED, utc_now(), {"key": unit.keys.name})
        write_keys(file, [newest])
    typer.echo(f"{file} holds the new master key only. Backups made before cannot be opened by it.")


def _file(settings: Settings) -> Path:
    """Return the key file. Raises UsageError when the key is in the configuration itself."""
    from bot.bootstrap import key_file
    from bot.errors import UsageError

    if settings.keys.master_key is not None:
        raise UsageError(
            "[keys] master_key is in the configuration or environment, where it cannot be changed; "
            "put it into a file first and name that as [keys] master_key_file"
        )
    return key_file(settings)
