"""The commands for the tickets: the register, one ticket, and one that came in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.resources import Config, assistant_of, settings_from

if TYPE_CHECKING:
    from bot.channels.desk.port import Desk
    from bot.core.tickets.staff_request import StaffRequest

_HERE = "command line"  # the desk, as the audit calls it

tickets_app = typer.Typer(help="The register of the tickets.", no_args_is_help=True)


@tickets_app.command("list")
def tickets_list(
    ended: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False,
    config: Config = None,
) -> None:
    """List the tickets by due date."""
    from rich.console import Console

    from bot.channels.desk import card
    from bot.channels.terminal import list_table
    from bot.core.tickets.record import Observed
    from bot.service.operator import OPERATOR

    desk = assistant_of(settings_from(config)).queries
    desk.note_access(Observed.LISTED, OPERATOR, _HERE)
    Console().print(list_table(desk.tickets(ended=ended), desk.wording))
    for line in card.damaged(desk.damaged(ended=ended), desk.wording):
        print(line)


@tickets_app.command("show")
def tickets_show(number: str, config: Config = None) -> None:
    """Show one ticket with its due date and why, its evidence and history."""
    from rich.console import Console

    from bot.channels.terminal import card_table, history_table
    from bot.core.tickets.record import Observed
    from bot.core.tickets.ticket import Ticket
    from bot.errors import UsageError
    from bot.service.operator import OPERATOR

    desk = assistant_of(settings_from(config)).queries
    case = desk.case_numbered(number)
    if case is None or not isinstance(case.subject, Ticket):
        raise UsageError(f"there is no ticket {number.upper()}; see: seloste tickets list --all")
    desk.note_access(Observed.DETAILS_SHOWN, OPERATOR, _HERE, case.subject)
    console = Console()
    console.print(card_table(case, desk.wording))
    console.print(history_table(case, desk.wording))


@tickets_app.command("open")
def tickets_open(
    staff: Annotated[str, typer.Option(help="Who opens it: a name from [[staff]].")],
    config: Config = None,
) -> None:
    """Open a ticket for what came by phone, letter, counter or another mailbox.

    What it is about is asked for line by line, so that nothing personal stands in the history of a
    shell. The time to answer runs from the true day of receipt.
    """
    from uuid import uuid4

    from rich.console import Console

    from bot.bootstrap import foreground
    from bot.channels.desk import card, flow
    from bot.channels.desk.flow import Preview, Refused, Situation
    from bot.channels.desk.form import NewRequest, opening
    from bot.channels.terminal_form import FormPrompt
    from bot.cli.screen import line_reader
    from bot.core.events import StaffOpened
    from bot.errors import UsageError

    running = assistant_of(settings_from(config))
    desk, console = running.queries, Console()
    actor = desk.actors().get(staff)
    if actor is None:
        known = ", ".join(desk.actors()) or "none"
        raise UsageError(f"nobody on the staff is called {staff!r}; in [[staff]] are: {known}")
    at = Situation(NewRequest(), actor, desk.now(), desk.known)
    prompt = FormPrompt(desk, console, line_reader(console))
    step = prompt.asked_for(flow.begin(opening(), at), at)
    if isinstance(step, Preview) and prompt.agreed(step, NewRequest().number):
        event = flow.send(step.form, at)
        if isinstance(event, StaffOpened):
            foreground.take(running, desk.inbound(uuid4().hex, event, _HERE))
            _tell(desk, event.request)
            return
    if isinstance(step, Refused):
        raise UsageError(card.refusal(step.why, desk.wording))
    raise typer.Exit(1)


def _tell(desk: Desk, request: StaffRequest) -> None:
    """Print number and due day of the ticket that was opened for a request."""
    from bot.channels.desk import card

    for ticket in reversed(desk.tickets(ended=False)):
        if ticket.source and (ticket.opening, ticket.person.name) == (request.words, request.name):
            print(" · ".join(card.summary(ticket, desk.wording)))
            return
    print("kept; the service opens the ticket as soon as it runs")
