"""The command for the monthly report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.private_file import write_private
from bot.cli.resources import COMMAND_LINE, Config, assistant_of, settings_from
from bot.core.catalog import Language

report_app = typer.Typer()


@report_app.command("report")
def report(
    month: Annotated[str, typer.Option(help="The month, such as 2026-10.")],
    html: Annotated[Path, typer.Option(help="The page to write; - is standard output.")],
    language: Annotated[
        Language | None, typer.Option(help="The language; by default the desk's.")
    ] = None,
    config: Config = None,
) -> None:
    """Write the report of a month as one HTML page, with plots and without personal data."""
    from bot.core.tickets.month_report import Month
    from bot.service.operator import OPERATOR

    try:
        wanted = Month.of(month)
    except ValueError:
        raise typer.BadParameter(f"--month: {month!r} is not a month such as 2026-10") from None
    documents = assistant_of(settings_from(config)).queries.documents
    made = documents.report(wanted, OPERATOR, COMMAND_LINE, language)
    write_private(html, made.content)
    if str(html) != "-":
        counted = f"{made.tickets} received and {made.ended} ended"
        print(f"the month in numbers, {counted}: {html}")
