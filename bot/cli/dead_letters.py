"""The commands for dead letters: `outbox` for effects, `inbox` for events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.resources import Config, existing_store, local_time, settings_from
from bot.cli.screen import print_table

if TYPE_CHECKING:
    from bot.core.envelopes import DeadEffect
    from bot.storage.inbox import DeadEvent

Numbers = Annotated[
    list[int] | None, typer.Argument(metavar="[NO]...", help="Which ones; by default all.")
]

dead_letters_app = typer.Typer()
outbox_app = typer.Typer(help="Effects that could not be delivered.", no_args_is_help=True)
inbox_app = typer.Typer(help="Events that could not be handled.", no_args_is_help=True)
dead_letters_app.add_typer(outbox_app, name="outbox")
dead_letters_app.add_typer(inbox_app, name="inbox")


@outbox_app.command("list")
def outbox_list(config: Config = None) -> None:
    """List the dead letters: dead effects and dead events."""
    settings = settings_from(config)
    with closing(existing_store(settings)) as store, store.reading() as unit:
        effects, events = unit.outbox.dead_effects(), unit.inbox.dead_events()
        waiting = unit.outbox.waiting()[0]
    if effects:
        _print_effects(effects, local_time(settings))
    if events:
        _print_events(events, local_time(settings))
    typer.echo(
        f"{len(effects)} dead effects, {len(events)} dead events; {waiting} effects wait to be sent"
    )
    if effects or events:
        typer.echo("Retry them with: seloste outbox retry [NO...], seloste inbox retry [NO...]")


@outbox_app.command("retry")
def outbox_retry(numbers: Numbers = None, config: Config = None) -> None:
    """Retry effects that are dead letters."""
    from bot.bootstrap import utc_now
    from bot.core.tickets.record import Observed
    from bot.service.operator import note

    with closing(existing_store(settings_from(config))) as store, store.transaction() as unit:
        _refuse_unknown(numbers or [], [effect.position for effect in unit.outbox.dead_effects()])
        again = unit.outbox.retry(numbers or [], utc_now())
        note(unit, Observed.RETRIED, utc_now(), {"effects": str(again)})
    typer.echo(f"{again} dead effects will be retried by the running service")


@inbox_app.command("retry")
def inbox_retry(numbers: Numbers = None, config: Config = None) -> None:
    """Retry events that are dead letters."""
    from bot.bootstrap import utc_now
    from bot.core.tickets.record import Observed
    from bot.service.operator import note

    with closing(existing_store(settings_from(config))) as store, store.transaction() as unit:
        _refuse_unknown(numbers or [], [event.position for event in unit.inbox.dead_events()])
        again = unit.inbox.retry(numbers or [], utc_now())
        note(unit, Observed.RETRIED, utc_now(), {"events": str(again)})
    typer.echo(f"{again} dead events will be retried by the running service")


def _print_effects(effects: Sequence[DeadEffect], local: Callable[[datetime], str]) -> None:
    from bot.core.understanding.words.text import strip_invisible

    rows = [
        (e.position, e.kind, e.channel, local(e.created_at), e.attempts, strip_invisible(e.error))
        for e in effects
    ]
    print_table(
        "Dead effects: not delivered",
        ["no.", "kind", "channel", "since", "attempts", "error"],
        rows,
    )


def _print_events(events: Sequence[DeadEvent], local: Callable[[datetime], str]) -> None:
    rows = [(e.position, e.kind, e.channel, local(e.received_at), e.attempts) for e in events]
    columns = ["no.", "kind", "channel", "since", "attempts"]
    print_table("Dead events: not handled", columns, rows)


def _refuse_unknown(asked: Sequence[int], known: Sequence[int]) -> None:
    from bot.errors import UsageError

    unknown = [str(number) for number in asked if number not in known]
    if unknown:
        raise UsageError(f"no. {', '.join(unknown)} is no dead letter; see: seloste outbox list")
