"""The commands for the suppression list: which contacts get no direct marketing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.private_file import write_private
from bot.cli.resources import Config, existing_store, settings_from
from bot.cli.screen import counted

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.core.contacts import Contact
    from bot.storage.suppressions import Suppressed

suppressions_app = typer.Typer(
    help="The suppression list: who must get no direct marketing.", no_args_is_help=True
)


class Format(StrEnum):
    """How the list is written."""

    CSV = "csv"
    JSON = "json"


OutFile = Annotated[Path, typer.Argument(help="The file to write; - is standard output.")]
Form = Annotated[Format, typer.Option("--format", help="The format of the file.")]


@suppressions_app.command("list")
def suppressions_list(config: Config = None) -> None:
    """List the contacts, masked, with the day since when they are on the list."""
    from bot.channels.desk.masking import masked
    from bot.cli.resources import local_time
    from bot.core.contacts import Contact

    settings = settings_from(config)
    at = local_time(settings)
    found = list(_listed(settings, personal=False))
    if not found:
        print("no contacts are on the list")
    for one in found:
        shown = masked(Contact(one.kind, one.value)) if one.value else "erased; only its hash"
        print(f"{at(one.since)}  {one.kind}  {shown}")


@suppressions_app.command("export")
def suppressions_export(file: OutFile, form: Form = Format.CSV, config: Config = None) -> None:
    """Write the whole list for the mailing system, to a file that only its owner can read."""
    rows = [
        {
            "kind": one.kind.value,
            "contact": one.value,
            "since": one.since.isoformat(),
            "hash": one.hash,
        }
        for one in _listed(settings_from(config), personal=True)
    ]
    write_private(file, _written(("kind", "contact", "since", "hash"), rows, form))
    if str(file) != "-":
        print(f"{counted(len(rows), 'contact')} in {file}")


@suppressions_app.command("match")
def suppressions_match(
    addresses: Annotated[Path, typer.Argument(help="A CSV file with the recipients of a mailing.")],
    file: OutFile,
    form: Form = Format.CSV,
    config: Config = None,
) -> None:
    """Write which contacts of a mailing are on the list, those of erased people too.

    Only keyed hashes of those are kept, so they are in no export.
    """
    from bot.bootstrap import utc_now
    from bot.cli.screen import tracked
    from bot.content.contacts import read_contacts
    from bot.core.tickets.record import Observed
    from bot.service.operator import note

    settings = settings_from(config)
    listed = read_contacts(addresses, tracked, country=settings.service.country, skip_bad=True)
    for line in listed.skipped:
        typer.echo(line, err=True)
    mailed = {contact for person in listed.persons for contact in person}
    with closing(existing_store(settings)) as store, store.transaction() as unit:
        held = sorted(unit.suppressions.held(mailed), key=_in_order)
        facts = {"what": "suppressions", "rows": str(len(held)), "personal": "yes"}
        note(unit, Observed.LISTED, utc_now(), facts)
    rows = [{"kind": one.kind.value, "contact": one.value} for one in held]
    write_private(file, _written(("kind", "contact"), rows, form))
    if str(file) != "-":
        print(f"{len(held)} of {counted(len(mailed), 'contact')} are on the list: {file}")


def _listed(settings: Settings, *, personal: bool) -> Iterator[Suppressed]:
    """Return the list; that it was read stands in the audit chain."""
    from bot.bootstrap import utc_now
    from bot.core.tickets.record import Observed
    from bot.service.operator import note

    with closing(existing_store(settings)) as store, store.transaction() as unit:
        found = unit.suppressions.listed()
        facts = {
            "what": "suppressions",
            "rows": str(len(found)),
            "personal": "yes" if personal else "no",
        }
        note(unit, Observed.LISTED, utc_now(), facts)
    yield from found


def _written(columns: Sequence[str], rows: Sequence[Mapping[str, str]], form: Format) -> bytes:
    """Return what a program reads: to it, +358 is a number and no formula.

    A list without contacts has its columns all the same.
    """
    if form is Format.JSON:
        return f"{json.dumps(rows, indent=1)}\n".encode()
    text = StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerows([columns, *([row[name] for name in columns] for row in rows)])
    return text.getvalue().encode()


def _in_order(contact: Contact) -> tuple[str, str]:
    return contact.kind, contact.value
