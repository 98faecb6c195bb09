"""The command for the calendar of due dates."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from bot.cli.resources import COMMAND_LINE, Config, existing_store, settings_from

calendar_app = typer.Typer(help="The calendar of due dates.", no_args_is_help=True)


@calendar_app.callback()
def _calendar() -> None:
    """The calendar of due dates."""


@calendar_app.command("link")
def link(
    new: Annotated[
        bool, typer.Option("--new", help="Make a new link; earlier links stop working.")
    ] = False,
    config: Config = None,
) -> None:
    """Print the secret link to a calendar feed of the due dates of open tickets."""
    from bot.bootstrap import utc_now
    from bot.service.calendar import handed_link
    from bot.service.operator import OPERATOR

    settings = settings_from(config)
    with closing(existing_store(settings)) as store:
        address, now = settings.web.base_url, utc_now()
        print(handed_link(store, address, OPERATOR, COMMAND_LINE, now, new=new))
