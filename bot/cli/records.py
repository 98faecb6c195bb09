"""The commands for the audit chain and the contact register."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.resources import Config, erased_ids, existing_store, made_store, settings_from
from bot.cli.screen import tracked
from bot.cli.suppressions import suppressions_app
from bot.cli.tickets import tickets_app

if TYPE_CHECKING:
    from bot.storage.damage import Damage

records_app = typer.Typer()
audit_app = typer.Typer(help="The audit chain.", no_args_is_help=True)
contacts_app = typer.Typer(help="The contact register.", no_args_is_help=True)
records_app.add_typer(tickets_app, name="tickets")
records_app.add_typer(audit_app, name="audit")
records_app.add_typer(contacts_app, name="contacts")
records_app.add_typer(suppressions_app, name="suppressions")


@audit_app.command("verify")
def audit_verify(
    anchor: Annotated[
        list[str] | None,
        typer.Option(help="A head that was posted to the desk, such as 0:17:8a...; repeatable."),
    ] = None,
    config: Config = None,
) -> None:
    """Verify the audit chain, and the stored data against it; exit code 1 if they differ."""
    from bot.bootstrap import anchors_of
    from bot.storage.damage import damage, page_damage
    from bot.storage.verify import verify

    settings = settings_from(config)
    noted = [*anchors_of(settings).read(), *(anchor or ())]
    with closing(existing_store(settings)) as store, store.snapshot() as unit:
        broken = [*filter(None, [page_damage(unit)]), *damage(unit)]
        found = verify(unit, store.keys, anchors=noted, erased=erased_ids(settings))
    # What cannot be opened is found by both, and named once.
    faults = [fault for fault in found.faults if not _is_damage(fault, broken)]
    numbers = {fault.partition(" ")[0] for fault in faults}
    for one in broken:
        if one.number not in numbers:
            print(f"damaged: {one.what} cannot be opened")
    if faults:
        print(f"not everything is as the audit chain says ({found.rows} rows):")
        for fault in faults:
            print(f"broken: {fault}")
    if faults or broken:
        raise typer.Exit(1)
    print(f"the audit chain is whole, and every ticket is as it says: {found.rows} rows")


def _is_damage(fault: str, damaged: Sequence[Damage]) -> bool:
    """Tell whether a fault of the chain says no more than that something cannot be opened."""
    return any(one.number and fault.startswith(f"{one.number} cannot be opened") for one in damaged)


@contacts_app.command("import")
def contacts_import(
    file: Annotated[Path, typer.Argument(help="A CSV file; `-` is standard input.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete persons who are not in the file.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Replace even if the file looks incomplete.")
    ] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Skip invalid lines.")] = False,
    config: Config = None,
) -> None:
    """Add the persons of a CSV file to the contact register, as keyed hashes only."""
    from bot.bootstrap import utc_now
    from bot.cli.contacts import examples, import_contacts
    from bot.content.contacts import read_contacts

    settings = settings_from(config)
    listed = read_contacts(file, tracked, country=settings.service.country, skip_bad=skip_bad)
    for line in (*listed.skipped, *examples(listed)):
        print(line)
    with closing(made_store(settings)) as store:
        print(import_contacts(store, listed, utc_now(), replace=replace, agreed=yes))
