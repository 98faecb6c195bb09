"""The short form of the benchmark: indexes, growth and cost, with slack for a busy machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import pytest

from bot.bootstrap import Assistant
from bot.content.loaded import Understanding
from bot.core.envelopes import InboundEvent
from bot.core.events import FromCustomer, Said
from bot.core.tickets.ticket import Person
from bot.storage.fair_lock import FairLock
from tests.bench.flow import measured
from tests.bench.growth import Growth, compared
from tests.bench.plans import Statement, scans, statements_at_work
from tests.bench.replicas import scaled
from tests.bench.rig import DATABASES, assistant, databases
from tests.conftest import Clock
from tests.fakes.postgres import Postgres
from tests.fakes.replica import until
from tests.yardstick import slowness

pytestmark = [pytest.mark.long, pytest.mark.timed]

_SMALL, _LARGE = 1_000, 20_000
_FLAT = 2.0
_MOST_CPU = 0.025  # seconds a message on a quiet machine
_SCANNING = (
    "SELECT id FROM tickets WHERE version = 3",
    "SELECT position FROM inbox WHERE kind = 'staff' ORDER BY position",
    "SELECT position FROM outbox WHERE owner IS NULL",
    "SELECT hash FROM contacts",
    "DELETE FROM audit WHERE actor = 'staff'",
    "UPDATE dialogues SET person = person",
)


@dataclass(frozen=True)
class Grown:
    """Two assistants' tables, few and many, and every statement of an assistant at work."""

    small: Growth
    large: Growth
    statements: list[Statement]


@pytest.fixture(scope="module", params=DATABASES)
def grown(
    request: pytest.FixtureRequest, known: Understanding, postgres: Postgres
) -> Iterator[Grown]:
    with databases(request.param, 3, postgres) as urls, ExitStack() as stack:
        with assistant(urls[0], known, clock := Clock()) as app:
            statements = statements_at_work(app, clock)
        small, large = (Growth(stack.enter_context(assistant(url, known))) for url in urls[1:])
        for growth, tickets in ((small, _SMALL), (large, _LARGE)):
            assert growth.fill(tickets, time.monotonic() + 60, lambda _step: None)
        yield Grown(small, large, statements)


def test_every_statement_finds_its_rows_by_an_index(grown: Grown) -> None:
    assert len(grown.statements) > 40
    found = [(s.sql, scan) for s in grown.statements for scan in scans(grown.large.engine, s)]
    assert found == []


@pytest.mark.parametrize("sql", _SCANNING)
def test_a_statement_without_an_index_is_noticed(grown: Grown, sql: str) -> None:
    assert scans(grown.large.engine, Statement(sql, None))


def test_an_index_of_what_has_no_value_is_no_index(grown: Grown) -> None:
    """SQLite finds all open tickets by the index of closing dates, and calls that a search."""
    sql = "SELECT id FROM tickets WHERE tickets.closed_at IS NULL"
    assert scans(grown.large.engine, Statement(sql, None))


def test_a_message_costs_the_same_beside_twenty_times_the_tickets(grown: Grown) -> None:
    first, cost = compared((grown.small, grown.large), 60)
    assert max(cost.to(first)) < _FLAT


@pytest.mark.parametrize("kind", DATABASES)
def test_messages_flow_end_to_end_at_little_cost(
    kind: str, known: Understanding, postgres: Postgres
) -> None:
    """The ratio to bare commits is the disk's as much as ours; a message's processor time is ours.

    A machine that others use too needs longer for the same work, by the yardstick measured beside.
    That every message was answered and settled, `measured` has seen to. The first questions after a
    start cost more: they have the passages of the notice read, each once.
    """
    slow = slowness()
    with databases(kind, 1, postgres) as (url,), assistant(url, known) as app:
        flow = measured(app, seconds=2, bare_seconds=0.2, warm_up=6)
    slow = max(slow, slowness())
    assert flow.bare > 0
    assert flow.handled.messages > 0
    assert flow.handled.cpu < _MOST_CPU * slow


def test_turns_come_in_the_order_of_asking() -> None:
    turns, order = FairLock(), list[int]()

    def work(number: int) -> None:
        with turns.turn():
            order.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    with turns.turn():
        for number, thread in enumerate(threads):
            thread.start()
            until(partial(_is_long, turns, number + 2))
        assert order == []
    for thread in threads:
        thread.join(10)
    assert order == list(range(20))


def _is_long(turns: FairLock, line: int) -> bool:
    return len(turns._line) == line


def test_what_shares_a_commit_with_an_event_that_fails_is_handled_once(app: Assistant) -> None:
    people = [Person(channel="test", account=account) for account in ("matti", "liisa")]
    said = [
        app.intake.inbound(person.account, FromCustomer(person=person, event=Said(text="hei")))
        for person in people
    ]
    broken = InboundEvent(channel="test", event_id="x", person="x", kind="customer", payload="{}")
    app.intake.receive([said[0], broken, said[1]])
    while app.handler.handle_next():
        pass
    with app.store.reading() as unit:
        assert unit.inbox.waiting()[0] == 1  # the broken one, later
        assert unit.outbox.waiting()[0] == 2


def test_replicas_are_measured_over_http(postgres: Postgres, known: Understanding) -> None:
    assert known  # the model is trained before the processes start
    with postgres.database() as url:
        assert scaled(url, 1, seconds=3, warm_up=0.5).messages > 0
