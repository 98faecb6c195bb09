"""The commands that only match questions: ask and evaluate. They need no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.resources import Config, settings_from, understanding_of
from bot.cli.screen import json_line, tracked

if TYPE_CHECKING:
    from rich.table import Table

    from bot.cli.evaluate import Report
    from bot.content.loaded import Understanding
    from bot.core.catalog import Language
    from bot.core.understanding.matching import Match

questions_app = typer.Typer()


@questions_app.command()
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

    settings = settings_from(config)
    known = understanding_of(settings)
    spoken = settings.service.languages
    if text is not None:
        match = _matched(known, {"text": text}, _language(lang, spoken), spoken)
        content = known.content
        print(json_line(described(match, content)) if as_json else reply(match, content))
        return
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            print(_answer_line(known, number, line, lang, spoken), flush=True)


@questions_app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="JSON lines of labelled questions.")],
    config: Config = None,
) -> None:
    """Score the matching on labelled questions, per language and kind."""
    from rich.console import Console

    from bot.cli.evaluate import evaluate as score
    from bot.cli.evaluate import read_items

    items = list(read_items(files))
    known = understanding_of(settings_from(config))
    content = known.content
    report = score(tracked(items), content.catalog, content.notice, known.matcher)
    for table in _score_tables(report):
        Console().print(table)


def _language(code: str | None, spoken: Sequence[Language]) -> Language | None:
    if code is None:
        return None
    found = next((one for one in spoken if one == code), None)
    if found is None:
        raise typer.BadParameter(f"{code!r} is none of the languages: {', '.join(spoken)}")
    return found


def _matched(
    known: Understanding,
    item: Mapping[str, object],
    language: Language | None,
    spoken: Sequence[Language],
) -> Match:
    """Return what a message wants, in a language that is spoken here."""
    matcher = known.matcher

    def understood(language: Language | None) -> Match:
        if "body" in item:
            subject = str(item.get("subject") or "")
            return matcher.match_mail(subject, str(item["body"]), language)
        return matcher.match(str(item["text"]), language)

    match = understood(language)
    return match if match.language in spoken else understood(spoken[0])


def _answer_line(
    known: Understanding, number: int, line: bytes, lang: str | None, spoken: Sequence[Language]
) -> str:
    from bot.cli.contract import described
    from bot.errors import UsageError

    try:
        item = json.loads(line.decode("utf-8-sig", errors="replace"))
        match = _matched(known, item, _language(item.get("lang") or lang, spoken), spoken)
    except (ValueError, KeyError, AttributeError, RecursionError):
        raise UsageError(
            f'line {number}: not an object such as {{"id": "1", "text": "..."}}'
        ) from None
    return json_line(described(match, known.content, item.get("id")))


def _score_tables(report: Report) -> Iterator[Table]:
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
