"""Every statement that the assistant issues while it works, and how the database finds its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import anyio
from psycopg import ClientCursor
from sqlalchemy import Engine, event

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.channels.http import CHANNEL
from bot.core.effects import Effect
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome, InboundEvent, RateLimit
from bot.core.events import FromCustomer, Said, StaffActed
from bot.core.tickets import identity
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Method
from bot.core.tickets.ticket import Action, Person
from bot.delivery.courier import carry_all
from bot.errors import Refused, TryLater
from bot.replica.metrics import Metrics
from bot.replica.workload_metrics import WorkloadMetrics
from bot.service.routing import EffectRouter, Routes
from bot.storage.tables import metadata
from tests.bench.rig import engine_of, senders
from tests.conftest import Clock

# `meta` has a dozen rows, and `paces` one for each destination of a channel with a pace.
GROWING = frozenset({"tickets", "ticket_keys", "audit", "inbox", "outbox", "dialogues", "contacts"})
# What still waits, or went wrong, is little: an index of just that may be read whole.
_PARTIAL = tuple(
    str(index.name)
    for table in metadata.sorted_tables
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
)


@dataclass(frozen=True)
class Statement:
    """A statement as it went to the driver."""

    sql: str
    parameters: Any


@contextmanager
def listening(engine: Engine) -> Iterator[list[Statement]]:
    """Collect every statement that goes to the database."""
    found: list[Statement] = []

    def hear(
        _connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        found.append(Statement(sql, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def statements_at_work(app: Assistant, clock: Clock) -> list[Statement]:
    """Live through a customer's and a ticket's whole life; return each statement once."""
    with listening(engine_of(app.store)) as found:
        _a_life(app, clock)
    by_text = {statement.sql: statement for statement in found}
    return [one for one in by_text.values() if one.sql.split()[0] in _EXPLAINED]


_EXPLAINED = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"})


def _a_life(app: Assistant, clock: Clock) -> None:
    """Ask, open tickets, be verified, confirmed, reminded of, lapsed, forgotten; fail each way."""
    ids = (f"life-{number}" for number in count())

    def say(account: str, *texts: str) -> None:
        for text in texts:
            person = Person(channel=CHANNEL, account=account)
            take(
                app,
                app.intake.inbound(next(ids), FromCustomer(person=person, event=Said(text=text))),
            )
            _carry(app, clock)

    say("a", "Mihin käytätte evästeitä?", "Poistakaa tietoni", "kyllä", "Matti", "a@example.com")
    say("a", "ohita", "kyllä", "12345678", "/status")
    say("b", "Please delete my data", "yes", "Mary", "b@example.com", "skip", "yes", "/cancel")
    _staff(app, clock, ids)
    _misdeliver(app, clock)
    _mishandle(app, clock)
    _others_first(app)
    list(Metrics(app.store, clock, app.codes).registry.collect())
    list(WorkloadMetrics(app.store, app.rules, clock).collect())
    for days in (16, 14, 40, 800):
        clock.forward(timedelta(days=days))
        _wind(app, clock)


def _carry(app: Assistant, clock: Clock) -> None:
    app.router.next_at()
    app.handler.next_at()
    anyio.run(carry_all, app.router, senders(), clock)


def _wind(app: Assistant, clock: Clock) -> None:
    app.schedule.enqueue_daily_tasks()
    while app.handler.handle_next():
        pass
    _carry(app, clock)


def _staff(app: Assistant, clock: Clock, ids: Iterator[str]) -> None:
    """Act on a ticket as staff do, once too late."""
    with app.store.reading() as unit:
        ticket = unit.tickets.numbered("T-2026-0001")
        assert ticket is not None
        unit.audit.history(ticket.id)
    staff = app.actors
    evidence = identity.attestation(Method.CALL_BACK, staff["Sari"].key, clock())
    verify = Command(action=Action.VERIFY, evidence=evidence)
    confirm = Command(action=Action.CONFIRM)
    for name, command in (("Sari", verify), ("Aino", confirm), ("Mika", confirm)):
        acted = StaffActed(ticket=ticket.id, actor=staff[name], command=command)
        take(app, app.intake.inbound(next(ids), acted, CHANNEL))
        _carry(app, clock)


def _misdeliver(app: Assistant, clock: Clock) -> None:
    """Claim with a pace, hold, give back, fail for now and for good, try anew."""
    pace = RateLimit(each=timedelta(seconds=1), overall=timedelta(seconds=1))
    routes = Routes(desks=(CHANNEL,), rate_limits={CHANNEL: pace})
    paced = EffectRouter(app.store, app.rules, routes, clock)

    async def refuse(_claimed: ClaimedEffect, _effect: Effect) -> None:
        raise Refused("403")

    async def later(_claimed: ClaimedEffect, _effect: Effect) -> None:
        raise TryLater("429")

    person = Person(channel=CHANNEL, account="c")
    take(app, app.intake.inbound("c-1", FromCustomer(person=person, event=Said(text="hei"))))
    batch = paced.settle_and_claim("one", [], 8)
    paced.renew_leases(batch)
    paced.release_leases(batch)
    for send in (later, refuse):
        clock.forward(timedelta(minutes=1))
        anyio.run(carry_all, paced, {CHANNEL: send}, clock)
    with app.store.transaction() as unit:
        unit.outbox.dead_effects()
        unit.outbox.retry([], clock())
    clock.forward(timedelta(minutes=1))
    _carry(app, clock)
    paced.settle_and_claim(
        "one", [DeliveryOutcome(effect=claimed, sent=True) for claimed in batch], 0
    )


def _mishandle(app: Assistant, clock: Clock) -> None:
    """Take in an event that cannot be handled, until it is a dead letter."""
    broken = InboundEvent(channel=CHANNEL, event_id="x", person="x", kind="customer", payload="{}")
    app.intake.receive([broken])
    for _ in range(6):
        app.handler.handle_next()
        clock.forward(timedelta(minutes=5))


def _others_first(app: Assistant) -> None:
    """Open a transaction as after a conflict."""
    with app.store.transaction(contended=True) as unit:
        unit.tickets.next_serial(2026)


# How the rows are found


def scans(engine: Engine, statement: Statement) -> list[str]:
    """Return where a statement reads a growing table whole, in the database's own words."""
    explain = _sqlite if engine.dialect.name == "sqlite" else _postgresql
    return explain(engine, statement)


