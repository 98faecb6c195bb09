"""The figures as tables, with what limits them in words."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from statistics import median

from rich.console import Group
from rich.table import Table
from rich.text import Text

from tests.bench.flow import Flow
from tests.bench.growth import Cost
from tests.bench.replicas import Scale

AIM = 0.5
_BUSY = 0.8  # of a core: what one Python process can use


def rates(found: Mapping[str, Sequence[Flow]]) -> Group:
    """Return messages a second beside bare commits a second, and what limits them."""
    table = Table(title="Messages a second, end to end with commit (one replica)")
    table.add_column("database")
    for name in ("handlers", "bare commits/s", "by all handlers"):
        table.add_column(name, justify="right")
    for name in ("messages/s", "ratio", "CPU ms each"):
        table.add_column(name, justify="right")
    lines = []
    for kind, flows in found.items():
        for flow in flows:
            table.add_row(
                kind,
                str(flow.handlers),
                f"{flow.bare:.0f}",
                "-" if flow.bare_parallel is None else f"{flow.bare_parallel:.0f}",
                f"{flow.handled.rate:.0f}",
                f"{flow.ratio:.2f}",
                f"{flow.handled.cpu * 1e3:.1f}",
            )
        lines.append(_limit(kind, flows))
    return Group(table, *lines)


def _limit(kind: str, flows: Sequence[Flow]) -> Text:
    ratio = median(flow.ratio for flow in flows)
    busy = median(flow.handled.busy for flow in flows)
    cpu = median(flow.handled.cpu for flow in flows)
    bare = median(flow.bare for flow in flows)
    why = (
        f"Python is at work {busy:.0%} of a core, so the processor is the limit, not the disk: "
        f"a message takes {cpu * 1e3:.1f} ms of it, and for {AIM} beside {bare:.0f} bare commits "
        f"a second might take {1e3 / (AIM * bare):.2f} ms"
        if busy > _BUSY
        else f"Python is at work {busy:.0%} of a core: disk, locks or other programs are the limit"
    )
    verdict = "met" if ratio >= AIM else "missed"
    style = "green" if ratio >= AIM else "yellow"
    return Text(f"{kind}: ratio {ratio:.2f} (median), the aim of {AIM} is {verdict}; {why}", style)


def scaling(found: Sequence[Scale]) -> Group:
    """Return messages a second of some replicas, beside those of the first."""
    table = Table(title="Replicas of `seloste run` on one PostgreSQL, over HTTP both ways")
    for name in ("replicas", "messages/s", "each", "to one replica"):
        table.add_column(name, justify="right")
    first = found[0].rate
    for scale in found:
        table.add_row(
            str(scale.replicas),
            f"{scale.rate:.0f}",
            f"{scale.rate / scale.replicas:.0f}",
            f"{scale.rate / first:.2f} x",
        )
    note = (
        f"{os.cpu_count()} cores hold the replicas, PostgreSQL and the load generator together: "
        "more replicas than cores cannot answer more"
    )
    return Group(table, Text(note, "dim"))


def growth(kind: str, found: Sequence[tuple[Cost, Cost]]) -> Group:
    """Return what a message costs at each size, beside the first size at the same moments."""
    table = Table(title=f"{kind}: what a message costs as tickets grow (ms)")
    for name in ("tickets", "handle", "p95", "in statements", "claim, settle"):
        table.add_column(name, justify="right")
    for name in ("handle x", "statements x", "deliver x"):
        table.add_column(name, justify="right")
    for first, cost in found:
        table.add_row(
            f"{cost.tickets:,}",
            f"{cost.handling:.2f}",
            f"{cost.p95:.2f}",
            f"{cost.statements:.2f}",
            f"{cost.delivery:.2f}",
            *(f"{ratio:.2f}" for ratio in cost.to(first)),
        )
    first, last = found[0][0], found[-1][1]
    note = (
        f"medians; x: beside a database of {first.tickets:,} tickets, in turn with it; "
        f"{last.count:.1f} statements a message, the delivery's too"
    )
    return Group(table, Text(note, "dim"))


def plans(kind: str, number: int, scans: Sequence[tuple[str, str]]) -> Group:
    """Return which of the statements read a growing table whole."""
    if not scans:
        return Group(
            Text(f"{kind}: each of {number} statements finds its rows by an index", "green")
        )
    lines = [Text(f"{kind}: {scan}: {' '.join(sql.split())}", "red") for sql, scan in scans]
    return Group(*lines)
