"""The command for the monthly report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.private_file import write_private
from bot.cli.resources import COMMAND_LINE, Config, assistant_of, settings_from
from bot.core.catalog import Language

if TYPE_CHECKING:
    from bot.bootstrap import Assistant
    from bot.core.tickets.inquiries import Inquiry

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
    from dataclasses import replace

    from bot.channels.desk.month_page import page
    from bot.core.question_counts import by_topic, together
    from bot.core.tickets.month_report import Month, Notes, month_report
    from bot.core.tickets.record import Observed
    from bot.service.operator import OPERATOR
    from bot.storage import figures

    try:
        wanted = Month.of(month)
    except ValueError:
        raise typer.BadParameter(f"--month: {month!r} is not a month such as 2026-10") from None
    running = assistant_of(settings_from(config))
    now, rules, desk = running.clock(), running.rules, running.queries
    with running.store.reading() as unit:
        tickets = figures.tickets_between(unit, *wanted.moments(rules))
        inquiries = figures.inquiries_between(unit, *wanted.moments(rules))
        grounds = figures.refusal_grounds(unit, [ticket.id for ticket in tickets])
        asked = unit.question_counts.between(wanted.days[0], wanted.days[-1])
    notes = Notes(grounds=grounds, topics={one.id: _topic(one, running) for one in inquiries})
    made = month_report(wanted, tickets, inquiries, notes, now, rules)
    desk.note_access(Observed.LISTED, OPERATOR, COMMAND_LINE, facts={"report": month})
    wording = replace(desk.wording, language=language or desk.wording.language)
    names = running.content.texts.labels[wording.language]
    topics = by_topic(together(asked.values()))
    company = desk.known.notice.company
    write_private(html, page(made, topics, now, wording, names, company).encode())
    if str(html) != "-":
        print(f"the month in numbers, {made.received} received and {made.ended} ended: {html}")


def _topic(inquiry: Inquiry, running: Assistant) -> str:
    """Return the topic of what was asked, as the matching reads it; empty where it is none."""
    from bot.core.catalog import Kind

    if not inquiry.question:
        return ""
    match = running.knowledge.matcher.match(inquiry.question, inquiry.language)
    intent = running.knowledge.catalog.find(match.intent)
    known = intent and intent.kind in (Kind.QUESTION, Kind.NOT_IN_NOTICE)
    return match.intent if known else ""
