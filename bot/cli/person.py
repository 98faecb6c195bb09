"""The commands for what the assistant stores about one person (Art. 15, 17)."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.private_file import write_private
from bot.cli.resources import Config, existing_store, settings_from
from bot.cli.screen import counted, print_table
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.core.tickets.ticket import Ticket
    from bot.core.tickets.whose import Whose
    from bot.storage.kept import Kept
    from bot.storage.store import Store

person_app = typer.Typer(help="What is stored about one person.", no_args_is_help=True)


@person_app.command("find")
def find(config: Config = None) -> None:
    """Show what is stored about an address, phone number, account, or the person of a ticket.

    The term is asked for, so that nothing personal gets into the shell history.
    """
    settings = settings_from(config)
    whose = _asked_for(settings)
    with closing(existing_store(settings)) as store:
        kept = _kept(store, whose)
        _show(kept)
        _note(store, "found")


@person_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="The JSON file to write; - is standard output.")],
    config: Config = None,
) -> None:
    """Export what is stored about a person as JSON, to answer a request for access."""
    settings = settings_from(config)
    whose = _asked_for(settings)
    with closing(existing_store(settings)) as store:
        kept = _kept(store, whose)
        text = json.dumps(_content(kept), ensure_ascii=False, indent=1)
        _note(store, "exported")
    write_private(file, f"{text}\n".encode(errors="replace"))
    if str(file) != "-":
        print(f"{counted(_things(kept), 'thing')} in {file}")


@person_app.command("forget")
def forget(
    yes: Annotated[bool, typer.Option("--yes", help="Delete it; otherwise only show it.")] = False,
    config: Config = None,
) -> None:
    """Delete what is stored about a person, except open cases; without --yes only show it."""
    from bot.bootstrap import utc_now
    from bot.storage import kept as storage
    from bot.storage.backup.journal import Journal

    settings = settings_from(config)
    whose = _asked_for(settings)
    with closing(existing_store(settings)) as store:
        kept = _kept(store, whose)
        _show(kept)
        for ticket in kept.open_tickets:
            print(f"stays: {ticket.number} is open; refuse it or carry it out first")
        if kept.on_file:
            print("stays: on file in the contact register; leave them out of its next import")
        if kept.disowned:
            print("stays: that the mailbox wants no codes, until its retention ends")
        if kept.suppressed:
            print("stays: that no marketing is sent there, by a keyed hash alone")
        if not yes:
            print("nothing was destroyed; --yes does it")
            return
        journal = Journal(settings.service.erasure_journal).write
        gone = store.retrying(lambda unit: storage.forget(unit, kept, utc_now(), journal))
        _note(store, "forgotten")
    print(f"{counted(gone, 'thing')} destroyed; older backups forget by the erasure journal")


def _asked_for(settings: Settings) -> Whose:
    """Ask whose data it is about. Raises UsageError where that is nothing known."""
    from bot.core.tickets.whose import whose

    said = typer.prompt("e-mail address, phone number, telegram:ID, slack:ID or ticket number")
    found = whose(said, settings.service.country)
    if found is None:
        raise UsageError("that is no address, phone number, account or number of a ticket")
    return found


def _kept(store: Store, whose: Whose) -> Kept:
    from bot.storage.kept import kept_of

    with store.snapshot() as unit:
        return kept_of(unit, whose)


def _note(store: Store, what: str) -> None:
    """Note in the audit that somebody looked, and of nobody whom it was about."""
    from bot.bootstrap import utc_now
    from bot.core.tickets.record import Observed
    from bot.service.operator import note

    store.retrying(lambda unit: note(unit, Observed.LISTED, utc_now(), {"person": what}))


def _things(kept: Kept) -> int:
    cases, texts = (kept.tickets, kept.inquiries), (kept.dialogues, kept.events, kept.effects)
    return sum(map(len, (*cases, *texts, kept.forms)))


def _show(kept: Kept) -> None:
    rows: list[tuple[str, str, str]] = [
        (one.number, f"{one.right}, {one.state}", f"{one.person.channel}:{one.person.account}")
        for one in kept.tickets
    ]
    for inquiry in kept.inquiries:
        state = "answered" if inquiry.closed_at else "waits"
        account = f"{inquiry.person.channel}:{inquiry.person.account}"
        rows.append((inquiry.number, f"question to staff, {state}", account))
    rows += [("conversation", "where it stands", "")] * len(kept.dialogues)
    rows += [("event", "waits, or is a dead letter", "")] * len(kept.events)
    rows += [("message", "waits, or is a dead letter", "")] * len(kept.effects)
    rows += [("form", "staff have begun it", "")] * len(kept.forms)
    if kept.suppressed:
        rows.append(("suppression", "no marketing is sent there", ""))
    if kept.codes:
        rows.append(("codes", f"{len(kept.codes)} mailed within a week", ""))
    print_table("what is kept", ("what", "which", "account"), rows)


def _content(kept: Kept) -> dict[str, object]:
    from bot.storage.codec import to_json

    return {
        "tickets": [json.loads(to_json(_without_codes(one))) for one in kept.tickets],
        "inquiries": [json.loads(to_json(one)) for one in kept.inquiries],
        "conversations": [json.loads(text) for text in kept.dialogues.values()],
        "events": [json.loads(text) for text in kept.events.values()],
        "messages": [json.loads(text) for text in kept.effects.values()],
        "forms": [json.loads(text) for text in kept.forms.values()],
        "codes_mailed": [at.isoformat() for at in kept.codes],
        "mailbox_wants_no_codes": kept.disowned,
        "on_file": kept.on_file,
        "no_marketing": kept.suppressed,
    }


def _without_codes(ticket: Ticket) -> Ticket:
    """Return a ticket without what codes and the link to a copy are compared with."""
    from dataclasses import replace

    copy = ticket.delivery
    delivery = replace(copy, token="", challenge=None) if copy else None
    return replace(ticket, challenge=None, delivery=delivery)
