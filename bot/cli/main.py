"""The command line. Heavy imports stand inside the commands, so that help comes at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.data import Config, data_app
from bot.errors import ConfigError, SelosteError

if TYPE_CHECKING:
    from bot.bootstrap import Assistant
    from bot.config import Settings
    from bot.content.loaded import Understanding

app = typer.Typer(
    help="Seloste: a chat assistant for privacy inquiries.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
tickets_app = typer.Typer(help="Look at the tickets.", no_args_is_help=True)
audit_app = typer.Typer(help="The audit chain.", no_args_is_help=True)
contacts_app = typer.Typer(help="The contact register.", no_args_is_help=True)
app.add_typer(tickets_app, name="tickets")
app.add_typer(audit_app, name="audit")
app.add_typer(contacts_app, name="contacts")
app.add_typer(data_app)

T = TypeVar("T")
_SAMPLE_STAFF = [
    {"name": "Aino", "roles": ["agent", "approver"]},
    {"name": "Mika", "roles": ["approver"]},
]
_SAMPLE_CONTACT = "matti.meikalainen@example.com"


def main() -> None:
    """Run the command line; a person's mistake ends with a sentence, not a traceback."""
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


@app.command()
def chat(config: Config = None) -> None:
    """Talk to the assistant in this terminal, as a customer and as staff."""
    from rich.console import Console

    from bot.bootstrap import foreground
    from bot.channels.terminal import CHANNEL, Hands, Terminal

    console = Console()
    running = _app(config, sample=True)
    hands = Hands(
        take=partial(foreground.take, running),
        deliver=partial(foreground.deliver, running, CHANNEL),
        letters=partial(foreground.letters, running),
    )
    Terminal(running.queries, hands, console, _reader(console)).run()


@app.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="The question.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object a line.")] = False,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read JSON lines from stdin.")] = False,
    lang: Annotated[str | None, typer.Option(help="fi, en or sv; else guessed.")] = None,
    config: Config = None,
) -> None:
    """Ask one question and print the answer; nothing is stored."""
    if (text is None) == (not stdin):
        raise typer.BadParameter("give a question, or --stdin with JSON lines")
    from bot.cli.contract import described, reply

    known = _understanding(_settings(config))
    if text is not None:
        match = known.matcher.match(text, _language(lang))
        print(_line(described(match, known.content)) if as_json else reply(match, known.content))
        return
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            print(_answered(known, number, line, lang), flush=True)


@app.command()
def run(config: Config = None) -> None:
    """Run the assistant as a service, with the channels of the configuration, until stopped."""
    import structlog

    from bot.bootstrap import assistant, routes_of, store_of
    from bot.bootstrap.process import replica
    from bot.replica.log import configure_logging
    from bot.replica.run import serve

    settings = _settings(config)
    if not routes_of(settings).desks:
        raise ConfigError(
            "nothing to run:",
            [
                "staff have no desk, so nobody would see a request; set [telegram] token and "
                "staff_chat_id, [slack] bot_token and staff_channel, or [http]"
            ],
        )
    configure_logging()
    if settings.mail.smtp_url is None:
        folder = str(settings.service.data_dir / "mail")
        message = "no mail server is set: codes and letters stay as files"
        structlog.get_logger().warning(message, folder=folder)
    known = _understanding(settings)
    with closing(store_of(settings)) as store:
        built = assistant(settings, known, store, routes=routes_of(settings))
        serve(replica(built), settings.web.listen)


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="JSON lines of labelled questions.")],
    config: Config = None,
) -> None:
    """Score the matching on labelled questions, per language and kind."""
    from rich.console import Console

    from bot.cli.evaluate import evaluate as score
    from bot.cli.evaluate import read_items

    items = list(read_items(files))
    known = _understanding(_settings(config))
    content = known.content
    report = score(_watched(items), content.catalog, content.notice, known.matcher)
    for table in _score_tables(report):
        Console().print(table)


@app.command()
def check(
    config: Config = None,
    online: Annotated[
        bool, typer.Option("--online", help="Ask Telegram, Slack and the mail server too.")
    ] = False,
) -> None:
    """Check configuration and content; name every fault, and warn of what is stale or unused."""
    from rich.console import Console

    from bot.content.load import load, warnings

    settings = _settings(config)
    content = load(settings.content.dir, settings.words())
    found = warnings(content)
    for warning in found:
        print(f"warning: {warning}")
    Console().print(
        f"{len(content.notice.passages)} passages, {len(content.catalog.intents)} intents, "
        f"{len(content.catalog.phrases)} phrases: no faults, {len(found)} warnings."
    )
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
    """Print the manifest from which Slack makes the app, with the least scopes."""
    from importlib.resources import files

    name = "manifest-http.yaml" if http else "manifest-socket.yaml"
    text = (files("bot.channels.slack") / name).read_text(encoding="utf-8")
    print(text.replace("https://seloste.example.com", http.rstrip("/")), end="")


@app.command()
def deadline(
    received: Annotated[str, typer.Argument(help="The day of receipt, as 2026-11-06.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one object.")] = False,
) -> None:
    """Say when a request is to be answered, and why (Regulation 1182/71)."""
    from bot.core.tickets import deadlines

    try:
        day = date.fromisoformat(received)
        end, extended = deadlines.deadline(day), deadlines.deadline(day, months=3)
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
        print(_line(facts))
        return
    for name, value in facts.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        print(f"{name.replace('_', ' '):>14}  {shown}")


