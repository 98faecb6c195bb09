"""The command line of the benchmark: `python -m tests.bench --help`."""

from __future__ import annotations

import logging
import os
import platform
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.config import Settings
from bot.content.loaded import Understanding, understanding
from tests.bench import report
from tests.bench.flow import Flow, measured
from tests.bench.growth import Cost, Growth, compared
from tests.bench.plans import Statement, scans, statements_at_work
from tests.bench.replicas import Scale, scaled
from tests.bench.rig import assistant, databases
from tests.conftest import Clock


class Kind(StrEnum):
    """A database to measure on."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Part(StrEnum):
    """A part of the benchmark."""

    RATE = "rate"
    SCALING = "scaling"
    GROWTH = "growth"


@dataclass(frozen=True)
class Form:
    """How long everything takes: seconds, except where the name says otherwise."""

    rounds: int
    rate: float
    bare: float
    warm_up: float
    replicas: tuple[int, ...]
    scaling: float
    tickets: tuple[int, ...]
    messages: int
    filling: float


FULL = Form(
    rounds=3,
    rate=10,
    bare=1.5,
    warm_up=3,
    replicas=(1, 2, 4),
    scaling=12,
    tickets=(1_000, 10_000, 100_000, 1_000_000),
    messages=300,
    filling=240,
)
QUICK = Form(
    rounds=1,
    rate=2,
    bare=0.5,
    warm_up=1,
    replicas=(1, 2),
    scaling=2,
    tickets=(1_000, 10_000),
    messages=60,
    filling=15,
)


def main(
    quick: Annotated[bool, typer.Option("--quick", help="Under a minute, and rough.")] = False,
    kinds: Annotated[list[Kind], typer.Option("--database", help="Only on this one.")] = list(Kind),  # noqa: B006
    parts: Annotated[list[Part], typer.Option("--part", help="Only this part.")] = list(Part),  # noqa: B006
) -> None:
    """Measure how many messages a second are handled, what that takes, and whether it lasts."""
    begun = time.monotonic()
    form, console = QUICK if quick else FULL, Console()
    console.print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start, "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
    # Some of what is lived through fails on purpose.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    known = understanding(None, Settings().words())
    whole = True
    with _progress(console) as bar:
        if Part.RATE in parts:
            by_words = understanding(None, Settings().words(), encoder=False)
            ways = {"": known, ", without encoder": by_words}
            console.print(
                report.rates(
                    {
                        f"{kind}{way}": _rate(kind, ways[way], form, bar)
                        for kind in kinds
                        for way in ways
                    }
                )
            )
        if Part.SCALING in parts and Kind.POSTGRESQL in kinds:
            console.print(report.scaling(_scaling(form, bar)))
        if Part.GROWTH in parts:
            for kind in kinds:
                costs, statements, scanning = _growth(kind, known, form, bar)
                console.print(report.growth(kind, costs))
                console.print(report.plans(kind, len(statements), scanning))
                whole = whole and not scanning
    console.print(f"[dim]{time.monotonic() - begun:.0f} s in all[/]")
    raise typer.Exit(0 if whole else 1)


def _rate(kind: Kind, known: Understanding, form: Form, bar: Progress) -> list[Flow]:
    task = bar.add_task(f"{kind}: messages a second", total=form.rounds)
    flows = []
    with databases(kind, 1) as (url,), assistant(url, known) as app:
        for _ in range(form.rounds):
            flows.append(
                measured(app, seconds=form.rate, bare_seconds=form.bare, warm_up=form.warm_up)
            )
            bar.advance(task)
    return flows


def _scaling(form: Form, bar: Progress) -> list[Scale]:
    task = bar.add_task("postgresql: replicas", total=len(form.replicas))
    found = []
    with databases(Kind.POSTGRESQL, len(form.replicas)) as urls:
        for url, replicas in zip(urls, form.replicas, strict=True):
            found.append(scaled(url, replicas, seconds=form.scaling, warm_up=form.warm_up))
            bar.advance(task)
    return found


def _growth(
    kind: Kind, known: Understanding, form: Form, bar: Progress
) -> tuple[list[tuple[Cost, Cost]], list[Statement], list[tuple[str, str]]]:
    """Return costs at each size with those of the first, the statements, and which of them scan."""
    task = bar.add_task(f"{kind}: tickets", total=form.tickets[-1])
    costs = []
    with databases(kind, 3) as (url, *urls), ExitStack() as stack:
        with assistant(url, known, clock := Clock()) as app:
            statements = statements_at_work(app, clock)
        small, growing = (Growth(stack.enter_context(assistant(u, known))) for u in urls)
        small.fill(form.tickets[0], time.monotonic() + form.filling, lambda _step: None)
        for tickets in form.tickets:
            until = time.monotonic() + form.filling
            if not growing.fill(tickets, until, lambda step: bar.advance(task, step)):
                bar.console.print(f"{kind}: out of time at {growing.filled:,} tickets")
                break
            first, cost = compared((small, growing), form.messages)
            costs.append((first, cost))
        scanning = [(s.sql, scan) for s in statements for scan in scans(growing.engine, s)]
    return costs, statements, scanning


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield bar


if __name__ == "__main__":
    typer.run(main)
