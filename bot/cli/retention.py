"""The command that shows what retention would delete."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import typer

from bot.cli.resources import Config, existing_store, settings_from
from bot.cli.screen import print_table

retention_app = typer.Typer(help="How long data is kept.", no_args_is_help=True)


@retention_app.callback()
def _retention() -> None:
    """How long data is kept."""


@retention_app.command("show")
def show(config: Config = None) -> None:
    """Show how long each kind of data is kept, and what has expired; nothing is deleted."""
    from bot.bootstrap import retention_periods, utc_now
    from bot.storage.expiring import expiring

    settings = settings_from(config)
    with closing(existing_store(settings)) as store, store.reading() as unit:
        found = expiring(unit, utc_now(), retention_periods(settings))
    rows = [(one.kind, _period(one.kept), one.there, one.past) for one in found]
    print_table("retention, as it would be today", ("what", "kept", "there", "past it"), rows)


def _period(kept: timedelta) -> str:
    if not kept:
        return "not kept"
    hours = kept // timedelta(hours=1)
    return f"{hours} h" if hours < 72 else f"{hours // 24} days"
