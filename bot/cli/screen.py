"""Output of the commands: tables and JSON on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

T = TypeVar("T")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; its values are plain text, not markup."""
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    folded = (Column(name, overflow="fold") for name in columns)  # nothing is left out
    table = Table(*folded, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(Text(str(value)) for value in row))
    Console().print(table)


def counted(number: int, what: str) -> str:
    """Return a number of things in words: `no faults`, `1 fault`, `2 faults`."""
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def json_line(value: Mapping[str, object]) -> str:
    """Return a value as one line of JSON that can be printed, lone surrogates replaced.

    Where the output is not in UTF-8, other letters than ASCII are escaped, so that none is lost.
    """
    as_they_are = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, ensure_ascii=not as_they_are)
    return text.encode("utf-8", errors="replace").decode()


@contextmanager
def progress(prefix: str = "") -> Iterator[Callable[[str, float], None]]:
    """Yield a function that is told what is being done, and what share of it (0 to 1) is done.

    The bar appears when it is first told something, and goes at the end.
    """
    with ExitStack() as shown:
        bars: list[Progress] = []

        def tell(what: str, share: float) -> None:
            if not bars:
                bars.append(shown.enter_context(_bar()))
                bars[0].add_task("", total=1.0)
            bars[0].update(bars[0].task_ids[0], description=f"{prefix}{what}", completed=share)

        yield tell


def tracked(items: Sequence[T]) -> Iterable[T]:
    """Yield the items, with a bar that shows how many have been taken."""
    with _bar() as bar:
        yield from bar.track(items, description="working")


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def line_reader(console: Console) -> Callable[[str], str | None]:
    """Return a function that shows a prompt and reads a line; None at the end of the input."""
    from rich.text import Text

    def read(prompt: str) -> str | None:
        try:
            line = console.input(Text(prompt, style="bold"))
        except (EOFError, KeyboardInterrupt):
            return None
        if not sys.stdin.isatty():
            console.print(line, markup=False)
        return line

    return read
