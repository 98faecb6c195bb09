"""The command that lets retention and lapses go on after the clock has jumped."""

from __future__ import annotations

from contextlib import closing

import typer

from bot.cli.resources import Config, existing_store, local_time, settings_from

clock_app = typer.Typer(help="The clock of the service.", no_args_is_help=True)


@clock_app.callback()
def _clock() -> None:
    """The clock of the service."""


@clock_app.command("accept")
def accept(config: Config = None) -> None:
    """Accept the present time after a jump, so that retention and lapses go on."""
    from bot import bootstrap
    from bot.core.tickets.record import Observed
    from bot.service.operator import note

    settings, now = settings_from(config), bootstrap.utc_now()
    with closing(existing_store(settings)) as store, store.transaction() as unit:
        unit.clock.accept(now)
        note(unit, Observed.CLOCK_ACCEPTED, now, {})
    print(f"the time is taken for right: {local_time(settings)(now)}; retention and lapses go on")