def _sqlite(engine: Engine, statement: Statement) -> list[str]:
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement.sql}", statement.parameters
        )
        steps = [str(row[3]) for row in plan]
    return [step for step in steps if _goes_through_all(step, statement.sql)]


def _goes_through_all(step: str, sql: str) -> bool:
    """Tell whether a step reads a growing table whole, or all that have no value in a column."""
    table = next(iter(step.split()[1:]), "")
    if _names(sql).get(table, table) not in GROWING:
        return False
    if step.startswith("SCAN"):
        return not step.endswith(_PARTIAL)
    equal = re.search(r"INDEX (\w+) \((\w+)=\?", step)
    return equal is not None and equal[1] not in _PARTIAL and f"{table}.{equal[2]} IS NULL" in sql


def _names(sql: str) -> Mapping[str, str]:
    """Return the tables behind the aliases of a statement."""
    words = sql.replace(",", " ").replace("(", " ").replace(")", " ").split()
    return {
        words[place + 1]: words[place - 1]
        for place, word in enumerate(words[:-1])
        if word == "AS" and words[place - 1] in GROWING
    }


def _postgresql(engine: Engine, statement: Statement) -> list[str]:
    """Explain with sequential scans forbidden: one that is still there has no way around it."""
    lent = engine.raw_connection()
    try:
        driver: Any = lent.driver_connection
        with ClientCursor(driver) as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.sql}", statement.parameters)
            row = cursor.fetchone()
            assert row is not None
            plan = row[0][0]["Plan"]
        driver.rollback()
    finally:
        lent.close()
    return [_told(node) for node in _nodes(plan) if _reads_all(node)]


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def _reads_all(node: Mapping[str, Any]) -> bool:
    """Tell whether a step reads a growing table or a whole index of it."""
    kind = str(node["Node Type"])
    if kind == "Seq Scan":
        return node["Relation Name"] in GROWING
    if kind in ("Index Scan", "Index Only Scan", "Bitmap Index Scan"):
        found_by = node.get("Index Cond", "IS NULL").split(" AND ")
        of_all = all("IS NULL" in condition for condition in found_by)
        return of_all and node["Index Name"] not in _PARTIAL
    return False


def _told(node: Mapping[str, Any]) -> str:
    where = node.get("Relation Name", "")
    return f"{node['Node Type']} {where} {node.get('Index Name', '')}".strip()
