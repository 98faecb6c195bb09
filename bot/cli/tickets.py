"""The commands for tickets: the register, one case, and a ticket that came in another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.channels.desk.register_file import Format
from bot.cli.case_file import write_case
from bot.cli.private_file import write_private
from bot.cli.resources import COMMAND_LINE, Config, assistant_of, no_ticket, settings_from
from bot.cli.screen import counted
from bot.cli.ticket_filters import filtered
from bot.core.tickets.absence import away
from bot.core.tickets.filters import ALL, Filter, Words, narrowed, words_of
from bot.core.tickets.register import ALL_STATES, Sought
from bot.core.tickets.ticket import OPEN, Actor, Denial, Ticket
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.channels.desk.port import Desk
    from bot.core.tickets.staff_request import StaffRequest


tickets_app = typer.Typer(help="The register of tickets.", no_args_is_help=True)


@tickets_app.command("list")
@filtered
def tickets_list(
    sought: Sought,
    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILTER]...",
            help="mine (needs --staff), free (without an owner), soon, overdue, waiting (for the "
            "customer), unproved, a right or a state; several of one kind widen the list.",
        ),
    ] = None,
    ended: Annotated[bool, typer.Option("--all", help="Include ended tickets.")] = False,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Include those without any proof of identity.")
    ] = False,
    staff: Annotated[
        str, typer.Option(help="Whose `mine` are: a name of the staff in the configuration.")
    ] = "",
    config: Config = None,
) -> None:
    """List the tickets by due date, without those that lack any proof of identity.

    Below them stand the questions that wait for staff, unless the list is narrowed.
    """
    from bot.channels.desk import card, inquiry_card

    words = _filters(named or (), staff)
    desk = assistant_of(settings_from(config)).queries
    every = unverified or ended or bool(sought.states) or Filter.UNPROVED in words
    states = sought.states or (ALL_STATES if ended else OPEN)
    owner = _actor(desk, staff).key if staff else ""
    _list(desk, replace(sought, states=states), words, owner, every=every)
    whole = not words and sought == Sought(states=frozenset())
    for inquiry in desk.inquiries() if whole else ():
        print(inquiry_card.line(inquiry, desk.wording))
    for line in card.damaged(desk.damaged(ended=ended), desk.wording):
        print(line)


@tickets_app.command("find")
def tickets_find(
    config: Config = None,
) -> None:
    """Find tickets by number, name (or a part of it), e-mail address, or owner.

    The term is asked for, so that nothing personal gets into the shell history.
    """
    from bot.channels.desk import listing

    wanted = typer.prompt("number, name, e-mail address or owner")
    desk = assistant_of(settings_from(config)).queries
    _show(desk, listing.sought(desk, wanted), away(desk.absences(), desk.wording.today()))


@tickets_app.command("export")
@filtered
def tickets_export(
    sought: Sought,
    file: Annotated[
        Path | None, typer.Argument(help="The file to write; - is standard output.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="The format of the file.")] = Format.CSV,
    personal: Annotated[
        bool, typer.Option("--personal", help="Include names, contacts and what people wrote.")
    ] = False,
    case: Annotated[
        str, typer.Option("--case", help="One ticket instead of the register; needs --pdf.")
    ] = "",
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="The file for the record of the case.")
    ] = None,
    config: Config = None,
) -> None:
    """Export the register of all tickets, by default without personal data.

    With --case and --pdf, write one ticket with its whole history instead, personal data included.
    """
    from bot.service.operator import OPERATOR

    settings = settings_from(config)
    if case and pdf and file is None:
        write_case(settings, case, pdf)
        return
    if file is None or case or pdf:
        raise typer.BadParameter("name a FILE for the register, or a ticket with --case and --pdf")
    documents = assistant_of(settings).queries.documents
    all_of_them = replace(sought, states=sought.states or ALL_STATES)
    made = documents.register(all_of_them, form, OPERATOR, COMMAND_LINE, personal=personal)
    write_private(file, made.content)
    if str(file) != "-":
        print(f"{counted(made.tickets, 'ticket')} in {file}")


def _filters(named: Sequence[str], staff: str) -> Words:
    words = words_of(named)
    if words is None:
        raise typer.BadParameter(f"the filters are {', '.join(ALL)}")
    if Filter.MINE in words and not staff:
        raise typer.BadParameter("whose are they? name somebody of [[staff]] with --staff")
    return words


def _list(desk: Desk, sought: Sought, words: Words, owner: str, *, every: bool) -> None:
    from bot.core.tickets.register import apart

    today = desk.wording.today()
    gone = away(desk.absences(), today)
    found = narrowed(desk.sought(sought), words, owner, today, gone)
    ours, unproved = (found, ()) if every else apart(found)
    _show(desk, ours, gone)
    if unproved:
        told = desk.wording.desk("form.unproved", number=len(unproved))
        print(f"{told} (seloste tickets list --unverified)")


def _show(desk: Desk, found: Sequence[Ticket], gone: frozenset[str]) -> None:
    from rich.console import Console

    from bot.channels.terminal_tables import list_table
    from bot.core.tickets.record import Observed
    from bot.service.operator import OPERATOR

    desk.note_access(Observed.LISTED, OPERATOR, COMMAND_LINE)
    Console().print(list_table(found, desk.wording, gone))


@tickets_app.command("show")
def tickets_show(number: str, config: Config = None) -> None:
    """Show one ticket or question: what stands on its card, and its history."""
    from rich.console import Console

    from bot.channels.terminal_tables import card_table, history_table
    from bot.core.tickets.record import Observed
    from bot.service.operator import OPERATOR

    desk = assistant_of(settings_from(config)).queries
    case = desk.case_numbered(number)
    if case is None:
        raise UsageError(
            f"nothing has the number {number.upper()}; see: seloste tickets list --all"
        )
    desk.note_access(Observed.DETAILS_SHOWN, OPERATOR, COMMAND_LINE, case.subject)
    console = Console()
    console.print(card_table(case, desk.wording))
    console.print(history_table(case, desk.wording))


@tickets_app.command("open")
def tickets_open(
    staff: Annotated[
        str, typer.Option(help="Who opens it: a name of the staff in the configuration.")
    ],
    config: Config = None,
) -> None:
    """Open a ticket for what came by phone, letter, counter or another mailbox.

    The details are asked for line by line, so that nothing personal gets into the shell history.
    The time to answer runs from the true day of receipt.
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

    running = assistant_of(settings_from(config))
    desk, console = running.queries, Console()
    at = Situation(NewRequest(), _actor(desk, staff), desk.now(), desk.known)
    prompt = FormPrompt(desk, console, line_reader(console))
    step = prompt.asked_for(flow.begin(opening(), at), at)
    if isinstance(step, Preview) and prompt.agreed(step, NewRequest().number):
        event = flow.send(step.form, at)
        if isinstance(event, StaffOpened):
            foreground.take(running, desk.inbound(uuid4().hex, event, COMMAND_LINE))
            _tell(desk, event.request)
            return
    if isinstance(step, Refused):
        raise UsageError(card.refusal(step.why, desk.wording))
    raise typer.Exit(1)


