"""The command line of the harness: `python -m tests.soak --help`."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from random import SystemRandom
from shutil import rmtree
from tempfile import mkdtemp

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.config import Settings
from bot.content.loaded import understanding
from tests.fakes.disk import limited
from tests.fakes.postgres import Postgres
from tests.fakes.replica import Replica
from tests.soak.harness import WAYS, Outage, Plan, Report, Soak

# At the same time: as many as the platforms' paces let be answered, and their tickets be shown.
_CUSTOMERS = {"http": 10, "telegram": 2, "telegram-webhook": 2, "slack": 4, "slack-http": 4}
_CAPTION = "Repeats by HTTP carry the same Idempotency-Key: they are taken once."
_CHAT_CAPTION = "Chats take no such key: a message that was sent and not noted is seen twice."


def main() -> int:
    """Run the harness; return 1 when an invariant does not hold."""
    wanted = _arguments()
    # Ended from outside, it still stops its servers and replicas.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    console = Console()
    with _bar(console) as bar:
        reports = list(_reports(wanted, bar))
    console.print(_table(wanted, reports))
    faults = [fault for report in reports for fault in report.faults]
    for fault in faults:
        console.print(f"BROKEN {fault}", style="red", markup=False, soft_wrap=True)
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="kills, shared out over the runs")
    parser.add_argument("--platform", choices=list(WAYS), default="http")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--replicas", type=int, nargs="+", default=[1], help="a run for each")
    parser.add_argument("--customers", type=int, help="at the same time; by default by platform")
    parser.add_argument("--outage", type=int, default=0, help="seconds without storage at the end")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    wanted = parser.parse_args()
    if wanted.database == "sqlite" and wanted.replicas != [1]:
        parser.error("SQLite has one replica")
    return wanted


def _reports(wanted: argparse.Namespace, bar: Progress) -> Iterator[Report]:
    known = understanding(None, Settings().words())
    shared = _shares(wanted.rounds, len(wanted.replicas))
    for replicas, rounds in zip(wanted.replicas, shared, strict=True):
        plan = Plan(
            rounds=rounds,
            replicas=replicas,
            seed=wanted.seed,
            customers=wanted.customers or _CUSTOMERS[wanted.platform],
            platform=wanted.platform,
        )
        title = f"{wanted.platform}, {wanted.database}, {replicas} at once"
        task = bar.add_task(title, total=rounds)
        folder = Path(mkdtemp(prefix="seloste-soak-"))
        with ExitStack() as stack:
            url = f"sqlite:///{folder / 'data' / 'seloste.db'}"
            outages = [Outage(seconds=wanted.outage, begin=limited)]
            if wanted.database == "postgresql":
                server = stack.enter_context(Postgres())
                url = stack.enter_context(server.database())
                outages = [
                    Outage(seconds=wanted.outage, begin=_without(down), unready=True)
                    for down in (server.stopped, server.frozen)
                ]
            soak = Soak(plan, url, folder, known, outages if wanted.outage else [])
            report = soak.run(partial(bar.advance, task))
        if report.faults:
            bar.console.print(f"logs and letters of this run are kept in {folder}")
        else:
            rmtree(folder)
        yield report


def _without(
    down: Callable[[], AbstractContextManager[None]],
) -> Callable[[Sequence[Replica]], AbstractContextManager[None]]:
    return lambda _replicas: down()


def _shares(rounds: int, runs: int) -> list[int]:
    each, left = divmod(rounds, runs)
    return [each + (number < left) for number in range(runs)]


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _table(wanted: argparse.Namespace, reports: Sequence[Report]) -> Table:
    table = Table(
        title=f"{wanted.platform}, {wanted.database}, seed {wanted.seed}",
        caption=_CAPTION if wanted.platform == "http" else _CHAT_CAPTION,
    )
    table.add_column("replicas")
    for report in reports:
        table.add_column(str(report.plan.replicas), justify="right")
    rows: Mapping[str, Callable[[Report], int]] = {
        "rounds": lambda r: r.rounds,
        "kills": lambda r: r.kills,
        "messages": lambda r: r.messages,
        "events that came twice": lambda r: r.duplicates,
        "actions of staff": lambda r: r.staff_actions,
        "tickets": lambda r: r.tickets,
        f"repeats by {wanted.platform}": lambda r: r.repeats,
        "repeats by mail": lambda r: r.repeats_by_mail,
        "seconds": lambda r: round(r.seconds),
        "broken": lambda r: len(r.faults),
    }
    for name, number in rows.items():
        table.add_row(name, *(str(number(report)) for report in reports))
    return table


if __name__ == "__main__":
    sys.exit(main())
