"""The command line: `python -m tests.mutations` breaks every promise in the list, one by one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.mutations.mutation import Mutation, Tree, Verdict
from tests.mutations.promises import MUTATIONS

Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")
_WIDTH = 200  # in a file
_STYLE = {Verdict.KILLED: "green", Verdict.SURVIVED: "red"}


def main() -> int:
    """Try the mutations; return 1 when one survives or cannot be tried."""
    wanted = _arguments()
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    chosen = [m for m in MUTATIONS if wanted.only.casefold() in f"{m.promise} {m.file}".casefold()]
    faults = [fault for mutation in chosen if (fault := mutation.fault())]
    for fault in faults:
        console.print(fault, style="red", markup=False, soft_wrap=True)
    if faults or not chosen:
        console.print("Nothing was tried: correct the list first.", style="red")
        return 1
    selections = list(dict.fromkeys(mutation.tests for mutation in chosen))
    with _trees(wanted.jobs) as trees, _bar(console) as bar:
        whole = _each(
            trees, bar, "whole", selections, lambda tree, tests: tree.run(tests, wanted.seconds)
        )
        if failing := [" ".join(tests) for tests, status in whole if status != 0]:
            console.print(f"These fail before anything is broken: {failing}", style="red")
            return 1
        verdicts = _each(
            trees, bar, "broken", chosen, lambda tree, one: _tried(tree, one, wanted.seconds, bar)
        )
    console.print(_table(verdicts))
    return 0 if all(verdict is Verdict.KILLED for _, verdict in verdicts) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--only", default="", help="words of a promise, or a part of a file's name")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at the same time")
    parser.add_argument("--seconds", type=float, default=180, help="limit for the tests of one")
    return parser.parse_args()


@contextmanager
def _trees(count: int) -> Iterator[list[Tree]]:
    with TemporaryDirectory(prefix="seloste-mutations-") as folder:
        yield [Tree(Path(folder, str(number))) for number in range(count)]


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=console)


def _each(
    trees: Sequence[Tree],
    bar: Progress,
    title: str,
    things: Sequence[Thing],
    run: Callable[[Tree, Thing], Outcome],
) -> list[tuple[Thing, Outcome]]:
    """Run something for each thing, as many at once as there are trees; in the given order."""
    free: SimpleQueue[Tree] = SimpleQueue()
    for tree in trees:
        free.put(tree)
    task = bar.add_task(title, total=len(things))

    def one(thing: Thing) -> Outcome:
        tree = free.get()
        try:
            return run(tree, thing)
        finally:
            free.put(tree)
            bar.advance(task)

    with ThreadPoolExecutor(len(trees)) as pool:
        return list(zip(things, pool.map(one, things), strict=True))


def _tried(tree: Tree, mutation: Mutation, seconds: float, bar: Progress) -> Verdict:
    """Try a mutation; what no test noticed is said at once, for all of them take an hour."""
    verdict = tree.try_out(mutation, seconds)
    if verdict is not Verdict.KILLED:
        bar.console.print(f"{verdict}: {mutation.file}: {mutation.promise}", markup=False)
    return verdict


def _table(verdicts: Sequence[tuple[Mutation, Verdict]]) -> Table:
    killed = sum(verdict is Verdict.KILLED for _, verdict in verdicts)
    title = f"{killed} of {len(verdicts)} mutations were killed"
    table = Table(title=title)
    for name in ("promise", "file", "line", "instead", "verdict"):
        table.add_column(name, overflow="fold", no_wrap=name == "verdict")
    for mutation, verdict in verdicts:
        table.add_row(
            mutation.promise,
            mutation.file.removeprefix("bot/"),
            _line(mutation.old),
            _line(mutation.new),
            verdict,
            style=_STYLE.get(verdict, "yellow"),
        )
    return table


def _line(snippet: str) -> str:
    return escape(" ".join(snippet.split()))


if __name__ == "__main__":
    sys.exit(main())
