"""The commands for the records: tickets, the audit chain, the contact register."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.resources import Config, assistant_of, settings_from
from bot.cli.screen import tracked

records_app = typer.Typer()
tickets_app = typer.Typer(help="Look at the tickets.", no_args_is_help=True)
audit_app = typer.Typer(help="The audit chain.", no_args_is_help=True)
contacts_app = typer.Typer(help="The contact register.", no_args_is_help=True)
records_app.add_typer(tickets_app, name="tickets")
records_app.add_typer(audit_app, name="audit")
records_app.add_typer(contacts_app, name="contacts")


@tickets_app.command("list")
def tickets_list(
    ended: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False,
    config: Config = None,
) -> None:
    """List the tickets by due date."""
    from rich.console import Console

    from bot.channels.desk import card
    from bot.channels.terminal import list_table

    desk = assistant_of(settings_from(config)).queries
    Console().print(list_table(desk.tickets(ended=ended), desk.wording))
    for line in card.damaged(desk.damaged(ended=ended), desk.wording):
        print(line)


@tickets_app.command("show")
def tickets_show(number: str, config: Config = None) -> None:
    """Show one ticket with its due date and why, its evidence and history."""
    from rich.console import Console

    from bot.channels.terminal import card_table, history_table
    from bot.core.tickets.ticket import Ticket
    from bot.errors import UsageError

    desk = assistant_of(settings_from(config)).queries
    case = desk.case_numbered(number)
    if case is None or not isinstance(case.subject, Ticket):
        raise UsageError(f"there is no ticket {number.upper()}; see: seloste tickets list --all")
    console = Console()
    console.print(card_table(case, desk.wording))
    console.print(history_table(case, desk.wording))


@audit_app.command("verify")
def audit_verify(config: Config = None) -> None:
    """Prove the audit chain whole, and the tickets as it says; exit code 1 when not."""
    from bot.bootstrap import store_of
    from bot.storage.damage import damage, page_damage

    with closing(store_of(settings_from(config))) as store, store.snapshot() as unit:
        found = [*filter(None, [page_damage(unit)]), *damage(unit)]
        rows, fault = unit.audit.verify_chain()
        contradicted = unit.audit.first_mismatch()
    for one in found:
        print(f"damaged: {one.what} cannot be opened")
    if fault:
        print(f"the audit chain is broken: {fault}")
        raise typer.Exit(1)
    if contradicted:
        print(f"the audit chain is whole, but {contradicted} is not as its last row says")
        raise typer.Exit(1)
    if found:
        raise typer.Exit(1)
    print(f"the audit chain is whole, and every ticket is as it says: {rows} rows")


@contacts_app.command("import")
def contacts_import(
    file: Path,
    replace: Annotated[
        bool, typer.Option("--replace", help="Forget whoever is not in the file.")
    ] = False,
    config: Config = None,
) -> None:
    """Add the addresses and phone numbers of a CSV file to the register, as keyed hashes only."""
    from bot.bootstrap import store_of
    from bot.content.contacts import read_contacts

    contacts = read_contacts(file, tracked)
    with closing(store_of(settings_from(config))) as store, store.transaction() as unit:
        hashes = {store.keys.contact(contact) for contact in contacts}
        new = unit.contacts.register(hashes)
        gone = unit.contacts.retain(hashes) if replace else 0
    print(
        f"{len(contacts)} contacts read, {new} new, {gone} forgotten; only keyed hashes were kept"
    )
