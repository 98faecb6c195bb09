"""The command line. Heavy imports are inside the commands, so that --help answers at once."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import closing
from datetime import date
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__
from bot.cli.backup import backup_app
from bot.cli.calendar import calendar_app
from bot.cli.clock import clock_app
from bot.cli.dead_letters import dead_letters_app
from bot.cli.demo_data import demo_app
from bot.cli.keys import keys_app
from bot.cli.person import person_app
from bot.cli.questions import questions_app
from bot.cli.recipients import recipients_app
from bot.cli.records import records_app
from bot.cli.report import report_app
from bot.cli.resources import Config, settings_from
from bot.cli.retention import retention_app
from bot.cli.review import review_app
from bot.cli.screen import json_line, line_reader
from bot.cli.train import train_app
from bot.cli.trial import mark_production, trial_assistant
from bot.errors import ConfigError, SelosteError, UsageError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.content.loaded import Understanding
    from bot.replica.starting import StartingPages

app = typer.Typer(
    help="Seloste: a chat assistant for privacy inquiries.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (
    questions_app,
    train_app,
    records_app,
    report_app,
    backup_app,
    dead_letters_app,
    demo_app,
):
    app.add_typer(part)
app.add_typer(clock_app, name="clock")
app.add_typer(keys_app, name="keys")
app.add_typer(calendar_app, name="calendar")
app.add_typer(person_app, name="person")
app.add_typer(recipients_app, name="recipients")
app.add_typer(retention_app, name="retention")
app.add_typer(review_app, name="questions")


def main() -> None:
    """Run the command line; a person's mistake ends with a sentence, not a traceback."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a screen cannot show ends nothing
            stream.reconfigure(errors="replace")
    try:
        app()
    except SelosteError as error:
        print(f"seloste: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"seloste {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Take what stands before a command.

    The screen is the command's: only what goes wrong is told between its lines, and beside what
    another program may read. `seloste run` has a log of its own.
    """
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@app.command()
def chat(config: Config = None) -> None:
    """Talk to the assistant in this terminal, as a customer and as staff."""
    from rich.console import Console

    from bot.bootstrap import foreground
    from bot.channels.terminal import CHANNEL, Hands, Terminal

    console = Console()
    settings = settings_from(config)
    running = trial_assistant(settings)
    folder = running.settings.service.data_dir
    if folder != settings.service.data_dir:
        console.print(f"This is a trial. It is kept in {folder}, apart from what customers write.")
    hands = Hands(
        take=partial(foreground.take, running),
        deliver=partial(foreground.deliver, running, CHANNEL),
        letters=partial(foreground.letters, running),
    )
    Terminal(running.queries, hands, console, line_reader(console)).run()


@app.command()
def run(
    config: Config = None,
    allow_root: Annotated[bool, typer.Option("--allow-root", help="Run even as root.")] = False,
) -> None:
    """Run the assistant as a service, with the channels of the configuration, until stopped."""
    from bot.bootstrap import assistant, routes_of, store_of, utc_now
    from bot.bootstrap.process import replica
    from bot.cli.contacts import warn_of_empty_register
    from bot.cli.preflight import refuse_problems
    from bot.content.loaded import understanding
    from bot.preflight.machine import root_is_allowed
    from bot.replica.log import configure_logging
    from bot.replica.run import serve
    from bot.replica.starting import StartingPages
    from bot.service.operator import note_configuration

    os.umask(0o077)  # what is written is nobody else's to read
    settings = settings_from(config)
    configure_logging(settings.service.log)
    refuse_problems(settings, config, allow_root=allow_root or root_is_allowed())
    with StartingPages([settings.web.address, settings.web.health_address]) as pages:
        tell = partial(_tell_training, pages)
        known = understanding(settings.content.dir, settings.words(), tell)
        store = store_of(settings)
    _read_encoder(known)
    with closing(store):
        mark_production(store)
        configuration = settings.model_dump_json()
        store.retrying(lambda unit: note_configuration(unit, configuration, __version__, utc_now()))
        warn_of_empty_register(store)
        built = assistant(settings, known, store, routes=routes_of(settings))
        health = ":".join(map(str, settings.web.health_address))
        serve(replica(built), settings.web.listen, health, known.warm_up())


def _read_encoder(known: Understanding) -> None:
    """Read the encoder now, so that no customer waits for it; without it, log why."""
    import structlog

    if known.encoder:
        known.encoder.vector("")
    if known.without_encoder:
        structlog.get_logger().warning("without the encoder", why=known.without_encoder)


def _tell_training(pages: StartingPages, what: str, share: float) -> None:
    pages.tell(f"training the model: {what}", share)


@app.command()
def check(
    config: Config = None,
    online: Annotated[
        bool, typer.Option("--online", help="Ask Telegram, Slack and the mail server too.")
    ] = False,
) -> None:
    """Check configuration and content: report every fault, and warn of stale or unused parts."""
    from rich.console import Console

    from bot.cli.contacts import register_warnings
    from bot.cli.preflight import show_problems
    from bot.cli.screen import counted
    from bot.content.load import load, warnings

    settings = settings_from(config)
    faults = show_problems(settings, config)
    content = load(settings.content.dir, settings.words())
    found = [*warnings(content), *register_warnings(settings)]
    for warning in found:
        print(f"warning: {warning}")
    Console().print(
        f"{len(content.notice.passages)} passages, {len(content.catalog.intents)} intents, "
        f"{len(content.catalog.phrases)} phrases: no faults, {counted(len(found), 'warning')}."
    )
    if faults:
        raise ConfigError("the installation has faults:", faults)
    if online and not _all_well(settings):
        raise typer.Exit(1)


def _all_well(settings: Settings) -> bool:
    """Show what the platforms say of their set-up; tell whether nothing is wrong."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from bot.cli.setup_check import findings

    found = findings(settings)
    table = Table("", "looked at", "what to do")
    for finding in found:
        mark = "[red]✗[/red]" if finding.fault else "[green]✓[/green]"
        table.add_row(mark, escape(finding.point), escape(finding.fault))
    Console().print(table)
    return not any(finding.fault for finding in found)


@app.command()
def manifest(
    http: Annotated[
        str, typer.Option(help="The https address of your service, for mode http.")
    ] = "",
) -> None:
    """Print the manifest for creating the Slack app, with the fewest scopes."""
    from importlib.resources import files

    if http and not http.startswith("https://"):
        raise UsageError("Slack delivers to https:// only; such as --http https://bot.example.com")
    name = "manifest-http.yaml" if http else "manifest-socket.yaml"
    text = (files("bot.channels.slack") / name).read_text(encoding="utf-8")
    print(text.replace("https://seloste.example.com", http.rstrip("/")), end="")


@app.command()
def deadline(
    received: Annotated[str, typer.Argument(help="The day of receipt, as 2026-11-06.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one object.")] = False,
    country: Annotated[str, typer.Option(help="Country of the holidays, such as SE.")] = "FI",
    subdivision: Annotated[str, typer.Option(help="Part of the country, such as BE.")] = "",
) -> None:
    """Show when a request must be answered, and why (Regulation 1182/71)."""
    from bot.core.tickets import deadlines
    from bot.core.tickets.public_holidays import FINLAND, Place, is_known

    place = Place(country=country.upper(), subdivision=subdivision.upper())
    if place != FINLAND and not is_known(place):
        raise typer.BadParameter(f"no public holidays are known of {country} {subdivision}")
    try:
        day = date.fromisoformat(received)
        end = deadlines.deadline(day, place=place)
        extended = deadlines.deadline(day, months=3, place=place)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{received!r} is not a day such as 2026-11-06") from None
    moved = [f"{off.day.isoformat()} {off.name}" for off in end.moved_because]
    facts = {
        "received": day.isoformat(),
        "nominal_end": end.nominal_end.isoformat(),
        "due": end.due.isoformat(),
        "extended_due": extended.due.isoformat(),
        "moved_because": moved,
    }
    if as_json:
        print(json_line(facts))
        return
    for name, value in facts.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        print(f"{name.replace('_', ' '):>14}  {shown}")
