"""The command line of the benchmark: `python -m tests.bench_matching --help`."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.cli.evaluate import read_items
from bot.cli.learning_curve import part_of
from bot.config import Settings
from bot.content.loaded import Understanding, understanding
from tests.bench_matching import nlpjs
from tests.bench_matching.measure import PEERS, SIZES, Line, measured, measured_nlpjs

DATA = Path(__file__).parents[1] / "data"
FILES = (DATA / "questions-dev.jsonl", DATA / "situations-dev.jsonl")
NOTE = (
    "Right: the best topic alone, on labelled messages that nobody learnt from, with its 95 % "
    "interval; Seloste with its own verdicts. Milliseconds are of one core. The encoder has learnt "
    "from all phrases beforehand."
)


def main(
    nlpjs_in: Annotated[
        Path | None, typer.Option("--nlpjs", help="Where npm installed node-nlp.")
    ] = None,
    limit: Annotated[float, typer.Option(help="Seconds that nlp.js may take for a size.")] = 600,
) -> None:
    """Measure the matching beside rapidfuzz, scikit-learn and nlp.js, with ever more phrases."""
    console = Console()
    console.print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start, "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
    if not nlpjs.is_there(nlpjs_in):
        console.print("nlp.js is left out: name a folder where npm installed node-nlp (--nlpjs).")
        nlpjs_in = None
    known = understanding(None, Settings().words())
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        lines = _lines(known, nlpjs_in, limit, bar)
    console.print(table(lines))
    console.print(f"[dim]{NOTE}[/]")


def _lines(known: Understanding, folder: Path | None, limit: float, bar: Progress) -> list[Line]:
    notice, items = known.content.notice, list(read_items(FILES))
    task = bar.add_task("learning", total=len(SIZES) * (len(PEERS) + bool(folder)) + 1)
    lines = []
    for size in SIZES:
        catalog = part_of(known.content.catalog, size)
        for name, learn in PEERS.items():
            bar.update(task, description=f"{name}, {size}x")
            lines.append(measured(name, catalog, notice, items, learn))
            bar.advance(task)
        if folder:
            bar.update(task, description=f"nlp.js, {size}x")
            lines.append(measured_nlpjs(folder, catalog, notice, items, limit))
            bar.advance(task)
    bar.update(task, description="with the encoder")
    whole = known.content.catalog
    lines.append(
        measured("Seloste, with the encoder", whole, notice, items, lambda _: known.matcher)
    )
    bar.advance(task)
    return lines


def table(lines: Sequence[Line]) -> Table:
    """Return the lines as a table."""
    shown = Table(title="The matching beside its peers")
    shown.add_column("")
    for name in ("phrases", "right, %", "learning, s", "median, ms", "99th percentile, ms"):
        shown.add_column(name, justify="right")
    for line in lines:
        if line.right is None or line.learning is None:
            shown.add_row(line.name, f"{line.phrases:,}", "out of time", "-", "-", "-")
            continue
        learning = "-" if line.learning < 0.001 else f"{line.learning:.1f}"
        times = f"{line.median:.2f}", f"{line.slowest:.2f}"
        shown.add_row(line.name, f"{line.phrases:,}", str(line.right), learning, *times)
    return shown


if __name__ == "__main__":
    typer.run(main)