@tickets_app.command("attach")
def tickets_attach(
    number: str,
    file: Path,
    staff: Annotated[
        str, typer.Option(help="Who attaches it: a name of the staff in the configuration.")
    ],
    config: Config = None,
) -> None:
    """Attach a file to a ticket, such as the copy of the data; deliver it at a desk."""
    from uuid import uuid4

    from rich.console import Console

    from bot.bootstrap import foreground
    from bot.channels.desk import card
    from bot.channels.desk.flow import Refused, Situation
    from bot.channels.terminal_form import FormPrompt
    from bot.cli.screen import line_reader

    running = assistant_of(settings_from(config))
    desk, console = running.queries, Console()
    actor, case = _actor(desk, staff), desk.case_numbered(number)
    if case is None:
        raise no_ticket(number)
    at = Situation(case.subject, actor, desk.now(), desk.known)
    try:
        event = FormPrompt(desk, console, line_reader(console)).attached(file, at)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    if isinstance(event, Refused):
        raise UsageError(card.refusal(event.why, desk.wording))
    if event is None:
        raise typer.Exit(1)
    foreground.take(running, desk.inbound(uuid4().hex, event, COMMAND_LINE))
    after = desk.case_numbered(number)
    if after is None or after.subject.version == case.subject.version:
        raise UsageError(card.refusal(Denial.STALE, desk.wording))
    print(f"{file.name} is attached to {case.subject.number}; deliver it at a desk")


def _actor(desk: Desk, staff: str) -> Actor:
    actor = desk.actors().get(staff)
    if actor is None:
        known = ", ".join(desk.actors()) or "none"
        raise UsageError(f"nobody on the staff is called {staff!r}; in [[staff]] are: {known}")
    return actor


def _tell(desk: Desk, request: StaffRequest) -> None:
    """Print number and due day of the ticket that was opened for a request."""
    from bot.channels.desk import listing

    for ticket in reversed(desk.tickets(ended=False)):
        if ticket.source and (ticket.opening, ticket.person.name) == (request.words, request.name):
            print(listing.line(ticket, desk.wording))
            return
    print("kept; the service opens the ticket as soon as it runs")
