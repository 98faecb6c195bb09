"""The commands `backup`, `restore` and `migrate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.resources import (
    Config,
    erased_ids,
    existing_keys,
    existing_store,
    local_time,
    settings_from,
)
from bot.cli.screen import print_table, progress

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.storage.backup.restore import Restored
    from bot.storage.backup.write import Header

Journals = Annotated[
    list[Path] | None,
    typer.Option(help="The erasure journal of another replica too; may be repeated."),
]
WithoutJournal = Annotated[
    bool, typer.Option("--without-journal", help="Restore although the journal is lost.")
]
Resend = Annotated[
    bool,
    typer.Option("--resend", help="Send what was waiting in the backup, if surely not sent since."),
]

backup_app = typer.Typer()


@backup_app.command()
def backup(
    file: Annotated[
        Path,
        typer.Argument(help="The file to write; it must be new. {date} is the day, - is stdout."),
    ],
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="Of backups named with {date}, delete all but the newest."),
    ] = None,
    config: Config = None,
) -> None:
    """Back up everything to one file; the service may be running."""
    from bot.bootstrap import utc_now
    from bot.cli.backup_files import check_keep, delete_older, written_to

    settings = settings_from(config)
    check_keep(file, keep)
    today = settings.rules().today(utc_now())
    with written_to(file, settings.service.data_dir, today) as there:
        written, damaged = _backed_up(settings, there)
        size = there.stat().st_size
    if not quiet and str(file) != "-":
        print_table("Backed up", ["table", "rows"], written.tables.items())
        typer.echo(f"{there} was written ({size:,} bytes, readable by you only).")
        typer.echo(
            "The master key is not in it, and without that key nobody can open it: keep the master "
            "key apart,\nin another place than the backup, and with it the newest "
            f"{settings.service.erasure_journal}."
        )
    for what in damaged:
        typer.echo(f"damaged: {what} cannot be opened; the backup holds it only as it is", err=True)
    for gone in delete_older(file, keep) if keep else ():
        if not quiet:
            typer.echo(f"{gone} was deleted.")


def _backed_up(settings: Settings, file: Path) -> tuple[Header, Sequence[str]]:
    """Write a backup; return what it holds, and what of it is damaged."""
    from bot import __version__
    from bot.bootstrap import utc_now
    from bot.core.tickets.record import Observed
    from bot.service.operator import note
    from bot.storage.backup.write import write_backup
    from bot.storage.damage import damage

    with closing(existing_store(settings)) as store, progress() as tell:
        written = write_backup(
            store,
            file,
            now=utc_now(),
            version=__version__,
            erased=len(erased_ids(settings)),
            tell=tell,
        )
        with store.snapshot() as unit:
            damaged = [one.what for one in damage(unit)]
        with store.transaction() as unit:
            note(unit, Observed.BACKED_UP, utc_now(), {"head": written.audit})
    return written, damaged


@backup_app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `seloste backup` wrote.")],
    journal: Journals = None,
    without_journal: WithoutJournal = False,
    resend: Resend = False,
    config: Config = None,
) -> None:
    """Restore a backup into an empty database; what has been erased since is erased again."""
    from bot.bootstrap import anchors_of, database_url, retention_periods, utc_now
    from bot.storage.backup.restore import restore
    from bot.storage.backup.write import read_backup
    from bot.storage.engine import open_bare

    settings = settings_from(config)
    keys = existing_keys(settings)
    with progress() as tell, read_backup(file, keys, tell) as found:
        erased = erased_ids(settings, journal or ())
        if not without_journal:
            _refuse_short_journal(len(erased), found.header, settings)
        with closing(open_bare(database_url(settings), keys)) as store:
            store.on_audit = anchors_of(settings).note
            restored = restore(
                store,
                found,
                erased=erased,
                kept=retention_periods(settings),
                resend=resend,
                now=utc_now(),
                tell=tell,
            )
    _remember_erased(erased, settings)
    _print_restored(restored)
    for line in _summary(restored, found.header, len(erased), settings):
        typer.echo(line)
    if restored.audit[1]:
        raise typer.Exit(1)


@backup_app.command()
def migrate(
    to: Annotated[
        str | None, typer.Option("--to", help="The URL of a new, empty database.")
    ] = None,
    to_file: Annotated[
        Path | None,
        typer.Option("--to-file", help="A file with that URL, for one with a password."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", help="The URL to copy; by default the configured one."),
    ] = None,
    source_file: Annotated[
        Path | None, typer.Option("--from-file", help="A file with that URL.")
    ] = None,
    config: Config = None,
) -> None:
    """Copy everything into another database and verify the copy. Stop the service first."""
    from bot.errors import UsageError
    from bot.storage.backup.migrate import move
    from bot.storage.engine import open_bare, shown

    target_url, source_url = _url("--to", to, to_file), _url("--from", source, source_file)
    if target_url is None:
        raise UsageError("where to? Name the new database by --to-file FILE or --to URL")
    with (
        closing(existing_store(settings_from(config), source_url)) as store,
        closing(open_bare(target_url, store.keys)) as target,
        progress() as tell,
    ):
        moved, audited = move(store, target, tell)
    rows = [(table.table, table.rows, table.digest[:16]) for table in moved]
    columns = ["table", "rows", "SHA-256 of the rows"]
    print_table("Copied, and the same on both sides", columns, rows)
    typer.echo(f"The audit chain is whole in the copy: {audited} rows. The source is as it was.")
    setting = f'url_file = "{to_file}"' if to_file else f'url = "{shown(target_url)}"'
    typer.echo(
        "Now change the configuration, and keep the master key and data_dir as they are:\n"
        f"  [database]\n  {setting}"
    )


def _url(option: str, url: str | None, file: Path | None) -> str | None:
    """Return the URL that is given by value or by file, if any. Raises UsageError."""
    from bot.config.section import first_line
    from bot.errors import UsageError
    from bot.storage.engine import has_password

    if url and file:
        raise UsageError(f"{option} and {option}-file are both given; leave one of them out")
    if file:
        try:
            return first_line(f"{option}-file", file)
        except ValueError as error:
            raise UsageError(str(error)) from None
    if url and has_password(url):
        typer.echo(
            "warning: other users of this machine can read a password on the command line, and "
            f"the shell keeps it; write the URL into a file, and name that by {option}-file",
            err=True,
        )
    return url


def _refuse_short_journal(known: int, header: Header, settings: Settings) -> None:
    """Refuse a journal that is shorter than it was when the backup was made."""
    from bot.errors import UsageError

    if known < header.erased:
        raise UsageError(
            f"{settings.service.erasure_journal} names {known} erased tickets, but "
            f"{header.erased} had been erased when the backup was made: what was erased could "
            "come back. Put the journal there (or name it: --journal FILE); if it is lost, "
            "restore with --without-journal"
        )


def _remember_erased(erased: frozenset[str], settings: Settings) -> None:
    """Add the ids from other replicas' journals to this one's, for restores still to come."""
    from bot.storage.backup.journal import Journal

    own = Journal(settings.service.erasure_journal)
    own.write(sorted(erased - set(own.read())))


def _print_restored(restored: Restored) -> None:
    rows = [
        (name, number, restored.forgotten[name] or "", restored.erased.get(name) or "")
        for name, number in restored.rows.items()
    ]
    print_table("Restored", ["table", "rows", "kept no longer", "erased again"], rows)


def _summary(
    restored: Restored, header: Header, journalled: int, settings: Settings
) -> Iterator[str]:
    """Return what a restore did, for the person who ran it."""
    yield (
        f"The backup was made {local_time(settings)(header.made_at)}; what came later is not in it."
    )
    if journalled:
        again = restored.erased.get("tickets", 0)
        yield (
            f"The journal names {journalled} erased tickets; {again} came back and were erased "
            "again."
        )
    else:
        journal = settings.service.erasure_journal
        yield f"There is no erasure journal at {journal}: nothing was erased again."
    if restored.effects:
        yield (
            f"{restored.effects} effects waited and are dead letters now: whether they were sent "
            "is not known.\nSee them with: seloste outbox list; send them with: "
            "seloste outbox retry"
        )
    if restored.events:
        yield (
            f"{restored.events} old events waited and are dead letters now.\nSee them with: "
            "seloste outbox list; handle them with: seloste inbox retry"
        )
    rows, fault = restored.audit
    if fault:
        yield f"The audit chain is broken, and was so in the backup: {fault}"
    else:
        yield f"The audit chain is whole: {rows} rows. The master key fits."