@tickets_app.command("list")
def tickets_list(
    ended: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False,
    config: Config = None,
) -> None:
    """List the tickets by due date."""
    from rich.console import Console

    from bot.channels.terminal import list_table

    desk = _app(config).queries
    Console().print(list_table(desk.tickets(ended=ended), desk.wording))


@tickets_app.command("show")
def tickets_show(number: str, config: Config = None) -> None:
    """Show one ticket with its due date and why, its evidence and history."""
    from rich.console import Console

    from bot.channels.terminal import card_table, history_table
    from bot.core.tickets.ticket import Ticket
    from bot.errors import UsageError

    desk = _app(config).queries
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

    with closing(store_of(_settings(config))) as store, store.snapshot() as unit:
        rows, fault = unit.audit.verify_chain()
        contradicted = unit.audit.first_mismatch()
    if fault:
        print(f"the audit chain is broken: {fault}")
        raise typer.Exit(1)
    if contradicted:
        print(f"the audit chain is whole, but {contradicted} is not as its last row says")
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

    contacts = read_contacts(file, _watched)
    store = store_of(_settings(config))
    with store.transaction() as unit:
        hashes = {store.keys.contact(contact) for contact in contacts}
        new = unit.contacts.register(hashes)
        gone = unit.contacts.retain(hashes) if replace else 0
    print(
        f"{len(contacts)} contacts read, {new} new, {gone} forgotten; only keyed hashes were kept"
    )


def _settings(path: Path | None) -> Settings:
    from bot.config import read_settings

    return read_settings(path)


def _understanding(settings: Settings) -> Understanding:
    from bot.content.loaded import understanding

    with _progress() as progress:
        return understanding(settings.content.dir, settings.words(), progress)


def _app(path: Path | None, *, sample: bool = False) -> Assistant:
    """Build the assistant; `sample` brings staff and a contact to try it with."""
    from bot.bootstrap import assistant, store_of

    settings = _settings(path)
    if sample and not settings.staff:
        from bot.config import StaffMember

        staff = [StaffMember.model_validate(member) for member in _SAMPLE_STAFF]
        settings = settings.model_copy(update={"staff": staff})
    store = store_of(settings)
    if sample:
        with store.transaction() as unit:
            unit.contacts.register([store.keys.contact(_SAMPLE_CONTACT)])
    return assistant(settings, _understanding(settings), store)


@contextmanager
def _progress() -> Iterator[Any]:
    """Show a bar on stderr while the model is trained, and nothing when it is cached."""
    shown = ExitStack()
    bar: Any = None

    def tell(what: str, share: float) -> None:
        nonlocal bar
        if bar is None:
            bar = shown.enter_context(_bar())
            bar.add_task(what, total=1.0)
        bar.update(bar.task_ids[0], description=f"first start: {what}", completed=share)

    with shown:
        yield tell


def _watched(work: Sequence[T]) -> Iterable[T]:
    """Pass a long work's pieces on, with a bar on stderr that goes when it is done."""
    with _bar() as bar:
        yield from bar.track(work, description="working")


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), transient=True)


def _reader(console: Any) -> Any:
    from rich.text import Text

    def read(prompt: str) -> str | None:
        try:
            line: str = console.input(Text(prompt, style="bold"))
        except (EOFError, KeyboardInterrupt):
            return None
        if not sys.stdin.isatty():
            console.print(line, markup=False)
        return line

    return read


def _language(code: str | None) -> Any:
    from bot.core.catalog import Language

    if code is None:
        return None
    if code not in set(Language):
        raise typer.BadParameter(f"{code!r} is not fi, en or sv")
    return Language(code)


def _answered(known: Understanding, number: int, line: bytes, lang: str | None) -> str:
    from bot.cli.contract import described
    from bot.errors import UsageError

    try:
        item = json.loads(line.decode("utf-8", errors="replace"))
        language = _language(item.get("lang") or lang)
        if "body" in item:
            match = known.matcher.match_mail(
                str(item.get("subject") or ""), str(item["body"]), language
            )
        else:
            match = known.matcher.match(str(item["text"]), language)
    except (ValueError, KeyError, AttributeError, RecursionError):
        raise UsageError(
            f'line {number}: not an object such as {{"id": "1", "text": "..."}}'
        ) from None
    return _line(described(match, known.content, item.get("id")))


def _line(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", errors="replace").decode()


def _score_tables(report: Any) -> Iterator[Any]:
    from rich.table import Table

    from bot.cli.evaluate import SCORES
    from bot.core.catalog import Kind, Language

    table = Table("language", "kind", "items", *SCORES, title="Per language and kind, %")
    for language in (*Language, ""):
        for kind in (*Kind, ""):
            total = report.total(language, kind)
            if total:
                shares = [f"{report.share(score, language, kind):.1f}" for score in SCORES]
                names = language or "all", kind or "all"
                table.add_row(*names, str(total), *shares, end_section=not kind)
    yield table
    pairs = Table("expected", "given", "times", title="Most confused")
    for (expected, given), times in report.confused.most_common(10):
        pairs.add_row(expected[:60], given, str(times))
    yield pairs
