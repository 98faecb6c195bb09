"""The command for the calendar of due dates."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from bot.cli.resources import Config, existing_store, settings_from

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
    from bot.core.tickets.record import Observed
    from bot.replica.calendar_page import PATH
    from bot.service.operator import note
    from bot.storage import calendar_link

    settings = settings_from(config)
    with closing(existing_store(settings)) as store:
        if new:
            store.retrying(calendar_link.renew)
        with store.transaction() as unit:
            secret, *_ = calendar_link.secrets(unit)
            # Whoever has it sees the due dates for as long as it works.
            facts = {"what": "calendar link", "new": "yes" if new else "no"}
            note(unit, Observed.LISTED, utc_now(), facts)
    host, port = settings.web.address
    print(f"{settings.web.public_url or f'http://{host}:{port}'}{PATH}{secret}.ics")
