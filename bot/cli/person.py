"""The commands for what the assistant stores about one person (Art. 15, 17)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.private_file import write_private
from bot.cli.resources import Config, existing_store, settings_from
from bot.cli.screen import counted, print_table
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.cli.person_kinds import Row
    from bot.config import Settings
    from bot.core.tickets.whose import Whose
    from bot.storage.kept import Kept
    from bot.storage.store import Store

person_app = typer.Typer(help="What is stored about one person.", no_args_is_help=True)


@person_app.command("find")
def find(config: Config = None) -> None:
    """Show what is stored about an address, phone number, account, or the person of a ticket.

    The term is asked for, so that nothing personal gets into the shell history.
    """
    from bot.cli.person_kinds import rows

    settings = settings_from(config)
    whose = _asked_for(settings)
    with closing(existing_store(settings)) as store:
        kept = _kept(store, whose)
        _show(rows(kept))
        _note(store, "found")


@person_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="The JSON file to write; - is standard output.")],
    config: Config = None,
) -> None:
    """Export what is stored about a person as JSON, to answer a request for access."""
    from bot.cli.person_kinds import content, rows

    settings = settings_from(config)
    whose = _asked_for(settings)
    with closing(existing_store(settings)) as store:
        kept = _kept(store, whose)
        text = json.dumps(content(kept), ensure_ascii=False, indent=1)
        _note(store, "exported")
    if kept.unproved:
        numbers = ", ".join(ticket.number for ticket in kept.unproved)
        typer.echo(
            f"{numbers}: nothing shows that the contact is that person's, who may have named "
            "another's; leave out what is not of the one who asks",
            err=True,
        )
    write_private(file, f"{text}\n".encode(errors="replace"))
    if str(file) != "-":
        print(f"{counted(len(rows(kept)), 'thing')} in {file}")


@person_app.command("forget")
def forget(
    yes: Annotated[bool, typer.Option("--yes", help="Delete it; otherwise only show it.")] = False,
    config: Config = None,
) -> None:
    """Delete what is stored about a person, except open cases; without --yes only show it."""
    from bot.bootstrap import utc_now
    from bot.cli.person_kinds import rows, staying
    from bot.storage import kept as storage
    from bot.storage.backup.journal import Journal

    settings = settings_from(config)
    whose = _asked_for(settings)
    with closing(existing_store(settings)) as store:
        kept = _kept(store, whose)
        _show(rows(kept))
        for told in staying(kept):
            print(f"stays: {told}")
        if not yes:
            print("nothing was destroyed; --yes does it")
            return
        journal = Journal(settings.service.erasure_journal).write
        gone = store.retrying(lambda unit: storage.forget(unit, kept, utc_now(), journal))
        _note(store, "forgotten")
    print(f"{counted(gone, 'thing')} destroyed; older backups forget by the erasure journal")


def _asked_for(settings: Settings) -> Whose:
    """Ask whose data it is about. Raises UsageError where that is nothing known."""
    from bot.core.tickets.whose import whose

    said = typer.prompt("e-mail address, phone number, telegram:ID, slack:ID or ticket number")
    found = whose(said, settings.service.country)
    if found is None:
        raise UsageError("that is no address, phone number, account or number of a ticket")
    return found


def _kept(store: Store, whose: Whose) -> Kept:
    from bot.storage.kept import kept_of

    with store.snapshot() as unit:
        return kept_of(unit, whose)


def _note(store: Store, what: str) -> None:
    """Note in the audit that somebody looked, and of nobody whom it was about."""
    from bot.bootstrap import utc_now
    from bot.core.tickets.record import Observed
    from bot.service.operator import note

    store.retrying(lambda unit: note(unit, Observed.LISTED, utc_now(), {"person": what}))


def _show(rows: Sequence[Row]) -> None:
    if rows:
        print_table("what is kept", ("what", "which", "account"), rows)
    else:
        print("nothing bears it; a person may be known by another address, number or account")
