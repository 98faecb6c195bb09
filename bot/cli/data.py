"""The commands for what is kept: backup, restore, migrate, and what could not be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.storage.backup.restore import Restored
    from bot.storage.backup.write import Header
    from bot.storage.crypto import Keys
    from bot.storage.store import Store

Config = Annotated[Path | None, typer.Option("--config", help="The TOML file to use.")]
Numbers = Annotated[
    list[int] | None, typer.Argument(metavar="[NO]...", help="All when none is named.")
]

data_app = typer.Typer()
outbox_app = typer.Typer(help="What could not be delivered.", no_args_is_help=True)
inbox_app = typer.Typer(help="Events that could not be handled.", no_args_is_help=True)
data_app.add_typer(outbox_app, name="outbox")
data_app.add_typer(inbox_app, name="inbox")


@data_app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must be new.")],
    config: Config = None,
) -> None:
    """Write all that is kept into one file, while the service may be running."""
    from bot import __version__
    from bot.storage.backup.write import write_backup

    settings = _settings(config)
    with closing(_store(settings)) as store, _bar() as tell:
        made = write_backup(
            store,
            file,
            now=_now(),
            version=__version__,
            erased=len(_journal(settings)),
            tell=tell,
        )
    _table("Backed up", ["table", "rows"], made.tables.items())
    typer.echo(f"{file} was written ({file.stat().st_size:,} bytes, readable by you only).")
    typer.echo(
        "The master key is not in it, and without that key nobody can open it: keep the master "
        "key apart,\nin another place than the backup, and with it the newest "
        f"{_journal_file(settings)}."
    )


@data_app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `seloste backup` wrote.")],
    journal: Annotated[
        list[Path] | None,
        typer.Option(help="The erasure journal of another replica too; may be repeated."),
    ] = None,
    without_journal: Annotated[
        bool, typer.Option("--without-journal", help="Restore though the journal was lost.")
    ] = False,
    resend: Annotated[
        bool,
        typer.Option("--resend", help="Send what waited in the backup: it surely was not sent."),
    ] = False,
    config: Config = None,
) -> None:
    """Put a backup into an empty database; what has been erased since is erased again."""
    from bot.bootstrap import database_url
    from bot.storage.backup.journal import Journal
    from bot.storage.backup.restore import Kept, restore
    from bot.storage.backup.write import read_backup
    from bot.storage.engine import open_bare

    settings = _settings(config)
    kept = settings.retention
    keys = _keys(settings)
    with _bar() as tell, read_backup(file, keys, tell) as found:
        erased = _journal(settings, journal or ())
        if not without_journal:
            _refuse_short(len(erased), found.header, settings)
        with closing(open_bare(database_url(settings), keys)) as store:
            done = restore(
                store,
                found,
                erased=erased,
                kept=Kept(
                    dialogues=timedelta(hours=kept.dialogue_hours),
                    events=timedelta(days=kept.event_days),
                    ended=timedelta(days=kept.ended_ticket_days),
                ),
                resend=resend,
                now=_now(),
                tell=tell,
            )
    # What was erased on other machines stays erased, whatever is restored on this one later.
    own = Journal(_journal_file(settings))
    own.write(sorted(erased - set(own.read())))
    rows = [
        (name, number, done.forgotten[name] or "", done.erased.get(name) or "")
        for name, number in done.rows.items()
    ]
    _table("Restored", ["table", "rows", "kept no longer", "erased again"], rows)
    for line in _told(done, found.header, erased, settings):
        typer.echo(line)
    if done.audit[1]:
        raise typer.Exit(1)


@data_app.command()
def migrate(
    to: Annotated[str, typer.Option("--to", help="The URL of a new, empty database.")],
    source: Annotated[
        str | None, typer.Option("--from", help="The URL to copy; the configured one if not named.")
    ] = None,
    config: Config = None,
) -> None:
    """Copy all that is kept into another database, and prove the copy. Stop the service first."""
    from bot.storage.backup.migrate import move
    from bot.storage.engine import open_bare, shown

    with (
        closing(_store(_settings(config), source)) as store,
        closing(open_bare(to, store.keys)) as target,
        _bar() as tell,
    ):
        moved, audited = move(store, target, tell)
    rows = [(table.table, table.rows, table.digest[:16]) for table in moved]
    _table("Copied, and the same on both sides", ["table", "rows", "SHA-256 of the rows"], rows)
    typer.echo(f"The audit chain is whole in the copy: {audited} rows. The source is as it was.")
    typer.echo(
        "Now change the configuration, and keep the master key and data_dir as they are:\n"
        f'  [database]\n  url = "{shown(to)}"'
    )


@outbox_app.command("list")
def outbox_list(config: Config = None) -> None:
    """List effects that were given up, and events that were set aside."""
    from bot.core.understanding.text import strip_invisible

    settings = _settings(config)
    local = _local(settings)
    with closing(_store(settings)) as store, store.reading() as unit:
        effects, events = unit.outbox.dead_effects(), unit.inbox.dead_events()
        waiting = unit.outbox.waiting()[0]
    if effects:
        _table(
            "Not delivered",
            ["no.", "kind", "channel", "since", "attempts", "error"],
            [
                (
                    e.position,
                    e.kind,
                    e.channel,
                    local(e.created_at),
                    e.attempts,
                    strip_invisible(e.error),
                )
                for e in effects
            ],
        )
    if events:
        _table(
            "Set aside, not handled",
            ["no.", "kind", "channel", "since", "attempts"],
            [(e.position, e.kind, e.channel, local(e.received_at), e.attempts) for e in events],
        )
    typer.echo(
        f"{len(effects)} effects were given up, {len(events)} events were set aside; "
        f"{waiting} effects wait to be sent"
    )
    if effects or events:
        typer.echo("Try again with: seloste outbox retry [NO...], seloste inbox retry [NO...]")


@outbox_app.command("retry")
def outbox_retry(numbers: Numbers = None, config: Config = None) -> None:
    """Let effects that were given up be sent after all."""
    with closing(_store(_settings(config))) as store, store.transaction() as unit:
        _refuse_unknown(numbers or [], [effect.position for effect in unit.outbox.dead_effects()])
        again = unit.outbox.retry(numbers or [], _now())
    typer.echo(f"{again} effects will be tried again by the running service")


@inbox_app.command("retry")
def inbox_retry(numbers: Numbers = None, config: Config = None) -> None:
    """Let events that were set aside be handled after all."""
    with closing(_store(_settings(config))) as store, store.transaction() as unit:
        _refuse_unknown(numbers or [], [event.position for event in unit.inbox.dead_events()])
        again = unit.inbox.retry(numbers or [], _now())
    typer.echo(f"{again} events will be tried again by the running service")


def _told(
    done: Restored, header: Header, erased: Iterable[str], settings: Settings
) -> Iterator[str]:
    """Return what a restore did, for the one who ran it."""
    made = _local(settings)(header.made_at)
    yield f"The backup was made {made}; what came later is not in it."
    known = len(set(erased))
    if known:
        again = done.erased.get("tickets", 0)
        yield f"The journal names {known} erased tickets; {again} came back and were erased again."
    else:
        yield f"There is no erasure journal at {_journal_file(settings)}: nothing was erased again."
    if done.effects:
        yield (
            f"{done.effects} effects waited and were set aside: whether they were sent is not "
            "known.\nLook at them with: seloste outbox list; send them with: seloste outbox retry"
        )
    if done.events:
        yield (
            f"{done.events} old events waited and were set aside. Look at them with: "
            "seloste outbox list; handle them with: seloste inbox retry"
        )
    rows, fault = done.audit
    if fault:
        yield f"The audit chain is broken, and was so in the backup: {fault}"
    else:
        yield f"The audit chain is whole: {rows} rows. The master key fits."


def _refuse_short(known: int, header: Header, settings: Settings) -> None:
    """Refuse a journal that is shorter than it was when the backup was made."""
    from bot.errors import UsageError

    if known < header.erased:
        raise UsageError(
            f"{_journal_file(settings)} names {known} erased tickets, but {header.erased} had been "
            "erased when the backup was made: what was erased could come back. Put the journal "
            "there (or name it: --journal FILE); if it is lost, restore with --without-journal"
        )


def _refuse_unknown(asked: Sequence[int], known: Sequence[int]) -> None:
    from bot.errors import UsageError

    unknown = [str(number) for number in asked if number not in known]
    if unknown:
        raise UsageError(
            f"no. {', '.join(unknown)} cannot be tried again; see: seloste outbox list"
        )


def _settings(path: Path | None) -> Settings:
    from bot.config import read_settings

    return read_settings(path)


def _store(settings: Settings, url: str | None = None) -> Store:
    """Return the store of a database that is there already; none is made here."""
    from bot.bootstrap import database_url
    from bot.storage.engine import open_existing

    return open_existing(url or database_url(settings), lambda: _keys(settings))


def _keys(settings: Settings) -> Keys:
    """Return the keys of the master key; it is never made here."""
    from bot.bootstrap import master_key
    from bot.storage.crypto import Keys

    return Keys.derived_from(master_key(settings, create=False))


def _now() -> datetime:
    return datetime.now(UTC)


def _journal_file(settings: Settings) -> Path:
    return settings.service.data_dir / "erased.log"


def _journal(settings: Settings, others: Sequence[Path] = ()) -> frozenset[str]:
    """Return the ids in the journal and in those of other replicas."""
    from bot.errors import UsageError
    from bot.storage.backup.journal import Journal

    for other in others:
        if not other.is_file():
            raise UsageError(f"there is no journal {other}")
    try:
        found = [Journal(file).read() for file in (_journal_file(settings), *others)]
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from None
    return frozenset(chain.from_iterable(found))


def _local(settings: Settings) -> Callable[[datetime], str]:
    """Return how a moment is written: the local time of the configuration."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(settings.service.timezone)
    return lambda moment: f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head)
    for row in rows:
        table.add_row(*(Text(str(value)) for value in row))
    Console().print(table)


@contextmanager
def _bar() -> Iterator[Callable[[str, float], None]]:
    """Show on stderr how far the work is."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda what, share: progress.update(task, description=what, completed=share)
