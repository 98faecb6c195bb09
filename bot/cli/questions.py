"""The commands `ask` and `evaluate`, which need no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.resources import Config, settings_from, understanding_of
from bot.cli.screen import json_line, progress, tracked

if TYPE_CHECKING:
    from rich.table import Table

    from bot.cli.evaluate import Item, Report
    from bot.cli.evaluate_stages import StageReport
    from bot.cli.learning_curve import Point
    from bot.config import Settings
    from bot.content.load import Content
    from bot.content.loaded import Understanding
    from bot.core.catalog import Language
    from bot.core.understanding.topics.match import Match

questions_app = typer.Typer()


@questions_app.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="The question.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object a line.")] = False,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read JSON lines from stdin.")] = False,
    lang: Annotated[str | None, typer.Option(help="fi, en or sv; detected by default.")] = None,
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
    stages: Annotated[bool, typer.Option("--stages", help="They are labelled replies.")] = False,
    html: Annotated[Path | None, typer.Option(help="Also write a page with plots.")] = None,
    curve: Annotated[
        bool, typer.Option("--learning-curve", help="On the page; trains five times, for minutes.")
    ] = False,
    proposed: Annotated[
        bool, typer.Option("--proposed", help="What proposed phrases change; trains, for minutes.")
    ] = False,
    config: Config = None,
) -> None:
    """Score the matching on labelled questions, or the reading of replies at each stage."""
    if proposed and (stages or html or curve):
        raise typer.BadParameter("--proposed prints a comparison and takes no other option")
    if html is not None and (stages or not html.absolute().parent.is_dir()):
        raise typer.BadParameter("--html is a file in a folder that is there, and not for --stages")
    if curve and html is None:
        raise typer.BadParameter("--learning-curve is drawn on the page of --html")
    settings = settings_from(config)
    if proposed:
        from bot.cli.evaluate_proposed import evaluate_proposed

        evaluate_proposed(files, settings)
    elif stages:
        _evaluate_replies(files, settings)
    else:
        _evaluate_questions(files, settings, html, curve=curve)


def _evaluate_replies(files: Sequence[Path], settings: Settings) -> None:
    from rich.console import Console

    from bot.cli.evaluate_stages import evaluate, read_replies

    replies = list(read_replies(files))
    for table in _stage_tables(evaluate(tracked(replies), understanding_of(settings).reader)):
        Console().print(table)


def _evaluate_questions(
    files: Sequence[Path], settings: Settings, html: Path | None, *, curve: bool
) -> None:
    from rich.console import Console

    from bot.bootstrap import utc_now
    from bot.cli.evaluate import evaluate, read_items
    from bot.cli.evaluation_page import page

    items = list(read_items(files))
    known = understanding_of(settings)
    content, without = known.content, None
    asked: list[bool] = []
    told = _noting_what_is_read(tracked(items), known, asked)
    report = evaluate(told, content.catalog, content.notice, known.matcher)
    for table in _score_tables(report):
        Console().print(table)
    if known.encoder is not None:
        linear = understanding_of(settings, encoder=False).matcher
        without = evaluate(tracked(items), content.catalog, content.notice, linear)
        Console().print(_encoder_table(report, without))
        alone = 100 * asked.count(False) / max(len(asked), 1)
        print(f"{alone:.0f} % were understood without the encoder.")
    if html is not None:
        day, names = settings.rules().today(utc_now()), [file.name for file in files]
        points = _curve(items, content) if curve else []
        _write_page(html, page(report, without, names=names, day=day, curve=points))


def _noting_what_is_read(
    items: Iterable[Item], known: Understanding, asked: list[bool]
) -> Iterator[Item]:
    """Yield items, and note of each whether it was read by the encoder."""
    for item in items:
        before = known.encoder.texts_read if known.encoder else 0
        yield item
        asked.append(known.encoder is not None and known.encoder.texts_read > before)


def _curve(items: Sequence[Item], content: Content) -> list[Point]:
    from bot.cli.learning_curve import learning_curve

    with progress() as tell:
        return list(learning_curve(items, content, tell))


def _write_page(path: Path, text: str) -> None:
    from bot.errors import UsageError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    print(f"Written: {path}")


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
    """Return what a message wants, as in a conversation, in a language that is spoken here."""
    from bot.core.understanding.topics.intended import intended
    from bot.core.understanding.words.own_words import of_mail, own_words

    if "body" in item:
        said = of_mail(str(item.get("subject") or ""), str(item["body"]))
    else:
        said = own_words(str(item["text"])) or str(item["text"])
    matcher, catalog = known.matcher, known.content.catalog
    match = intended(said, language, matcher, catalog)
    return match if match.language in spoken else intended(said, spoken[0], matcher, catalog)


def _answer_line(
    known: Understanding, number: int, line: bytes, lang: str | None, spoken: Sequence[Language]
) -> str:
    from bot.cli.contract import asked_in, described, followed_after, with_reading
    from bot.errors import UsageError

    try:
        item = json.loads(line.decode("utf-8-sig", errors="replace"))
        match = _matched(known, item, _language(item.get("lang") or lang, spoken), spoken)
        match = followed_after(item, match, known)
        asked = asked_in(item)
    except (ValueError, KeyError, AttributeError, RecursionError):
        raise UsageError(
            f'line {number}: not an object such as {{"id": "1", "text": "..."}}'
        ) from None
    message = described(match, known.content, item.get("id"))
    if asked is None:
        return json_line(message)
    text = str(item["body"] if "body" in item else item["text"])
    return json_line(with_reading(message, known.reader.read(asked, text, match.language)))


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


def _encoder_table(report: Report, without: Report) -> Table:
    from rich.table import Table

    from bot.cli.evaluate import SCORES

    table = Table("", *SCORES, title="What the encoder brings, %")
    for name, one in (("with the encoder", report), ("without", without)):
        table.add_row(name, *(f"{one.share(score):.1f}" for score in SCORES))
    return table


def _stage_tables(report: StageReport) -> Iterator[Table]:
    from rich.table import Table

    from bot.cli.evaluate_stages import COSTS
    from bot.core.catalog import Language
    from bot.core.understanding.asked import Stage

    languages = (*Language, "")
    right = Table("stage", "replies", *(name or "all" for name in languages), title="Right, %")
    for stage in (*Stage, ""):
        shares = [report.share_right(language, stage) for language in languages]
        names = stage or "all", str(report.total("", stage))
        right.add_row(*names, *(f"{share:.1f}" for share in shares))
    yield right
    costs = Table("what costs", "times", "of", "%", title="Costly errors")
    for cost in COSTS:
        times, of = report.costs[cost], report.chances[cost]
        costs.add_row(cost, str(times), str(of), f"{100 * times / of if of else 0:.2f}")
    yield costs
    pairs = Table("stage", "means", "read as", "times", title="Most confused")
    for (stage, means, read), times in report.confused.most_common(15):
        pairs.add_row(stage, means, read, str(times))
    yield pairs
